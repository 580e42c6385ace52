"""Times are kept in UTC and read as the clocks in London show them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from moderation.when import london, london_day, london_moment, london_time


@pytest.mark.parametrize(
    ("at", "reads"),
    [
        (datetime(2026, 11, 20, 14, 5, tzinfo=UTC), "20 November 2026, 14:05 GMT"),
        (datetime(2026, 7, 1, 14, 5, tzinfo=UTC), "1 July 2026, 15:05 BST"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 July 2026, 00:30 BST"),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), "31 December 2026, 23:59 GMT"),
    ],
)
def test_a_moment_reads_as_in_london(at: datetime, reads: str) -> None:
    assert london_moment(at) == reads


def test_the_hour_that_comes_twice_tells_which_one_it_is() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert (london_time(first), london_time(second)) == ("01:30 BST", "01:30 GMT")


def test_the_hour_that_is_left_out_in_spring_is_never_shown() -> None:
    at = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert london_time(at) == "02:00 BST"


def test_a_moment_is_the_same_moment_afterwards() -> None:
    at = datetime(2026, 7, 1, 14, 5, tzinfo=UTC)
    assert london(at) == at


def test_a_day_without_a_time_is_that_day() -> None:
    assert london_day(date(2026, 7, 1)) == "1 July 2026"
