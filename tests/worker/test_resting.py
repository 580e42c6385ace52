"""A platform that asks for rest gets it, one that fails is asked less, and no try is wasted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from connectors.contract import Period, QuotaSpent, Tariff
from connectors.registry import kind_of
from moderation import accounts
from moderation.access import Role
from moderation.accounts import usage
from moderation.lifecycle import ActionState
from moderation.model import ActionKind
from moderation.tables import AccountStatus, AlertRow, JobState
from tests.connected import STAND_INS, Connected
from tests.moderation.deeds import captured_abuse, request
from tests.replayed import Calm, Replayed
from tests.standins.base import Fault, FaultScript
from tests.standins.mastodon import MastodonStandIn
from tests.worker.acting_tools import action_of, attempts
from tests.worker.platform_tools import abuse_on, done, press, told
from tests.worker.rereading_tools import REFUSING, SelectivePage, write
from tests.world import NOW, ORG, World
from worker import acting, checking, polling
from worker.asking import LONGEST_PAUSE_S, LONGEST_REST_S, SHORTEST_PAUSE_S, pause_after
from worker.means import AccountMeter

READS, ACTS = "pages_read_user_content", "pages_manage_engagement"
# A port of this machine where nobody listens.
NOBODY = "http://127.0.0.1:9"


@contextmanager
def account_on(world: World, folder: Path, name: str, **settings: Any) -> Iterator[Connected]:
    with STAND_INS[name]() as server:
        connected = Connected(world, folder, name, server)
        connected.connect(**settings)
        yield connected


@pytest.fixture
def page(sqlite_world: World, tmp_path: Path) -> Iterator[Connected]:
    with SelectivePage() as server:
        yield Connected(sqlite_world, tmp_path, "facebook_page", server)


def platform_of(page: Connected) -> SelectivePage:
    assert isinstance(page.server, SelectivePage)
    return page.server


def poll(connected: Connected, feed: str = "comments") -> None:
    connected.later(1)
    connected.run("poll", f"{connected.account_id}:{feed}")


def fail(connected: Connected, fault: Fault) -> None:
    connected.server.faults = FaultScript(1, {fault: 1.0})


def work_well(connected: Connected) -> None:
    connected.server.faults = FaultScript()


def tick(connected: Connected, seconds: float, every: float = 30) -> None:
    """Let time go by as the installation's clock does: promise what is due and work it."""
    for _ in range(int(seconds / every)):
        with connected.store.transaction() as session:
            polling.promise_due(session, connected.shop)
        connected.work()
        connected.later(every)


# Rests that the platform asks for.


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


def test_an_allowance_that_runs_low_spaces_the_pages_and_keeps_actions_going(
    page: Connected,
) -> None:
    for _ in range(4):
        write(page, 1)
    platform_of(page).allowance = 4
    poll(page)
    account = page.account()
    assert account.rest_until is not None
    assert account.rest_until <= page.shop.at + timedelta(seconds=LONGEST_REST_S)
    assert account.act_rest_until is None
    assert account.failures == 0
    calls = len(page.server.journal)
    assert calls == 3, "it stops before the platform has to refuse"
    page.work()
    assert len(page.server.journal) == calls
    platform_of(page).allowance = 100_000
    page.later(LONGEST_REST_S)
    page.work()
    assert len(page.texts()) == 4


# Allowances that calls use up.


def test_reading_stops_before_acting_has_to_and_goes_on_in_the_next_period(
    sqlite_world: World, tmp_path: Path
) -> None:
    with account_on(sqlite_world, tmp_path, "youtube", daily_units=10_000) as channel:
        native_id = abuse_on(channel)
        tariff = kind_of("youtube").tariff
        assert tariff is not None
        with channel.store.transaction() as session:
            now = channel.store.now()
            period = tariff.period(now).key
            usage.spend(session, channel.account_id, period, 8_000, ceiling=10_000, now=now)
        poll(channel)
        account = channel.account()
        assert account.rest_until is not None
        assert "ceiling of 10,000 units" in account.rest_reason
        assert account.act_rest_until is None
        assert account.failures == 0
        assert told(channel, "usage") == [f"usage:{channel.account_id}:{period}:70"]
        assert done(channel, press(channel, native_id)).state is ActionState.VERIFIED
        assert channel.server.is_hidden(native_id)


