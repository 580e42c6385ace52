"""The clock promises what is due once, however many clocks there are and whatever they miss."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from moderation import jobs
from moderation.lifecycle import AlertState
from moderation.reporting.alerts import raise_alert
from moderation.reporting.week import Week
from moderation.tables import AlertRow, JobRow, JobState, SummaryRow
from tests.moderation.deeds import at_once
from tests.replayed import Calm, Replayed, SteppedShop
from tests.servers import wait_until
from tests.world import NOW, ORG, World
from worker.ticker import DUTIES, KEEP_DONE, Duty, Ticker
from worker.workshop import Workshop

MINUTE = timedelta(minutes=1)


@pytest.fixture
def replayed(world: World, tmp_path: Path) -> Replayed:
    made = Replayed(world, tmp_path)
    made.shop.detectors = [Calm()]
    return made


def duty(name: str, do: Callable[[Workshop], None], every: timedelta = MINUTE) -> Duty:
    return Duty(name, every, do)


def only(name: str) -> tuple[Duty, ...]:
    return tuple(duty for duty in DUTIES if duty.name == name)


def test_a_duty_is_done_at_once_and_then_as_often_as_it_is_wanted(replayed: Replayed) -> None:
    done: list[object] = []
    ticker = Ticker(replayed.shop, (duty("count", done.append),))
    for seconds, times in ((0, 1), (59, 1), (1, 2), (61, 3)):
        replayed.later(seconds)
        ticker.tick()
        assert len(done) == times


def test_a_clock_that_jumps_back_silences_no_duty(replayed: Replayed) -> None:
    done: list[object] = []
    ticker = Ticker(replayed.shop, (duty("count", done.append),))
    ticker.tick()
    replayed.later(-7200)
    ticker.tick()
    assert len(done) == 2


def test_a_duty_that_fails_is_tried_at_the_next_tick_and_keeps_no_other_back(
    replayed: Replayed,
) -> None:
    tried: list[Workshop] = []
    done: list[Workshop] = []

    def fail(shop: Workshop) -> None:
        tried.append(shop)
        raise RuntimeError

    ticker = Ticker(replayed.shop, (duty("fail", fail), duty("count", done.append)))
    ticker.tick()
    ticker.tick()
    assert (len(tried), len(done)) == (2, 1)


def test_a_second_clock_waits_while_the_first_one_works(replayed: Replayed) -> None:
    """SQLite has one process and needs no lock; there the second one works as well."""
    done: list[object] = []
    second = Ticker(replayed.shop, (duty("count", done.append),))
    Ticker(replayed.shop, (duty("tick inside", lambda _shop: second.tick()),)).tick()
    assert len(done) == (1 if replayed.store.is_sqlite else 0)
    second.tick()
    assert len(done) >= 1


def test_each_missed_week_is_summed_up_once_by_many_clocks(
    replayed: Replayed, world: World
) -> None:
    with world.store.transaction() as session:
        world.item(session)
    replayed.later(timedelta(weeks=3).total_seconds())
    at_once([Ticker(replayed.shop, only("summaries")).tick for _ in range(4)])
    Ticker(replayed.shop, only("summaries")).tick()
    replayed.work()
    week = Week.of(NOW)
    with world.store.reading() as session:
        made = session.scalars(
            select(SummaryRow.iso_week)
            .where(SummaryRow.org_id == ORG)
            .order_by(SummaryRow.iso_week)
        ).all()
    assert made == [str(week), str(week.plus(1)), str(week.plus(2))]


def test_a_job_that_killed_its_worker_every_time_is_buried_and_told_of(
    replayed: Replayed,
) -> None:
    replayed.promise_poll()
    for _ in range(3):
        replayed.claim("poll")
        replayed.later(61)
    Ticker(replayed.shop).tick()
    job = replayed.jobs("poll")[0]
    assert job.state is JobState.DEAD
    assert job.told_at is not None


def test_an_account_is_polled_when_its_time_has_come(replayed: Replayed) -> None:
    ticker = Ticker(replayed.shop)
    for polls in (1, 2):
        ticker.tick()
        replayed.work()
        ref = f"{replayed.account_id}:comments"
        assert [job.ref for job in replayed.jobs("poll")].count(ref) == polls
        replayed.later(60)


def test_letters_that_waited_are_sent_once_mail_is_set_up(replayed: Replayed) -> None:
    with replayed.store.transaction() as session:
        raise_alert(
            session, "AL1", "item:12", ref="I-12", link_path="/items/12", org_id=ORG, now=NOW
        )
    replayed.work()
    Ticker(replayed.shop, only("spooled letters")).tick()
    assert {job.state for job in replayed.jobs("alert")} == {JobState.DONE}
    with_mail = SteppedShop(replace(replayed.settings, smtp_host="mail.example"), replayed.store)
    Ticker(with_mail, only("spooled letters")).tick()
    with replayed.store.reading() as session:
        waiting = session.scalars(select(AlertRow.id).where(AlertRow.state == AlertState.SPOOLED))
        promised = session.scalars(select(JobRow.ref).where(JobRow.state == JobState.READY))
        assert sorted(map(str, waiting)) == sorted(promised)


def test_jobs_that_were_done_long_ago_are_cleared_away_and_the_rest_is_kept(
    replayed: Replayed,
) -> None:
    done = replayed.promise_poll("done")
    replayed.runner.run(done)
    replayed.shop.at += KEEP_DONE
    ready = replayed.promise_poll("ready")
    Ticker(replayed.shop, only("pruning")).tick()
    assert len(replayed.jobs("poll")) == 2
    replayed.later(1)
    Ticker(replayed.shop, only("pruning")).tick()
    assert [job.id for job in replayed.jobs("poll")] == [ready]


def test_a_clock_runs_until_it_is_stopped(replayed: Replayed) -> None:
    ticked, stop = threading.Event(), threading.Event()
    ticker = Ticker(replayed.shop, (duty("count", lambda _shop: ticked.set()),))
    thread = threading.Thread(target=ticker.run, args=(stop,))
    thread.start()
    wait_until(ticked.is_set, "a tick")
    stop.set()
    thread.join(15)
    assert not thread.is_alive()


def test_an_open_job_is_never_cleared_away(replayed: Replayed) -> None:
    replayed.promise_poll()
    replayed.shop.at += KEEP_DONE * 2
    with replayed.store.transaction() as session:
        assert jobs.prune(session, before=replayed.shop.at) == 0
