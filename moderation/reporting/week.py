"""The ISO week as the summary counts it: Monday 00:00 in London to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from moderation.errors import InvalidInput
from moderation.when import LONDON

_NAMED: Final = re.compile(r"([0-9]{4})-W([0-9]{2})")
# People come in on Monday and find the summary; what came late on Sunday has been read by then.
_DUE: Final = time(8, 0)


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One ISO week by its Monday; str() gives "2026-W47"."""

    monday: date

    @classmethod
    def named(cls, name: str) -> Week:
        """Return the week called "2026-W47". Raises InvalidInput when there is no such week."""
        found = _NAMED.fullmatch(name)
        year, number = (int(found[1]), int(found[2])) if found else (0, 0)
        try:
            return cls(date.fromisocalendar(year, number, 1))
        except ValueError as err:
            msg = "A week is written like 2026-W47: the year, a W, and its number in two digits."
            raise InvalidInput(msg) from err

    @classmethod
    def of(cls, at: datetime) -> Week:
        """Return the week in which a moment falls by London's calendar."""
        day = at.astimezone(LONDON).date()
        return cls(day - timedelta(days=day.weekday()))

    def __str__(self) -> str:
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02d}"

    @property
    def days(self) -> tuple[date, ...]:
        """Return Monday to Sunday."""
        return tuple(self.monday + timedelta(days=n) for n in range(7))

    @property
    def starts(self) -> datetime:
        """Return the first moment of Monday in London, in UTC."""
        return _midnight(self.monday)

    @property
    def ends(self) -> datetime:
        """Return the first moment that no longer belongs to the week, in UTC."""
        return _midnight(self.monday + timedelta(days=7))

    @property
    def due_at(self) -> datetime:
        """Return when the summary is made: the Monday after, at 8 in London, in UTC."""
        after = self.monday + timedelta(days=7)
        return datetime.combine(after, _DUE, LONDON).astimezone(UTC)

    @property
    def midnights(self) -> tuple[datetime, ...]:
        """Return the eight moments in UTC between which the seven days lie.

        A day is 23 hours long when the clocks go forward and 25 when they go back.
        """
        return tuple(_midnight(self.monday + timedelta(days=n)) for n in range(8))

    def plus(self, weeks: int) -> Week:
        """Return the week that many weeks later; a negative number goes back."""
        return Week(self.monday + timedelta(weeks=weeks))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON).astimezone(UTC)
