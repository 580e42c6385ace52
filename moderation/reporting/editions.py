"""The two editions of a summary: everything for comms and HR, small numbers hidden for the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from moderation.reporting.figures import HEADLINES, AccountGap, Figures, Spread
from moderation.reporting.precision import Precision, precision
from moderation.reporting.suppression import Cell, Published, Shown, publish, publish_count
from moderation.reporting.week import Week
from moderation.taxonomy import Severity

# The columns of each table. An account says who was on duty there, so the wide edition has
# platforms instead; no table crosses two of these.
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "day": ("read", "flagged", "abuse"),
    "severity": ("flagged", "abuse"),
    "category": ("flagged", "abuse"),
    "target": ("flagged", "abuse"),
    "account": ("read", "flagged", "abuse"),
    "platform": ("read", "flagged", "abuse"),
}
_SINGLES: Final = (
    "authors",
    "repeat_authors",
    "cases_opened",
    "cases_closed",
    "criticism",
    "quarantined",
)
_ONLY_FULL: Final = ("still_to_score", "waiting", "in_hand", "cases_open")


class EditionKind(StrEnum):
    """Who an edition is for."""

    FULL = "full"
    WIDE = "wide"


@dataclass(frozen=True, slots=True)
class Headline:
    """One leading figure, with the week before and the mean of the four before, where they are."""

    name: str
    now: Cell
    before: Cell | None = None
    mean: Cell | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; a cell is None where its column is not broken down."""

    code: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One breakdown. has_hidden says that a cell or a column is not shown as it is."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    has_hidden: bool


@dataclass(frozen=True, slots=True)
class Edition:
    """A summary ready to be shown: codes and cells only, words are the page's business."""

    kind: EditionKind
    week: Week
    org_name: str
    made_at: str
    so_far: bool
    small_below: int
    headlines: tuple[Headline, ...]
    tables: Mapping[str, Table]
    singles: Mapping[str, Cell]
    times: Mapping[str, Spread]
    actions: tuple[tuple[str, str, int], ...]
    patterns: Mapping[str, Cell]
    themes: Mapping[str, Cell]
    gaps: tuple[AccountGap, ...]
    coverage_unknown: tuple[str, ...]
    account_names: Mapping[str, str]
    precision: Precision | None

    @property
    def is_wide(self) -> bool:
        """Say whether small numbers are hidden."""
        return self.kind is EditionKind.WIDE

    def cell(self, name: str) -> Cell:
        """Return one leading figure."""
        return next(line.now for line in self.headlines if line.name == name)


def full(figures: Figures, earlier: Mapping[str, Figures]) -> Edition:
    """Return the edition for comms and HR; earlier holds the weeks before that are kept."""
    tables = {name: _with_platforms(figures, name) for name in ("read", "flagged", "abuse")}
    published = {
        name: Published(
            _exact(figures.headline(name)),
            {by: {code: _exact(n) for code, n in cells.items()} for by, cells in table.items()},
        )
        for name, table in tables.items()
    }
    singles = {name: _exact(getattr(figures, name)) for name in (*_SINGLES, *_ONLY_FULL)}
    return _edition(
        EditionKind.FULL,
        figures,
        _headlines(figures, earlier, lambda of, name: _exact(of.headline(name))),
        _tables(figures, published, ("day", "severity", "category", "target", "account")),
        singles=singles,
        times=figures.times,
        count=_exact,
    )


def wide(figures: Figures, earlier: Mapping[str, Figures]) -> Edition:
    """Return the edition for leaders and the board, from which no small number can be worked out.

    Weeks before are compared as they were published, never as they were counted.
    """
    below = figures.small_below
    return _edition(
        EditionKind.WIDE,
        figures,
        _headlines(figures, earlier, _published_total),
        {
            **_tables(
                figures,
                {name: _publish(figures, name) for name in ("read", "flagged", "abuse")},
                ("day", "severity", "category", "target", "platform"),
            ),
            **_actions(figures),
        },
        singles={name: publish_count(getattr(figures, name), below) for name in _SINGLES},
        times={name: spread for name, spread in figures.times.items() if spread.n >= below},
        count=lambda number: publish_count(number, below),
    )


def _edition(
    kind: EditionKind,
    figures: Figures,
    headlines: tuple[Headline, ...],
    tables: Mapping[str, Table],
    *,
    singles: Mapping[str, Cell],
    times: Mapping[str, Spread],
    count: Callable[[int], Cell],
) -> Edition:
    is_full = kind is EditionKind.FULL
    return Edition(
        kind=kind,
        week=Week.named(figures.week),
        org_name=figures.org_name,
        made_at=figures.made_at,
        so_far=figures.so_far,
        small_below=figures.small_below,
        headlines=headlines,
        tables=tables,
        singles=singles,
        times=times,
        actions=tuple((a.kind, a.state, a.count) for a in figures.actions) if is_full else (),
        patterns={code: count(number) for code, number in figures.patterns.items()},
        themes={name: count(number) for name, number in figures.themes.items()},
        gaps=figures.gaps,
        coverage_unknown=figures.coverage_unknown,
        account_names={key: account.name for key, account in figures.accounts.items()},
        precision=precision(figures) if is_full else None,
    )


