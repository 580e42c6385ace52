"""Makes one reading of what several models say of one text, in the way that the policy chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from moderation.model import Signal
from moderation.policy_parts import Combine, Combining

# The model that ships is called so in the settings, whatever its file is called.
SHIPPED_NAME = "embedded"
SHIPPED_AS = "watchroom-"
# What a model that speaks the house's codes says of abuse itself; other codes say what else it is.
_OF_ABUSE = ("abuse", "serious", "grave")

Numbers = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Combined:
    """One reading of a text by all models that could read it.

    scores holds one score per label over all of them. codes are the house's own codes, and labelled
    the label scores that are weighed beside them: those of models that speak labels alone.
    """

    scores: Numbers = field(default_factory=dict)
    codes: Numbers = field(default_factory=dict)
    labelled: Numbers = field(default_factory=dict)


def model_name(model: str) -> str:
    """Return the name that settings and policy know a model by: "toxic" of "toxic@3fa9"."""
    name = model.partition("@")[0]
    return SHIPPED_NAME if name.startswith(SHIPPED_AS) else name


def weight_of(signal: Signal, combine: Combine) -> float:
    """Return what the model's word is worth, from 0 to 1; one that is not named counts in full."""
    return combine.weights.get(model_name(signal.model), 1.0) if combine.weights else 1.0


def combined(scored: Sequence[Signal], combine: Combine) -> Combined:
    """Return one reading of signals that all have scores and a weight above 0, in their order."""
    if combine.how is Combining.MAX:
        return _highest(scored, combine)
    if combine.how is Combining.FIRST or len(scored) == 1:
        return _alone(scored[0])
    return _mean(scored, combine)


def _alone(signal: Signal) -> Combined:
    scores = signal.scores or {}
    return Combined(scores, signal.codes, {} if signal.codes else scores)


def _highest(scored: Sequence[Signal], combine: Combine) -> Combined:
    """Take the highest under each label; a model that speaks codes is weighed by those."""
    scores: dict[str, float] = {}
    codes: dict[str, float] = {}
    labelled: dict[str, float] = {}
    for signal in scored:
        weight = weight_of(signal, combine)
        _raise(scores, signal.scores or {}, weight)
        _raise(codes, signal.codes, weight)
        if not signal.codes:
            _raise(labelled, signal.scores or {}, weight)
    return Combined(scores, codes, labelled)


def _raise(held: dict[str, float], said: Numbers, weight: float) -> None:
    for name, score in said.items():
        held[name] = max(score * weight, held.get(name, 0.0))


def _mean(scored: Sequence[Signal], combine: Combine) -> Combined:
    """Take the mean under each label, over the models that know it.

    Abuse is then weighed by labels alone: of a code that one model speaks there is no mean.
    """
    sums: dict[str, float] = {}
    weights: dict[str, float] = {}
    codes: dict[str, float] = {}
    for signal in scored:
        weight = weight_of(signal, combine)
        for label, score in (signal.scores or {}).items():
            sums[label] = sums.get(label, 0.0) + score * weight
            weights[label] = weights.get(label, 0.0) + weight
        _raise(codes, {code: one for code, one in signal.codes.items() if not _is_abuse(code)}, 1.0)
    means = {label: total / weights[label] for label, total in sums.items()}
    return Combined(means, codes, means)


def _is_abuse(code: str) -> bool:
    return code in _OF_ABUSE or code.startswith("abuse.")
