"""A week is London's: the clocks change inside it and nothing is counted twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.errors import InvalidInput
from moderation.reporting.week import Week


def test_a_name_and_its_week_are_the_same_both_ways() -> None:
    week = Week.named("2026-W47")
    assert week.monday == date(2026, 11, 16)
    assert str(week) == "2026-W47"


def test_the_first_days_of_january_may_belong_to_last_years_week() -> None:
    assert str(Week.of(datetime(2027, 1, 3, 12, tzinfo=UTC))) == "2026-W53"


@pytest.mark.parametrize(
    "name", ["", "2026", "2026-47", "2026-W54", "2026-W00", "0000-W01", "２０２６-W01"]
)
def test_what_names_no_week_is_refused_with_an_example(name: str) -> None:
    with pytest.raises(InvalidInput, match="2026-W47"):
        Week.named(name)


def test_a_summer_week_begins_at_eleven_the_evening_before_in_utc() -> None:
    assert Week.named("2026-W30").starts == datetime(2026, 7, 19, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "hours"),
    [("2026-W13", 167), ("2026-W43", 169), ("2026-W47", 168)],
    ids=["clocks go forward", "clocks go back", "ordinary"],
)
def test_a_week_with_a_clock_change_is_an_hour_shorter_or_longer(name: str, hours: int) -> None:
    week = Week.named(name)
    assert week.ends - week.starts == timedelta(hours=hours)
    assert week.midnights[0] == week.starts
    assert week.midnights[7] == week.ends


def test_the_summary_is_due_at_eight_in_london_whatever_the_season() -> None:
    assert Week.named("2026-W47").due_at == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert Week.named("2026-W30").due_at == datetime(2026, 7, 27, 7, tzinfo=UTC)


@given(st.integers(0, 4_000_000_000))
def test_every_moment_falls_into_exactly_one_week(seconds: int) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    week = Week.of(at)
    assert week.starts <= at < week.ends
    assert week.plus(-1).ends == week.starts
    assert Week.named(str(week)) == week
