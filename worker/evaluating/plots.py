"""Works out where the curves of a report lie on a drawing; templates/plots.html draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from worker.evaluating.figures import Bin, Point

SIZE: Final = 240
_POINTS: Final = 240

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot over the unit square, with places in units of the drawing, from its top left.

    line is joined in its order, dots stand alone, and diagonal says whether to draw the line on
    which both axes are equal.
    """

    name: str
    title: str
    across: str
    up: str
    line: tuple[Place, ...] = ()
    dots: tuple[Place, ...] = ()
    diagonal: bool = False


def roc(points: Sequence[Point]) -> Plot:
    """Return the ROC curve, from nothing flagged to everything."""
    start = [(0.0, 0.0)]
    return Plot(
        "roc",
        "ROC curve: the higher above the dashed line, the better",
        "Flagged of what is not abuse",
        "Flagged of abuse",
        line=_thinned([*start, *((one.false_flags, one.recall) for one in points)]),
        diagonal=True,
    )


def precision_recall(points: Sequence[Point]) -> Plot:
    """Return the curve of precision against recall."""
    return Plot(
        "precision-recall",
        "Precision and recall: the longer it stays at the top, the better",
        "Recall",
        "Precision",
        line=_thinned([(one.recall, one.precision) for one in points]),
    )


def reliability(bins: Sequence[Bin]) -> Plot:
    """Return the reliability diagram: a dot a bin, on the dashed line where shares are honest."""
    return Plot(
        "reliability",
        "Reliability: the nearer to the dashed line, the more honest",
        "What the model said",
        "What was abuse",
        dots=_placed([(one.said, one.true) for one in bins]),
        diagonal=True,
    )


def _thinned(points: Sequence[Place]) -> tuple[Place, ...]:
    """Return at most about _POINTS of the points, the last one always."""
    step = max(1, len(points) // _POINTS)
    return _placed([*points[:-1:step], *points[-1:]])


def _placed(points: Sequence[Place]) -> tuple[Place, ...]:
    return tuple((round(x * SIZE, 1), round((1 - y) * SIZE, 1)) for x, y in points)
