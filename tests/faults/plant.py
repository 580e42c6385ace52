"""The production profile as it runs: a worker and two beats over PostgreSQL and Redis."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from moderation.lifecycle import ItemState
from moderation.settings import Secret
from moderation.store import Store
from moderation.tables import AccountRow
from tests.processes import Process, running
from tests.replayed import Replayed, SteppedShop
from tests.servers import RedisServer, wait_until
from tests.world import fill

# A lost message is sent again after a minute at most, and everything else sooner.
PATIENCE = 90.0


class RealShop(SteppedShop):
    """A workshop on the database's clock."""

    def now(self) -> datetime:
        return self.store.now()


class Plant(Replayed):
    """The replayed page with its own worker and beats; the clock is the real one."""

    def __init__(self, store: Store, folder: Path, broker: RedisServer) -> None:
        super().__init__(fill(store), folder, redis_url=Secret(broker.url))
        self.broker = broker
        self.log = folder / "worker.log"
        self._stack = ExitStack()
        self.settings = replace(self.settings, settle_s=1)
        self.shop = RealShop(self.settings, store)
        with store.transaction() as session:
            # Read often, so that a test need not wait; people choose ten seconds or more.
            session.get_one(AccountRow, self.account_id).poll_every_s = 1
        self.connect(page_size=10)

    def start(self, folder: Path) -> None:
        given = {
            "DATA_DIR": self.settings.data_dir,
            "DATABASE_URL": self.settings.database_url,
            "REDIS_URL": self.broker.url,
            "SETTLE_S": 1,
        }
        worker = running("worker", "--processes=1", log=self.log, **given)
        self.worker: Process = self._stack.enter_context(worker)
        self.beats = [
            self._stack.enter_context(running("beat", log=folder / f"beat-{n}.log", **given))
            for n in range(2)
        ]

    def stop(self) -> None:
        self._stack.close()

    def say_many(self, prefix: str, number: int) -> None:
        for n in range(number):
            self.say(f"{prefix}-{n}")

    def read(self, prefix: str) -> int:
        """Return how many comments with that prefix have been read."""
        return sum(
            item.native_id.startswith(f"{prefix}-") and item.state is not ItemState.NEW
            for item in self.items()
        )

    def wait_for(self, prefix: str, number: int) -> None:
        """Return when so many comments have been read, each of them once."""
        wait_until(
            lambda: self.read(prefix) >= number,
            f"{number} comments called {prefix}",
            patience=PATIENCE,
        )
        assert self.read(prefix) == number
        self.require_whole()
