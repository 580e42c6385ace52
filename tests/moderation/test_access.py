"""Who may do what, right by right, written out a second time so that a slip is seen."""

from __future__ import annotations

import pytest

from moderation.access import RIGHTS, Actor, Right, Role, system
from moderation.errors import NotAllowed

MODERATOR, LEAD = Role.COMMS_MODERATOR, Role.COMMS_LEAD
ADVISER, HR_LEAD = Role.HR_ADVISER, Role.HR_LEAD
SAFEGUARDING, BOARD = Role.SAFEGUARDING_LEAD, Role.BOARD_MEMBER
AUDITOR, ADMIN = Role.AUDITOR, Role.ADMINISTRATOR

REVIEWERS = {MODERATOR, LEAD, ADVISER, HR_LEAD, SAFEGUARDING}
HOLDERS = {
    Right.SEE_ITEMS: REVIEWERS,
    Right.SEE_ITEMS_WITH_REASON: {AUDITOR},
    Right.DECIDE: REVIEWERS,
    Right.CAPTURE: REVIEWERS,
    Right.HIDE: {MODERATOR, LEAD},
    Right.DELETE: {LEAD},
    Right.REPORT: {MODERATOR, LEAD},
    Right.PROPOSE_BLOCK: {MODERATOR, LEAD},
    Right.APPROVE_BLOCK: {LEAD},
    Right.SEE_QUARANTINE: {MODERATOR, LEAD},
    Right.LOG_CONTACT: REVIEWERS,
    Right.PROPOSE_CASE: REVIEWERS,
    Right.OPEN_CASE: {ADVISER, HR_LEAD},
    Right.WORK_CASE: {ADVISER, HR_LEAD, SAFEGUARDING, BOARD},
    Right.CLOSE_CASE: {HR_LEAD},
    Right.MANAGE_CASE_MEMBERS: {HR_LEAD},
    Right.SEE_SUMMARY: {MODERATOR, LEAD, ADVISER, HR_LEAD, AUDITOR},
    Right.SEE_WIDE_SUMMARY: {*REVIEWERS, BOARD, AUDITOR},
    Right.SEE_AUDIT: {AUDITOR},
    Right.SEE_ACCOUNTS: {MODERATOR, LEAD, ADMIN},
    Right.MANAGE_ACCOUNTS: {LEAD, ADMIN},
    Right.MANAGE_STAFF: {HR_LEAD, ADMIN},
    Right.MANAGE_USERS: {ADMIN},
    Right.SEE_HEALTH: {MODERATOR, LEAD, AUDITOR, ADMIN},
    Right.SEE_TUNING: {MODERATOR, LEAD, HR_LEAD, AUDITOR},
    Right.TUNE: {LEAD},
    Right.PACK_FOR_POLICE: {ADVISER, HR_LEAD, SAFEGUARDING},
    Right.OVERRIDE_CONSENT: {HR_LEAD, SAFEGUARDING},
    Right.PACK_FOR_BOARD: {HR_LEAD},
    Right.ANSWER_SUBJECT_ACCESS: {AUDITOR},
    Right.BEGIN_HOLD: {ADVISER, HR_LEAD, SAFEGUARDING, AUDITOR},
    Right.END_HOLD: {HR_LEAD, AUDITOR},
    Right.SEE_RETENTION: {HR_LEAD, AUDITOR},
    Right.APPROVE_ERASURE: {HR_LEAD, AUDITOR},
}
CONTENT = {
    Right.SEE_ITEMS,
    Right.SEE_ITEMS_WITH_REASON,
    Right.DECIDE,
    Right.CAPTURE,
    Right.SEE_QUARANTINE,
    Right.WORK_CASE,
    Right.SEE_AUDIT,
    Right.PACK_FOR_POLICE,
    Right.ANSWER_SUBJECT_ACCESS,
}


def person(role: Role) -> Actor:
    return Actor("Dana Price", "northmoor", role, 7)


@pytest.mark.parametrize("right", Right)
def test_a_right_is_held_by_these_roles_and_no_other(right: Right) -> None:
    assert {role for role in Role if person(role).may(right)} == HOLDERS[right]


def test_every_role_has_its_row() -> None:
    assert set(RIGHTS) == set(Role)


def test_an_administrator_holds_no_right_to_anybodys_words() -> None:
    assert RIGHTS[ADMIN].isdisjoint(CONTENT)


def test_no_role_both_reads_the_audit_chain_and_writes_what_it_holds() -> None:
    assert RIGHTS[AUDITOR].isdisjoint({Right.DECIDE, Right.HIDE, Right.MANAGE_USERS})


@pytest.mark.parametrize("right", Right)
def test_a_part_of_the_system_holds_no_right(right: Right) -> None:
    part = system("triage", "northmoor")
    assert not part.may(right)
    with pytest.raises(NotAllowed, match="does not allow"):
        part.require(right)


def test_a_right_that_is_held_is_given_and_another_refused() -> None:
    person(MODERATOR).require(Right.HIDE)
    with pytest.raises(NotAllowed, match="Ask the person who runs Watchroom"):
        person(MODERATOR).require(Right.DELETE)


def test_the_chain_gets_an_id_and_never_a_persons_name() -> None:
    assert person(MODERATOR).ref == "user:7"
    assert system("triage", "northmoor").ref == "system:triage"
