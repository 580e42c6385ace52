"""A hold begins by a person or by what happens, is seen where it is, and ends by a person alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from moderation import holds
from moderation.access import Actor, Role
from moderation.cases import notes, triage
from moderation.cases.codes import Consent, Step
from moderation.cases.notes import Done
from moderation.cases.opening import Opening, open_case
from moderation.cases.triage import Police
from moderation.errors import Conflict, InvalidInput, NotAllowed, NotFound
from moderation.tables import AuditBodyRow, CaseRow, HoldReason, ItemRow, LegalHoldRow
from moderation.taxonomy import Severity
from tests.moderation.deeds import ABUSE, decide, form
from tests.world import NOW, OTHER_ORG, REASON, World

LATER = NOW + timedelta(days=91)


@pytest.fixture
def item(world: World) -> ItemRow:
    with world.store.transaction() as session:
        return world.item(session)


def begin(session: Session, what: int | str, actor: Actor, form_id: str = "") -> LegalHoldRow:
    return holds.begin(
        session,
        what,
        HoldReason.CLAIM,
        note="A solicitor has written to us.",
        form_id=form_id or form(),
        actor=actor,
        now=NOW,
    )


def case_of(world: World, session: Session, item: ItemRow, role: Role = Role.HR_LEAD) -> CaseRow:
    return open_case(
        session, item.id, Opening(REASON), form_id=form(), actor=world.actor(role), now=NOW
    )


def reasons(session: Session) -> list[HoldReason]:
    query = select(LegalHoldRow.reason).where(holds.live()).order_by(LegalHoldRow.id)
    return list(session.scalars(query))


@pytest.mark.parametrize(
    "role", [Role.HR_ADVISER, Role.HR_LEAD, Role.SAFEGUARDING_LEAD, Role.AUDITOR]
)
def test_these_roles_begin_a_hold_on_what_they_see(world: World, role: Role) -> None:
    with world.store.transaction() as session:
        row = world.item(session)
        row.urgent = True
        session.flush()
        actor = replace(world.actor(role), look_reason=REASON)
        held = begin(session, row.id, actor)
        assert holds.held_items(session, [row.id])
    assert held.begun_by == actor.ref
    assert held.review_on == (NOW + holds.REVIEW_AFTER).date()


@pytest.mark.parametrize("role", [Role.COMMS_MODERATOR, Role.COMMS_LEAD, Role.ADMINISTRATOR])
def test_others_cannot(world: World, item: ItemRow, role: Role) -> None:
    with world.store.transaction() as session, pytest.raises(NotAllowed):
        begin(session, item.id, world.actor(role))


@pytest.mark.parametrize("role", [Role.HR_ADVISER, Role.SAFEGUARDING_LEAD, Role.COMMS_LEAD])
def test_only_the_hr_lead_and_the_auditor_end_one(world: World, item: ItemRow, role: Role) -> None:
    with world.store.transaction() as session:
        row = begin(session, item.id, world.actor(Role.HR_LEAD))
    with world.store.transaction() as session, pytest.raises(NotAllowed):
        holds.end(session, row.id, reason=REASON, actor=world.actor(role), now=LATER)
    for ender in (Role.AUDITOR, Role.HR_LEAD):
        with world.store.transaction() as session:
            row = begin(session, item.id, world.actor(Role.HR_LEAD))
            holds.end(session, row.id, reason=REASON, actor=world.actor(ender), now=LATER)
            session.flush()
            assert (row.ended_at, row.end_reason) == (LATER, REASON)


def test_what_is_not_theirs_to_see_cannot_be_held_or_found(world: World, item: ItemRow) -> None:
    stranger = world.actor(Role.HR_LEAD, OTHER_ORG)
    with world.store.transaction() as session:
        row = begin(session, item.id, world.actor(Role.HR_LEAD))
        case = case_of(world, session, item)
        on_case = begin(session, case.ref, world.actor(Role.HR_LEAD))
    with world.store.transaction() as session:
        for what in (item.id, case.ref):
            with pytest.raises(NotFound):
                begin(session, what, stranger)
        for hold in (row, on_case):
            with pytest.raises(NotFound):
                holds.end(session, hold.id, reason=REASON, actor=stranger, now=LATER)
        moderator = world.actor(Role.COMMS_MODERATOR)
        assert [one.id for one in holds.on_item(session, item.id, actor=moderator)] == [row.id]


def test_a_double_click_is_one_hold_and_a_hold_needs_its_reason(
    world: World, item: ItemRow
) -> None:
    lead, form_id = world.actor(Role.HR_LEAD), form()
    with world.store.transaction() as session:
        first = begin(session, item.id, lead, form_id)
        assert begin(session, item.id, lead, form_id).id == first.id
        with pytest.raises(InvalidInput, match="15 characters"):
            holds.begin(
                session,
                item.id,
                HoldReason.OTHER,
                note="because",
                form_id=form(),
                actor=lead,
                now=NOW,
            )
        with pytest.raises(InvalidInput, match="15 characters"):
            holds.end(session, first.id, reason="done", actor=lead, now=NOW)


def test_a_hold_on_a_case_holds_its_items(world: World, item: ItemRow) -> None:
    lead = world.actor(Role.HR_LEAD)
    with world.store.transaction() as session:
        case = case_of(world, session, item)
        assert not holds.held_items(session, [item.id])
        row = begin(session, case.ref, lead)
        assert holds.held_items(session, [item.id])
        holds.end(session, row.id, reason=REASON, actor=lead, now=LATER)
        assert not holds.held_items(session, [item.id])
        with pytest.raises(Conflict):
            holds.end(session, row.id, reason=REASON, actor=lead, now=LATER)


def test_a_look_after_ninety_days_keeps_it_for_ninety_more(world: World, item: ItemRow) -> None:
    lead = world.actor(Role.HR_LEAD)
    with world.store.transaction() as session:
        row = begin(session, item.id, lead)
        assert holds.to_review(session, actor=lead, now=NOW + timedelta(days=89)) == []
        assert holds.to_review(session, actor=lead, now=LATER) == [row]
        assert (
            holds.review(session, row.id, actor=lead, now=LATER)
            == (LATER + holds.REVIEW_AFTER).date()
        )
        assert holds.to_review(session, actor=lead, now=LATER) == []


def test_the_most_serious_decision_begins_a_hold_once(world: World, item: ItemRow) -> None:
    serious = replace(ABUSE, severity=Severity.S4)
    with world.store.transaction() as session:
        row = session.get_one(ItemRow, item.id)
        decide(world, session, row, ABUSE)
        assert reasons(session) == []
        decide(world, session, row, serious)
        decide(world, session, row, serious)
        assert reasons(session) == [HoldReason.SERIOUS]
        begun = session.scalars(select(LegalHoldRow)).one()
        assert begun.begun_by == "system:retention"
        lead = world.actor(Role.HR_LEAD)
        holds.end(session, begun.id, reason=REASON, actor=lead, now=NOW)
        decide(world, session, row, serious)
        assert reasons(session) == [HoldReason.SERIOUS], "it was decided anew"


def test_a_decision_about_the_police_and_a_report_to_them_begin_a_hold(
    world: World, item: ItemRow
) -> None:
    lead = world.actor(Role.HR_LEAD)
    with world.store.transaction() as session:
        case = case_of(world, session, item)
        police = Police(Consent.YES, "Reported to the police today.")
        triage.save_police(
            session,
            case.ref,
            police,
            revision=case.revision,
            form_id=form(),
            actor=lead,
            now=NOW,
        )
        done = Done(Step.POLICE_REPORT, "Reported at the station.", NOW.date())
        notes.record_step(session, case.ref, done, form_id=form(), actor=lead, now=NOW)
        assert reasons(session) == [HoldReason.POLICE]
        assert holds.held_items(session, [item.id])


def test_the_chain_says_that_there_is_a_hold_and_not_why_in_words(
    world: World, item: ItemRow
) -> None:
    with world.store.transaction() as session:
        begin(session, item.id, world.actor(Role.HR_LEAD))
    with world.store.reading() as session:
        said = session.scalars(
            select(AuditBodyRow.body).where(AuditBodyRow.verb == "hold.begin")
        ).one()
    assert '"reason":"claim"' in str(said)
    assert "solicitor" not in str(said)


def test_a_hold_is_never_removed(world: World, item: ItemRow) -> None:
    with world.store.transaction() as session:
        row = begin(session, item.id, world.actor(Role.HR_LEAD))
    with pytest.raises(DBAPIError, match="never removed"), world.store.transaction() as session:
        session.delete(session.get_one(LegalHoldRow, row.id))
