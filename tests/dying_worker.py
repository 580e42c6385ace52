"""Workers that die, as by kill -9, at a chosen step of an action on any platform."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from connectors.contract import Connector
from moderation.model import ActionKind, ItemRef
from moderation.tables import ActionAttemptRow, Lane
from tests.dying import DyingStore, die, in_a_child
from tests.replayed import Replayed, SteppedShop, give_lease_back
from worker.runner import Runner

Dying = Callable[["DyingShop"], None]


class DyingConnector:
    """The account's connector, in a process that dies right before or right after one call."""

    def __init__(self, whole: Connector, call: str, *, before: bool) -> None:
        self._whole, self._call, self._before = whole, call, before

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)

    def act(self, ref: ItemRef, action: ActionKind) -> None:
        self._through("act", ref, action)

    def read_back(self, ref: ItemRef, action: ActionKind) -> bool | None:
        seen: bool | None = self._through("read_back", ref, action)
        return seen

    def _through(self, call: str, ref: ItemRef, action: ActionKind) -> Any:
        if call == self._call and self._before:
            die()
        try:
            return getattr(self._whole, call)(ref, action)
        finally:
            # Whatever the platform did and said: this process never hears of it.
            if call == self._call:
                die()


class DyingShop(SteppedShop):
    """A worker's parts in the process that is to die."""

    store: DyingStore
    dying: tuple[str, bool] | None = None

    def connector(self, account: Any) -> Connector:
        whole = super().connector(account)
        if self.dying is None:
            return whole
        call, before = self.dying
        made: Any = DyingConnector(whole, call, before=before)
        return made


def commit(number: int, *, before: bool) -> Dying:
    return lambda shop: shop.store.die_at(number, before=before)


def call(name: str, *, before: bool) -> Dying:
    def choose(shop: DyingShop) -> None:
        shop.store.die_at(0, before=before)
        shop.dying = name, before

    return choose


# The steps of an action as its worker goes through them: first the sending, then the reading back.
SENDING = {
    "1 before the claim": commit(1, before=True),
    "1 claimed": commit(1, before=False),
    "2 before evidence and rights": commit(2, before=True),
    "3 after evidence and rights": commit(2, before=False),
    "4 before the intent": commit(3, before=True),
    "4 intent recorded": commit(3, before=False),
    "5 before the call": call("act", before=True),
    "5 call made": call("act", before=False),
    "6 before the outcome": commit(4, before=True),
    "6 outcome recorded": commit(4, before=False),
}
READING_BACK = {
    "7 claimed again": commit(1, before=False),
    "7 before the read-back": call("read_back", before=True),
    "7 read back": call("read_back", before=False),
    "8 before the end": commit(3, before=True),
    "8 after the end": commit(3, before=False),
}


def crash(replayed: Replayed, dying: Dying) -> None:
    """Let a worker take the action's job and die; a minute later its lease has run out."""

    def work() -> None:
        shop = DyingShop(replayed.settings, DyingStore.open(replayed.settings.database_url))
        shop.at = replayed.shop.at
        dying(shop)
        Runner(shop, "dying").run_next(Lane.ACT)

    assert in_a_child(work)
    give_lease_back(replayed)


def sent_at(replayed: Replayed, action_id: int) -> list[datetime]:
    """Return when each call to the platform was written down."""
    with replayed.store.reading() as session:
        query = select(ActionAttemptRow.at).where(ActionAttemptRow.action_id == action_id)
        return list(session.scalars(query.order_by(ActionAttemptRow.n)))
