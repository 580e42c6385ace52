"""Opening a case: who belongs to it, who is kept out, and that a double click is one case."""

from __future__ import annotations

import re
import threading

import pytest
from sqlalchemy import func, select

from moderation.cases.listing import list_cases
from moderation.cases.members import members_of
from moderation.cases.opening import (
    Opening,
    open_automatically,
    open_case,
    open_case_of,
)
from moderation.cases.reading import view
from moderation.errors import InvalidInput, NotAllowed, NotFound
from moderation.lifecycle import CaseState
from moderation.tables import (
    AlertRow,
    CaseMemberRow,
    CaseNoteRow,
    CaseRow,
    EvidenceRow,
    ItemRow,
    JobRow,
    UserRow,
)
from moderation.taxonomy import Severity
from tests.moderation.cases.casework import AWAY, HOME, LATER, NOW, WHY, WORDS, Casework, address


def names(casework: Casework, ref: str) -> list[str]:
    with casework.store.reading() as session:
        return [user.name for user in members_of(session, casework.row(ref).id)]


@pytest.mark.parametrize(
    ("by", "state", "members"),
    [
        ("dana", CaseState.REPORTED, ["Gwen Pryce", "Hugh Reid"]),
        ("lee", CaseState.REPORTED, ["Gwen Pryce", "Hugh Reid"]),
        ("sal", CaseState.REPORTED, ["Gwen Pryce", "Hugh Reid", "Sal Byrne"]),
        ("asha", CaseState.TRIAGE, ["Asha Patel", "Gwen Pryce", "Hugh Reid"]),
        ("hugh", CaseState.TRIAGE, ["Gwen Pryce", "Hugh Reid"]),
    ],
)
def test_a_case_starts_where_the_opener_may_take_it_with_every_hr_lead(
    casework: Casework, by: str, state: CaseState, members: list[str]
) -> None:
    item_id = casework.item(urgent=by == "sal")
    ref = casework.case(by, item_id)
    assert casework.row(ref).state is state
    assert names(casework, ref) == members
    assert re.fullmatch(r"C-[0-9A-HJKMNP-TV-Z]{8}", ref)


