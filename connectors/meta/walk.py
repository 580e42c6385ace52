"""Walks down one list of the Graph API, newest first, as far as a time that was reached before.

A walk lives in a cursor: whoever carries it on after a crash repeats at most one page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from connectors.contract import Transient
from connectors.fields import oldest_first
from connectors.meta.errors import BadParameter
from connectors.meta.graph import Listing
from connectors.slices import Slice
from moderation.model import Comment, Page, Unreadable

OVERLAP_S: Final = 900.0
FIRST_WINDOW_S: Final = 86_400.0
PAGES_MOST: Final = 2_000
NEWEST_FIRST: Final = "reverse_chronological"

LOOPS: Final = "The platform's pages lead in a circle, so the rest of this list cannot be read."

Record = Comment | Unreadable


@dataclass(frozen=True, slots=True)
class Walk:
    """How far one list has been walked.

    loose says that it does not stand newest first, so that an old record says nothing of what
    follows. last is the time of the oldest record so far.
    """

    after: str = ""
    pages: int = 0
    loose: bool = False
    last: float | None = None

    def on(
        self, records: Iterable[Record], after: str, *, until: float | None, order: str = ""
    ) -> Walk | None:
        """Return the walk after one more page, or None when it has come to its end.

        until is the time to stop at; None means the whole list. order is the platform's own word
        on how the list stands, where it gives one. Raises Transient when pages lead in a circle.
        """
        if not after:
            return None
        if after == self.after or self.pages + 1 >= PAGES_MOST:
            raise Transient(LOOPS, retry_after=900.0)
        times = [at for record in records if (at := time_of(record)) is not None]
        seen = times if self.last is None else [self.last, *times]
        loose = self.loose or order not in {"", NEWEST_FIRST} or seen != sorted(seen, reverse=True)
        last = seen[-1] if seen else None
        if until is not None and not loose and times and times[-1] < until:
            return None
        return Walk(after, self.pages + 1, loose, last)

    def again(self) -> Walk:
        """Return the walk from its beginning, as when its cursor has been forgotten."""
        return replace(self, after="", pages=self.pages + 1, last=None)


def time_of(record: Record) -> float | None:
    """Return when a record was written, in seconds since 1970."""
    at = record.created_at if isinstance(record, Comment) else None
    return at.timestamp() if at else None


@dataclass(frozen=True, slots=True)
class Mark:
    """The cursor of a feed that is one list: the newest time of the last walk, and this walk."""

    mark: float
    newest: float
    walk: Walk | None = None

    def text(self) -> str:
        """Return the cursor."""
        return as_text(asdict(self))


def walk_list(
    ask: Callable[[str], Listing],
    build: Callable[[Slice], Record],
    cursor: str | None,
    now: float,
) -> Page:
    """Return the next page of a feed that is one list; ask(after) brings a page of it.

    The mark moves only once the walk has come down to it: what a crash leaves undone is done again.
    """
    at = _mark(cursor) or Mark(now - FIRST_WINDOW_S, now - FIRST_WINDOW_S)
    walk = at.walk or Walk()
    try:
        got = ask(walk.after)
    except BadParameter:
        if not walk.after:
            raise
        again = replace(at, walk=walk.again())
        return Page((), again.text(), b"", more=True)
    records = [build(piece) for piece in got.pieces]
    # A clock that runs ahead at the platform must not carry the mark past what is still to come.
    times = [min(told, now) for record in records if (told := time_of(record)) is not None]
    newest = max([at.newest, *times])
    then = walk.on(records, got.after, until=at.mark - OVERLAP_S)
    reached = Mark(newest, newest) if then is None else Mark(at.mark, newest, then)
    return Page(
        oldest_first(records), reached.text(), got.raw, more=then is not None, rest_s=got.rest_s
    )


def _mark(cursor: str | None) -> Mark | None:
    told = from_text(cursor)
    try:
        walk = told["walk"]
        return Mark(
            float(told["mark"]), float(told["newest"]), None if walk is None else walk_from(walk)
        )
    except (KeyError, TypeError, ValueError):
        return None


def walk_from(told: Mapping[str, Any]) -> Walk:
    """Return a walk from a cursor. Raises KeyError, TypeError or ValueError."""
    last = told["last"]
    return Walk(
        str(told["after"]),
        int(told["pages"]),
        bool(told["loose"]),
        None if last is None else float(last),
    )


def as_text(told: Mapping[str, Any]) -> str:
    """Return a cursor as compact text."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


def from_text(cursor: str | None) -> dict[str, Any]:
    """Return what a cursor says; nothing for one that makes no sense."""
    try:
        told = json.loads(cursor or "")
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
