"""A worker that dies at any step of an action leaves one effect, seen or put before a person."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from connectors.contract import Connector
from moderation import jobs
from moderation.lifecycle import ActionState
from moderation.model import ActionKind, ItemRef
from moderation.tables import ActionAttemptRow, Lane
from tests.dying import DyingStore, die, in_a_child
from tests.replayed import SETTLE_S, Replayed, SteppedShop, give_lease_back
from tests.worker.acting_tools import action_of, ask, carry_through
from worker.runner import Runner, attend_dead

HIDE, REPORT = ActionKind.HIDE, ActionKind.REPORT
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
LOST_ANSWERS = {"applied": "after", "not applied": "before"}


def crash(replayed: Replayed, dying: Dying) -> None:
    """Let a worker take the action's job and die; a minute later its lease has run out."""

    def work() -> None:
        shop = DyingShop(replayed.settings, DyingStore.open(replayed.settings.database_url))
        shop.at = replayed.shop.at
        dying(shop)
        Runner(shop, "dying").run_next(Lane.ACT)

    assert in_a_child(work)
    give_lease_back(replayed)


def sent_at(replayed: Replayed, action_id: int) -> list[Any]:
    with replayed.store.reading() as session:
        query = select(ActionAttemptRow.at).where(ActionAttemptRow.action_id == action_id)
        return list(session.scalars(query.order_by(ActionAttemptRow.n)))


def require_one_effect(replayed: Replayed, action_id: int, kind: ActionKind = HIDE) -> None:
    """Fail unless the platform saw it once, and no call came before the last one had settled."""
    assert replayed.acts() == [kind]
    times = sent_at(replayed, action_id)
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert all(gap >= timedelta(seconds=SETTLE_S) for gap in gaps)
    replayed.require_whole()


@pytest.mark.parametrize("answer", LOST_ANSWERS.values(), ids=LOST_ANSWERS.keys())
@pytest.mark.parametrize("dying", SENDING.values(), ids=SENDING.keys())
def test_a_crash_while_sending_ends_in_one_effect_that_was_seen(
    replayed: Replayed, dying: Dying, answer: str
) -> None:
    """The platform's first answer is lost as well, with the action applied or not."""
    lost = {"call": "act", "when": answer, "retry_after": 1}
    action_id = ask(replayed, faults=[lost])
    crash(replayed, dying)
    before = len(sent_at(replayed, action_id))
    replayed.later(SETTLE_S - 1)
    replayed.work(Lane.ACT)
    # What was sent, or may have been, is not sent again inside the settle window.
    assert len(sent_at(replayed, action_id)) == max(before, 1)
    carry_through(replayed)
    assert action_of(replayed, action_id).state is ActionState.VERIFIED
    require_one_effect(replayed, action_id)


@pytest.mark.parametrize("dying", READING_BACK.values(), ids=READING_BACK.keys())
def test_a_crash_while_reading_back_ends_in_one_effect_that_was_seen(
    replayed: Replayed, dying: Dying
) -> None:
    action_id = ask(replayed)
    replayed.work(Lane.ACT)
    replayed.later()
    crash(replayed, dying)
    carry_through(replayed)
    assert action_of(replayed, action_id).state is ActionState.VERIFIED
    assert len(sent_at(replayed, action_id)) == 1
    require_one_effect(replayed, action_id)


@pytest.mark.parametrize("before", [True, False], ids=["not applied", "applied"])
def test_a_report_that_may_have_been_made_is_left_to_a_person_and_never_made_again(
    replayed: Replayed, before: bool
) -> None:
    action_id = ask(replayed, REPORT)
    crash(replayed, call("act", before=before))
    carry_through(replayed)
    assert action_of(replayed, action_id).state is ActionState.NEEDS_PERSON
    assert replayed.acts() == ([] if before else [REPORT])
    assert len(sent_at(replayed, action_id)) == 1
    replayed.require_whole()


def test_a_worker_that_dies_at_every_try_leaves_the_action_to_a_person(
    replayed: Replayed,
) -> None:
    action_id = ask(replayed)
    tries = replayed.job("act").max_attempts
    for _ in range(tries):
        crash(replayed, commit(2, before=True))
    with replayed.store.transaction() as session:
        jobs.bury_expired(session, now=replayed.shop.at)
    assert attend_dead(replayed.shop) == 1
    assert action_of(replayed, action_id).state is ActionState.NEEDS_PERSON
    assert replayed.acts() == []
    replayed.require_whole()
