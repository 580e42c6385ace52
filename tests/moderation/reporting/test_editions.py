"""The full edition shows every count; from the wide one no small number can be had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from moderation.reporting.editions import Edition, full, wide
from moderation.reporting.figures import (
    HEADLINES,
    Account,
    AccountGap,
    ActionCount,
    Figures,
    Spread,
)
from moderation.reporting.precision import Measured
from moderation.reporting.suppression import Cell, Shown
from moderation.reporting.week import Week
from moderation.reporting.wording import (
    HEADLINE,
    SINGLE,
    TIME,
    cell_says,
    day_says,
    gap_says,
    length_says,
    spread_says,
    week_says,
)

WEEK = Week.named("2026-W47")
DAYS = [day.isoformat() for day in WEEK.days]
COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 80))


def figures(**more: object) -> Figures:
    """Return a small office's week: 12 read, 9 flagged, 7 found to be abuse."""
    week = Week.named(str(more.get("week", WEEK)))
    monday, tuesday = (day.isoformat() for day in week.days[:2])
    given: dict[str, object] = {
        "week": str(week),
        "read": 12,
        "flagged": 9,
        "abuse": 7,
        "not_abuse": 2,
        "tables": {
            "read": {"day": {monday: 12}, "account": {"1": 10, "2": 2}},
            "flagged": {
                "day": {monday: 9},
                "account": {"1": 9},
                "severity": {"S3": 9},
                "category": {"menace": 9},
                "target": {"named_staff": 9},
            },
            "abuse": {
                "day": {monday: 6, tuesday: 1},
                "account": {"1": 7},
                "severity": {"S3": 7},
                "category": {"menace": 7},
                "target": {"named_staff": 7},
            },
        },
        "accounts": {"1": Account("Our page", "facebook"), "2": Account("Second", "facebook")},
        "times": {"first_look": Spread(9, 600, 3600), "action": Spread(2, 60, 90)},
        "actions": (ActionCount("hide", "verified", 6), ActionCount("report", "refused", 1)),
        "authors": 6,
        "repeat_authors": 2,
        "patterns": {"mobbing": 1},
        "cases_opened": 1,
        "cases_open": 3,
        "waiting": 2,
        "flagged_decided": 8,
        "flagged_confirmed": 6,
        "criticism": 30,
        "themes": {"Response times": 22, "Money and value": 3},
    }
    return Figures(
        org_id="northmoor",
        org_name="Northmoor",
        begins=WEEK.starts.isoformat(),
        ends=WEEK.ends.isoformat(),
        made_at=WEEK.due_at.isoformat(),
        **(given | more),  # type: ignore[arg-type]  # Each name is a field.
    )


def cells_of(edition: Edition) -> dict[str, Cell | None]:
    """Return every count that an edition shows, by where it stands."""
    shown: dict[str, Cell | None] = {line.name: line.now for line in edition.headlines}
    for by, table in edition.tables.items():
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                shown[f"{by} {row.code} {column}"] = cell
    for kind in (edition.singles, edition.patterns, edition.themes):
        shown |= kind
    return shown


def test_the_full_edition_hides_nothing() -> None:
    shown = cells_of(full(figures(), {}))
    assert all(cell and cell.shown is Shown.EXACT for cell in shown.values())
    assert shown["day 2026-11-17 abuse"] == Cell(Shown.EXACT, 1)
    assert shown["account 2 read"] == Cell(Shown.EXACT, 2)
    assert shown["waiting"] == Cell(Shown.EXACT, 2)
    shown_precision = full(figures(), {}).precision
    assert shown_precision is not None
    assert shown_precision.whole == Measured(8, 6)


def test_the_wide_edition_shows_no_count_of_one_to_four_anywhere() -> None:
    shown = cells_of(wide(figures(), {}))
    assert not [
        place
        for place, cell in shown.items()
        if cell and cell.shown is Shown.EXACT and 0 < cell.value < 5
    ]
    assert shown["repeat_authors"] == Cell(Shown.FEW)
    assert shown["mobbing"] == Cell(Shown.FEW)
    assert shown["Money and value"] == Cell(Shown.FEW)


def test_the_wide_edition_has_platforms_and_neither_accounts_nor_what_is_open() -> None:
    edition = wide(figures(), {})
    assert "account" not in edition.tables
    assert edition.tables["platform"].rows[0].code == "facebook"
    assert not {"waiting", "in_hand", "cases_open", "still_to_score"} & set(edition.singles)
    assert edition.precision is None
    assert edition.actions == ()


def test_a_total_that_would_betray_its_table_is_rounded_and_the_table_is_not_broken_down() -> None:
    edition = wide(figures(), {})
    assert edition.cell("abuse") == Cell(Shown.ROUNDED, 5)
    assert [row.cells[2] for row in edition.tables["day"].rows] == [None] * 7
    assert edition.tables["day"].has_hidden


def test_times_of_fewer_than_five_are_left_out_of_the_wide_edition() -> None:
    assert set(wide(figures(), {}).times) == {"first_look"}
    assert set(full(figures(), {}).times) == {"first_look", "action"}


def test_a_policy_with_a_higher_threshold_hides_more() -> None:
    edition = wide(figures(small_below=10), {})
    assert edition.cell("flagged") == Cell(Shown.FEW)
    assert cell_says(edition.cell("flagged"), edition.small_below) == "fewer than 10"


