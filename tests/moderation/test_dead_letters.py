"""Work that could not be done is told to a person once, and tried again at a person's word."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation import dead_letters, invariants, jobs
from moderation.access import Right, Role
from moderation.errors import NotAllowed, NotFound
from moderation.jobs import Claim
from moderation.tables import AlertRow, AuditBodyRow, JobRow, JobState
from tests.moderation.deeds import at_once, verbs
from tests.world import NOW, ORG, OTHER_ORG, World


def dead(world: World, kind: str = "act", ref: str = "1") -> Claim:
    """Let a job be given up."""
    with world.store.transaction() as session:
        job_id = jobs.promise(session, kind, ref, f"{kind}:{ref}", at=NOW)
        held = jobs.claim(session, job_id or 0, owner="test", now=NOW)
        assert held is not None
        jobs.bury(session, held, error="the platform said no")
    return held


def tell(world: World, held: Claim) -> None:
    with world.store.transaction() as session:
        dead_letters.tell(session, held, now=NOW)


def letters(world: World) -> list[tuple[str, str, str]]:
    with world.store.reading() as session:
        rows = session.scalars(select(AlertRow).order_by(AlertRow.id))
        return [(row.rule, row.about, row.recipient.partition("@")[2]) for row in rows]


def test_the_administrators_of_every_organisation_are_told(world: World) -> None:
    held = dead(world)
    tell(world, held)
    about = f"job:{held.id}"
    assert letters(world) == [
        ("AL10", about, f"{ORG}.example"),
        ("AL10", about, f"{OTHER_ORG}.example"),
    ]
    assert verbs(world.store).count("dead_letter_notified") == 2
    with world.store.reading() as session:
        assert jobs.untold(session) == []
        line = session.scalars(
            select(AuditBodyRow.body).where(AuditBodyRow.verb == "dead_letter_notified")
        ).first()
        # The reason may quote a platform, so it stays on the job.
        assert "said no" not in (line or "")
        assert list(invariants.broken(session)) == []


def test_a_dead_job_is_told_of_once_though_two_sweeps_find_it(world: World) -> None:
    held = dead(world)
    tell(world, held)
    tell(world, held)
    assert len(letters(world)) == 2
    assert verbs(world.store).count("dead_letter_notified") == 2


def test_two_sweeps_at_once_tell_once(world: World) -> None:
    held = dead(world)
    assert at_once([lambda: tell(world, held)] * 4) == [None] * 4
    assert verbs(world.store).count("dead_letter_notified") == 2


@pytest.mark.parametrize("kind", ["alert", "summary_mail"])
def test_a_letter_that_cannot_be_sent_is_told_of_on_the_page_alone(world: World, kind: str) -> None:
    held = dead(world, kind)
    tell(world, held)
    assert letters(world) == []
    assert verbs(world.store) == ["dead_letter_notified"] * 2
    with world.store.reading() as session:
        assert jobs.untold(session) == []


def test_a_job_that_was_tried_again_meanwhile_is_not_told_of(world: World) -> None:
    held = dead(world)
    with world.store.transaction() as session:
        jobs.replay(session, held.id, now=NOW)
    tell(world, held)
    assert (letters(world), verbs(world.store)) == ([], [])


def test_who_watches_over_the_service_sees_what_is_dead_newest_first(world: World) -> None:
    ids = [dead(world, ref=str(n)).id for n in range(3)]
    with world.store.transaction() as session:
        jobs.promise(session, "act", "alive", "act:alive", at=NOW)
    with world.store.reading() as session:
        for role in Role:
            actor = world.actor(role)
            if actor.may(Right.SEE_HEALTH):
                seen = [row.id for row in dead_letters.dead_jobs(session, actor=actor)]
                assert seen == ids[::-1]
            else:
                with pytest.raises(NotAllowed):
                    dead_letters.dead_jobs(session, actor=actor)


def test_a_dead_job_is_tried_again_with_a_line_and_told_of_anew(world: World) -> None:
    held = dead(world)
    tell(world, held)
    administrator = world.actor(Role.ADMINISTRATOR)
    with world.store.transaction() as session:
        dead_letters.try_again(session, held.id, actor=administrator, now=NOW)
    with world.store.reading() as session:
        row = session.scalars(select(JobRow).where(JobRow.id == held.id)).one()
    assert (row.state, row.attempts, row.told_at) == (JobState.READY, 0, None)
    assert verbs(world.store)[-1] == "job.replay"


def test_a_second_click_on_try_again_says_that_it_was_done(world: World) -> None:
    held = dead(world)
    lead = world.actor(Role.COMMS_LEAD)
    with world.store.transaction() as session:
        dead_letters.try_again(session, held.id, actor=lead, now=NOW)
    with (
        world.store.transaction() as session,
        pytest.raises(NotFound, match="tried it again already"),
    ):
        dead_letters.try_again(session, held.id, actor=lead, now=NOW)
    assert verbs(world.store).count("job.replay") == 1


def test_who_does_not_manage_accounts_has_nothing_tried_again(world: World) -> None:
    held = dead(world)
    with world.store.transaction() as session:
        for role in (Role.COMMS_MODERATOR, Role.AUDITOR, Role.HR_LEAD):
            with pytest.raises(NotAllowed):
                dead_letters.try_again(session, held.id, actor=world.actor(role), now=NOW)
        state = session.scalars(select(JobRow.state)).one()
    assert state is JobState.DEAD


def test_work_that_waits_too_long_is_counted_by_lane_the_most_urgent_first(world: World) -> None:
    late = NOW - dead_letters.PATIENCE - timedelta(seconds=1)
    with world.store.transaction() as session:
        for n, (kind, at) in enumerate(
            [("classify", late), ("act", NOW), ("classify", late), ("alert", late)]
        ):
            jobs.promise(session, kind, str(n), f"{kind}:{n}", at=at)
    with world.store.reading() as session:
        seen = dead_letters.waiting(session, actor=world.actor(Role.AUDITOR), now=NOW)
        with pytest.raises(NotAllowed):
            dead_letters.waiting(session, actor=world.actor(Role.HR_LEAD), now=NOW)
    assert [(one.words, one.count, one.since) for one in seen] == [
        ("Letters to send", 1, late),
        ("Pages of comments to read", 2, late),
    ]
