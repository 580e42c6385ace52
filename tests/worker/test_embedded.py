"""One process works every lane, is woken by a commit, and stops without losing anything."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from moderation import jobs
from moderation.jobs import Claim
from moderation.lifecycle import ItemState
from moderation.tables import JobState, Lane
from tests.replayed import Calm, Replayed
from tests.servers import wait_until
from tests.world import World
from worker import embedded, runner
from worker.embedded import Lanes
from worker.errors import GiveUp
from worker.runner import Handler, Runner
from worker.workshop import Workshop


@pytest.fixture
def replayed(sqlite_world: World, tmp_path: Path) -> Replayed:
    made = Replayed(sqlite_world, tmp_path)
    made.shop.detectors = [Calm()]
    return made


@pytest.fixture
def lanes(replayed: Replayed) -> Iterator[Lanes]:
    """Every lane at work; stopped at the end of the test."""
    made = Lanes(replayed.shop)
    made.start()
    yield made
    assert made.stop()


def names() -> set[str]:
    return {thread.name for thread in threading.enumerate()}


def test_a_comment_goes_from_the_feed_to_its_place_by_itself(
    replayed: Replayed, lanes: Lanes
) -> None:
    replayed.say("c-1")
    replayed.later(60)
    wait_until(
        lambda: [item.state for item in replayed.items()] == [ItemState.CLEAR],
        "the comment, read and clear",
    )
    assert lanes


@pytest.mark.usefixtures("lanes")
def test_every_lane_and_the_clock_have_a_thread() -> None:
    assert {f"lane-{lane.value}" for lane in Lane} | {"ticker"} <= names()


def test_a_commit_wakes_the_lane_of_its_job(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "LOOK_EVERY_S", 600.0)
    lanes = Lanes(replayed.shop)
    lanes.start()
    try:
        for slot in ("first", "second", "third"):
            replayed.promise_poll(slot)
            wait_until(
                lambda: all(job.state is JobState.DONE for job in replayed.jobs("poll")),
                f"the {slot} poll",
            )
    finally:
        assert lanes.stop()


def test_a_stop_lets_the_job_in_hand_end(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(shop: Workshop, held: Claim) -> None:
        begun.set()
        go_on.wait(15)
        with shop.store.transaction() as session:
            jobs.finish(session, held, now=shop.now())

    monkeypatch.setitem(runner.HANDLERS, "poll", Handler(slow))
    lanes = Lanes(replayed.shop)
    lanes.start()
    replayed.promise_poll()
    wait_until(begun.is_set, "the job in hand")
    assert not lanes.stop(patience_s=0.05)
    go_on.set()
    assert lanes.stop()
    assert {job.state for job in replayed.jobs("poll")} <= {JobState.DONE, JobState.READY}
    assert JobState.DONE in {job.state for job in replayed.jobs("poll")}


def test_a_database_that_stumbles_does_not_end_a_lane(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    stumbled = threading.Event()
    whole = Runner.run_next

    def stumble(self: Runner, lane: Lane) -> bool:
        if lane is Lane.INGEST and not stumbled.is_set():
            stumbled.set()
            raise OperationalError("", {}, Exception())
        return whole(self, lane)

    monkeypatch.setattr(embedded, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(Runner, "run_next", stumble)
    lanes = Lanes(replayed.shop)
    lanes.start()
    try:
        wait_until(stumbled.is_set, "the stumble")
        replayed.say("c-1")
        replayed.promise_poll()
        wait_until(lambda: len(replayed.items()) == 1, "the comment")
    finally:
        assert lanes.stop()


def test_the_end_of_a_dead_job_that_fails_does_not_end_its_lane(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch, lanes: Lanes
) -> None:
    def give_up(_shop: Workshop, _held: Claim) -> None:
        raise GiveUp("no such evidence")

    def fail(_shop: Workshop, _held: Claim) -> None:
        raise RuntimeError

    monkeypatch.setitem(runner.HANDLERS, "capture", Handler(give_up, fail))
    for number in range(2):
        with replayed.store.transaction() as session:
            jobs.promise(session, "capture", "1", f"capture:{number}", at=replayed.shop.at)
        wait_until(
            lambda: all(job.state is JobState.DEAD for job in replayed.jobs("capture")),
            f"the end of capture {number}",
        )
    assert "lane-capture" in names()
    assert lanes
