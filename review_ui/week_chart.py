"""The chart of a week as numbers that a template draws: two bars a day, sized but not styled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from moderation.reporting.editions import Edition, Table
from moderation.reporting.suppression import Cell, Shown
from moderation.reporting.wording import COLUMN, cell_says, day_says

SERIES: Final = ("flagged", "abuse")
WIDTH: Final = 434
HEIGHT: Final = 230
_TOP: Final = 24
_FLOOR: Final = 184
_DAY: Final = WIDTH // 7
_BAR: Final = 22


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in the chart's own units; says stands above it, also where its height is 0."""

    x: int
    y: int
    height: int
    says: str
    second: bool

    @property
    def middle(self) -> int:
        """Return where its label is centred."""
        return self.x + _BAR // 2


@dataclass(frozen=True, slots=True)
class Day:
    """One day's place on the axis."""

    middle: int
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Seven days of flagged and confirmed items; says is the same in words."""

    bars: tuple[Bar, ...]
    days: tuple[Day, ...]
    says: str
    names: tuple[str, ...]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = _FLOOR
    bar_width: int = _BAR


def chart(edition: Edition) -> Chart | None:
    """Return the chart of an edition; None where the days may not be shown or hold nothing."""
    table = edition.tables["day"]
    columns = [table.columns.index(name) for name in SERIES]
    cells = [[row.cells[column] for column in columns] for row in table.rows]
    highest = max((cell.value for pair in cells for cell in pair if cell), default=0)
    if highest == 0 or any(cell is None for pair in cells for cell in pair):
        return None
    return Chart(
        bars=tuple(
            _bar(cell, place, second=bool(n), highest=highest, below=edition.small_below)
            for place, pair in enumerate(cells)
            for n, cell in enumerate(pair)
            if cell is not None
        ),
        days=tuple(_day(row.code, place) for place, row in enumerate(table.rows)),
        says=_says(table, columns[0]),
        names=tuple(COLUMN[name] for name in SERIES),
    )


def _bar(cell: Cell, place: int, *, second: bool, highest: int, below: int) -> Bar:
    """Return a bar; one that may not be shown as it is has no height, only its words."""
    height = round(cell.value / highest * (_FLOOR - _TOP)) if cell.shown is Shown.EXACT else 0
    says = {Shown.FEW: f"<{below}", Shown.HIDDEN: "–"}.get(cell.shown, f"{cell.value:,}")
    left = place * _DAY + (_DAY - 2 * _BAR) // 2
    return Bar(left + _BAR * second, _FLOOR - height, height, says, second)


def _day(code: str, place: int) -> Day:
    day = date.fromisoformat(code)
    return Day(place * _DAY + _DAY // 2, f"{day:%a}", f"{day.day}")


def _says(table: Table, column: int) -> str:
    """Return the one thing that the chart shows at a glance."""
    most = max(table.rows, key=lambda row: _value(row.cells[column]))
    return f"Most items were flagged on {day_says(most.code)}: {cell_says(most.cells[column])}."


def _value(cell: Cell | None) -> int:
    return cell.value if cell else 0
