"""What follows an attempt: again later, waiting without loss, dead, replayed, published, pruned."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation import jobs
from moderation.jobs.claiming import LEASE
from moderation.jobs.settling import BACKOFF_CAP_S
from moderation.store import Store
from moderation.tables import JobRow, JobState, Lane
from tests.moderation.test_jobs import LATER, claim, held, promise, row
from tests.world import NOW


def fail(store: Store, job_id: int, **more: float) -> JobState:
    """Take the job when it is due and let the attempt fail."""
    at = max(row(store, job_id).run_after, NOW)
    found = held(store, job_id, now=at)
    with store.transaction() as session:
        return jobs.retry(session, found, error="the platform was busy", now=at, **more)


def pause_after_failure(store: Store, job_id: int, **more: float) -> float:
    before = max(row(store, job_id).run_after, NOW)
    fail(store, job_id, **more)
    return (row(store, job_id).run_after - before).total_seconds()


def test_a_failed_attempt_comes_back_later_each_time(store: Store) -> None:
    job_id = promise(store)
    for attempt in range(1, 8):
        pause = pause_after_failure(store, job_id)
        assert 2.0**attempt / 2 <= pause <= 2.0**attempt
        kept = row(store, job_id)
        assert (kept.state, kept.attempts) == (JobState.READY, attempt)
        assert (kept.lease_owner, kept.lease_until) == (None, None)
        assert kept.last_error == "the platform was busy"


def test_the_pause_has_an_upper_end(store: Store) -> None:
    job_id = promise(store, kind="alert")
    pauses = [pause_after_failure(store, job_id) for _ in range(11)]
    assert pauses[-1] <= BACKOFF_CAP_S < 2.0**11
    assert pauses[-1] >= BACKOFF_CAP_S / 2


def test_jobs_that_fail_together_do_not_come_back_together(store: Store) -> None:
    ids = [promise(store, str(n)) for n in range(8)]
    assert len({pause_after_failure(store, job_id) for job_id in ids}) > 1


def test_the_pause_is_never_shorter_than_what_the_other_side_asked_for(store: Store) -> None:
    assert pause_after_failure(store, promise(store), after_s=300.0) == 300.0
    assert pause_after_failure(store, promise(store, "2"), after_s=0.1) >= 1.0


def test_the_last_failure_buries_the_job(store: Store) -> None:
    job_id = promise(store, kind="poll")
    assert [fail(store, job_id) for _ in range(3)] == [
        JobState.READY,
        JobState.READY,
        JobState.DEAD,
    ]
    kept = row(store, job_id)
    assert (kept.state, kept.attempts) == (JobState.DEAD, 3)
    assert kept.last_error == "the platform was busy"
    assert claim(store, job_id, now=LATER + timedelta(days=1)) is None


def test_a_job_can_be_given_up_at_once(store: Store) -> None:
    job_id = promise(store)
    found = held(store, job_id)
    with store.transaction() as session:
        assert jobs.bury(session, found, error="no such item") is JobState.DEAD
    assert (row(store, job_id).state, row(store, job_id).attempts) == (JobState.DEAD, 1)


def test_waiting_gives_the_attempt_back_and_never_kills_a_job(store: Store) -> None:
    job_id = promise(store, kind="poll")
    at = NOW
    for turn in range(1, 10):
        found = held(store, job_id, now=at)
        assert (found.attempts, found.fence, found.is_last) == (1, turn, False)
        at += timedelta(seconds=5)
        with store.transaction() as session:
            jobs.wait(session, found, until=at)
        kept = row(store, job_id)
        assert (kept.state, kept.attempts, kept.run_after) == (JobState.READY, 0, at)
        assert claim(store, job_id, now=at - timedelta(seconds=1)) is None


def test_a_marker_outlives_the_attempt_that_set_it(store: Store) -> None:
    job_id = promise(store)
    found = held(store, job_id)
    with store.transaction() as session:
        jobs.mark(session, found, "sent")
    assert held(store, job_id, "two", LATER).note == "sent"


def test_a_marker_may_come_with_the_wait_and_stays_where_none_is_given(store: Store) -> None:
    job_id = promise(store)
    for note in ("sent", None):
        found = held(store, job_id)
        with store.transaction() as session:
            jobs.wait(session, found, until=NOW, note=note)
        assert row(store, job_id).note == "sent"


def test_a_renewed_lease_holds_longer(store: Store) -> None:
    job_id = promise(store)
    found = held(store, job_id)
    with store.transaction() as session:
        jobs.renew(session, found, now=NOW + timedelta(seconds=30))
    assert claim(store, job_id, "two", LATER) is None
    assert claim(store, job_id, "two", LATER + timedelta(seconds=30)) is not None


def test_work_that_killed_its_worker_every_time_is_buried(store: Store) -> None:
    doomed, orphan, held_now, ready = (promise(store, name, kind="poll") for name in "1234")
    at = NOW
    held(store, orphan, now=at)
    for _ in range(3):
        held(store, doomed, now=at)
        at += LEASE + timedelta(seconds=1)
    held(store, held_now, now=at)
    with store.transaction() as session:
        assert jobs.bury_expired(session, now=at - timedelta(seconds=2)) == []
        assert jobs.bury_expired(session, now=at) == [doomed]
        assert jobs.bury_expired(session, now=at) == []
    assert row(store, doomed).last_error == "the worker died at every attempt"
    states = [row(store, job_id).state for job_id in (orphan, held_now, ready)]
    assert states == [JobState.LEASED, JobState.LEASED, JobState.READY]


def test_the_dead_that_nobody_was_told_of_are_found(store: Store) -> None:
    dead, told, alive = promise(store, "dead"), promise(store, "told"), promise(store, "alive")
    for job_id in (dead, told):
        found = held(store, job_id)
        with store.transaction() as session:
            jobs.bury(session, found, error="x")
    with store.transaction() as session:
        session.scalars(select(JobRow).where(JobRow.id == told)).one().told_at = NOW
    with store.reading() as session:
        assert [found.id for found in jobs.untold(session)] == [dead]
    assert claim(store, alive) is not None


def test_a_person_has_a_dead_job_tried_again_from_the_start(store: Store) -> None:
    job_id = promise(store, kind="poll")
    for _ in range(3):
        fail(store, job_id)
    with store.transaction() as session:
        assert jobs.replay(session, job_id, now=LATER)
        assert not jobs.replay(session, job_id, now=LATER)
    kept = row(store, job_id)
    assert (kept.state, kept.attempts, kept.told_at) == (JobState.READY, 0, None)
    assert (kept.run_after, kept.fence) == (LATER, 3)
    assert held(store, job_id, now=LATER).fence == 4


def test_only_what_was_done_long_ago_is_pruned(store: Store) -> None:
    old, new, dead, ready = (promise(store, name) for name in "1234")
    for job_id, at in ((old, NOW), (new, LATER)):
        found = held(store, job_id)
        with store.transaction() as session:
            jobs.finish(session, found, now=at)
    buried = held(store, dead)
    with store.transaction() as session:
        jobs.bury(session, buried, error="x")
    with store.transaction() as session:
        assert jobs.prune(session, before=LATER) == 1
        assert set(session.scalars(select(JobRow.id))) == {new, dead, ready}


def publish(store: Store, seconds: float, *, only_old: bool, limit: int = 9) -> list[int]:
    with store.transaction() as session:
        return jobs.to_publish(
            session,
            Lane.ACT,
            now=NOW + timedelta(seconds=seconds),
            limit=limit,
            only_old=only_old,
        )


@pytest.mark.parametrize(("only_old", "again_after"), [(True, 60), (False, 1)])
def test_what_was_sent_is_sent_again_only_after_its_while(
    store: Store, only_old: bool, again_after: int
) -> None:
    job_id = promise(store)
    assert publish(store, 0, only_old=only_old) == [job_id]
    assert publish(store, again_after, only_old=only_old) == []
    assert publish(store, again_after + 0.5, only_old=only_old) == [job_id]


def test_only_due_jobs_of_the_lane_are_sent_the_longest_due_first(store: Store) -> None:
    second = promise(store, "2", after=NOW + timedelta(seconds=1))
    first, taken = promise(store, "1"), promise(store, "taken")
    promise(store, "later", after=NOW + timedelta(hours=1))
    promise(store, "elsewhere", kind="capture")
    held(store, taken)
    assert publish(store, 2, only_old=False, limit=1) == [first]
    assert publish(store, 2, only_old=False) == [second]
    assert publish(store, LEASE.total_seconds() + 1, only_old=False) == [first, taken, second]
