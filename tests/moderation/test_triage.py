"""What a proposal does to its item: where it stands, what is captured, and who is not told."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from moderation import invariants, triage
from moderation.access import system
from moderation.lifecycle import EvidenceState, ItemState
from moderation.model import Hit, Signal
from moderation.proposing import Proposal
from moderation.ranking import queue_rank
from moderation.tables import (
    EvidenceRow,
    IngestPageRow,
    ItemRow,
    JobRow,
    ProposalRow,
    SignalRow,
)
from moderation.targets import Confidence, Target
from moderation.taxonomy import Abuse, CheckFirst, Severity, TargetType
from tests.moderation.deeds import verbs
from tests.world import (
    CLEAR,
    NOW,
    ORG,
    POLICY,
    SIGNAL,
    UNSCORED,
    World,
    comment,
    hours,
    proposal,
)

LATER = NOW + hours(2)
NOBODY = Target(TargetType.NONE)


def stored(world: World) -> ItemRow:
    with world.store.reading() as session:
        return session.scalars(select(ItemRow)).one()


def proposals(world: World) -> list[ProposalRow]:
    with world.store.reading() as session:
        return list(session.scalars(select(ProposalRow).order_by(ProposalRow.version_seq)))


def evidence(world: World) -> list[tuple[int, EvidenceState]]:
    with world.store.reading() as session:
        rows = session.execute(
            select(EvidenceRow.version_seq, EvidenceRow.state).order_by(EvidenceRow.version_seq)
        )
        return [(row.version_seq, row.state) for row in rows]


def sound(world: World) -> bool:
    with world.store.reading() as session:
        return list(invariants.broken(session)) == []


def finish_classify_jobs(world: World) -> None:
    with world.store.transaction() as session:
        for job in session.scalars(select(JobRow).where(JobRow.kind == "classify")).all():
            session.delete(job)


def take_in(world: World, text: str, made: Proposal | None = None) -> None:
    with world.store.transaction() as session:
        world.ingest(session, comment("c", text), now=NOW)
    with world.store.transaction() as session:
        world.triage(session, made or proposal(), now=LATER)
    finish_classify_jobs(world)


def test_what_is_flagged_waits_for_a_person_and_its_evidence_is_wanted(world: World) -> None:
    take_in(world, "You are a useless clown")
    row = stored(world)
    assert (row.state, row.outcome, row.severity) == (ItemState.REVIEW, "flag", 2)
    assert (row.category, row.target_staff_id) == (Abuse.PERSONAL_ABUSE, "NM-1")
    assert (row.queue_rank, row.waiting_since) == (queue_rank(Severity.S2, urgent=False), NOW)
    assert evidence(world) == [(1, EvidenceState.WANTED)]
    with world.store.reading() as session:
        kinds = session.scalars(select(JobRow.kind)).all()
    assert kinds == ["capture"]
    assert sound(world)


def test_what_is_clear_waits_for_nobody_and_is_not_captured(world: World) -> None:
    take_in(world, "Thank you all", CLEAR)
    row = stored(world)
    assert (row.state, row.queue_rank, row.waiting_since) == (ItemState.CLEAR, None, None)
    assert evidence(world) == []
    assert sound(world)


def test_what_could_not_be_scored_goes_to_a_person_and_never_to_clear(world: World) -> None:
    take_in(world, "Diolch yn fawr", UNSCORED)
    row = stored(world)
    assert (row.state, row.outcome) == (ItemState.REVIEW, "unscored")
    assert queue_rank(Severity.S2, urgent=False) < (row.queue_rank or 0)
    assert (row.queue_rank or 0) < queue_rank(Severity.S1, urgent=False)
    assert sound(world)


@pytest.mark.parametrize(
    ("code", "urgent"),
    [
        (CheckFirst.EMERGENCY_REPORT, True),
        (CheckFirst.WELFARE_CONCERN, True),
        (CheckFirst.SAFEGUARDING_ALLEGATION, True),
        (CheckFirst.TERRORISM_SIGNAL, True),
        (CheckFirst.COMPLAINT, False),
    ],
)
def test_what_cannot_wait_stands_before_everything_else(
    world: World, code: CheckFirst, urgent: bool
) -> None:
    take_in(
        world, "Please", proposal(None, severity=Severity.S0, target=NOBODY, check_first=(code,))
    )
    row = stored(world)
    assert row.urgent is urgent
    assert (row.queue_rank == 0) is urgent


def test_the_proposal_is_kept_with_its_reasons_its_model_and_its_signals(world: World) -> None:
    signals = (
        SIGNAL,
        Signal("rules@3", hits=(Hit("threat.veiled", "It hints at a threat.", 3, 9),)),
        Signal("other@1", unscored="It is too long."),
        Signal("silent@1"),
    )
    with world.store.transaction() as session:
        world.ingest(session, comment("c", "some words"))
        unread = triage.to_read(session, session.scalars(select(IngestPageRow.id)).one())
        readings = [triage.Reading(one, signals, proposal(), "a" * 64) for one in unread]
        triage.record(session, readings, POLICY, actor=system("triage", ORG), now=NOW)
    kept = proposals(world)[0]
    assert kept.reasons == ["The model finds this likely an insult."]
    assert (kept.policy_revision, kept.model_sha256) == (POLICY.revision, "a" * 64)
    with world.store.reading() as session:
        rows = {row.detector: row for row in session.scalars(select(SignalRow))}
    assert set(rows) == {"test@1", "rules@3", "other@1"}
    assert rows["test@1"].scores == {"toxicity": 0.5, "insult": 0.5}
    assert rows["rules@3"].hits == [["threat.veiled", "It hints at a threat.", 3, 9]]
    assert (rows["other@1"].scores, rows["other@1"].unscored) == (None, "It is too long.")


def test_a_version_is_read_once(world: World) -> None:
    take_in(world, "You are a useless clown")
    before = verbs(world.store)
    with world.store.transaction() as session:
        page_id = session.scalars(select(IngestPageRow.id)).one()
        assert triage.to_read(session, page_id) == []
        triage.record(session, [], POLICY, actor=system("triage", ORG), now=NOW)
    assert verbs(world.store) == before


def test_how_sure_an_aim_is_and_the_words_that_show_it_are_kept(world: World) -> None:
    aim = Target(
        TargetType.NAMED_STAFF,
        staff_id="NM-1",
        words=("Banks",),
        why="It names her.",
        confidence=Confidence.UNSURE,
    )
    take_in(world, "Banks is a clown", proposal(target=aim))
    (kept,) = proposals(world)
    assert (kept.target_confidence, kept.target_words) == ("unsure", ["Banks"])
