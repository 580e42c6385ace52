"""Reads the times that exports hold: ISO 8601 or epoch, in UK local time where no zone is given."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

UK: Final = ZoneInfo("Europe/London")

_NUMBER: Final = re.compile(r"[0-9]{9,13}(?:\.[0-9]{1,9})?", re.ASCII)
_EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)
# Seconds reach this number in the year 5138; milliseconds passed it in 1973.
_MILLISECONDS_FROM: Final = 100_000_000_000


def read_time(value: Any) -> datetime | None:
    """Return an aware UTC time, or None where there is none or it cannot be read.

    Takes ISO 8601 with or without a zone, and seconds or milliseconds since 1970 as a number or as
    digits. An unreadable time is no reason to keep a comment from people, so it is no error.
    """
    if isinstance(value, str):
        value = value.strip()
        if not _NUMBER.fullmatch(value):
            return _plausible(_from_iso(value))
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return _plausible(_from_epoch(value))


def _from_iso(value: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(value)
        return (read if read.tzinfo else read.replace(tzinfo=UK)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _from_epoch(value: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(value / 1000 if value >= _MILLISECONDS_FROM else value, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _plausible(value: datetime | None) -> datetime | None:
    """Refuse what only looks like a time: year 1 or 9999, or a count that is none."""
    return value if value is not None and _EARLIEST <= value <= _LATEST else None
