"""Words that change are read again, each version once, and what a person found is not forgotten."""

from __future__ import annotations

from sqlalchemy import select

from moderation import triage
from moderation.lifecycle import EvidenceState, ItemState
from moderation.proposing import Outcome
from moderation.tables import IngestPageRow, ItemRow
from moderation.taxonomy import Abuse, Severity
from moderation.triage.earlier import EDITED_AWAY, EDITED_SINCE
from tests.moderation.deeds import NOT_ABUSE, decide
from tests.moderation.test_triage import (
    evidence,
    finish_classify_jobs,
    proposals,
    sound,
    stored,
    take_in,
)
from tests.world import CLEAR, World, comment, deleted, proposal


def test_an_edited_item_goes_through_again(world: World) -> None:
    take_in(world, "Nice one", CLEAR)
    take_in(world, "You are a useless clown", proposal(severity=Severity.S2))
    row = stored(world)
    assert (row.state, row.version, row.severity) == (ItemState.REVIEW, 2, 2)
    assert [(p.version_seq, p.outcome) for p in proposals(world)] == [(1, "clear"), (2, "flag")]
    assert sound(world)


def test_abuse_edited_to_mild_words_stays_before_people_as_what_it_was(world: World) -> None:
    take_in(world, "You are a useless clown")
    take_in(world, "Nice one", CLEAR)
    row = stored(world)
    assert (row.state, row.category, row.severity) == (
        ItemState.REVIEW,
        Abuse.PERSONAL_ABUSE,
        Severity.S2,
    )
    assert proposals(world)[-1].reasons[0] == EDITED_AWAY
    assert evidence(world) == [(1, EvidenceState.WANTED), (2, EvidenceState.WANTED)]
    assert sound(world)


def test_abuse_that_was_edited_to_mild_words_comes_back_with_the_reason(world: World) -> None:
    take_in(world, "You are a useless clown")
    with world.store.transaction() as session:
        decide(world, session, session.scalars(select(ItemRow)).one())
    take_in(world, "Nice one", CLEAR)
    assert stored(world).state is ItemState.REVIEW
    last = proposals(world)[-1]
    assert (last.outcome, last.reasons[0]) == (Outcome.FLAG, EDITED_SINCE)
    assert evidence(world) == [(1, EvidenceState.WANTED), (2, EvidenceState.WANTED)]
    assert sound(world)


def test_criticism_that_was_edited_to_mild_words_stays_clear(world: World) -> None:
    take_in(world, "You are a useless clown")
    with world.store.transaction() as session:
        decide(world, session, session.scalars(select(ItemRow)).one(), NOT_ABUSE)
    take_in(world, "Nice one", CLEAR)
    assert stored(world).state is ItemState.CLEAR


def test_two_versions_in_one_page_are_both_read_and_the_last_one_counts(world: World) -> None:
    with world.store.transaction() as session:
        world.ingest(session, comment("c", "abuse"), comment("c", "sorry"))
    with world.store.transaction() as session:
        page_id = session.scalars(select(IngestPageRow.id)).one()
        read = triage.to_read(session, page_id)
        assert [(one.text, one.is_latest) for one in read] == [("abuse", False), ("sorry", True)]
        world.triage(session, {"abuse": proposal(), "sorry": CLEAR})
    finish_classify_jobs(world)
    row = stored(world)
    # What was edited away is what people have to see.
    assert (row.state, row.outcome, row.severity) == (ItemState.REVIEW, "flag", 2)
    assert evidence(world) == [(1, EvidenceState.WANTED), (2, EvidenceState.WANTED)]
    assert sound(world)


def test_a_version_overtaken_before_it_was_read_moves_nothing(world: World) -> None:
    with world.store.transaction() as session:
        world.ingest(session, comment("c", "sorry"))
        world.ingest(session, comment("c", "abuse"))
    with world.store.transaction() as session:
        world.triage(session, {"sorry": CLEAR, "abuse": proposal()})
    row = stored(world)
    assert (row.state, row.outcome, row.severity) == (ItemState.REVIEW, "flag", 2)


def test_an_item_deleted_before_it_was_read_still_goes_to_a_person(world: World) -> None:
    with world.store.transaction() as session:
        world.ingest(session, comment("c", "abuse"))
        world.ingest(session, deleted("c"))
    with world.store.transaction() as session:
        world.triage(session, proposal())
    finish_classify_jobs(world)
    assert stored(world).state is ItemState.REVIEW
    assert evidence(world) == [(1, EvidenceState.WANTED)]
    assert sound(world)


def test_a_page_opened_before_triage_is_out_of_date_after_it(world: World) -> None:
    with world.store.transaction() as session:
        world.ingest(session, comment("c", "abuse"))
    before = stored(world).revision
    with world.store.transaction() as session:
        world.triage(session, proposal())
    assert stored(world).revision == before + 1


def test_the_same_words_seen_again_are_not_read_again(world: World) -> None:
    take_in(world, "You are a useless clown")
    before = stored(world)
    take_in(world, "You are a useless clown", CLEAR)
    row = stored(world)
    assert (row.state, row.category, row.revision) == (
        ItemState.REVIEW,
        Abuse.PERSONAL_ABUSE,
        before.revision,
    )
    assert [kept.outcome for kept in proposals(world)] == [Outcome.FLAG]