def test_the_platforms_own_end_of_an_allowance_rests_the_account_without_a_failure(
    sqlite_world: World, tmp_path: Path
) -> None:
    with account_on(sqlite_world, tmp_path, "youtube") as channel:
        write(channel)
        vars(channel.server)["units_a_day"] = 0
        poll(channel)
        account = channel.account()
        assert account.rest_until is not None
        assert account.failures == 0
        assert channel.job("poll").attempts == 0


def test_a_meter_keeps_a_part_for_actions_and_tells_at_seventy_and_ninety_per_cent(
    world: World,
) -> None:
    ends = NOW + timedelta(days=30)
    tariff = Tariff("pennies", "ceiling", 100.0, lambda _now: Period("now", ends))
    account_id = world.accounts[ORG].id
    meter = AccountMeter(world.store, account_id, tariff, 100.0)
    meter.spend(79.0)
    meter.require(1.0)
    with pytest.raises(QuotaSpent, match="100 pennies") as refused:
        meter.require(1.5)
    left = (ends - world.store.now()).total_seconds()
    assert refused.value.retry_after == pytest.approx(left, abs=60)
    meter.require(21.0, act=True)
    with pytest.raises(QuotaSpent):
        meter.require(21.5, act=True)
    meter.spend(12.0)
    meter.spend(1.0)
    with world.store.reading() as session:
        assert usage.spent(session, account_id, "now") == pytest.approx(92.0)


# Permissions that are missing.


def test_a_permission_that_is_missing_for_reading_is_told_of_once_and_buries_no_job(
    page: Connected,
) -> None:
    ids = write(page)
    platform_of(page).lose_permission(READS)
    tick(page, 3_000)
    account = page.account()
    assert (account.status, account.missing) == (AccountStatus.OK, [READS])
    assert len(told(page, "missing")) == 1
    assert told(page, "job") == []
    assert {job.state for job in page.jobs("poll")} <= {JobState.DONE, JobState.READY}
    platform_of(page).granted.add(READS)
    tick(page, LONGEST_PAUSE_S + 60)
    assert set(page.texts()) == set(ids)


def test_a_permission_that_is_missing_for_acting_hands_the_action_to_a_person(
    page: Connected,
) -> None:
    one, other = abuse_on(page), abuse_on(page, "Another useless clown")
    platform_of(page).lose_permission(ACTS)
    for native_id in (one, other):
        hide = done(page, press(page, native_id), 2)
        assert hide.state is ActionState.NEEDS_PERSON
        assert ACTS in hide.says
        assert attempts(page, hide.id) == ["rejected"]
    assert page.account().missing == [ACTS]
    assert page.account().status is AccountStatus.OK
    assert len(told(page, "missing")) == 1
    poll(page)
    assert page.job("poll").state is JobState.DONE, "what lacks for acting does not stop reading"


# Failures.


def test_after_five_failed_polls_actions_wait_until_one_poll_works(page: Connected) -> None:
    native_id = abuse_on(page)
    fail(page, Fault.BAD_GATEWAY)
    poll(page)
    for _ in range(acting.OPEN_AFTER - 1):
        page.later(LONGEST_PAUSE_S + 1)
        page.work()
    assert page.account().failures == acting.OPEN_AFTER
    work_well(page)
    hide = press(page, native_id)
    calls = len(page.server.calls("POST"))
    page.work()
    page.later(5)
    page.work()
    assert attempts(page, hide) == []
    assert len(page.server.calls("POST")) == calls
    page.later(LONGEST_PAUSE_S + 1)
    page.work()
    assert page.account().failures == 0
    page.later(acting.PROBE_EVERY.total_seconds())
    assert done(page, hide).state is ActionState.VERIFIED


def test_an_action_that_never_reached_the_platform_is_sent_again_without_a_look_or_a_limit(
    page: Connected,
) -> None:
    native_id = abuse_on(page)
    page.connect(base_url=NOBODY)
    hide = press(page, native_id)
    looks = platform_of(page).asked_for(native_id)
    tries = acting.MAX_SENDS + 2
    for _ in range(tries):
        page.work()
        page.later(600)
    assert attempts(page, hide) == ["rejected"] * tries
    assert action_of(page, hide).state is ActionState.SENT
    assert page.job("act").attempts == 0
    page.connect()
    page.work()
    assert attempts(page, hide) == ["rejected"] * tries + ["ok"]
    assert platform_of(page).asked_for(native_id) == looks
    assert done(page, hide).state is ActionState.VERIFIED


