"""Keeps where a walk through YouTube's threads stands, and decides what of a page is told.

A walk goes from the newest thread back to the mark, which is the newest time that the last finished
walk saw. Only when it has reached the mark does the mark move. For the newest threads it also keeps
how many replies each had, so that new replies below them are noticed without asking.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, Self

from connectors.contract import Malformed
from connectors.youtube.lists import LOOP
from connectors.youtube.records import Thread

# Unconfirmed: new comments may be missing from the channel's list for minutes. Ten are allowed for.
SWEEP_LAG: Final = timedelta(minutes=10)
OVERLAP: Final = SWEEP_LAG + timedelta(minutes=5)
FIRST_WINDOW: Final = timedelta(hours=24)
WATCHED: Final = 100
PAGE_CAP: Final = 500
RESTARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Todo:
    """A thread whose replies are to be read, from the page that after leads to."""

    thread: str
    video: str
    after: str = ""
    again: int = 0

    def on(self, after: str) -> tuple[Todo, ...]:
        """Return the thread at its next page; nothing where there is none."""
        again = self.again if not self.after else 0
        return (Todo(self.thread, self.video, after, again),) if after else ()

    def restarted(self) -> tuple[Todo, ...]:
        """Return the thread from its first page again.

        One that is lost time after time is given up: it must not hold up the others, and a round of
        re-reading comes to it again.
        """
        again = self.again + 1
        return (Todo(self.thread, self.video, "", again),) if again < RESTARTS else ()


@dataclass(frozen=True, slots=True)
class Walk:
    """Where one feed stands. Times are in seconds since 1970.

    known are the reply counts of the newest threads when the last walk ended, seen those of this
    walk, of WATCHED threads at most. is_first says that no walk has ended yet. after is the next
    page's token, empty where a walk is to begin. again counts restarts without a page since.
    """

    mark: float
    newest: float = 0.0
    is_first: bool = True
    known: dict[str, int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    after: str = ""
    todo: tuple[Todo, ...] = ()
    pages: int = 0
    again: int = 0

    @property
    def floor(self) -> float:
        """The time down to which this walk has to go."""
        return self.mark - OVERLAP.total_seconds()

    @property
    def goes_on(self) -> bool:
        """Say whether something is left to read at once."""
        return bool(self.todo or self.after)

    def take(
        self, threads: Sequence[Thread], after: str, now: datetime, *, with_replies: bool
    ) -> tuple[Self, list[Thread]]:
        """Return the walk after a page of threads, and those of them that are to be told.

        with_replies says that replies which did not come with a thread are to be read as well.
        """
        if self.pages >= PAGE_CAP:
            raise Malformed(LOOP)
        counts = {**self.known, **self.seen}
        told = [thread for thread in threads if self._is_news(thread, counts)]
        todo = [
            Todo(thread.id, thread.video)
            for thread in told
            if with_replies and thread.lacks_replies and counts.get(thread.id) != _count(thread)
        ]
        seen = list({**self.seen, **{thread.id: _count(thread) for thread in threads}}.items())
        further = replace(
            self,
            newest=max([self.newest, *(min(at, now.timestamp()) for at in _times(threads))]),
            seen=dict(seen[:WATCHED]),
            after=after,
            todo=(*self.todo, *todo),
            pages=self.pages + 1,
            again=0 if self.after else self.again,
        )
        if after and not reached(threads, self.floor):
            return further, told
        return further._ended(), told

    def _is_news(self, thread: Thread, counts: dict[str, int]) -> bool:
        known = counts.get(thread.id)
        at = thread.at.timestamp() if thread.at else None
        if known is None:
            # After the first walk, a thread that was not there before is news however old it is:
            # it was late to show, or it was held back and is no longer.
            return not self.is_first or at is None or at >= self.floor
        updated = thread.updated_at.timestamp() if thread.updated_at else None
        is_edited = updated is not None and updated != at and updated >= self.floor
        return is_edited or known != _count(thread)

    def _ended(self) -> Self:
        return replace(
            self,
            mark=max(self.mark, self.newest),
            is_first=False,
            known=self.seen,
            seen={},
            after="",
            pages=0,
        )

    def restarted(self) -> tuple[Self, bool]:
        """Return the walk from the newest again, and whether at once: not without end."""
        at_once = self.again + 1 < RESTARTS
        return replace(self, after="", again=self.again + 1 if at_once else 0), at_once

    def text(self) -> str:
        """Return the walk as a cursor."""
        return as_text(
            {
                "mark": self.mark,
                "newest": self.newest,
                "first": self.is_first,
                "known": list(self.known.items()),
                "seen": list(self.seen.items()),
                "after": self.after,
                "todo": todo_told(self.todo),
                "pages": self.pages,
                "again": self.again,
            }
        )


def read_walk(cursor: str | None, now: datetime) -> Walk:
    """Return where a cursor says that a walk stands; from the last day on when it says nothing."""
    told = from_text(cursor)
    try:
        return Walk(
            mark=float(told["mark"]),
            newest=float(told["newest"]),
            is_first=bool(told["first"]),
            known={str(name): int(count) for name, count in told["known"]},
            seen={str(name): int(count) for name, count in told["seen"]},
            after=str(told["after"]),
            todo=todo_of(told["todo"]),
            pages=int(told["pages"]),
            again=int(told["again"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return Walk((now - FIRST_WINDOW).timestamp())


def todo_of(told: Iterable[Any]) -> tuple[Todo, ...]:
    """Return what a cursor says is to be read."""
    return tuple(
        Todo(str(thread), str(video), str(after), int(again))
        for thread, video, after, again in told
    )


def todo_told(todo: Iterable[Todo]) -> list[list[str | int]]:
    """Return what is to be read as a cursor says it."""
    return [[one.thread, one.video, one.after, one.again] for one in todo]


def as_text(told: dict[str, Any]) -> str:
    """Return a cursor's text."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


def from_text(cursor: str | None) -> dict[str, Any]:
    """Return what a cursor holds; nothing when it makes no sense."""
    try:
        told = json.loads(cursor or "")
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def reached(threads: Sequence[Thread], floor: float) -> bool:
    """Say whether a page has come down to a time: at least half of its threads are older.

    One old thread among new ones is out of its order and ends nothing.
    """
    older = sum(1 for thread in threads if thread.at and thread.at.timestamp() < floor)
    return bool(threads) and 2 * older >= len(threads)


def _count(thread: Thread) -> int:
    # What is held back may not be counted among a thread's replies, yet it comes with them.
    return max(thread.total, len(thread.replies))


def _times(threads: Iterable[Thread]) -> list[float]:
    times = [time for thread in threads for time in (thread.at, thread.updated_at)]
    return [time.timestamp() for time in times if time]
