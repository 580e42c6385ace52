"""Puts the signals of all detectors on one text together, and judges nothing yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from moderation.combining import combined, weight_of
from moderation.model import Hit, Signal
from moderation.policy import Policy
from moderation.policy_parts import Combine

UNREADABLE = "The model's answer could not be used"
NO_MODEL = "No model has read this text"

_ABUSIVE = ("threat.", "personal.", "abuse.")
_HOSTILE = ("threat.", "abuse.")


@dataclass(frozen=True, slots=True)
class Heard:
    """All signals on one text together: one score per label, and every hit.

    scores is None where no model could read the text, and unscored then says why. codes are the
    shares of the house's own codes, empty where no model speaks them. labelled are the label scores
    that are weighed, beside the codes where there are any.
    """

    scores: Mapping[str, float] | None
    hits: tuple[Hit, ...]
    words: tuple[str, ...]
    unscored: str
    codes: Mapping[str, float] = field(default_factory=dict)
    labelled: Mapping[str, float] = field(default_factory=dict)

    @property
    def abusive(self) -> tuple[Hit, ...]:
        """Return the hits that may speak of abuse."""
        return tuple(hit for hit in self.hits if hit.rule.startswith(_ABUSIVE))


def hear(signals: Iterable[Signal], combine: Combine) -> Heard:
    """Put the signals on one text together; a score that is no number in [0, 1] spoils its own."""
    scored: list[Signal] = []
    hits: list[Hit] = []
    words: list[str] = []
    unscored = ""
    for signal in signals:
        hits.extend(signal.hits)
        if signal.scores is None:
            unscored = unscored or signal.unscored
        elif not is_valid({**signal.scores, **signal.codes}):
            unscored = unscored or UNREADABLE
        elif weight_of(signal, combine) > 0:
            words.extend(signal.words)
            scored.append(signal)
    if scored:
        one = combined(scored, combine)
        return Heard(one.scores, tuple(hits), tuple(words), "", one.codes, one.labelled)
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
    if heard.codes.get("abuse", 0.0) >= policy.sureness.lowest:
        return True
    return any(heard.labelled.get(label, 0.0) >= least for label, least in policy.hostile.items())


def in_words(score: float, policy: Policy) -> str:
    """Return a score as the word that people read."""
    if score >= policy.very_likely:
        return "very likely"
    return "likely" if score >= policy.likely else "possibly"
