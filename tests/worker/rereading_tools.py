"""A Page that falls silent about single things, and short ways to follow a round over it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from moderation.tables import FeedCursorRow, ItemVersionRow
from tests.connected import Connected
from tests.standins.base import Answer, Request
from tests.standins.graph import FacebookStandIn
from tests.standins.graph_bodies import broken, dead_token, error

SWEEP, BACKFILL = "sweep", "backfill"
SILENT, REFUSING, DEAD = broken("GET"), error("Not this one.", 1609005), dead_token(460)


class SelectivePage(FacebookStandIn):
    """A Page that answers otherwise when it is asked for one of these ids by itself."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.otherwise: dict[str, Answer] = {}

    def answer(self, request: Request) -> Answer:
        asked_for = request.path.rsplit("/", 1)[-1]
        if request.method == "GET" and asked_for in self.otherwise:
            return self.otherwise[asked_for]
        return super().answer(request)

    def asked_for(self, native_id: str) -> int:
        """Return how often something was asked for by itself."""
        return sum(entry.path.endswith(f"/{native_id}") for entry in self.calls("GET"))


def platform_of(page: Connected) -> SelectivePage:
    assert isinstance(page.server, SelectivePage)
    return page.server


def write(connected: Connected, count: int = 3, **more: Any) -> list[str]:
    """Write comments below a new post."""
    post = connected.server.post(**more)
    return [connected.server.comment(post, f"Comment {n}", **more) for n in range(count)]


def taken_in(connected: Connected, count: int = 3) -> list[str]:
    """Write comments and take them in."""
    ids = write(connected, count)
    connected.poll_feeds()
    assert set(ids) <= set(connected.texts())
    return ids


def cursor_row(connected: Connected, feed: str = SWEEP) -> FeedCursorRow:
    """Return where a round stands."""
    with connected.store.reading() as session:
        return session.get_one(FeedCursorRow, (connected.account_id, feed))


def versions(connected: Connected, native_id: str) -> list[ItemVersionRow]:
    """Return the versions of an item, oldest first."""
    with connected.store.reading() as session:
        return list(
            session.scalars(
                select(ItemVersionRow)
                .where(ItemVersionRow.item_id == connected.item(native_id).id)
                .order_by(ItemVersionRow.seq)
            )
        )


def times(row: FeedCursorRow) -> tuple[datetime | None, datetime | None]:
    """Return when a round began and when the last one ended."""
    return row.began_at, row.done_at
