"""How right the machine was in a week, as a value for the page: counts, and shares of many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from moderation.reporting.figures import Figures

# A share of fewer decisions than these would be a guess with a number on it.
ENOUGH: Final = 20


@dataclass(frozen=True, slots=True)
class Measured:
    """Of so many items that people decided about, so many were abuse; code is a category."""

    decided: int
    confirmed: int
    code: str = ""

    @property
    def percent(self) -> int | None:
        """Return the share that was abuse in whole per cent; None where there are too few."""
        return round(100 * self.confirmed / self.decided) if self.decided >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class Precision:
    """What people found of what was flagged, in all and by the machine's category, and of the rest.

    by_category is empty, and left None, for a week that was made before these were counted. left
    is of the items that the machine had left alone and a person decided about all the same.
    """

    whole: Measured
    by_category: tuple[Measured, ...]
    left: Measured | None


def precision(figures: Figures) -> Precision:
    """Return how right the machine was, as the figures have it; most decided first."""
    decided = figures.tables.get("flagged_decided", {}).get("category", {})
    confirmed = figures.tables.get("flagged_confirmed", {}).get("category", {})
    rows = [Measured(count, confirmed.get(code, 0), code) for code, count in decided.items()]
    left = figures.left_decided
    return Precision(
        whole=Measured(figures.flagged_decided, figures.flagged_confirmed),
        by_category=tuple(sorted(rows, key=lambda row: (-row.decided, row.code))),
        left=None if left is None else Measured(left, figures.left_abuse or 0),
    )
