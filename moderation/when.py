"""Times as people in the United Kingdom read them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")


def london(at: datetime) -> datetime:
    """Return the same moment as clocks in London show it."""
    return at.astimezone(LONDON)


def london_time(at: datetime) -> str:
    """Return for example "14:05 GMT"."""
    return f"{london(at):%H:%M %Z}"


def london_day(at: date) -> str:
    """Return for example "20 November 2026", in London's calendar for a moment in time."""
    day = london(at) if isinstance(at, datetime) else at
    return f"{day.day} {day:%B %Y}"


def london_moment(at: datetime) -> str:
    """Return for example "20 November 2026, 14:05 GMT"."""
    return f"{london_day(at)}, {london_time(at)}"
