"""Puts the signals of all detectors on one text together, and judges nothing yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from moderation.model import Hit, Signal
from moderation.policy import Policy

UNREADABLE = "The model's answer could not be used"
NO_MODEL = "No model has read this text"

_ABUSIVE = ("threat.", "personal.", "abuse.")
_HOSTILE = ("threat.", "abuse.")


@dataclass(frozen=True, slots=True)
class Heard:
    """All signals on one text together: the highest score per label, and every hit.

    scores is None where no model could read the text, and unscored then says why.
    """

    scores: Mapping[str, float] | None
    hits: tuple[Hit, ...]
    words: tuple[str, ...]
    unscored: str

    @property
    def abusive(self) -> tuple[Hit, ...]:
        """Return the hits that may speak of abuse."""
        return tuple(hit for hit in self.hits if hit.rule.startswith(_ABUSIVE))


def hear(signals: Iterable[Signal]) -> Heard:
    """Put the signals on one text together; a score that is no number in [0, 1] spoils its own."""
    scores: dict[str, float] = {}
    hits: list[Hit] = []
    words: list[str] = []
    unscored = ""
    for signal in signals:
        hits.extend(signal.hits)
        if signal.scores is None:
            unscored = unscored or signal.unscored
        elif is_valid(signal.scores):
            words.extend(signal.words)
            for label, score in signal.scores.items():
                if score >= scores.get(label, 0.0):
                    scores[label] = score
        else:
            unscored = unscored or UNREADABLE
    if scores:
        return Heard(scores, tuple(hits), tuple(words), "")
    return Heard(None, tuple(hits), (), unscored or NO_MODEL)


def is_valid(scores: Mapping[str, float]) -> bool:
    """Return whether there are scores and each is a number from 0 to 1; NaN is none."""
    for score in scores.values():
        if not isinstance(score, int | float) or not 0.0 <= score <= 1.0:
            return False
    return bool(scores)


def is_hostile(heard: Heard, policy: Policy) -> bool:
    """Return whether a rule of threat or abuse fired, or the scores are those of hostility."""
    if any(hit.rule.startswith(_HOSTILE) for hit in heard.hits):
        return True
    scores = heard.scores or {}
    return any(scores.get(label, 0.0) >= least for label, least in policy.hostile.items())


def in_words(score: float, policy: Policy) -> str:
    """Return a score as the word that people read."""
    if score >= policy.very_likely:
        return "very likely"
    return "likely" if score >= policy.likely else "possibly"
