"""Small numbers in what leaves the team: hidden so that nothing shown gives them back.

A count of 1 to 4 is shown as "fewer than 5". A table whose total is known would give a single
hidden cell away by subtraction, so larger cells are hidden with it until every hidden small count
could still be any number from 1 to 4, whatever else is shown. Where no choice of cells achieves
that, the table is not broken down at all. Zero is shown as 0: it says that nobody was concerned.

The check supposes a reader who knows these rules and the exact total, although a total is rounded
to the nearest 5 as soon as one of its tables hides something.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

THRESHOLD: Final = 5


class Shown(StrEnum):
    """How a count is published."""

    EXACT = "exact"
    FEW = "few"
    HIDDEN = "hidden"
    ROUNDED = "rounded"


@dataclass(frozen=True, slots=True)
class Cell:
    """One published count; value is 0 where nothing may be read from it."""

    shown: Shown
    value: int = 0


@dataclass(frozen=True, slots=True)
class Published:
    """One population as published: its total and its tables; a table is None if not broken down."""

    total: Cell
    tables: Mapping[str, Mapping[str, Cell] | None] = field(default_factory=dict)


def publish_count(count: int, threshold: int = THRESHOLD) -> Cell:
    """Return a count that no other published figure adds up to."""
    return Cell(Shown.FEW) if 0 < count < threshold else Cell(Shown.EXACT, count)


def publish(
    total: int, tables: Mapping[str, Mapping[str, int]], threshold: int = THRESHOLD
) -> Published:
    """Return how a total and its breakdowns may be shown; the cells of each table add up to it."""
    if 0 < total < threshold:
        return Published(Cell(Shown.FEW), dict.fromkeys(tables))
    shown = {name: publish_table(cells, threshold) for name, cells in tables.items()}
    is_whole = all(_is_whole(table) for table in shown.values())
    kept = Cell(Shown.EXACT, total) if is_whole else Cell(Shown.ROUNDED, _nearest_5(total))
    return Published(kept, shown)


def publish_table(cells: Mapping[str, int], threshold: int = THRESHOLD) -> dict[str, Cell] | None:
    """Return each cell as it may be shown beside a known total; None if no cell may be."""
    few = [key for key, count in cells.items() if 0 < count < threshold]
    if not few:
        return {key: Cell(Shown.EXACT, count) for key, count in cells.items()}
    large = sorted(
        (key for key, count in cells.items() if count >= threshold), key=lambda key: cells[key]
    )
    for hidden in range(1, len(large) + 1):
        if _is_safe(cells, few, large, hidden, threshold):
            marks = dict.fromkeys(few, Cell(Shown.FEW))
            marks |= dict.fromkeys(large[:hidden], Cell(Shown.HIDDEN))
            return {key: marks.get(key, Cell(Shown.EXACT, cells[key])) for key in cells}
    return None


def _is_safe(
    cells: Mapping[str, int],
    few: Sequence[str],
    large: Sequence[str],
    hidden: int,
    threshold: int,
) -> bool:
    """Say whether each small count could be anything below the threshold, given the rest.

    The reader knows the sum of the hidden cells, that each few is 1 to 4, and that a hidden large
    cell is neither below the threshold nor above the smallest large one that is shown.
    """
    known_sum = sum(cells[key] for key in (*few, *large[:hidden]))
    roof = cells[large[hidden]] if hidden < len(large) else math.inf
    widest = threshold - 2
    least = len(few) + threshold * hidden
    most = len(few) * (threshold - 1) + roof * hidden
    is_narrow = roof - threshold < 2  # The hidden large cells themselves could be told.
    return not is_narrow and known_sum - least >= widest and most - known_sum >= widest


def _is_whole(table: Mapping[str, Cell] | None) -> bool:
    return table is not None and all(cell.shown is Shown.EXACT for cell in table.values())


def _nearest_5(count: int) -> int:
    return (count + 2) // 5 * 5
