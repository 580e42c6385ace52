"""A seal is stamped by every authority that is set up, now or later; each stamp is on record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from moderation import jobs
from moderation.evidence import capture, stamps
from moderation.evidence.stamps import Token
from moderation.store import Store
from moderation.tables import EvidenceRow, JobRow, JobState, Lane, Stamped, TimeStampRow
from tests.moderation.deeds import cut_off, verbs
from tests.world import NOW, World

LATER = NOW + timedelta(seconds=40)
TOKEN = Token(NOW + timedelta(seconds=39), "2A")


@pytest.fixture
def stamping(world: World) -> World:
    """A world with two authorities."""
    world.store.authorities = ("first", "second")
    return world


def captured(world: World) -> EvidenceRow:
    with world.store.transaction() as session:
        return world.capture(session, world.item(session))


def stamps_of(store: Store, evidence_id: int) -> tuple[stamps.Stamp, ...]:
    with store.reading() as session:
        return stamps.of(session, Stamped.EVIDENCE, evidence_id)


def stamp_jobs(store: Store) -> list[JobRow]:
    with store.reading() as session:
        return list(session.scalars(select(JobRow).where(JobRow.kind == stamps.KIND)))


def rows(store: Store) -> list[TimeStampRow]:
    with store.reading() as session:
        return list(session.scalars(select(TimeStampRow).order_by(TimeStampRow.id)))


def test_a_capture_wants_a_stamp_of_each_authority_in_the_same_commit(stamping: World) -> None:
    with cut_off(stamping.store) as session:
        stamping.capture(session, stamping.item(session))
    assert rows(stamping.store) == []
    row = captured(stamping)
    found = stamps_of(stamping.store, row.id)
    assert [(one.authority, one.state, one.why) for one in found] == [
        ("first", "wanted", ""),
        ("second", "wanted", ""),
    ]
    assert {one.sha256 for one in rows(stamping.store)} == {row.sha256}
    assert [(job.lane, job.state) for job in stamp_jobs(stamping.store)] == [
        (Lane.STAMP, JobState.READY)
    ] * 2


def test_with_no_authority_nothing_is_wanted(world: World) -> None:
    row = captured(world)
    assert stamps_of(world.store, row.id) == ()
    assert stamp_jobs(world.store) == []


def test_wanting_twice_is_wanting_once(stamping: World) -> None:
    row = captured(stamping)
    assert row.sha256 is not None
    with stamping.store.transaction() as session:
        stamps.want(session, Stamped.EVIDENCE, row.id, row.sha256, LATER)
    assert len(rows(stamping.store)) == len(stamp_jobs(stamping.store)) == 2


def test_seals_from_before_an_authority_are_stamped_by_it_too(world: World) -> None:
    made = [captured(world) for _ in range(3)]
    with world.store.transaction() as session:
        assert stamps.want_missing(session, "late", NOW, limit=2) == 2
    with world.store.transaction() as session:
        assert stamps.want_missing(session, "late", NOW, limit=2) == 1
    with world.store.transaction() as session:
        assert stamps.want_missing(session, "late", NOW, limit=2) == 0
    assert {one.subject_id for one in rows(world.store)} == {row.id for row in made}
    assert len(stamp_jobs(world.store)) == 3


def test_what_is_wanted_and_not_captured_yet_is_not_stamped(world: World) -> None:
    with world.store.transaction() as session:
        item = world.item(session)
        capture.want(session, item.id, item.version, "system:test", NOW)
        assert stamps.want_missing(session, "late", NOW, limit=9) == 0


def test_a_stamp_that_is_had_stays_and_has_its_line(stamping: World) -> None:
    row = captured(stamping)
    [first, _] = rows(stamping.store)
    with stamping.store.transaction() as session:
        wanted = stamps.wanted(session, first.id)
        assert wanted is not None
        stamps.refused(session, wanted, "The authority answered with status 500.", NOW)
    assert stamps_of(stamping.store, row.id)[0].why == "The authority answered with status 500."
    for _ in range(2):
        with stamping.store.transaction() as session:
            stamps.had(session, wanted, TOKEN, "b" * 64, LATER)
            stamps.refused(session, wanted, "too late to matter", LATER)
    [had, waited] = stamps_of(stamping.store, row.id)
    assert (had.state, had.stamped_at, had.serial, had.token_sha256, had.why) == (
        "had",
        TOKEN.stamped_at,
        "2A",
        "b" * 64,
        "",
    )
    assert waited.state == "wanted"
    assert verbs(stamping.store).count("evidence.stamp") == 1
    with stamping.store.reading() as session:
        assert stamps.wanted(session, first.id) is None
        assert stamps.wanted(session, 12345) is None


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE time_stamp SET token_sha256 = 'c' WHERE token_sha256 IS NOT NULL",
        "UPDATE time_stamp SET sha256 = 'c' WHERE token_sha256 IS NULL",
        "DELETE FROM time_stamp",
    ],
)
def test_the_database_itself_keeps_stamps_as_they_are(stamping: World, harm: str) -> None:
    captured(stamping)
    with stamping.store.transaction() as session:
        wanted = stamps.wanted(session, rows(stamping.store)[0].id)
        assert wanted is not None
        stamps.had(session, wanted, TOKEN, "b" * 64, LATER)
    with cut_off(stamping.store) as session, pytest.raises(DBAPIError, match="a time stamp"):
        session.execute(text(harm))


def test_a_stamps_dead_job_is_put_back_to_work(stamping: World) -> None:
    captured(stamping)
    with stamping.store.transaction() as session:
        held = jobs.claim_next(session, Lane.STAMP, owner="test", now=NOW)
        assert held is not None
        jobs.bury(session, held, error="the worker died at every attempt")
    with stamping.store.transaction() as session:
        assert stamps.revive(session, NOW) == 1
    assert {job.state for job in stamp_jobs(stamping.store)} == {JobState.READY}


def test_a_seal_that_was_erased_before_its_stamp_is_waited_for_no_more(stamping: World) -> None:
    row = captured(stamping)
    with stamping.store.transaction() as session:
        session.get_one(EvidenceRow, row.id).erased_at = LATER
    with stamping.store.reading() as session:
        assert [stamps.wanted(session, one.id) for one in rows(stamping.store)] == [None, None]
        assert [one.wanted for one in stamps.standing(session)] == [0, 0]
    with stamping.store.transaction() as session:
        assert stamps.want_missing(session, "third", LATER, limit=9) == 0


def test_how_the_stamps_of_each_authority_stand_can_be_told(stamping: World) -> None:
    captured(stamping)
    with stamping.store.transaction() as session:
        first, second = (stamps.wanted(session, one.id) for one in rows(stamping.store))
        assert first is not None
        assert second is not None
        stamps.had(session, first, TOKEN, "b" * 64, LATER)
        stamps.refused(session, second, "The authority did not answer in time.", LATER)
    with stamping.store.reading() as session:
        had, waited = stamps.standing(session)
    assert (had.authority, had.had, had.wanted, had.since, had.why) == ("first", 1, 0, None, "")
    assert (waited.had, waited.wanted, waited.since) == (0, 1, NOW)
    assert waited.why == "The authority did not answer in time."
