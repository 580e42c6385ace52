"""A delivery counts as read once all in it was looked up, and waits until it can be."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from moderation import accounts
from moderation.access import Actor, Role
from moderation.tables import (
    AccountStatus,
    DeliveryRow,
    JobState,
)
from tests.connected import Connected
from tests.standins.faults import Fault, FaultScript
from tests.worker.delivering.pushing import (
    graph_of,
    platform_of,
    push,
    tell,
)
from tests.worker.rereading_tools import DEAD, taken_in
from tests.world import World
from worker.asking import LOOK_AGAIN_S
from worker.delivering import LONGEST_WAIT_S


def test_a_platform_that_is_down_is_asked_later_and_what_was_looked_up_is_not_asked_again(
    page: Connected,
) -> None:
    post = page.server.post()
    ids = [page.server.comment(post, f"Comment {number}") for number in range(3)]
    pushed = graph_of(page).delivery(*(("add", native_id) for native_id in ids))
    platform_of(page).otherwise[ids[1]] = graph_of(page).rate_limited(None)  # type: ignore[arg-type]
    push(page, pushed)
    job = page.job("deliver")
    assert (job.state, job.attempts) == (JobState.READY, 0)
    assert set(page.texts()) == set(ids), "the words that came are kept at once"
    platform_of(page).otherwise.clear()
    page.later(7_200)
    page.work()
    assert set(page.texts()) == set(ids)
    assert page.job("deliver").state is JobState.DONE
    assert [platform_of(page).asked_for(native_id) for native_id in ids] == [1, 2, 1]


def test_an_outage_uses_up_no_try_and_the_delivery_is_read_when_it_is_over(
    page: Connected,
) -> None:
    one = page.server.comment(page.server.post(), "Words")
    pushed = graph_of(page).delivery(("add", one))
    page.server.faults = FaultScript(1, {Fault.BAD_GATEWAY: 1.0})
    push(page, pushed)
    for _ in range(12):
        page.later(1_000)
        page.work()
    assert page.job("deliver").state is JobState.READY
    page.server.faults = FaultScript()
    page.later(1_000)
    page.work()
    assert page.job("deliver").state is JobState.DONE
    assert page.texts() == {one: "Words"}


def test_an_access_that_has_ended_is_asked_once_and_told_of(page: Connected) -> None:
    ids = taken_in(page, 5)
    for native_id in ids:
        platform_of(page).otherwise[native_id] = DEAD
    tell(page, *(("edited", native_id) for native_id in ids))
    assert page.account().status is AccountStatus.AUTH_LOST
    assert sum(platform_of(page).asked_for(native_id) for native_id in ids) == 1
    assert not is_read(page)
    platform_of(page).otherwise.clear()
    page.server.remove(ids[0])
    resume(page)
    assert is_read(page)
    assert page.texts()[ids[0]] is None


def test_while_the_access_has_ended_the_words_are_kept_and_nothing_is_asked(
    page: Connected,
) -> None:
    one = page.server.comment(page.server.post(), "Words")
    page.server.lose_access()
    page.check()
    tell(page, ("add", one))
    assert page.texts() == {one: "Words"}
    assert platform_of(page).asked_for(one) == 0


def test_while_an_account_is_paused_a_delivery_stays_unread_until_it_is_resumed(
    world: World, connect: Callable[..., Connected]
) -> None:
    page = connect(world)
    pause(page)
    one = page.server.comment(page.server.post(), "Words")
    tell(page, ("add", one))
    for _ in range(50):
        page.later(3_600)
        page.work()
    assert page.texts() == {}
    assert not is_read(page)
    job = page.job("deliver")
    assert (job.state, job.attempts) == (JobState.READY, 0)
    resume(page)
    assert is_read(page)
    assert page.texts() == {one: "Words"}
    page.require_whole()


def test_a_delivery_that_waits_is_looked_at_ever_less_often(page: Connected) -> None:
    pause(page)
    tell(page, ("add", page.server.comment(page.server.post(), "Words")))
    waits = []
    for _ in range(12):
        left = page.job("deliver").run_after - page.shop.now()
        waits.append(round(left.total_seconds()))
        page.later(waits[-1] + 1)
        page.work()
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (LOOK_AGAIN_S, LONGEST_WAIT_S)


def is_read(page: Connected) -> bool:
    """Say whether the one delivery counts as read."""
    with page.store.reading() as session:
        return session.scalars(select(DeliveryRow)).one().read_at is not None


def pause(page: Connected) -> None:
    """Let an administrator pause the account."""
    with page.store.transaction() as session:
        accounts.pause(session, "page", reason="A quiet week", actor=_admin(page), now=page.shop.at)


def resume(page: Connected) -> None:
    """Let an administrator resume the account, and let the longest wait go by."""
    with page.store.transaction() as session:
        accounts.resume(session, "page", actor=_admin(page), now=page.shop.at)
    page.later(LONGEST_WAIT_S)
    page.work()


def _admin(page: Connected) -> Actor:
    return page.world.actor(Role.ADMINISTRATOR)
