"""Holds a report against figures that are required, for a pipeline that fails without them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from moderation.errors import InvalidInput
from worker.evaluating.counting import Main
from worker.evaluating.identity import gap
from worker.evaluating.report import Report

ROC_AUC: Final = "roc_auc"
IDENTITY_GAP: Final = "identity_gap"
# The more of these the worse; of all others, the less.
_AT_MOST: Final = frozenset({Main.FALSE_FLAGS, Main.FALSE_ABUSE, Main.WRONG_PERSON, IDENTITY_GAP})
KNOWN: Final = (*Main, ROC_AUC, IDENTITY_GAP)


def required(told: str) -> dict[str, float]:
    """Return the figures of "recall=0.7,false_flags=0.08". Raises InvalidInput."""
    return dict(_pair(part.strip()) for part in told.split(",") if part.strip())


def _pair(part: str) -> tuple[str, float]:
    name, _, value = part.partition("=")
    if name not in KNOWN:
        raise InvalidInput(f"--require does not know {name}. It knows {', '.join(KNOWN)}.")
    try:
        figure = float(value)
    except ValueError:
        figure = -1.0
    if not 0.0 <= figure <= 1.0:
        raise InvalidInput(f"--require {name} needs a number from 0 to 1, such as {name}=0.7.")
    return name, figure


def missed(report: Report, wanted: Mapping[str, float]) -> list[str]:
    """Return a sentence for each figure that is missed, or that could not be measured."""
    sentences = []
    for name, figure in wanted.items():
        found, at_most = _found(report, name), name in _AT_MOST
        if found is None:
            sentences.append(f"{name} could not be measured, and {figure:g} is required.")
        elif (found > figure) if at_most else (found < figure):
            side = "most" if at_most else "least"
            sentences.append(f"{name} is {found:.4f}, and at {side} {figure:g} is required.")
    return sentences


def _found(report: Report, name: str) -> float | None:
    if name == IDENTITY_GAP:
        return gap(report.identity)
    if name == ROC_AUC:
        shares = report.shares
        area = (shares.abuse or shares.toxicity) if shares else None
        return area.area if area else None
    counted = report.main.get(Main(name))
    return counted.share if counted else None