def test_the_week_before_and_the_mean_are_shown_where_they_exist() -> None:
    past = {
        str(WEEK.plus(-n)): figures(week=str(WEEK.plus(-n)), read=10 * n, tables={})
        for n in range(1, 5)
    }
    whole = full(figures(), past).headlines[0]
    assert (whole.before, whole.mean) == (Cell(Shown.EXACT, 10), Cell(Shown.EXACT, 25))
    three = {week: one for week, one in past.items() if week != str(WEEK.plus(-3))}
    assert full(figures(), three).headlines[0].mean is None
    assert full(figures(), {}).headlines[0].before is None


def test_the_wide_edition_compares_with_what_was_published_not_with_what_was_counted() -> None:
    past = {
        str(WEEK.plus(-n)): figures(week=str(WEEK.plus(-n)), not_abuse=2 if n == 1 else 20)
        for n in range(1, 5)
    }
    line = next(line for line in wide(figures(), past).headlines if line.name == "not_abuse")
    assert (line.before, line.mean) == (Cell(Shown.FEW), None)
    abuse = next(line for line in wide(figures(), past).headlines if line.name == "abuse")
    assert abuse.before == Cell(Shown.ROUNDED, 5)


def _tables(names: Mapping[str, int]) -> st.SearchStrategy[dict[str, int]]:
    return st.dictionaries(st.sampled_from(list(names)), COUNTS.filter(bool), max_size=len(names))


SEVERITIES = dict.fromkeys(("S1", "S2", "S3", "S4"), 0)


@given(_tables(SEVERITIES), _tables(dict.fromkeys(DAYS, 0)))
def test_no_table_and_total_together_give_a_small_count_away(
    by_severity: dict[str, int], by_day: dict[str, int]
) -> None:
    """The total is what the severities add up to; the days are made to add up to it as well."""
    total = sum(by_severity.values())
    by_day[DAYS[0]] = max(0, total - sum(by_day.values()) + by_day.get(DAYS[0], 0))
    if sum(by_day.values()) != total:
        return
    week = figures(
        abuse=total,
        tables={"abuse": {"severity": by_severity, "day": by_day, "account": {"1": total}}},
    )
    edition = wide(week, {})
    for by, counts in (("severity", by_severity), ("day", by_day)):
        column = edition.tables[by].columns.index("abuse")
        cells = {row.code: row.cells[column] for row in edition.tables[by].rows}
        few = [code for code, cell in cells.items() if cell and cell.shown is Shown.FEW]
        hidden = [code for code, cell in cells.items() if cell and cell.shown is Shown.HIDDEN]
        exact = sum(cell.value for cell in cells.values() if cell)
        for code, count in counts.items():
            cell = cells[code]
            assert cell is None or cell.shown is not Shown.EXACT or cell.value == count
        if few:
            assert hidden
            assert total - exact - 4 >= len(few) - 1 + 5 * len(hidden)


def test_rows_stand_in_an_order_that_tells_nothing_hidden() -> None:
    week = figures(
        flagged=0,
        abuse=57,
        tables={
            "abuse": {
                "category": {"menace": 2, "doxing": 1, "sexual_abuse": 14, "extreme_content": 40}
            }
        },
    )
    table = wide(week, {}).tables["category"]
    swapped = replace(
        week,
        tables={
            "abuse": {
                "category": {"menace": 1, "doxing": 2, "sexual_abuse": 14, "extreme_content": 40}
            }
        },
    )
    assert table.has_hidden
    assert wide(swapped, {}).tables["category"] == table


def test_every_figure_has_its_words() -> None:
    assert set(HEADLINE) == set(HEADLINES)
    assert set(SINGLE) == set(full(figures(), {}).singles)
    assert set(TIME) == {"first_look", "decision", "action"}


def test_counts_read_as_people_say_them() -> None:
    assert cell_says(Cell(Shown.EXACT, 12345)) == "12,345"
    assert cell_says(Cell(Shown.FEW)) == "fewer than 5"
    assert cell_says(Cell(Shown.ROUNDED, 40)) == "about 40"
    assert cell_says(Cell(Shown.HIDDEN)) == cell_says(None) == "not shown"


def test_lengths_of_time_read_in_their_two_largest_units() -> None:
    assert length_says(59) == "under a minute"
    assert length_says(60) == "1 minute"
    assert length_says(7500) == "2 hours 5 minutes"
    assert length_says(7200) == "2 hours"
    assert length_says(90061) == "1 day 1 hour"
    assert (
        spread_says(Spread(3, 600, 7200)) == "Half within 10 minutes, nine in ten within 2 hours."
    )
    assert spread_says(Spread()) == "None this week."


def test_a_gap_is_said_in_london_time_with_its_length() -> None:
    gap = AccountGap("1", "2026-07-21T13:05:00+00:00", "2026-07-21T20:05:00+00:00")
    assert gap_says(gap, "Our page") == (
        "Our page was not read for 7 hours, from Tuesday 21 July, 14:05 BST."
    )


def test_a_week_and_a_day_are_named_in_full() -> None:
    assert week_says(WEEK) == "Week 47, 16 November to 22 November 2026"
    assert week_says(Week.named("2026-W53")) == "Week 53, 28 December 2026 to 3 January 2027"
    assert day_says("2026-11-17") == "Tuesday 17 November"