def _exact(count: int) -> Cell:
    return Cell(Shown.EXACT, count)


def _with_platforms(figures: Figures, name: str) -> dict[str, dict[str, int]]:
    """Return the tables of one figure, with accounts added up by platform as one more."""
    tables = {by: dict(cells) for by, cells in figures.tables.get(name, {}).items()}
    platforms: Counter[str] = Counter()
    for account, number in tables.get("account", {}).items():
        platforms[figures.accounts[account].platform] += number
    tables["platform"] = dict(platforms)
    return tables


def _publish(figures: Figures, name: str) -> Published:
    tables = _with_platforms(figures, name)
    shown = {by: cells for by, cells in tables.items() if by != "account" and name in COLUMNS[by]}
    if "day" in shown:
        shown["day"] = {code: shown["day"].get(code, 0) for code in _days(figures)}
    return publish(figures.headline(name), shown, figures.small_below)


def _published_total(figures: Figures, name: str) -> Cell:
    if name in {"read", "flagged", "abuse"}:
        return _publish(figures, name).total
    return publish_count(figures.headline(name), figures.small_below)


def _headlines(
    figures: Figures, earlier: Mapping[str, Figures], total: Callable[[Figures, str], Cell]
) -> tuple[Headline, ...]:
    week = Week.named(figures.week)
    past = [earlier.get(str(week.plus(-n))) for n in range(1, 5)]
    lines = []
    for name in HEADLINES:
        cells = [None if one is None else total(one, name) for one in past]
        lines.append(Headline(name, total(figures, name), cells[0], _mean(cells)))
    return tuple(lines)


def _mean(cells: list[Cell | None]) -> Cell | None:
    """Return the mean of four shown weeks; None where one is missing or may not be told."""
    known = [cell for cell in cells if cell and cell.shown in {Shown.EXACT, Shown.ROUNDED}]
    if len(known) < len(cells):
        return None
    shown = Shown.ROUNDED if any(cell.shown is Shown.ROUNDED for cell in known) else Shown.EXACT
    return Cell(shown, round(sum(cell.value for cell in known) / len(known)))


def _tables(
    figures: Figures, published: Mapping[str, Published], dimensions: tuple[str, ...]
) -> dict[str, Table]:
    return {by: _table(figures, published, by) for by in dimensions}


def _table(figures: Figures, published: Mapping[str, Published], by: str) -> Table:
    columns = COLUMNS[by]
    shown = [published[name].tables.get(by, {}) for name in columns]
    rows = tuple(
        Row(code, tuple(_at(cells, code) for cells in shown)) for code in _codes(figures, by, shown)
    )
    return Table(columns, rows, has_hidden=any(_hides(cells) for cells in shown))


def _hides(cells: Mapping[str, Cell] | None) -> bool:
    return cells is None or any(cell.shown is not Shown.EXACT for cell in cells.values())


def _actions(figures: Figures) -> dict[str, Table]:
    """Return actions by kind and, apart from it, by result: crossed, they would be too small."""
    kinds: Counter[str] = Counter()
    results: Counter[str] = Counter()
    for action in figures.actions:
        kinds[action.kind] += action.count
        results[action.state] += action.count
    tables = {"action": dict(kinds), "result": dict(results)}
    published = publish(kinds.total(), tables, figures.small_below)
    return {
        by: Table(
            ("actions",),
            tuple(
                Row(code, (_at(published.tables[by], code),))
                for code in _codes(figures, by, [published.tables[by]])
            ),
            has_hidden=_hides(published.tables[by]),
        )
        for by in tables
    }


def _at(cells: Mapping[str, Cell] | None, code: str) -> Cell | None:
    return None if cells is None else cells.get(code, _exact(0))


def _codes(figures: Figures, by: str, shown: list[Mapping[str, Cell] | None]) -> list[str]:
    """Return the rows of a table: days and severities all, else what is shown, largest first."""
    if by == "day":
        return _days(figures)
    if by == "severity":
        return [f"S{level.value}" for level in sorted(Severity, reverse=True)]
    found = {code for cells in shown if cells for code in cells}
    return sorted(found, key=lambda code: _weight(shown, code))


def _weight(shown: list[Mapping[str, Cell] | None], code: str) -> tuple[list[int], str]:
    """Sort by what is shown only: an order by the counts themselves would tell them."""
    values = [-cells[code].value if cells and code in cells else 0 for cells in shown]
    return values, code


def _days(figures: Figures) -> list[str]:
    return [day.isoformat() for day in Week.named(figures.week).days]
