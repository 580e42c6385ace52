"""The examples beside the rules, as training rows: British words that the public sets lack."""

from __future__ import annotations

import numpy as np

from classifiers.features import tidy
from classifiers.folding import fold
from classifiers.rules.abuse_words import ABUSE_WORDS
from classifiers.rules.check_first import CHECK_FIRST
from classifiers.rules.engine import Rule
from classifiers.rules.not_abuse import NOT_ABUSE
from classifiers.rules.threats import THREATS
from classifiers.training.data import Corpus
from moderation.taxonomy import LABELS

WEIGHT = 3.0
# What must not fire a rule of abuse may still swear or quote: that counts for less.
SILENT_WEIGHT = 1.0
# Which labels the firing examples of a rule bear, by the beginning of the rule's name.
_LABELS_OF = {
    "threat.": ("toxicity", "threat"),
    "abuse.insult": ("toxicity", "insult"),
    "abuse.contempt": ("toxicity", "insult"),
    "abuse.sexual": ("toxicity", "sexual_explicit"),
    "abuse.slur.": ("toxicity", "identity_attack"),
    "abuse.stereotype.": ("toxicity", "identity_attack"),
    "abuse.extreme": ("toxicity", "severe_toxicity"),
    "not_abuse.": (),
    "check.complaint": (),
    "check.media_enquiry": (),
    "check.information_request": (),
}


def house_examples() -> Corpus:
    """Return the examples with their targets; what a rule does not tell has weight 0."""
    texts: list[str] = []
    targets: list[list[float]] = []
    weights: list[list[float]] = []
    for rule in (*THREATS.rules, *ABUSE_WORDS.rules, *NOT_ABUSE.rules, *CHECK_FIRST.rules):
        labels = _labels_of(rule)
        if labels is None:
            continue
        for text in rule.fires:
            texts.append(tidy(fold(text).text))
            targets.append([float(label in labels) for label in LABELS])
            told = [WEIGHT if label in labels or not labels else 0.0 for label in LABELS]
            weights.append(told)
        if labels:
            for text in rule.silent:
                texts.append(tidy(fold(text).text))
                targets.append([0.0] * len(LABELS))
                weights.append([SILENT_WEIGHT if label in labels else 0.0 for label in LABELS])
    return Corpus(
        texts,
        np.array(targets, dtype=np.float32),
        np.array(weights, dtype=np.float32),
        np.array(["rules"] * len(texts)),
    )


def _labels_of(rule: Rule) -> tuple[str, ...] | None:
    for beginning, labels in _LABELS_OF.items():
        if rule.name.startswith(beginning):
            return labels
    return None
