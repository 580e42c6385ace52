"""A worker that dies at any step of a hide on Facebook leaves one hide, and it was seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.contract import Connector
from moderation.access import Role
from moderation.lifecycle import ActionState
from moderation.model import ActionKind, ItemRef
from moderation.tables import ItemRow, Lane
from tests.dying_worker import READING_BACK, SENDING, Dying, call, crash, sent_at
from tests.faults.abused_page import AbusedPage
from tests.moderation.deeds import NOT_ABUSE, decide
from tests.replayed import SETTLE_S, SteppedShop
from tests.standins.base import Entry
from tests.standins.faults import Fault, FaultScript
from tests.standins.graph import FacebookStandIn
from tests.worker.acting_tools import action_of, carry_through
from tests.world import World
from worker import act_task
from worker.runner import Runner

LAG_S = SETTLE_S - 1
LOST_ANSWERS = {"applied": Fault.CUT_AFTER, "not applied": Fault.CUT_BEFORE}
# The longest that Watchroom waits for one call.
LONG_CALL_S = 25.0


@pytest.fixture
def page(sqlite_world: World, tmp_path: Path) -> Iterator[AbusedPage]:
    """A Page whose reads lag behind its writes; the journeys try both databases."""
    with FacebookStandIn(lag_s=LAG_S) as server:
        yield AbusedPage(sqlite_world, tmp_path, server)


def ask(page: AbusedPage) -> int:
    [item_id] = page.take_in(1)
    [action_id] = page.ask([item_id])
    return action_id


def lose(page: AbusedPage, fault: Fault) -> None:
    """Let every call that hides fail in this way."""
    page.platform.faults = FaultScript(0, {fault: 1.0}, methods={"POST"})


def hides(page: AbusedPage) -> list[Entry]:
    """Return the calls that hid something, whatever was heard of them."""
    undone = {Fault.CUT_BEFORE, Fault.RATE_LIMITED}
    return [entry for entry in page.platform.calls("POST") if entry.fault not in undone]


def require_one_hide(page: AbusedPage, action_id: int) -> None:
    carry_through(page)
    action = action_of(page, action_id)
    assert action.state is ActionState.VERIFIED
    assert len(hides(page)) == 1
    assert len(sent_at(page, action_id)) >= len(page.platform.calls("POST"))
    page.require_whole()


@pytest.mark.parametrize("lost", LOST_ANSWERS.values(), ids=LOST_ANSWERS.keys())
@pytest.mark.parametrize("dying", SENDING.values(), ids=SENDING.keys())
def test_a_crash_while_a_hide_is_sent_ends_in_one_hide_that_was_seen(
    page: AbusedPage, dying: Dying, lost: Fault
) -> None:
    """The platform's first answer is lost as well, with the comment hidden or not."""
    action_id = ask(page)
    lose(page, lost)
    crash(page, dying)
    page.later(SETTLE_S - 1)
    page.work(Lane.ACT)
    page.platform.faults = FaultScript()
    require_one_hide(page, action_id)


@pytest.mark.parametrize("dying", READING_BACK.values(), ids=READING_BACK.keys())
def test_a_crash_while_a_hide_is_read_back_ends_in_one_hide_that_was_seen(
    page: AbusedPage, dying: Dying
) -> None:
    action_id = ask(page)
    page.work(Lane.ACT)
    page.later(SETTLE_S + 1)
    crash(page, dying)
    require_one_hide(page, action_id)


class SlowShop(SteppedShop):
    """A worker's parts whose call to the platform takes long and whose record is then away."""

    def __init__(self, page: AbusedPage, seconds: float) -> None:
        super().__init__(page.settings, page.store)
        self.at, self._page, self._seconds = page.shop.at, page, seconds

    def connector(self, account: Any) -> Connector:
        self._whole = super().connector(account)
        made: Any = self
        return made

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)

    def act(self, ref: ItemRef, action: ActionKind) -> None:
        self._page.later(self._seconds)
        self.at = self._page.shop.at
        self._whole.act(ref, action)
        raise OSError


@pytest.mark.parametrize("seconds", [SETTLE_S + 1, LONG_CALL_S])
def test_a_hide_that_took_long_and_whose_outcome_was_not_kept_is_not_sent_again(
    page: AbusedPage, seconds: float
) -> None:
    """The settle window begins when the call was over, and nobody knows when that was."""
    action_id = ask(page)
    Runner(SlowShop(page, seconds), "slow").run_next(Lane.ACT)
    page.later(LAG_S - 1)
    page.work(Lane.ACT)
    require_one_hide(page, action_id)


@pytest.mark.parametrize("fault", [Fault.RATE_LIMITED, Fault.CUT_BEFORE], ids=str)
def test_a_hide_that_did_not_happen_is_not_sent_again_once_it_was_found_to_be_no_abuse(
    page: AbusedPage, fault: Fault
) -> None:
    action_id = ask(page)
    lose(page, fault)
    page.work(Lane.ACT)
    page.platform.faults = FaultScript()
    decide_otherwise(page, action_of(page, action_id).item_id)
    page.later(3_600)
    carry_through(page)
    action = action_of(page, action_id)
    assert (action.state, action.says) == (ActionState.REFUSED, act_task.DECIDED_OTHERWISE)
    assert hides(page) == []
    page.require_whole()


def test_a_hide_that_may_have_happened_is_read_back_although_it_was_found_to_be_no_abuse(
    page: AbusedPage,
) -> None:
    action_id = ask(page)
    crash(page, call("act", before=False))
    decide_otherwise(page, action_of(page, action_id).item_id)
    require_one_hide(page, action_id)


def decide_otherwise(page: AbusedPage, item_id: int) -> None:
    with page.store.transaction() as session:
        item = session.get_one(ItemRow, item_id)
        lead = page.world.actor(Role.COMMS_LEAD)
        decide(page.world, session, item, NOT_ABUSE, actor=lead, now=page.shop.now())