def test_a_report_that_never_reached_the_platform_is_sent_again(
    sqlite_world: World, tmp_path: Path
) -> None:
    with account_on(sqlite_world, tmp_path, "mastodon") as account:
        native_id = abuse_on(account)
        account.connect(base_url=NOBODY)
        report = press(account, native_id, ActionKind.REPORT)
        account.work()
        assert attempts(account, report) == ["rejected"]
        account.connect()
        account.later(600)
        assert done(account, report).state is ActionState.ACCEPTED
        assert len(account.server.calls("POST", "/reports")) == 1


def test_a_report_whose_outcome_is_unknown_is_never_sent_again(
    sqlite_world: World, tmp_path: Path
) -> None:
    with account_on(sqlite_world, tmp_path, "mastodon") as account:
        assert isinstance(account.server, MastodonStandIn)
        native_id = abuse_on(account)
        report = press(account, native_id, ActionKind.REPORT)
        fail(account, Fault.CUT_AFTER)
        account.work()
        work_well(account)
        assert done(account, report, 8).state is ActionState.NEEDS_PERSON
        assert attempts(account, report) == ["unknown"]
        assert len(account.server.calls("POST", "/reports")) == 1


def test_a_pause_grows_with_each_failure_up_to_its_longest() -> None:
    for failures in range(1, 40):
        grown = min(LONGEST_PAUSE_S, SHORTEST_PAUSE_S * 2.0**failures)
        pauses = [pause_after(failures, 0.0) for _ in range(50)]
        assert grown / 2 <= min(pauses) <= max(pauses) <= grown
    assert len({pause_after(3, 0.0) for _ in range(50)}) > 1, "they do not all ask again at once"


def test_a_pause_is_never_shorter_than_the_platform_asks_from_the_second_failure_on() -> None:
    assert pause_after(1, 600.0) <= 2 * SHORTEST_PAUSE_S
    assert pause_after(2, 600.0) == 600.0
    assert pause_after(2, 10**6) == LONGEST_PAUSE_S


@pytest.mark.parametrize("refused", ["feed", "tagged"], ids=["the main feed", "a side feed"])
def test_a_refusal_for_good_buries_one_poll_for_each_pause(page: Connected, refused: str) -> None:
    ids = write(page)
    platform_of(page).otherwise[refused] = REFUSING
    tick(page, 3_600)
    dead = [job for job in page.jobs("poll") if job.state is JobState.DEAD]
    assert 1 <= len(dead) <= 13
    assert len(told(page, "job:")) == 2 * len(dead), "the administrators of both organisations"
    assert set(page.texts()) == (set(ids) if refused == "tagged" else set())
    assert page.account().status is AccountStatus.OK


def test_a_check_that_meets_no_answer_is_left_to_the_next_hour_and_buries_no_job(
    page: Connected,
) -> None:
    fail(page, Fault.BAD_GATEWAY)
    page.check()
    for _ in range(4):
        page.later(LONGEST_PAUSE_S + 1)
        page.work()
    assert page.job("check").state is JobState.DONE
    assert page.account().status is AccountStatus.OK
    assert page.account().checked_at is None
    work_well(page)
    with page.store.transaction() as session:
        assert checking.promise_due(session, page.shop) > 0
    page.work()
    assert page.account().checked_at is not None


def test_a_silent_platform_is_told_of_once_a_silence(world: World, tmp_path: Path) -> None:
    replayed = Replayed(world, tmp_path)
    replayed.shop.detectors = [Calm()]
    replayed.connect(faults=[{"call": "poll", "times": 99, "retry_after": 5}])
    replayed.promise_poll()
    for _ in range(12):
        replayed.work()
        replayed.later(1_000)
    assert len(_silences(replayed)) == 1
    with world.store.transaction() as session:
        item = captured_abuse(world, session)
        hide = request(world, session, item)
    replayed.work()
    assert attempts(replayed, hide.id) == []


def _silences(replayed: Replayed) -> list[datetime]:
    with replayed.store.reading() as session:
        query = select(AlertRow.created_at).where(AlertRow.about.like("silent:%"))
        return list(session.scalars(query))
