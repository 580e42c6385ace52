"""Gaps in reading are found and owned up to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from moderation.reporting.coverage import Gap, gaps, tolerance_of

DAY = datetime(2026, 11, 17, tzinfo=UTC)


def at(hours: float) -> datetime:
    return DAY + timedelta(hours=hours)


def test_an_account_read_every_minute_has_no_gap() -> None:
    assert gaps((at(n / 60) for n in range(24 * 60)), at(0), at(24)) == []


def test_seven_hours_without_a_reading_are_one_gap() -> None:
    readings = [at(n / 2) for n in range(49) if not 14 <= n / 2 < 21]
    assert gaps(readings, at(0), at(24)) == [Gap(at(13.5), at(21))]


def test_an_account_never_read_is_one_gap_from_end_to_end() -> None:
    assert gaps([], at(0), at(24)) == [Gap(at(0), at(24))]


def test_a_gap_at_the_beginning_and_one_at_the_end_are_both_found() -> None:
    assert gaps([at(10), at(10.5)], at(0), at(24)) == [Gap(at(0), at(10)), Gap(at(10.5), at(24))]


def test_an_account_that_is_polled_every_two_hours_may_miss_two_polls() -> None:
    assert tolerance_of(7200) == timedelta(hours=6)
    assert tolerance_of(60) == timedelta(hours=1)


@given(st.lists(st.floats(-10, 34), max_size=40))
def test_a_gap_holds_no_reading_and_is_longer_than_the_tolerance(hours: list[float]) -> None:
    readings = [at(hour) for hour in hours]
    for gap in gaps(readings, at(0), at(24)):
        assert gap.length > timedelta(hours=1)
        assert at(0) <= gap.begins < gap.ends <= at(24)
        assert not any(gap.begins < reading < gap.ends for reading in readings)
