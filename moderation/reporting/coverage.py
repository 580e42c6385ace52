"""When an account was not read: the gaps that a summary has to own up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

# Shorter pauses are not worth a sentence; longer ones may hide abuse.
TOLERANCE: Final = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of time in which nothing was read from an account."""

    begins: datetime
    ends: datetime

    @property
    def length(self) -> timedelta:
        """Return how long the account was not read."""
        return self.ends - self.begins


def gaps(
    readings: Iterable[datetime],
    begins: datetime,
    ends: datetime,
    tolerance: timedelta = TOLERANCE,
) -> list[Gap]:
    """Return the stretches longer than tolerance between begins and ends without a reading.

    readings may come in any order and may lie outside; those outside do not shorten a gap.
    """
    found = []
    last = begins
    for at in [*sorted(at for at in readings if begins <= at < ends), ends]:
        if at - last > tolerance:
            found.append(Gap(last, at))
        last = at
    return found


def tolerance_of(poll_every_s: int) -> timedelta:
    """Return how long an account may go unread without a word, for how often it is polled."""
    return max(TOLERANCE, timedelta(seconds=3 * poll_every_s))