@pytest.mark.parametrize("by", ["bo", "ina", "adam"])
def test_a_role_without_the_right_opens_no_case(casework: Casework, by: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        casework.case(by)


def test_an_item_of_another_organisation_is_not_there_to_open_a_case_from(
    casework: Casework,
) -> None:
    foreign = casework.item(org=AWAY)
    with pytest.raises(NotFound):
        casework.case("hugh", foreign)
    with pytest.raises(InvalidInput, match="on the list"):
        casework.case("hugh", conflicted=frozenset({casework.id("far.gwen")}))
    with pytest.raises(InvalidInput, match="independent contact"):
        casework.case("hugh", independent_id=casework.id("far.gwen"))


def test_opening_wants_evidence_and_alerts_members_with_a_reference_and_a_link_only(
    casework: Casework,
) -> None:
    ref = casework.case("dana")
    with casework.store.reading() as session:
        evidence = session.scalars(select(EvidenceRow)).one()
        alerts = session.scalars(select(AlertRow).order_by(AlertRow.recipient)).all()
        kinds = set(session.scalars(select(JobRow.kind)))
    assert evidence.requested_by == casework.actor("dana").ref
    assert kinds == {"capture", "alert"}
    assert [alert.recipient for alert in alerts] == [address("gwen"), address("hugh")]
    assert {(alert.rule, alert.ref, alert.link) for alert in alerts} == {
        ("CASE", ref, f"/cases/{ref}")
    }


def test_the_same_form_twice_is_one_case(casework: Casework) -> None:
    form_id = casework.form()
    item_id = casework.item()
    refs = set()
    for _ in range(2):
        with casework.writing() as session:
            opening = Opening(reason=WHY, another=True)
            case = open_case(
                session, item_id, opening, form_id=form_id, actor=casework.actor("dana"), now=NOW
            )
            refs.add(case.ref)
    assert len(refs) == 1
    assert count(casework, CaseRow) == 1
    assert count(casework, AlertRow) == 2


def test_two_presses_at_the_same_moment_are_one_case(casework: Casework) -> None:
    form_id = casework.form()
    dana = casework.actor("dana")
    refs: list[str] = []
    start = threading.Barrier(4)

    def press() -> None:
        start.wait()
        with casework.writing() as session:
            case = open_case(
                session, None, Opening(reason=WHY), form_id=form_id, actor=dana, now=NOW
            )
            refs.append(case.ref)

    presses = [threading.Thread(target=press) for _ in range(4)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    assert len(refs) == 4
    assert len(set(refs)) == 1


def test_a_second_proposal_for_an_item_joins_its_open_case_with_its_words(
    casework: Casework,
) -> None:
    item_id = casework.item()
    first = casework.case("dana", item_id)
    second = casework.case("lee", item_id, conflicted=frozenset({casework.id("gwen")}))
    assert first == second
    with casework.store.reading() as session:
        bodies = session.scalars(select(CaseNoteRow.body).order_by(CaseNoteRow.id)).all()
    assert bodies == [WHY, f"{WHY} Asks that these people are kept out: Gwen Pryce."]
    assert "Gwen Pryce" in names(casework, first)
    assert casework.case("lee", item_id, another=True) != first


def test_a_conflicted_hr_lead_is_no_member_and_sees_nothing_anywhere(casework: Casework) -> None:
    item_id = casework.item()
    ref = casework.case("dana", item_id, conflicted=frozenset({casework.id("gwen")}))
    gwen = casework.actor("gwen")
    assert names(casework, ref) == ["Hugh Reid"]
    with casework.writing() as session:
        assert list_cases(session, gwen, ended=False, now=NOW).lines == ()
        assert open_case_of(session, item_id, gwen) is None
        assert open_case_of(session, item_id, casework.actor("dana")) is not None
    with pytest.raises(NotFound), casework.writing() as session:
        view(session, gwen, ref, now=NOW)
    with casework.store.reading() as session:
        told = set(session.scalars(select(AlertRow.recipient)))
    assert told == {address("hugh")}


def test_a_barred_lead_who_proposes_the_same_item_learns_of_no_case(casework: Casework) -> None:
    item_id = casework.item()
    ref = casework.case("dana", item_id, conflicted=frozenset({casework.id("gwen")}))
    assert casework.case("gwen", item_id) != ref


def test_a_case_without_any_hr_lead_needs_an_independent_contact(casework: Casework) -> None:
    leads = frozenset({casework.id("gwen"), casework.id("hugh")})
    item_id = casework.item()
    with pytest.raises(InvalidInput, match="as independent contact"):
        casework.case("dana", item_id, conflicted=leads)
    assert count(casework, CaseRow) == 0
    ref = casework.case("dana", item_id, conflicted=leads, independent_id=casework.id("bo"))
    assert names(casework, ref) == ["Bo Marsh"]
    with casework.writing() as session:
        page = view(session, casework.actor("bo"), ref, now=NOW)
    assert "close" in page.powers


def test_an_independent_contact_cannot_be_one_of_the_conflicted(casework: Casework) -> None:
    hugh = casework.id("hugh")
    with pytest.raises(InvalidInput, match="independent contact"):
        casework.case("dana", conflicted=frozenset({hugh}), independent_id=hugh)


def test_a_safeguarding_answer_or_an_urgent_item_brings_in_the_safeguarding_lead(
    casework: Casework,
) -> None:
    assert "Sal Byrne" in names(casework, casework.case("dana", safeguarding=True))
    assert "Sal Byrne" in names(casework, casework.case("dana", casework.item(urgent=True)))
    assert "Sal Byrne" not in names(casework, casework.case("dana"))


def test_an_automatic_case_is_opened_once_and_is_unconfirmed(casework: Casework) -> None:
    item_id = casework.item(severity=Severity.S4)
    refs = set()
    for _ in range(2):
        with casework.writing() as session:
            item = session.scalars(select(ItemRow).where(ItemRow.id == item_id)).one()
            case = open_automatically(session, item, now=NOW)
            assert case is not None
            refs.add(case.ref)
    assert len(refs) == 1
    row = casework.row(refs.pop())
    assert (row.source, row.state, row.severity) == ("automatic", CaseState.REPORTED, 4)
    assert row.opened_by == "system:triage"


def test_an_automatic_case_falls_back_to_others_when_there_is_no_hr_lead(
    casework: Casework,
) -> None:
    item_id = casework.item(severity=Severity.S4)
    with casework.writing() as session:
        for user in session.scalars(
            select(UserRow).where(UserRow.name.in_(("Hugh Reid", "Gwen Pryce")))
        ):
            user.active = False
    with casework.writing() as session:
        item = session.scalars(select(ItemRow).where(ItemRow.id == item_id)).one()
        case = open_automatically(session, item, now=NOW)
        assert case is not None
        assert [user.name for user in members_of(session, case.id)] == ["Asha Patel"]


def test_an_automatic_case_is_not_opened_when_nobody_could_look_after_it(
    casework: Casework,
) -> None:
    item_id = casework.item(severity=Severity.S4)
    with casework.writing() as session:
        for user in session.scalars(select(UserRow).where(UserRow.org_id == HOME)):
            user.active = False
    with casework.writing() as session:
        item = session.scalars(select(ItemRow).where(ItemRow.id == item_id)).one()
        assert open_automatically(session, item, now=NOW) is None


def test_every_case_has_its_line_in_the_chain_and_none_holds_words(casework: Casework) -> None:
    ref = casework.case("hugh")
    with casework.writing() as session:
        view(session, casework.actor("hugh"), ref, now=LATER)
    verbs = ["case.open", "hr_case.start_triage", "case.view"]
    assert [line.verb for line in casework.lines(*verbs)] == verbs
    with casework.store.reading() as session:
        member_rows = session.scalar(select(func.count()).select_from(CaseMemberRow))
    assert member_rows == 2
    for line in casework.lines(*verbs):
        assert WHY not in (line.body or "")
        assert WORDS not in (line.body or "")


def test_a_reason_that_says_nothing_is_refused(casework: Casework) -> None:
    with pytest.raises(InvalidInput, match="15 characters"), casework.writing() as session:
        open_case(
            session,
            None,
            Opening(reason="  help  "),
            form_id=casework.form(),
            actor=casework.actor("dana"),
            now=NOW,
        )
    assert count(casework, CaseRow) == 0


def count(casework: Casework, table: type) -> int:
    with casework.store.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0
