"""A week's summary for a terminal: the edition's tables as text, and as JSON."""

from __future__ import annotations

import io
from typing import Any, Final

from rich.console import Console
from rich.table import Table as Grid

from moderation.reporting.editions import Edition, Headline
from moderation.reporting.precision import Precision
from moderation.reporting.wording import (
    COLUMN,
    DIMENSION,
    HEADLINE,
    NOTHING_FOUND,
    SINGLE,
    TIME,
    cell_says,
    flagged_says,
    gap_says,
    left_says,
    measured_says,
    spread_says,
    week_says,
)
from review_ui.week_words import code_says

WIDTH: Final = 100


def text(edition: Edition) -> str:
    """Return the whole edition as plain text, at most WIDTH columns wide."""
    out = Console(file=io.StringIO(), width=WIDTH, color_system=None, highlight=False)
    kind = "edition for leaders" if edition.is_wide else "edition for comms and HR"
    out.print(f"{edition.org_name}: {week_says(edition.week)} ({kind})", markup=False)
    if edition.so_far:
        out.print("This week is not over: the figures are so far.")
    out.print(_headlines(edition))
    for by in edition.tables:
        if edition.tables[by].rows:
            out.print(_table(edition, by))
    out.print(_singles(edition))
    for line in (*_sentences(edition), NOTHING_FOUND):
        out.print(line, markup=False)
    shown: io.StringIO = out.file  # type: ignore[assignment]  # Set three lines above.
    return shown.getvalue()


def as_json(edition: Edition) -> dict[str, Any]:
    """Return what the edition shows, in words, so that no hidden count is in it."""
    below = edition.small_below
    return {
        "week": str(edition.week),
        "edition": edition.kind.value,
        "so_far": edition.so_far,
        "headlines": {line.name: cell_says(line.now, below) for line in edition.headlines},
        "tables": {
            by: {
                row.code: dict(
                    zip(table.columns, (cell_says(cell, below) for cell in row.cells), strict=True)
                )
                for row in table.rows
            }
            for by, table in edition.tables.items()
        },
        "singles": {name: cell_says(cell, below) for name, cell in edition.singles.items()},
        "patterns": {name: cell_says(cell, below) for name, cell in edition.patterns.items()},
        "themes": {name: cell_says(cell, below) for name, cell in edition.themes.items()},
        "times": {name: spread_says(spread) for name, spread in edition.times.items()},
        "gaps": _gaps(edition),
    }


def _headlines(edition: Edition) -> Grid:
    grid = Grid("", "This week", "Week before", "Mean of four weeks before")
    for line in edition.headlines:
        grid.add_row(HEADLINE[line.name], *_compared(line, edition.small_below))
    return grid


def _compared(line: Headline, below: int) -> tuple[str, str, str]:
    before = "–" if line.before is None else cell_says(line.before, below)
    mean = "–" if line.mean is None else cell_says(line.mean, below)
    return cell_says(line.now, below), before, mean


def _table(edition: Edition, by: str) -> Grid:
    table = edition.tables[by]
    grid = Grid(DIMENSION[by], *(COLUMN[name] for name in table.columns))
    for row in table.rows:
        cells = (cell_says(cell, edition.small_below) for cell in row.cells)
        grid.add_row(code_says(edition, by, row.code), *cells)
    return grid


def _singles(edition: Edition) -> Grid:
    grid = Grid("Besides", "")
    below = edition.small_below
    for name, cell in edition.singles.items():
        grid.add_row(SINGLE[name], cell_says(cell, below))
    for code, cell in edition.patterns.items():
        grid.add_row(code_says(edition, "pattern", code), cell_says(cell, below))
    for name, cell in edition.themes.items():
        grid.add_row(f"Theme: {name}", cell_says(cell, below))
    return grid


def _sentences(edition: Edition) -> list[str]:
    lines = [f"{TIME[name]}: {spread_says(spread)}" for name, spread in edition.times.items()]
    lines += [
        f"{code_says(edition, 'action', kind)}: {count:,} – {code_says(edition, 'result', state)}"
        for kind, state, count in edition.actions
    ]
    if edition.precision:
        lines += _measured(edition, edition.precision)
    return lines + _gaps(edition)


def _measured(edition: Edition, precision: Precision) -> list[str]:
    lines = [flagged_says(precision.whole)]
    lines += [
        f"Flagged as {code_says(edition, 'category', row.code).lower()}: "
        f"{measured_says(row)} abuse."
        for row in precision.by_category
    ]
    return lines + ([left_says(precision.left)] if precision.left else [])


def _gaps(edition: Edition) -> list[str]:
    names = edition.account_names
    lines = [gap_says(gap, names[gap.account]) for gap in edition.gaps]
    return lines + [
        f"When {names[key]} was read that week is no longer known."
        for key in edition.coverage_unknown
    ]
