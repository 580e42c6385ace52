"""A Facebook Page whose comments are all abuse, decided and captured: each may be hidden."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from moderation.model import Signal
from moderation.tables import ItemRow, Lane
from tests.connected import Connected
from tests.moderation.deeds import decide, request
from tests.replayed import Calm
from tests.standins.graph import FacebookStandIn
from tests.world import World

POSTS = 10


class Insulted(Calm):
    """A detector that finds an insult in every text."""

    def score(self, texts: Sequence[str]) -> list[Signal]:
        found = {"insult": 0.99, "toxicity": 0.99}
        return [
            replace(one, scores={**(one.scores or {}), **found}) for one in super().score(texts)
        ]


class AbusedPage(Connected):
    """The organisation's Page on the stand-in; the stand-in's clock follows the worker's."""

    def __init__(
        self, world: World, folder: Path, server: FacebookStandIn, **settings: Any
    ) -> None:
        self.platform = server
        super().__init__(world, folder, "facebook_page", server, **settings)
        self.shop.detectors = [Insulted()]

    def later(self, seconds: float) -> None:  # type: ignore[override]
        super().later(seconds)
        self.platform.clock.advance(seconds)

    def take_in(self, number: int) -> list[int]:
        """Let the public write, decide that all of it is abuse, and return the items' ids."""
        posts = [self.platform.post(f"Post {n}") for n in range(POSTS)]
        for n, post in zip(range(number), itertools.cycle(posts), strict=False):
            self.platform.comment(post, f"You are a useless clown, {n}")
        self.promise_poll()
        self.work(Lane.INGEST, Lane.CLASSIFY)
        now = self.shop.now()
        with self.store.transaction() as session:
            items = session.scalars(select(ItemRow).order_by(ItemRow.id)).all()
            for item in items:
                decide(self.world, session, item, now=now)
                self.world.capture(session, item, now=now)
        self.work(Lane.CAPTURE)
        return [item.id for item in items]

    def ask(self, item_ids: Sequence[int]) -> list[int]:
        """Ask for a hide of each, as a person who ticks them all, and return the actions' ids."""
        now = self.shop.now()
        with self.store.transaction() as session:
            return [
                request(self.world, session, session.get_one(ItemRow, item_id), now=now).id
                for item_id in item_ids
            ]
