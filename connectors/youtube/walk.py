"""Reads a channel's comments page by page: what is new in a feed, and everything since a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self

from connectors.contract import Malformed
from connectors.fields import oldest_first
from connectors.times import read_time
from connectors.youtube.cursor import (
    PAGE_CAP,
    RESTARTS,
    Todo,
    as_text,
    from_text,
    reached,
    read_walk,
    todo_of,
    todo_told,
)
from connectors.youtube.lists import LOOP, Listed, Lists
from connectors.youtube.records import (
    HELD,
    PUBLISHED,
    SPAM,
    STANDINGS,
    Beside,
    Thread,
    comment_of,
    thread_of,
    word,
)
from moderation.model import Comment, Page, Unreadable

ROUND: Final = (PUBLISHED, HELD, SPAM)
"""The lists that a round of re-reading goes through, before the channel's own videos."""

Records = list[Comment | Unreadable]


def poll(lists: Lists, status: str, cursor: str | None, now: datetime) -> Page:
    """Return one page of what is new in the list of one moderation status."""
    walk = read_walk(cursor, now)
    if walk.todo:
        records, todo, got = _replies(lists, walk.todo)
        walk = replace(walk, todo=todo)
        more = walk.goes_on and not got.is_lost
        return Page(oldest_first(records), walk.text(), got.raw, more=more)
    got = lists.threads(status, walk.after)
    if got.is_lost:
        walk, at_once = walk.restarted()
        return Page((), walk.text(), got.raw, more=at_once)
    threads, records = _cut(got)
    walk, told = walk.take(threads, got.after, now, with_replies=status == PUBLISHED)
    records += _records(told, status)
    return Page(oldest_first(records), walk.text(), got.raw, more=walk.goes_on)


@dataclass(frozen=True, slots=True)
class Round:
    """Where a round of re-reading stands: the place in ROUND, or behind it for the videos."""

    place: int = 0
    after: str = ""
    todo: tuple[Todo, ...] = ()
    pages: int = 0
    again: int = 0

    def text(self) -> str:
        """Return the round as a cursor."""
        told = {"place": self.place, "after": self.after, "todo": todo_told(self.todo)}
        return as_text({**told, "pages": self.pages, "again": self.again})

    def on(self, after: str) -> Self:
        """Return the round at the list's next page, or at the next list where there is none."""
        if self.pages >= PAGE_CAP:
            raise Malformed(LOOP)
        if after:
            # A first page is no sign yet that the list's own tokens hold.
            again = 0 if self.after else self.again
            return replace(self, after=after, pages=self.pages + 1, again=again)
        return replace(self, place=self.place + 1, after="", pages=0, again=0)


def reread(lists: Lists, cursor: str | None, since: datetime) -> Page:
    """Return one page of a round over every thread since a date.

    The round ends with the videos that were published since then: all comments below them have been
    shown, and below older ones those that were written since. When YouTube keeps losing its place
    the round ends early, and says nothing of the kind.
    """
    at = _read_round(cursor)
    if at.todo:
        records, todo, got = _replies(lists, at.todo)
        return _page(records, replace(at, todo=todo), got)
    if at.place >= len(ROUND):
        return _videos(lists, at, since)
    status = ROUND[at.place]
    got = lists.threads(status, at.after)
    if got.is_lost:
        return _page([], replace(at, after="", again=at.again + 1), got)
    threads, records = _cut(got)
    told = [thread for thread in threads if thread.at is None or thread.at >= since]
    lacking = [thread for thread in told if status == PUBLISHED and thread.lacks_replies]
    further = at.on("" if reached(threads, since.timestamp()) else got.after)
    todo = tuple(Todo(thread.id, thread.video) for thread in lacking)
    return _page(records + _records(told, status), replace(further, todo=todo), got)


def _videos(lists: Lists, at: Round, since: datetime) -> Page:
    got = lists.videos(at.after)
    if got.is_lost:
        return _page([], replace(at, after="", again=at.again + 1), got)
    named = [
        (
            word(piece, "contentDetails", "videoId"),
            word(piece, "contentDetails", "videoPublishedAt"),
        )
        for piece in got.pieces
    ]
    recent = tuple(video for video, at_ in named if video and _is_since(at_, since))
    if not got.after or 2 * len(recent) <= len(named):
        return Page((), "", got.raw, whole=recent, shown_since=since)
    return Page((), at.on(got.after).text(), got.raw, more=True, whole=recent)


def _is_since(told: str, since: datetime) -> bool:
    at = read_time(told)
    return at is not None and at >= since


def _page(records: Records, at: Round, got: Listed) -> Page:
    if at.again >= RESTARTS:
        return Page(oldest_first(records), "", got.raw)
    return Page(oldest_first(records), at.text(), got.raw, more=True)


def _read_round(cursor: str | None) -> Round:
    told = from_text(cursor)
    try:
        return Round(
            int(told["place"]),
            str(told["after"]),
            todo_of(told["todo"]),
            int(told["pages"]),
            int(told["again"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return Round()


def _replies(lists: Lists, todo: Sequence[Todo]) -> tuple[Records, tuple[Todo, ...], Listed]:
    """Read one page of the first thread's replies, and return what is left to read."""
    first, rest = todo[0], tuple(todo[1:])
    got = lists.replies(first.thread, first.after)
    if got.is_lost:
        return [], (*first.restarted(), *rest), got
    beside = Beside(first.video, first.thread)
    records = [comment_of(piece, beside) for piece in reversed(got.pieces)]
    return records, (*first.on(got.after), *rest), got


def _cut(got: Listed) -> tuple[list[Thread], Records]:
    """Return a page's threads, and what of it cannot be read."""
    cut = [thread_of(piece) for piece in got.pieces]
    bad: Records = [one for one in cut if isinstance(one, Unreadable)]
    return [one for one in cut if isinstance(one, Thread)], bad


def _records(threads: Sequence[Thread], status: str) -> Records:
    # Times are whole seconds, so of two in one second the list alone says which is the older.
    return [one for thread in reversed(threads) for one in thread.records(STANDINGS[status])]
