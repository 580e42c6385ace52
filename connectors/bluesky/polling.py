"""Walks Bluesky's newest-first lists back to where the last finished walk had begun."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Self

from connectors.bluesky.access import Access
from connectors.bluesky.judging import bear_cursor, is_success, rest_of
from connectors.bluesky.reading import comment_of, cursor_of, pieces_by_others
from connectors.contract import COMMENTS, Feed, Permanent, Transient
from connectors.fields import oldest_first, record, time_of
from connectors.reasons import Poison
from connectors.slices import Slice
from connectors.times import read_time
from connectors.wire import Exchange
from moderation.model import Comment, Page, Standing, Unreadable

SEARCH: Final = Feed("search", every_s=300)
"""Posts that write the account's handle out without linking it, of which nobody is notified."""

FIRST_WINDOW: Final = timedelta(hours=24)
OVERLAP: Final = timedelta(minutes=15)
# A walk that stood still for so long begins again, so that a bad platform cursor cannot hold it up.
WALK_LASTS: Final = timedelta(hours=1)
PAGE_SIZE: Final = 100
PAGES_MOST: Final = 500
REASONS: Final = ("reply", "mention", "quote")

NO_FEED: Final = "Bluesky has no feed of that name. This is a fault of Watchroom: report it."
GOES_ROUND: Final = (
    "Bluesky's list does not come to an end. Watchroom begins it anew within the hour."
)


@dataclass(frozen=True, slots=True)
class Walk:
    """How far a walk has come.

    mark is the newest time of the last finished walk, newest that of this one, after the platform's
    cursor (empty at the start), began when this walk began and pages how many it has read.
    """

    mark: datetime
    newest: datetime
    after: str
    began: datetime
    pages: int

    @classmethod
    def read(cls, cursor: str | None, now: datetime) -> Self:
        """Return the walk that a cursor describes; one over the first window when it does not."""
        try:
            told = json.loads(cursor or "")
            times = {name: _need_time(told[name]) for name in ("mark", "newest", "began")}
            walk = cls(after=str(told["after"]), pages=int(told["pages"]), **times)
        except (ValueError, TypeError, KeyError, RecursionError):
            start = now - FIRST_WINDOW + OVERLAP
            return cls(start, start, "", now, 0)
        return walk.afresh(now) if not walk.after or now - walk.began > WALK_LASTS else walk

    def afresh(self, now: datetime) -> Self:
        """Return the same walk from the newest again."""
        return replace(self, newest=self.mark, after="", began=now, pages=0)

    def text(self) -> str:
        """Return the walk as a cursor."""
        told: dict[str, Any] = {
            "mark": self.mark.isoformat(),
            "newest": self.newest.isoformat(),
            "after": self.after,
            "began": self.began.isoformat(),
            "pages": self.pages,
        }
        return json.dumps(told, sort_keys=True, separators=(",", ":"))

    def onward(self, times: Sequence[datetime], after: str, now: datetime) -> Self:
        """Return the walk after a page with these times, behind which the platform's cursor leads.

        It is finished, and the mark moves, once a time lies before the mark or no cursor follows.
        Raises Transient when it cannot come to an end.
        """
        # Nobody writes in the future: a wrong time must not make later polls skip what is new.
        newest = max([self.newest, *(at for at in times if at <= now)])
        if not after or any(at < self.mark - OVERLAP for at in times):
            return replace(self, mark=newest, newest=newest, after="", pages=0)
        if after == self.after or self.pages >= PAGES_MOST:
            raise Transient(GOES_ROUND, retry_after=300.0)
        return replace(self, newest=newest, after=after, pages=self.pages + 1)


def poll(access: Access, feed: str, cursor: str | None) -> Page:
    """Return the next page of a feed; one request where nothing is new."""
    now = datetime.now(UTC)
    walk = Walk.read(cursor, now)
    if feed not in _FEEDS:
        raise Permanent(NO_FEED)
    ask, name, build = _FEEDS[feed]
    exchange = ask(access, walk.after)
    if not is_success(exchange):
        # The platform no longer knows its own cursor.
        walk = walk.afresh(now)
        exchange = ask(access, "")
    answer = exchange.json()
    pieces = answer.at(name)
    after = cursor_of(answer)
    onward = walk.onward(_times(pieces), after, now)
    did = access.did()
    return Page(
        build(access, pieces_by_others(pieces, did), did),
        onward.text(),
        exchange.body,
        more=bool(onward.after),
        rest_s=rest_of(exchange),
    )


def _times(pieces: Sequence[Slice]) -> list[datetime]:
    """Return the times by which the platform sorts; a piece that cannot be read has none."""
    times = []
    for piece in pieces:
        try:
            times.append(time_of(piece.read(), "indexedAt"))
        except Poison:
            continue
    return [at for at in times if at is not None]


def _need_time(told: Any) -> datetime:
    at = read_time(told)
    if at is None:
        raise ValueError
    return at


def _ask_notifications(access: Access, after: str) -> Exchange:
    return access.query(
        "app.bsky.notification.listNotifications",
        bear_cursor(after),
        reasons=list(REASONS),
        limit=PAGE_SIZE,
        cursor=after or None,
    )


def _ask_search(access: Access, after: str) -> Exchange:
    return access.query(
        "app.bsky.feed.searchPosts",
        bear_cursor(after),
        q=access.handle,
        sort="latest",
        limit=PAGE_SIZE,
        cursor=after or None,
    )


def _notified(_access: Access, pieces: list[Slice], did: str) -> tuple[Comment | Unreadable, ...]:
    """Return the comments of notifications; those of hidden ones are not among them."""
    return oldest_first(
        record(piece, lambda view, raw: comment_of(view, raw, did, standing=Standing.VISIBLE))
        for piece in pieces
    )


def _found(access: Access, pieces: list[Slice], did: str) -> tuple[Comment | Unreadable, ...]:
    """Return the comments of posts found that do hold the handle: the search itself is loose."""
    built = (record(piece, lambda view, raw: comment_of(view, raw, did)) for piece in pieces)
    handle = access.handle
    return oldest_first(
        one for one in built if isinstance(one, Unreadable) or handle in one.text.lower()
    )


_Ask = Callable[[Access, str], Exchange]
_Build = Callable[[Access, list[Slice], str], tuple[Comment | Unreadable, ...]]
_FEEDS: Final[dict[str, tuple[_Ask, str, _Build]]] = {
    COMMENTS.name: (_ask_notifications, "notifications", _notified),
    SEARCH.name: (_ask_search, "posts", _found),
}
