"""A job is promised with its fact, taken by one worker at a time, and settled by its holder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from moderation import invariants, jobs
from moderation.jobs import Claim, FencedError
from moderation.jobs.claiming import LEASE
from moderation.store import Store
from moderation.tables import JobRow, JobState, Lane, OrganisationRow
from tests.moderation.deeds import at_once, cut_off
from tests.world import NOW

LATER = NOW + LEASE + timedelta(seconds=1)


def promise(store: Store, name: str = "1", kind: str = "act", **when: datetime) -> int:
    """Promise one job and return its id."""
    with store.transaction() as session:
        made = jobs.promise(session, kind, name, f"{kind}:{name}", **{"at": NOW, **when})
    assert made is not None
    return made


def claim(store: Store, job_id: int, owner: str = "one", now: datetime = NOW) -> Claim | None:
    with store.transaction() as session:
        return jobs.claim(session, job_id, owner=owner, now=now)


def held(store: Store, job_id: int, owner: str = "one", now: datetime = NOW) -> Claim:
    found = claim(store, job_id, owner, now)
    assert found is not None
    return found


def row(store: Store, job_id: int) -> JobRow:
    with store.reading() as session:
        return session.scalars(select(JobRow).where(JobRow.id == job_id)).one()


def test_a_job_is_there_with_its_fact(store: Store) -> None:
    with store.transaction() as session:
        session.add(OrganisationRow(id="fact", name="fact", created_at=NOW))
        job_id = jobs.promise(session, "classify", "7", "classify:7", at=NOW)
    kept = row(store, job_id or 0)
    assert (kept.lane, kept.state, kept.ref) == (Lane.CLASSIFY, JobState.READY, "7")
    assert (kept.attempts, kept.max_attempts, kept.run_after) == (0, 4, NOW)


def test_a_job_is_gone_with_its_fact(store: Store) -> None:
    with cut_off(store) as session:
        session.add(OrganisationRow(id="fact", name="fact", created_at=NOW))
        assert jobs.promise(session, "act", "7", "act:7", at=NOW) is not None
    with store.reading() as session:
        assert session.scalars(select(OrganisationRow.id)).all() == []
        assert session.scalars(select(JobRow.id)).all() == []


def test_the_same_operation_promised_twice_is_one_job(store: Store) -> None:
    first = promise(store)
    with store.transaction() as session:
        assert jobs.promise(session, "act", "1", "act:1", at=LATER) is None
    assert row(store, first).run_after == NOW


def test_the_same_operation_promised_by_eight_at_once_is_one_job(store: Store) -> None:
    def promise_it() -> int | None:
        with store.transaction() as session:
            return jobs.promise(session, "act", "1", "act:1", at=NOW)

    made = [job_id for job_id in at_once([promise_it] * 8) if job_id is not None]
    assert len(made) == 1
    with store.reading() as session:
        assert session.scalars(select(JobRow.id)).all() == made


@pytest.mark.parametrize("kind", jobs.KINDS)
def test_every_kind_of_work_goes_to_its_lane_with_its_number_of_tries(
    store: Store, kind: str
) -> None:
    kept = row(store, promise(store, kind=kind))
    assert (kept.lane, kept.max_attempts) == jobs.KINDS[kind]
    with store.reading() as session:
        assert jobs.lane_of(session, kept.id) is kept.lane
        assert jobs.lane_of(session, kept.id + 1) is None


def test_a_claim_counts_the_attempt_and_raises_the_fence_before_the_work(store: Store) -> None:
    job_id = promise(store)
    found = held(store, job_id)
    assert (found.id, found.lane, found.kind, found.ref) == (job_id, Lane.ACT, "act", "1")
    assert (found.attempts, found.fence, found.max_attempts) == (1, 1, 8)
    kept = row(store, job_id)
    assert (kept.state, kept.attempts, kept.fence) == (JobState.LEASED, 1, 1)
    assert (kept.lease_owner, kept.lease_until) == ("one", NOW + LEASE)


def test_a_claim_that_is_rolled_back_took_nothing(store: Store) -> None:
    job_id = promise(store)
    with cut_off(store) as session:
        assert jobs.claim(session, job_id, owner="one", now=NOW) is not None
    assert (row(store, job_id).state, row(store, job_id).attempts) == (JobState.READY, 0)


def test_a_message_that_is_early_doubled_stale_or_unknown_is_dropped(store: Store) -> None:
    early = promise(store, "early", after=LATER)
    taken, done = promise(store, "taken"), promise(store, "done")
    held(store, taken)
    finished = held(store, done)
    with store.transaction() as session:
        jobs.finish(session, finished, now=NOW)
    for job_id in (early, taken, done, 10**9):
        assert claim(store, job_id, "two") is None


def test_a_lease_that_ran_out_is_taken_over_and_one_that_holds_is_not(store: Store) -> None:
    job_id = promise(store)
    held(store, job_id)
    assert claim(store, job_id, "two", NOW + LEASE) is None
    second = held(store, job_id, "two", LATER)
    assert (second.attempts, second.fence) == (2, 2)


def test_a_job_without_tries_left_is_not_taken_again(store: Store) -> None:
    job_id = promise(store, kind="poll")
    at = NOW
    for _ in range(jobs.KINDS["poll"][1]):
        assert held(store, job_id, now=at).id == job_id
        at += LEASE + timedelta(seconds=1)
    assert claim(store, job_id, now=at) is None
    with store.transaction() as session:
        assert jobs.claim_next(session, Lane.INGEST, owner="one", now=at) is None
        assert jobs.due(session, Lane.INGEST, now=at, limit=9) == []


def test_the_database_refuses_an_attempt_too_many(store: Store) -> None:
    job_id = promise(store)
    too_many = update(JobRow).where(JobRow.id == job_id).values(attempts=9)
    with cut_off(store) as session, pytest.raises(IntegrityError):
        session.execute(too_many)


def test_eight_claimers_of_one_job_have_one_winner_each_time(store: Store) -> None:
    ids = [promise(store, str(n)) for n in range(12)]

    def take_all(owner: str) -> list[int]:
        return [job_id for job_id in ids if claim(store, job_id, owner) is not None]

    taken = at_once([partial(take_all, str(n)) for n in range(8)])
    winners = [job_id for won in taken if not isinstance(won, Exception) for job_id in won]
    assert sorted(winners) == ids
    assert {(row(store, n).attempts, row(store, n).fence) for n in ids} == {(1, 1)}


def test_eight_claimers_of_a_lane_take_each_job_once(store: Store) -> None:
    ids = [promise(store, str(n)) for n in range(24)]

    def drain(owner: str) -> list[int]:
        mine: list[int] = []
        while True:
            with store.transaction() as session:
                found = jobs.claim_next(session, Lane.ACT, owner=owner, now=NOW)
            if found is None:
                return mine
            mine.append(found.id)

    taken = at_once([partial(drain, str(n)) for n in range(8)])
    winners = [job_id for won in taken if not isinstance(won, Exception) for job_id in won]
    assert sorted(winners) == ids


def test_the_longest_due_job_of_a_lane_is_taken_first(store: Store) -> None:
    third = promise(store, "third", after=NOW + timedelta(seconds=2))
    first = promise(store, "first", after=NOW)
    second = promise(store, "second", after=NOW + timedelta(seconds=1))
    promise(store, "another lane", kind="capture", after=NOW)
    with store.transaction() as session:
        assert jobs.due(session, Lane.ACT, now=LATER, limit=2) == [first, second]
    order = []
    for _ in range(4):
        with store.transaction() as session:
            found = jobs.claim_next(session, Lane.ACT, owner="one", now=LATER)
            order.append(found and found.id)
    assert order == [first, second, third, None]


def test_late_writers_are_refused_and_what_they_wrote_with_it(store: Store) -> None:
    job_id = promise(store)
    late = held(store, job_id)
    second = held(store, job_id, "two", LATER)
    settle: dict[str, Callable[[Session], object]] = {
        "finish": lambda s: jobs.finish(s, late, now=LATER),
        "retry": lambda s: jobs.retry(s, late, error="x", now=LATER),
        "wait": lambda s: jobs.wait(s, late, until=LATER),
        "bury": lambda s: jobs.bury(s, late, error="x"),
        "mark": lambda s: jobs.mark(s, late, "x"),
        "renew": lambda s: jobs.renew(s, late, now=LATER),
    }

    def write_late(name: str) -> None:
        with store.transaction() as session:
            session.add(OrganisationRow(id=name, name=name, created_at=NOW))
            settle[name](session)

    for name in settle:
        with pytest.raises(FencedError, match="no longer held"):
            write_late(name)
    with store.transaction() as session:
        assert session.scalars(select(OrganisationRow.id)).all() == []
        jobs.finish(session, second, now=LATER)
    assert row(store, job_id).state is JobState.DONE


def test_a_job_is_finished_once(store: Store) -> None:
    job_id = promise(store)
    found = held(store, job_id)
    with store.transaction() as session:
        jobs.finish(session, found, now=NOW)
    with store.transaction() as session, pytest.raises(FencedError):
        jobs.finish(session, found, now=NOW)
    kept = row(store, job_id)
    assert (kept.state, kept.done_at, kept.lease_owner) == (JobState.DONE, NOW, None)
    with store.reading() as session:
        assert list(invariants.broken(session)) == []
