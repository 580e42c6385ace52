"""Members of a case: adding, taking off, keeping out, and what each may do there."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from moderation.cases.members import Power, Standing, change_standing, powers
from moderation.cases.notes import add_note
from moderation.cases.reading import view
from moderation.errors import InvalidInput, NotAllowed, NotFound
from moderation.tables import AlertRow, CaseNoteRow, CaseRow
from tests.moderation.cases.casework import NOW, Casework, address

REASON = "She is needed for this case."


def change(
    casework: Casework,
    ref: str,
    who: str,
    standing: Standing,
    by: str = "hugh",
    reason: str = REASON,
) -> CaseRow:
    with casework.writing() as session:
        return change_standing(
            session,
            ref,
            casework.id(who),
            standing,
            reason=reason,
            form_id=casework.form(),
            actor=casework.actor(by),
            now=NOW,
        )


def look(casework: Casework, ref: str, by: str) -> frozenset[Power]:
    with casework.writing() as session:
        return view(session, casework.actor(by), ref, now=NOW).powers


def test_an_added_adviser_sees_and_works_the_case_and_is_told_by_reference(
    casework: Casework,
) -> None:
    ref = casework.case("hugh")
    with pytest.raises(NotFound):
        look(casework, ref, "asha")
    change(casework, ref, "asha", Standing.MEMBER)
    assert look(casework, ref, "asha") == {Power.WORK, Power.JUDGE}
    with casework.store.reading() as session:
        told = session.scalars(select(AlertRow.recipient)).all()
        words = session.scalars(select(CaseNoteRow.body).where(CaseNoteRow.kind == "members")).one()
    assert address("asha") in told
    assert words == f"Asha Patel: added to the case. {REASON}"
    line = casework.lines("case.members")[0]
    assert REASON not in (line.body or "")


def test_a_removed_member_sees_nothing_more(casework: Casework) -> None:
    ref = casework.case("hugh")
    change(casework, ref, "gwen", Standing.REMOVED)
    with pytest.raises(NotFound):
        look(casework, ref, "gwen")


def test_barring_wins_over_every_role_until_it_is_lifted(casework: Casework) -> None:
    ref = casework.case("hugh")
    change(casework, ref, "gwen", Standing.BARRED)
    with pytest.raises(NotFound):
        look(casework, ref, "gwen")
    with pytest.raises(NotFound):
        change(casework, ref, "gwen", Standing.MEMBER, by="gwen")
    with pytest.raises(InvalidInput, match="already"):
        change(casework, ref, "gwen", Standing.REMOVED)
    change(casework, ref, "gwen", Standing.MEMBER)
    assert look(casework, ref, "gwen") == frozenset(Power)


def test_the_last_person_cannot_leave_a_case_alone(casework: Casework) -> None:
    ref = casework.case("hugh", conflicted=frozenset({casework.id("gwen")}))
    for standing in (Standing.REMOVED, Standing.BARRED):
        with pytest.raises(InvalidInput, match="Nobody would be left"):
            change(casework, ref, "hugh", standing)
    assert Power.CLOSE in look(casework, ref, "hugh")
    change(casework, ref, "asha", Standing.MEMBER)
    change(casework, ref, "hugh", Standing.REMOVED)
    assert look(casework, ref, "asha") == frozenset(Power)


def test_a_linked_board_member_reads_and_changes_nothing(casework: Casework) -> None:
    ref = casework.case("hugh")
    with pytest.raises(NotFound):
        look(casework, ref, "bo")
    change(casework, ref, "bo", Standing.MEMBER)
    assert look(casework, ref, "bo") == frozenset()
    with pytest.raises(NotAllowed, match="read this case"), casework.writing() as session:
        add_note(
            session, ref, "A note.", form_id=casework.form(), actor=casework.actor("bo"), now=NOW
        )


@pytest.mark.parametrize("by", ["asha", "sal", "bo"])
def test_only_the_lead_says_who_may_see_a_case(casework: Casework, by: str) -> None:
    ref = casework.case("hugh")
    change(casework, ref, by, Standing.MEMBER)
    with pytest.raises(NotAllowed, match="who may see it"):
        change(casework, ref, "gwen", Standing.BARRED, by=by)


@pytest.mark.parametrize("who", ["dana", "lee", "adam", "ina", "far.asha"])
def test_people_who_cannot_work_cases_are_not_on_the_list(casework: Casework, who: str) -> None:
    ref = casework.case("hugh")
    with pytest.raises(InvalidInput, match="from the list"):
        change(casework, ref, who, Standing.MEMBER)


def test_a_change_without_a_reason_is_refused(casework: Casework) -> None:
    ref = casework.case("hugh")
    with pytest.raises(InvalidInput, match="reason"):
        change(casework, ref, "asha", Standing.MEMBER, reason=" ")


def test_a_case_without_hr_is_in_the_hands_of_its_independent_contact(casework: Casework) -> None:
    leads = frozenset({casework.id("gwen"), casework.id("hugh")})
    ref = casework.case("dana", conflicted=leads, independent_id=casework.id("sal"))
    with casework.store.reading() as session:
        assert powers(session, casework.row(ref), casework.actor("sal")) == frozenset(Power)
