"""What is hidden cannot be worked out, not even by somebody who knows how it is hidden."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.reporting.suppression import (
    THRESHOLD,
    Cell,
    Shown,
    publish,
    publish_count,
    publish_table,
)

COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 60), st.integers(0, 100_000))
TABLES = st.dictionaries(st.sampled_from("abcdefgh"), COUNTS, max_size=8)


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, Cell(Shown.EXACT, 0)),
        (1, Cell(Shown.FEW)),
        (4, Cell(Shown.FEW)),
        (5, Cell(Shown.EXACT, 5)),
    ],
)
def test_a_count_of_one_to_four_is_few_and_zero_is_zero(count: int, shown: Cell) -> None:
    assert publish_count(count) == shown


def test_a_single_small_cell_takes_a_larger_one_with_it() -> None:
    shown = publish_table({"a": 2, "b": 9, "c": 40})
    assert shown == {"a": Cell(Shown.FEW), "b": Cell(Shown.HIDDEN), "c": Cell(Shown.EXACT, 40)}


def test_a_table_that_would_give_itself_away_is_not_broken_down() -> None:
    assert publish_table({"a": 1, "b": 5}) is None
    assert publish_table({"a": 3, "b": 0}) is None


def test_a_total_is_rounded_as_soon_as_one_of_its_tables_hides_something() -> None:
    whole = publish(52, {"by": {"a": 12, "b": 40}})
    hiding = publish(51, {"by": {"a": 2, "b": 9, "c": 40}, "other": {"x": 51}})
    assert whole.total == Cell(Shown.EXACT, 52)
    assert hiding.total == Cell(Shown.ROUNDED, 50)


def test_a_small_total_is_few_and_nothing_of_it_is_broken_down() -> None:
    shown = publish(3, {"by": {"a": 3}})
    assert shown.total == Cell(Shown.FEW)
    assert shown.tables == {"by": None}


@given(TABLES)
def test_no_cell_below_the_threshold_is_ever_shown_as_it_is(cells: dict[str, int]) -> None:
    shown = publish_table(cells)
    for key, cell in (shown or {}).items():
        if 0 < cells[key] < THRESHOLD:
            assert cell == Cell(Shown.FEW)
        elif cell.shown is Shown.EXACT:
            assert cell.value == cells[key]
        else:
            assert cell == Cell(Shown.HIDDEN)


@given(TABLES)
def test_every_hidden_small_cell_could_still_be_anything_from_one_to_four(
    cells: dict[str, int],
) -> None:
    shown = publish_table(cells)
    if shown is None:
        return
    few = [key for key, cell in shown.items() if cell.shown is Shown.FEW]
    hidden = [key for key, cell in shown.items() if cell.shown is Shown.HIDDEN]
    rest = sum(cells.values()) - sum(cell.value for cell in shown.values())
    if few:
        assert hidden, "the total less what is shown would be the small cells alone"
        largest_guess = THRESHOLD - 1
        assert rest - largest_guess >= (len(few) - 1) + THRESHOLD * len(hidden)


@pytest.mark.parametrize(("width", "top"), [(2, 30), (3, 18), (4, 11)])
def test_someone_who_knows_the_rules_and_the_total_is_left_with_several_answers(
    width: int, top: int
) -> None:
    """Every table up to a size, sorted by what is shown of it: no group settles a hidden cell."""
    seen: dict[tuple[int, tuple[Cell, ...]], list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(top + 1), repeat=width):
        shown = publish_table({str(n): count for n, count in enumerate(counts)})
        if shown is not None:
            seen[sum(counts), tuple(shown.values())].append(counts)
    checked = 0
    for (total, cells), tables in seen.items():
        if total - sum(cell.value for cell in cells) > top:
            continue  # Larger tables than these would show the same.
        for place, cell in enumerate(cells):
            if cell.shown is not Shown.EXACT:
                answers = {table[place] for table in tables}
                assert len(answers) >= (3 if cell.shown is Shown.FEW else 2), (cells, answers)
                checked += 1
    assert checked > 20
