"""Asks YouTube for one page of one of its lists, and hands back the page's pieces unread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from connectors.contract import Malformed
from connectors.slices import OTHER_SHAPE, Slice
from connectors.wire import Exchange
from connectors.youtube.errors import (
    COMMENTS_DISABLED,
    EXPIRED_PAGE_TOKEN,
    judge,
    reason_of,
)
from connectors.youtube.link import Call, Link
from connectors.youtube.records import text_in

PAGE_SIZE: Final = 100
VIDEOS_PAGE_SIZE: Final = 50

# Unconfirmed: the list of a channel's own videos has the channel's id with this in place of "UC".
UPLOADS: Final = "UU"

LOOP: Final = "YouTube's list leads back to a page that was already read."


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list. after leads to the next page, empty at the end.

    is_lost says that YouTube no longer knows the page that was asked for, or could not process it.
    """

    raw: bytes
    pieces: tuple[Slice, ...] = ()
    after: str = ""
    is_lost: bool = False


class Lists:
    """The lists of one channel. Each call is one request of one unit.

    act says that they are read for the sake of an action, for which a part of the quota is kept.
    """

    def __init__(
        self, link: Link, channel_id: str, now: Callable[[], datetime], *, act: bool = False
    ) -> None:
        self._link = link
        self._channel_id = channel_id
        self._now = now
        self._act = act

    def threads(self, status: str, after: str = "", video: str = "") -> Listed:
        """Return threads of one moderation status, newest first: of a video, or of the channel."""
        where = {"videoId": video} if video else {"allThreadsRelatedToChannelId": self._channel_id}
        return self._list(
            lambda service: service.commentThreads().list(
                part="snippet,replies",
                moderationStatus=status,
                order="time",
                textFormat="plainText",
                maxResults=PAGE_SIZE,
                pageToken=after or None,
                **where,
            ),
            after,
        )

    def replies(self, thread: str, after: str = "") -> Listed:
        """Return replies of one thread; none when the thread is gone."""
        return self._list(
            lambda service: service.comments().list(
                part="snippet",
                parentId=thread,
                textFormat="plainText",
                maxResults=PAGE_SIZE,
                pageToken=after or None,
            ),
            after,
            may_be_gone=True,
            may_be_lost=True,
        )

    def one(self, native_id: str) -> Listed:
        """Return one comment by its id; none when there is none."""
        return self._list(
            lambda service: service.comments().list(
                part="snippet", id=[native_id], textFormat="plainText"
            ),
            may_be_gone=True,
        )

    def videos(self, after: str = "") -> Listed:
        """Return the channel's own videos, newest first; none when it has none."""
        return self._list(
            lambda service: service.playlistItems().list(
                part="contentDetails",
                playlistId=UPLOADS + self._channel_id[2:],
                maxResults=VIDEOS_PAGE_SIZE,
                pageToken=after or None,
            ),
            after,
            may_be_gone=True,
        )

    def own_channel(self) -> Listed:
        """Return the channel that the access belongs to; none when it belongs to none."""
        return self._list(lambda service: service.channels().list(part="snippet", mine=True))

    def moderate(self, native_id: str, status: str, *, ban: bool, units: int) -> Exchange:
        """Set one comment's moderation status and return the exchange, whatever its status."""

        def call(service: Any) -> Any:
            return service.comments().setModerationStatus(
                id=[native_id], moderationStatus=status, banAuthor=True if ban else None
            )

        return self._link.ask(call, units, act=True)

    def judge(self, exchange: Exchange) -> None:
        """Return when the call was answered well; raise what the answer means otherwise."""
        judge(exchange, self._now())

    def _list(
        self, call: Call, after: str = "", *, may_be_gone: bool = False, may_be_lost: bool = False
    ) -> Listed:
        exchange = self._link.ask(call, act=self._act)
        reason = reason_of(exchange) if exchange.status >= 400 else ""
        if (after or may_be_lost) and exchange.status == 400 and reason in EXPIRED_PAGE_TOKEN:
            return Listed(exchange.body, is_lost=True)
        is_gone = may_be_gone and exchange.status == 404 and reason
        if is_gone or reason == COMMENTS_DISABLED:
            return Listed(exchange.body)
        self.judge(exchange)
        return _listed(exchange, after)


def _listed(exchange: Exchange, after: str) -> Listed:
    page = exchange.json().members()
    if not text_in(page.get("kind")).endswith("ListResponse"):
        raise Malformed(OTHER_SHAPE)
    token = _token(page["nextPageToken"]) if "nextPageToken" in page else ""
    if token and token == after:
        raise Malformed(LOOP)
    items = page["items"].items() if "items" in page else []
    return Listed(exchange.body, tuple(items), token)


def _token(piece: Slice) -> str:
    # It may be longer than any id, so it is taken as it stands: a page token has no escapes.
    token = piece.raw.strip(b'"').decode("ascii", "replace")
    if not piece.raw.startswith(b'"') or "\\" in token:
        raise Malformed(OTHER_SHAPE)
    return token


def utc_now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)
