"""When a case is to be looked at again, in the organisation's own calendar days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import chain, count
from typing import Final

from moderation.when import london

FIRST_REVIEW: Final = timedelta(days=7)
AFTER_CLOSING: Final = timedelta(days=91)
_CYCLE_DAYS: Final = 28


def local_day(at: datetime) -> date:
    """Return the day that people in the United Kingdom have at this moment."""
    return london(at).date()


def next_review(opened_on: date, today: date) -> date:
    """Return the first review day after today: day 7, day 28, then every 28 days."""
    days = chain((FIRST_REVIEW.days,), count(_CYCLE_DAYS, _CYCLE_DAYS))
    return next(day for n in days if (day := opened_on + timedelta(days=n)) > today)
