"""Polls and re-reads to the end, and says what came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from connectors.contract import Connector
from moderation.model import Comment, Page
from tests.standins.graph import GraphStandIn


def pages(connector: Connector, cursor: str | None, feed: str = "comments") -> list[Page]:
    """Return the pages of a feed from a cursor until nothing more follows at once."""
    found = [connector.poll(feed, cursor)]
    while found[-1].more:
        found.append(connector.poll(feed, found[-1].cursor))
    return found


def rounds(connector: Connector, now: datetime, days: float = 28.0) -> Iterator[Page]:
    """Yield the pages of one round of re-reading."""
    since = now - timedelta(days=days)
    page = connector.reread(None, since)
    yield page
    while page.more:
        page = connector.reread(page.cursor, since)
        yield page


def comments(brought: list[Page]) -> list[Comment]:
    """Return the comments of some pages."""
    return [one for page in brought for one in page.records if isinstance(one, Comment)]


def ids(brought: list[Page]) -> set[str]:
    """Return the ids of the comments of some pages."""
    return {one.native_id for one in comments(brought)}


def settled(connector: Connector, server: GraphStandIn) -> str:
    """Poll to the end, let time pass, and return the cursor."""
    cursor = pages(connector, None)[-1].cursor
    server.clock.advance(3600)
    server.journal.clear()
    return cursor
