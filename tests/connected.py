"""An account of the invented organisation on a platform's stand-in, with a worker to work it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from moderation import jobs
from moderation.accounts import checking, secret_store
from moderation.accounts.checking import Found
from moderation.tables import AccountRow, ItemRow, ItemVersionRow, QuarantineRow
from tests.replayed import Calm, Replayed
from tests.standins.base import StandIn
from tests.standins.bluesky import BlueskyStandIn
from tests.standins.graph import FacebookStandIn, InstagramStandIn
from tests.standins.mastodon import MastodonStandIn
from tests.standins.x import XStandIn
from tests.standins.youtube import YouTubeStandIn
from tests.world import World

STAND_INS: dict[str, type[StandIn]] = {
    "bluesky": BlueskyStandIn,
    "facebook_page": FacebookStandIn,
    "instagram": InstagramStandIn,
    "mastodon": MastodonStandIn,
    "x": XStandIn,
    "youtube": YouTubeStandIn,
}


class Connected(Replayed):
    """The organisation's account on a stand-in; the worker's clock is the stand-in's."""

    def __init__(
        self, world: World, folder: Path, connector: str, server: StandIn, **settings: Any
    ) -> None:
        self.connector, self.server = connector, server
        super().__init__(world, folder, **settings)
        self.shop.detectors = [Calm()]
        self.shop.at = datetime.now(UTC)

    def connect(self, **more: Any) -> None:
        """Give the account the stand-in's settings and secrets."""
        now = self.shop.now()
        with self.store.transaction() as session:
            account = session.get_one(AccountRow, self.account_id)
            account.connector, account.platform = self.connector, self.server.platform
            account.settings = {**self.server.settings(), **more}
            account.secrets_at = now
            for name, value in self.server.secrets().items():
                secret_store.put(session, self.shop.sealing_keys, account.id, name, value, now=now)

    def account(self) -> AccountRow:
        with self.store.reading() as session:
            return session.get_one(AccountRow, self.account_id)

    def run(self, kind: str, ref: str) -> None:
        """Promise one job and work until nothing is due."""
        now = self.shop.now()
        with self.store.transaction() as session:
            jobs.promise(session, kind, ref, f"{kind}:{ref}:{now.timestamp()}", at=now)
        self.work()

    def poll_feeds(self) -> None:
        """Poll every feed of the account to its end."""
        for feed in self.shop.connector(self.account()).feeds:
            self.run("poll", f"{self.account_id}:{feed.name}")
            self.later(1)

    def sweep(self) -> None:
        """Go through one round of re-reading."""
        self.later(1)
        self.run("reread", f"{self.account_id}:sweep")

    def check(self) -> None:
        """Check the account's access."""
        self.later(1)
        self.run("check", str(self.account_id))

    def texts(self) -> dict[str, str | None]:
        """Return the words of each item as last seen; None of one that is gone."""
        with self.store.reading() as session:
            rows = session.execute(
                select(ItemRow.native_id, ItemVersionRow.body).join(
                    ItemVersionRow,
                    (ItemVersionRow.item_id == ItemRow.id)
                    & (ItemVersionRow.seq == ItemRow.version),
                )
            )
            return {row.native_id: row.body for row in rows}

    def quarantined(self) -> int:
        with self.store.reading() as session:
            return len(session.scalars(select(QuarantineRow.id)).all())

    def as_known(self, native_id: str, name: str) -> None:
        """Keep who the account is on its platform, as a check would."""
        with self.store.transaction() as session:
            checking.note(session, self.account_id, Found(native_id, name), now=self.shop.now())


__all__ = ["STAND_INS", "Connected"]
