"""Times are read in the forms that exports use; what cannot be read is left unknown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.times import read_time

AT = datetime(2026, 7, 20, 14, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2026-07-20T14:05:30Z",
        "2026-07-20T14:05:30.000Z",
        "2026-07-20T14:05:30+0000",
        "2026-07-20 16:05:30+02:00",
        "2026-07-20T15:05:30",
        " 2026-07-20 15:05:30 ",
        1784556330,
        1784556330000,
        1784556330.0,
        "1784556330",
        "1784556330000",
        "1784556330.000",
    ],
    ids=str,
)
def test_every_form_gives_the_same_moment_in_utc(value: Any) -> None:
    assert read_time(value) == AT


def test_a_time_without_a_zone_is_uk_local_time_in_winter_too() -> None:
    assert read_time("2026-01-20T14:05:30") == datetime(2026, 1, 20, 14, 5, 30, tzinfo=UTC)


def test_a_day_alone_begins_at_midnight_in_the_uk() -> None:
    assert read_time("2026-07-20") == datetime(2026, 7, 19, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            "yesterday",
            "20/07/2026",
            "0001-01-01",
            "9999-12-31T23:59:59",
            "2026-13-01",
            "12345",
        ),
        *("99999999999999999999", None, True, [], {}, -1, 0, 7, 1e300, 10**80),
    ],
    ids=repr,
)
def test_what_cannot_be_read_is_unknown(value: Any) -> None:
    assert read_time(value) is None


@given(st.none() | st.text() | st.integers() | st.floats() | st.booleans())
def test_whatever_is_given_the_answer_is_an_aware_time_or_none(value: Any) -> None:
    found = read_time(value)
    assert found is None or found.tzinfo is UTC
