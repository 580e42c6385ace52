"""A closed case is proposed, two people approve it, and then its words are nowhere any more."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from moderation import holds
from moderation.access import Actor, Role
from moderation.cases import notes
from moderation.cases.opening import Opening, open_case
from moderation.errors import Conflict, NotAllowed, NotFound
from moderation.lifecycle import CaseState, DisclosureState
from moderation.retention import proposals
from moderation.tables import (
    CaseMemberRow,
    CaseNoteRow,
    CaseRow,
    DisclosureRow,
    ErasureRow,
    HoldReason,
    LegalHoldRow,
)
from moderation.tables.disclosures import PackKind
from tests.moderation.deeds import form
from tests.moderation.locks import unlocked
from tests.worker.erasing_tools import Ageing
from tests.world import ORG, OTHER_ORG, World
from worker.erasing import rules_of

WORD = "zanzibarquartz"
WHY = f"She said that {WORD} must stop."


@pytest.fixture
def ageing(world: World, tmp_path: Path) -> Ageing:
    """A case about an insult that was closed, with a note and a pack of it."""
    made = Ageing(world, tmp_path)
    made.insult("rude", WORD)
    made.settle("rude")
    lead = world.actor(Role.HR_LEAD)
    with made.store.transaction() as session:
        item_id = made.item("rude").id
        case = open_case(
            session, item_id, Opening(WHY), form_id=form(), actor=lead, now=made.shop.at
        )
        notes.add_note(session, case.ref, WHY, form_id=form(), actor=lead, now=made.shop.at)
        session.add(_pack(case, made))
    made.settings.packs_dir.mkdir()
    (made.settings.packs_dir / "p1.zip").write_text(WORD)
    with unlocked(made.store) as session:
        # The way to a closed case is long, and others test it.
        row = session.scalars(select(CaseRow)).one()
        row.state, row.closed_at = CaseState.CLOSED, made.shop.at
    made.work()
    return made


def _pack(case: CaseRow, made: Ageing) -> DisclosureRow:
    return DisclosureRow(
        ref="P-1",
        org_id=ORG,
        kind=PackKind.POLICE,
        about=f"case:{case.id}",
        subject=case.ref,
        case_id=case.id,
        state=DisclosureState.HANDED_OVER,
        recipient="A police force",
        authority="A request",
        details={"witness": WORD},
        requested_by="user:1",
        requested_at=made.shop.at,
        form_id=form(),
        path="p1.zip",
        sha256="5" * 64,
    )


def proposal(ageing: Ageing) -> ErasureRow:
    return next(row for row in ageing.erasures() if row.about.startswith("case:"))


def approve(ageing: Ageing, role: Role, org_id: str = ORG) -> None:
    actor = ageing.world.actor(role, org_id)
    with ageing.store.transaction() as session:
        rules, number = rules_of(ageing.shop), proposal(ageing).id
        proposals.approve(session, number, rules, actor=actor, now=ageing.shop.at)


def due(ageing: Ageing) -> None:
    ageing.age(366)
    ageing.run_day()


def test_it_is_proposed_when_it_is_due_and_once(ageing: Ageing) -> None:
    ageing.age(364)
    ageing.run_day()
    assert ageing.erasures() == []
    for _ in range(2):
        ageing.age(2)
        ageing.run_day()
        assert [(row.klass, row.done_at) for row in ageing.erasures()] == [("G4", None)]
    assert not ageing.is_erased("rude")


def test_nothing_goes_before_two_different_people_have_said_so(ageing: Ageing) -> None:
    due(ageing)
    approve(ageing, Role.HR_LEAD)
    ageing.work()
    with pytest.raises(Conflict, match="second person"):
        approve(ageing, Role.HR_LEAD)
    assert not ageing.is_erased("rude")
    approve(ageing, Role.AUDITOR)
    ageing.work()
    assert ageing.is_erased("rude")
    ageing.require_whole()


@pytest.mark.parametrize("role", [Role.COMMS_LEAD, Role.HR_ADVISER, Role.ADMINISTRATOR])
def test_others_cannot_approve(ageing: Ageing, role: Role) -> None:
    due(ageing)
    with pytest.raises(NotAllowed):
        approve(ageing, role)


def test_who_is_no_member_and_who_is_elsewhere_sees_no_proposal(ageing: Ageing) -> None:
    due(ageing)
    with pytest.raises(NotFound):
        approve(ageing, Role.HR_LEAD, OTHER_ORG)
    with ageing.store.transaction() as session:
        lead = ageing.world.actor(Role.HR_LEAD)
        member = session.scalars(
            select(CaseMemberRow).where(CaseMemberRow.user_id == lead.user_id)
        ).one()
        member.barred = True
    with pytest.raises(NotFound):
        approve(ageing, Role.HR_LEAD)
    with ageing.store.reading() as session:
        assert proposals.listed(session, actor=lead) == []
        assert len(proposals.listed(session, actor=ageing.world.actor(Role.AUDITOR))) == 1


def test_then_the_words_are_nowhere_and_the_register_still_says_who_got_them(
    ageing: Ageing,
) -> None:
    assert {"hr_case.summary", "case_note.body", "packs", "disclosure.details"} < {
        *ageing.traces(WORD)
    }
    due(ageing)
    approve(ageing, Role.HR_LEAD)
    approve(ageing, Role.AUDITOR)
    ageing.work()
    assert ageing.traces(WORD) == ["vault"], "the page as received goes with the next day"
    ageing.age(1)
    ageing.run_day()
    assert ageing.traces(WORD) == []
    with ageing.store.reading() as session:
        pack = session.scalars(select(DisclosureRow)).one()
        assert (pack.recipient, pack.sha256, pack.path) == ("A police force", "5" * 64, None)
        assert session.scalars(select(CaseNoteRow.body)).all() == [""] * 2
    due(ageing)
    assert len(ageing.erasures()) == 1, "what is gone is not proposed again"


def test_the_certificate_says_who_approved_what_and_names_it_by_its_hashes(
    ageing: Ageing,
) -> None:
    due(ageing)
    kept = ageing.evidence("rude")
    approve(ageing, Role.HR_LEAD)
    approve(ageing, Role.AUDITOR)
    ageing.work()
    lead, auditor = ageing.world.actor(Role.HR_LEAD), ageing.world.actor(Role.AUDITOR)
    stranger = ageing.world.actor(Role.HR_LEAD, OTHER_ORG)
    with ageing.store.reading() as session:
        case = session.scalars(select(CaseRow)).one()
        said = proposals.certificate(session, proposal(ageing).id, actor=lead)
        with pytest.raises(NotFound):
            proposals.certificate(session, proposal(ageing).id, actor=stranger)
    assert f"Approved by: {lead.ref}, {auditor.ref}" in said
    assert case.ref in said
    assert str(kept.sha256) in said
    assert WORD not in said


def _hold(ageing: Ageing, actor: Actor, what: int | str) -> None:
    with ageing.store.transaction() as session:
        holds.begin(
            session,
            what,
            HoldReason.INQUEST,
            note="The coroner has asked for it.",
            form_id=form(),
            actor=actor,
            now=ageing.shop.at,
        )


def test_a_hold_that_comes_between_the_two_words_and_the_end_stops_it(ageing: Ageing) -> None:
    due(ageing)
    approve(ageing, Role.HR_LEAD)
    approve(ageing, Role.AUDITOR)
    with ageing.store.reading() as session:
        ref = session.scalars(select(CaseRow.ref)).one()
    _hold(ageing, ageing.world.actor(Role.HR_LEAD), ref)
    ageing.work()
    assert not ageing.is_erased("rude")
    row = proposal(ageing)
    assert row.done_at is None
    assert row.cancelled_at == ageing.shop.at
    ageing.require_whole()


def test_an_item_that_is_held_stays_when_its_case_goes_and_goes_later(ageing: Ageing) -> None:
    lead = ageing.world.actor(Role.HR_LEAD)
    _hold(ageing, lead, ageing.item("rude").id)
    due(ageing)
    assert [row.about for row in ageing.erasures()] == ["case:1"]
    approve(ageing, Role.HR_LEAD)
    approve(ageing, Role.AUDITOR)
    ageing.work()
    assert not ageing.is_erased("rude")
    ageing.require_whole()
    with ageing.store.transaction() as session:
        row = session.scalars(select(LegalHoldRow)).one()
        holds.end(session, row.id, reason="The inquest is over.", actor=lead, now=ageing.shop.at)
    ageing.later()
    ageing.run_day()
    assert [row.done_at is None for row in ageing.erasures()] == [False, True]


def test_a_case_that_is_kept_after_all_is_held_and_not_proposed_again(ageing: Ageing) -> None:
    due(ageing)
    lead = ageing.world.actor(Role.HR_LEAD)
    with ageing.store.transaction() as session:
        number = proposal(ageing).id
        proposals.cancel(session, number, reason=WHY, actor=lead, now=ageing.shop.at)
    due(ageing)
    assert [row.cancelled_at is not None for row in ageing.erasures()] == [True]


def test_a_safeguarding_case_waits_for_peoples_own_word(ageing: Ageing) -> None:
    with unlocked(ageing.store) as session:
        case = session.scalars(select(CaseRow)).one()
        case.safeguarding_answer, ref = "Yes. A child was named.", case.ref
    due(ageing)
    assert ageing.erasures() == []
    lead = ageing.world.actor(Role.HR_LEAD)
    for _ in range(2):
        with ageing.store.transaction() as session:
            row = proposals.propose_by_hand(
                session, ref, rules_of(ageing.shop), actor=lead, now=ageing.shop.at
            )
            assert row.klass == "G7"
    approve(ageing, Role.AUDITOR)
    approve(ageing, Role.HR_LEAD)
    ageing.work()
    assert ageing.is_erased("rude")


def test_an_open_case_is_never_proposed(ageing: Ageing) -> None:
    with unlocked(ageing.store) as session:
        case = session.scalars(select(CaseRow)).one()
        case.state, case.closed_at, ref = CaseState.OPEN, None, case.ref
    ageing.age(timedelta(days=9_000) / timedelta(days=1))
    ageing.run_day()
    assert ageing.erasures() == []
    lead = ageing.world.actor(Role.HR_LEAD)
    with ageing.store.transaction() as session, pytest.raises(Conflict, match="must stay"):
        proposals.propose_by_hand(
            session, ref, rules_of(ageing.shop), actor=lead, now=ageing.shop.at
        )
