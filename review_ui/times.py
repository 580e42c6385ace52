"""Dates and times on pages: London's clock, and lengths of time in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from moderation.when import london, london_day, london_moment

_UNITS: Final = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def when(at: datetime | None) -> str:
    """Return "20 November 2026, 14:05 GMT"; an unknown time is said to be unknown."""
    return "not known" if at is None else london_moment(at)


def clock(at: datetime) -> str:
    """Return "14:05" in London."""
    return f"{london(at):%H:%M}"


def day_words(on: date) -> str:
    """Return "20 November 2026"."""
    return london_day(on)


def machine(at: datetime) -> str:
    """Return the time for the datetime attribute of a time element."""
    return at.isoformat(timespec="seconds")


def waited(since: datetime | None, now: datetime) -> str:
    """Return how long something has waited, in words: "3 hours", "2 days"."""
    return "not known" if since is None else span(now - since)


def span(length: timedelta) -> str:
    """Return a length of time in its largest whole unit."""
    seconds = int(length.total_seconds())
    for size, unit in _UNITS:
        if seconds >= size:
            number = seconds // size
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return "under a minute"
