"""A platform that fails or refuses is asked less and less often, and no try is wasted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from moderation.lifecycle import ActionState
from moderation.model import ActionKind
from moderation.tables import AccountStatus, AlertRow, JobState
from tests.connected import Connected
from tests.moderation.deeds import captured_abuse, request
from tests.replayed import Calm, Replayed
from tests.standins.base import Answer, Request
from tests.standins.faults import Fault
from tests.standins.mastodon import MastodonStandIn
from tests.worker.acting_tools import action_of, attempts
from tests.worker.platform_tools import abuse_on, done, press, told
from tests.worker.rereading_tools import REFUSING, SelectivePage, platform_of, write
from tests.worker.resting_tools import account_on, fail, poll, tick, work_well
from tests.world import World
from worker import acting, checking
from worker.asking import LONGEST_PAUSE_S, SHORTEST_PAUSE_S, pause_after

READS, ACTS = "pages_read_user_content", "pages_manage_engagement"
# A port of this machine where nobody listens.
NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def page(sqlite_world: World, tmp_path: Path) -> Iterator[Connected]:
    with SelectivePage() as server:
        yield Connected(sqlite_world, tmp_path, "facebook_page", server)


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


@pytest.mark.parametrize("failures", [1, 2, 9])
def test_a_pause_is_never_shorter_than_the_platform_asks(failures: int) -> None:
    assert pause_after(failures, 600.0) >= 600.0
    assert pause_after(failures, 10**6) == LONGEST_PAUSE_S


class Asking(SelectivePage):
    """A Page that is down and says for how long, or does not say."""

    wait = ""

    def server_error(self, request: Request) -> Answer:
        answer = super().server_error(request)
        answer.headers["Retry-After"] = self.wait
        return answer


@pytest.mark.parametrize(("wait", "least_s"), [("600", 600), ("", 0)], ids=["asked", "not asked"])
def test_the_first_failure_is_followed_up_when_the_platform_says_and_else_soon(
    sqlite_world: World, tmp_path: Path, wait: str, least_s: float
) -> None:
    with Asking() as server:
        server.wait = wait
        page = Connected(sqlite_world, tmp_path, "facebook_page", server)
        fail(page, Fault.SERVER_ERROR)
        poll(page)
        left_s = (page.job("poll").run_after - page.shop.now()).total_seconds()
        assert least_s - 2 <= left_s <= least_s + 2 * SHORTEST_PAUSE_S


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
