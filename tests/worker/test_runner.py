"""A job is done once, counted before its work, and never lost in silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from moderation import jobs
from moderation.jobs import KINDS, Claim
from moderation.tables import AlertRow, AuditBodyRow, JobState, Lane
from tests.replayed import Calm, Replayed
from tests.world import NOW, World
from worker import runner
from worker.errors import GiveUp, TryLater
from worker.runner import HANDLERS, Handler, Runner, attend_dead
from worker.workshop import Workshop

SECRET = "the words of a comment"
Handle = Callable[[Workshop, Claim], None]


@pytest.fixture
def replayed(world: World, tmp_path: Path) -> Replayed:
    made = Replayed(world, tmp_path)
    made.shop.detectors = [Calm()]
    return made


def stand_in(monkeypatch: pytest.MonkeyPatch, handle: Handle, dead: Handle | None = None) -> None:
    """Let polls be done by another handler."""
    handler = Handler(handle, dead) if dead else Handler(handle)
    monkeypatch.setitem(runner.HANDLERS, "poll", handler)


def raising(error: Exception) -> Handle:
    def handle(_shop: Workshop, _held: Claim) -> None:
        raise error

    return handle


def told(replayed: Replayed) -> int:
    with replayed.store.reading() as session:
        lines = session.scalars(
            select(AuditBodyRow.org_id).where(AuditBodyRow.verb == "dead_letter_notified")
        ).all()
    return len(lines)


def test_every_kind_that_is_promised_has_its_handler() -> None:
    assert set(HANDLERS) == set(KINDS)


def test_a_message_about_no_job_or_one_that_is_done_is_dropped(replayed: Replayed) -> None:
    job_id = replayed.promise_poll()
    assert replayed.runner.run(job_id)
    assert not replayed.runner.run(job_id)
    assert not replayed.runner.run(job_id + 1)


def test_a_job_that_is_not_due_yet_is_left_alone(replayed: Replayed) -> None:
    job_id = replayed.promise_poll()
    replayed.later(-60)
    assert not replayed.runner.run(job_id)
    assert not replayed.runner.run_next(Lane.INGEST)
    assert replayed.job("poll").attempts == 0


def test_the_longest_due_job_of_a_lane_is_taken_first(replayed: Replayed) -> None:
    second = replayed.promise_poll("second")
    replayed.later(-60)
    first = replayed.promise_poll("first")
    replayed.later(120)
    assert replayed.runner.run_next(Lane.INGEST)
    states = {job.id: job.state for job in replayed.jobs("poll")}
    assert states == {first: JobState.DONE, second: JobState.READY}


def test_an_attempt_is_counted_before_its_work(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    stand_in(monkeypatch, lambda _shop, _held: seen.append(replayed.job("poll")))
    replayed.runner.run(replayed.promise_poll())
    assert [(job.state, job.attempts, job.lease_owner) for job in seen] == [
        (JobState.LEASED, 1, "test")
    ]


def test_a_failure_is_tried_again_later_and_keeps_no_words(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stand_in(monkeypatch, raising(ValueError(SECRET)))
    with caplog.at_level("INFO"):
        replayed.runner.run(replayed.promise_poll())
    job = replayed.job("poll")
    assert (job.state, job.attempts, job.last_error) == (JobState.READY, 1, "ValueError")
    assert job.run_after > NOW
    assert SECRET not in caplog.text


def test_a_try_that_failed_is_used_up_and_comes_no_sooner_than_asked(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(monkeypatch, raising(TryLater(600, "the platform is away")))
    replayed.runner.run(replayed.promise_poll())
    job = replayed.job("poll")
    assert (job.state, job.attempts) == (JobState.READY, 1)
    assert job.run_after >= NOW + timedelta(seconds=600)


def test_a_planned_wait_uses_up_no_try(replayed: Replayed, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, raising(TryLater(30, "not yet", counts=False)))
    replayed.runner.run(replayed.promise_poll())
    job = replayed.job("poll")
    assert (job.state, job.attempts) == (JobState.READY, 0)
    assert job.run_after == NOW + timedelta(seconds=30)


def test_a_job_whose_tries_are_used_up_is_dead_and_told_of_once(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[str] = []
    stand_in(monkeypatch, raising(ValueError()), dead=lambda _shop, held: ended.append(held.ref))
    job_id = replayed.promise_poll()
    while replayed.runner.run(job_id):
        assert replayed.job("poll").state is not JobState.DONE
        replayed.later(3600)
    job = replayed.job("poll")
    assert (job.state, job.attempts) == (JobState.DEAD, job.max_attempts)
    assert ended == [f"{replayed.account_id}:comments"]
    assert attend_dead(replayed.shop) == 0
    # One line in each of the two organisations, and a letter to its administrator.
    assert told(replayed) == 2
    with replayed.store.reading() as session:
        assert session.scalars(select(AlertRow.rule)).all() == ["AL10", "AL10"]


def test_what_is_given_up_is_dead_at_once(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(monkeypatch, raising(GiveUp("no such page")))
    replayed.runner.run(replayed.promise_poll())
    job = replayed.job("poll")
    assert (job.state, job.attempts, job.last_error) == (JobState.DEAD, 1, "no such page")


def test_a_dead_job_whose_end_fails_keeps_no_other_back_and_is_tried_again(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[int] = []

    def end(_shop: Workshop, held: Claim) -> None:
        ended.append(held.id)
        if ended == [first]:
            raise RuntimeError

    stand_in(monkeypatch, raising(GiveUp("no such page")), dead=end)
    first = replayed.promise_poll("first")
    second = replayed.promise_poll("second")
    replayed.runner.run(first)
    assert told(replayed) == 0
    replayed.runner.run(second)
    assert ended == [first, first, second]
    assert told(replayed) == 4


def test_an_expired_lease_is_taken_again_and_the_late_writer_changes_nothing(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = replayed.promise_poll()
    slow = Runner(replayed.shop, "slow")

    def stall(shop: Workshop, held: Claim) -> None:
        """Sleep past the lease; meanwhile another worker does the job."""
        monkeypatch.undo()
        replayed.later(61)
        assert replayed.runner.run(job_id)
        with shop.store.transaction() as session:
            jobs.finish(session, held, now=NOW)

    stand_in(monkeypatch, stall)
    assert slow.run(job_id)
    job = replayed.job("poll")
    assert (job.state, job.fence, job.attempts) == (JobState.DONE, 2, 2)
    assert job.done_at == replayed.shop.at


def test_a_worker_that_died_every_time_leaves_a_job_that_is_buried_and_told_of(
    replayed: Replayed,
) -> None:
    replayed.promise_poll()
    for _ in range(KINDS["poll"][1]):
        replayed.claim("poll")
        replayed.later(61)
    with replayed.store.transaction() as session:
        assert jobs.bury_expired(session, now=replayed.shop.at) == [replayed.job("poll").id]
    assert attend_dead(replayed.shop) == 1
    assert told(replayed) == 2
