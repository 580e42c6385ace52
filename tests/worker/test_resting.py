"""A platform that asks for rest gets it, and a person may end it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from moderation import accounts
from moderation.access import Role
from moderation.lifecycle import ActionState
from moderation.tables import JobState
from tests.connected import Connected
from tests.standins.faults import Fault
from tests.worker.acting_tools import action_of, attempts
from tests.worker.platform_tools import abuse_on, done, press
from tests.worker.rereading_tools import SelectivePage, platform_of, write
from tests.worker.resting_tools import fail, poll, tick, work_well
from tests.world import World
from worker import acting
from worker.asking import LONGEST_REST_S


@pytest.fixture
def page(sqlite_world: World, tmp_path: Path) -> Iterator[Connected]:
    with SelectivePage() as server:
        yield Connected(sqlite_world, tmp_path, "facebook_page", server)


def test_a_platform_that_asks_for_rest_is_left_alone_by_polls_and_actions_and_nothing_failed(
    page: Connected,
) -> None:
    native_id = abuse_on(page)
    fail(page, Fault.RATE_LIMITED)
    poll(page)
    account = page.account()
    assert account.rest_until is not None
    assert account.rest_until > page.shop.at
    assert account.act_rest_until == account.rest_until
    assert (account.failures, account.status_reason) == (0, "")
    assert (page.job("poll").state, page.job("poll").attempts) == (JobState.READY, 0)
    work_well(page)
    hide = press(page, native_id)
    calls = len(page.server.journal)
    poll(page, "mentions")
    tick(page, 120)
    assert len(page.server.journal) == calls, "no job of the account asks the platform"
    assert action_of(page, hide).state is ActionState.PLANNED
    assert attempts(page, hide) == []
    page.later(LONGEST_REST_S)
    assert done(page, hide).state is ActionState.VERIFIED
    assert page.job("poll").state is JobState.DONE
    assert page.job("act").attempts <= 1
    page.require_whole()


def test_a_person_who_gives_new_access_ends_a_rest_within_a_minute(page: Connected) -> None:
    fail(page, Fault.RATE_LIMITED)
    poll(page)
    work_well(page)
    ids = write(page)
    admin = page.world.actor(Role.ADMINISTRATOR)
    with page.store.transaction() as session:
        accounts.reconnect(session, "page", actor=admin, now=page.shop.now())
    page.later(61)
    page.work()
    assert set(page.texts()) == set(ids)


def test_a_person_who_gives_new_access_lets_waiting_actions_go_as_well(page: Connected) -> None:
    native_id = abuse_on(page)
    hide = press(page, native_id)
    fail(page, Fault.RATE_LIMITED)
    page.work()
    work_well(page)
    page.later(acting.PROBE_EVERY.total_seconds())
    page.work()
    assert attempts(page, hide) == ["rejected"]
    admin = page.world.actor(Role.ADMINISTRATOR)
    with page.store.transaction() as session:
        accounts.reconnect(session, "page", actor=admin, now=page.shop.now())
    page.later(acting.PROBE_EVERY.total_seconds())
    assert done(page, hide).state is ActionState.VERIFIED


def test_an_action_that_the_platform_puts_off_rests_the_account_and_is_sent_again(
    page: Connected,
) -> None:
    native_id = abuse_on(page)
    hide = press(page, native_id)
    fail(page, Fault.RATE_LIMITED)
    page.work()
    account = page.account()
    assert account.rest_until == account.act_rest_until
    assert attempts(page, hide) == ["rejected"]
    work_well(page)
    page.later(LONGEST_REST_S * 24)
    assert done(page, hide).state is ActionState.VERIFIED
    assert attempts(page, hide) == ["rejected", "ok"]


def test_a_platform_that_blocks_writes_is_read_on_while_actions_wait(page: Connected) -> None:
    native_id = abuse_on(page)
    hide = press(page, native_id)
    platform_of(page).punished = True
    page.work()
    account = page.account()
    assert account.act_rest_until is not None
    assert account.act_rest_until > page.shop.at
    assert account.rest_until is None
    ids = write(page)
    poll(page)
    assert set(ids) <= set(page.texts())
    calls = len(page.server.calls("POST"))
    page.later(60)
    page.work()
    assert len(page.server.calls("POST")) == calls
    platform_of(page).punished = False
    page.later(LONGEST_REST_S * 25)
    assert done(page, hide).state is ActionState.VERIFIED
    assert attempts(page, hide) == ["rejected", "ok"]
