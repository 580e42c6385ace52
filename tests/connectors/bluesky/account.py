"""An account over the stand-in for Bluesky, and what tests ask of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from connectors.bluesky import connector as bluesky
from connectors.contract import COMMENTS, ConnectorError, Means
from moderation.model import Comment, ItemRef, Page, Unreadable
from tests.standins.bluesky import BlueskyStandIn
from tests.standins.means import CountingMeter, HeldSecrets


@dataclass
class Account:
    """One account: its secrets, its connector, and the server that it is on."""

    server: BlueskyStandIn
    folder: Path
    connector: bluesky.Bluesky = field(init=False)

    def __post_init__(self) -> None:
        self.secrets = HeldSecrets(self.server.secrets())
        self.connector = self.connect()

    def connect(self, **more: Any) -> bluesky.Bluesky:
        """Return the connector as after a restart."""
        means = Means(self.folder, self.secrets, CountingMeter())
        return bluesky.connect({**self.server.settings(), **more}, means)

    def poll(self, cursor: str | None = None, feed: str = COMMENTS.name) -> list[Page]:
        """Return the pages that follow a cursor at once."""
        pages = [self.connector.poll(feed, cursor)]
        while pages[-1].more:
            pages.append(self.connector.poll(feed, pages[-1].cursor))
        return pages

    def reread(self) -> list[Page]:
        """Return the pages of a round."""
        since = self.server.clock.now() - timedelta(days=28)
        pages = [self.connector.reread(None, since)]
        while pages[-1].more:
            pages.append(self.connector.reread(pages[-1].cursor, since))
        return pages

    def outcome(self, call: Callable[[], object]) -> list[type[ConnectorError]]:
        """Return the kind of error that a call ends with, none where it ends well."""
        try:
            call()
        except ConnectorError as err:
            return [type(err)]
        return []

    def ref(self, native_id: str) -> ItemRef:
        """Return an item as a round of rereading, or a fetch, delivers it."""
        known = comments(self.reread())
        one = known.get(native_id) or self.connector.fetch(ItemRef(native_id))
        author = one.author.id if one.author else None
        return ItemRef(native_id, one.url, author, one.post.id if one.post else "", one.raw)


def comments(pages: list[Page]) -> dict[str, Comment]:
    """Return the comments of some pages by their ids."""
    return {
        one.native_id: one for page in pages for one in page.records if isinstance(one, Comment)
    }


def unreadable(pages: list[Page]) -> list[Unreadable]:
    """Return what could not be read."""
    return [one for page in pages for one in page.records if isinstance(one, Unreadable)]
