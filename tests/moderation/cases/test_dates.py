"""Review days fall where the calendar of the United Kingdom has them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.cases.dates import local_day, next_review

OPENED = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("days_on", "expected"), [(0, 7), (6, 7), (7, 28), (27, 28), (28, 56), (56, 84), (400, 420)]
)
def test_reviews_stand_at_day_seven_and_then_every_twenty_eight(
    days_on: int, expected: int
) -> None:
    assert next_review(OPENED, OPENED + timedelta(days_on)) == OPENED + timedelta(expected)


@given(st.integers(min_value=0, max_value=3000))
def test_the_next_review_is_always_to_come_and_never_far(days_on: int) -> None:
    today = OPENED + timedelta(days_on)
    assert timedelta(0) < next_review(OPENED, today) - today <= timedelta(28)


def test_a_summer_evening_belongs_to_the_next_local_day() -> None:
    assert local_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert local_day(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)) == date(2026, 12, 1)
