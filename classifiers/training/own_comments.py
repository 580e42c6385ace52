"""Reads the project's own British comments and says what each tells every head of the encoder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from classifiers.normaliser import normalise
from classifiers.training.outputs import HEADS, PLACE
from classifiers.training.rows import Rows
from moderation.taxonomy import (
    URGENT_CHECK_FIRST,
    Abuse,
    CheckFirst,
    NotAbuse,
    Severity,
    TargetType,
)

_WEIGHT = 4.0
# Most hands wrote what is hard, or is seldom met and must not be missed. So that the encoder does
# not take the hard for the common, some count several times: those who wrote what stands on such
# pages in an ordinary week, in the shares of life, and those who told harmless and urgent things in
# the same everyday tone. Their labels of Detoxify's kind do not: public sets tell those better.
_ORDINARY = ("AU", "AV", "AW", "AX", "AY", "BD", "BE", "BL", "BO", "BS", "BU", "BV", "BW", "BX")
_SAME_TONE = ("BF", "BG", "BH", "BI", "BN", "BP", "BQ", "BY", "BZ", "CA", "CB")
_HAND_WEIGHS = dict.fromkeys(_ORDINARY, 3.0) | dict.fromkeys(_SAME_TONE, 2.0)
# Most codes are rare: where one holds, it counts for more than where it does not.
_RARE = 3.0
_CODE_WEIGHT = 0.7
_CHECK_WEIGHT = 1.0
_LABEL_WEIGHT = 0.5
# What a category says about Detoxify's labels; a threat need not be rude, nor an insult obscene.
_LABELS_OF = {
    Abuse.THREAT_SERIOUS: ("toxicity", "threat"),
    Abuse.MENACE: ("threat",),
    Abuse.DISCRIMINATORY_ABUSE: ("toxicity", "identity_attack"),
    Abuse.SEXUAL_ABUSE: ("toxicity", "sexual_explicit"),
    Abuse.PERSONAL_ABUSE: ("toxicity", "insult"),
    Abuse.HUMILIATION_MEDIA: ("insult",),
    Abuse.EXTREME_CONTENT: ("toxicity",),
    Abuse.ABUSE_OF_SERVICE: ("toxicity",),
}
# Public sets call these toxic for their words, so the words' label is left untold.
_STRONG_WORDS = {
    NotAbuse.PROFANITY_UNTARGETED,
    NotAbuse.QUOTING_OR_REPORTING_ABUSE,
    NotAbuse.COUNTER_SPEECH,
    NotAbuse.RECLAIMED_OR_SELF_REFERENCE,
}
_TOLD_LABELS = ("threat", "insult", "identity_attack", "sexual_explicit")


def own_rows(comments: list[dict[str, Any]]) -> Rows:
    """Return the comments as rows; each tells every head but those of the public sets."""
    targets = np.zeros((len(comments), len(HEADS)), dtype=np.float32)
    weights = np.zeros_like(targets)
    for place, comment in enumerate(comments):
        weighs = _HAND_WEIGHS.get(comment["writer"], 1.0)
        for head, holds, weight in _codes(comment):
            targets[place, PLACE[head]] = float(holds)
            weights[place, PLACE[head]] = weight * weighs
        for head, holds, weight in _labels(comment):
            targets[place, PLACE[head]], weights[place, PLACE[head]] = float(holds), weight
    return Rows(
        [normalise(comment["text"]) for comment in comments],
        targets,
        weights,
        np.array(["own"] * len(comments), dtype=object),
    )


def _codes(comment: dict[str, Any]) -> Iterator[tuple[str, bool, float]]:
    """Yield each head of the house's codes, whether it holds, and how much that weighs."""
    categories = {Abuse(code) for code in comment["categories"]}
    severity = Severity[comment["severity"]]
    yield "abuse", bool(categories), _WEIGHT
    yield "serious", bool(categories) and severity >= Severity.S2, _CODE_WEIGHT
    yield "grave", bool(categories) and severity >= Severity.S3, _CODE_WEIGHT
    yield "urgent", *_rare(bool(URGENT_CHECK_FIRST & set(comment["check_first"])), _CHECK_WEIGHT)
    for code in Abuse:
        yield f"abuse.{code}", *_rare(code in categories, _CODE_WEIGHT)
    for check in CheckFirst:
        yield f"check.{check}", *_rare(check in comment["check_first"], _CHECK_WEIGHT)
    for kind in NotAbuse:
        yield f"not_abuse.{kind}", kind == comment["not_abuse"], _CODE_WEIGHT
    for aim in TargetType:
        yield f"target.{aim}", aim == comment["target_type"], _CODE_WEIGHT


def _rare(holds: bool, weighs: float) -> tuple[bool, float]:
    return holds, weighs * (_RARE if holds else 1.0)


def _labels(comment: dict[str, Any]) -> Iterator[tuple[str, bool, float]]:
    """Yield each of Detoxify's labels that the codes tell."""
    codes = comment["categories"]
    labels = {label for code in codes for label in _LABELS_OF.get(Abuse(code), ())}
    for label in _TOLD_LABELS:
        yield label, label in labels, _LABEL_WEIGHT
    if "toxicity" in labels or (not codes and comment["not_abuse"] not in _STRONG_WORDS):
        yield "toxicity", "toxicity" in labels, _LABEL_WEIGHT
