"""An alert is one row and one job for each person, once, and never for nobody in silence."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Role
from moderation.errors import InvalidInput
from moderation.lifecycle import AlertState, CaseState
from moderation.reporting.alerts import promise_spooled, raise_alert, recipients_for
from moderation.tables import (
    AlertRow,
    AuditBodyRow,
    CaseMemberRow,
    CaseRow,
    JobRow,
    UserRow,
)
from moderation.taxonomy import PerpetratorType
from tests.world import NOW, ORG, OTHER_ORG, World, hours


def tell(
    session: Session, rule: str = "AL1", about: str = "item:12", **more: Any
) -> list[AlertRow]:
    given: dict[str, Any] = {
        "ref": "I-12",
        "link_path": "/items/12",
        "org_id": ORG,
        "now": NOW,
    } | more
    return raise_alert(session, rule, about, **given)


def email(world: World, role: Role, org_id: str = ORG) -> str:
    return world.users[org_id, role].email


def case_with(session: Session, world: World, *members: tuple[Role, bool]) -> CaseRow:
    """Open a case; each member is a role and whether that person is barred."""
    case = CaseRow(
        ref="C-7KQ2M9D4",
        org_id=ORG,
        state=CaseState.REPORTED,
        source="item",
        severity=3,
        perpetrator_type=PerpetratorType.UNKNOWN,
        opened_by="system:test",
        opened_at=NOW,
    )
    session.add(case)
    session.flush()
    for role, barred in members:
        user = world.users[ORG, role]
        session.add(
            CaseMemberRow(
                case_id=case.id, user_id=user.id, barred=barred, added_by="x", added_at=NOW
            )
        )
    session.flush()
    return case


def test_a_critical_item_alerts_both_leads_with_one_job_each(world: World) -> None:
    with world.store.transaction() as session:
        rows = tell(session)
    with world.store.reading() as session:
        jobs = session.scalars(select(JobRow)).all()
    assert {row.recipient for row in rows} == {
        email(world, Role.COMMS_LEAD),
        email(world, Role.HR_LEAD),
    }
    assert {(job.kind, job.ref, job.dedupe) for job in jobs} == {
        ("alert", str(row.id), f"alert:{row.id}") for row in rows
    }
    assert len({row.message_id for row in rows}) == 2


def test_a_second_call_changes_nothing(world: World) -> None:
    with world.store.transaction() as session:
        first = [row.message_id for row in tell(session)]
    with world.store.transaction() as session:
        assert tell(session, ref="I-13", now=NOW + hours(1)) == []
    with world.store.reading() as session:
        rows = session.scalars(select(AlertRow).order_by(AlertRow.id)).all()
        assert len(session.scalars(select(JobRow)).all()) == len(rows) == 2
    assert [row.message_id for row in rows] == first
    assert {row.ref for row in rows} == {"I-12"}


def test_what_is_rolled_back_alerts_nobody(world: World) -> None:
    with world.store.transaction() as session:
        tell(session)
        session.rollback()
    with world.store.reading() as session:
        assert session.scalars(select(AlertRow)).all() == []
        assert session.scalars(select(JobRow)).all() == []


def test_the_chain_keeps_the_rule_and_no_address(world: World) -> None:
    with world.store.transaction() as session:
        tell(session)
    with world.store.reading() as session:
        body = session.scalars(select(AuditBodyRow)).one()
    assert (body.verb, body.object) == ("alert.raise", "item:12")
    assert "@" not in (body.body or "")


@pytest.mark.parametrize(
    ("rule", "roles"),
    [
        ("AL1", {Role.COMMS_LEAD, Role.HR_LEAD}),
        ("AL2", {Role.HR_LEAD, Role.HR_ADVISER}),
        ("AL4", {Role.HR_LEAD, Role.COMMS_LEAD}),
        ("AL6", {Role.SAFEGUARDING_LEAD}),
        ("AL10", {Role.ADMINISTRATOR}),
        ("WEEK", {Role.COMMS_LEAD, Role.HR_LEAD}),
        ("WEEK-WIDE", {Role.BOARD_MEMBER}),
    ],
)
def test_each_rule_tells_its_own_roles_of_its_own_organisation(
    world: World, rule: str, roles: set[Role]
) -> None:
    with world.store.reading() as session:
        told = recipients_for(session, ORG, rule)
    assert set(told) == {email(world, role) for role in roles}
    assert email(world, Role.HR_LEAD, OTHER_ORG) not in told


def test_an_emergency_tells_comms_leads_too(world: World) -> None:
    with world.store.reading() as session:
        told = recipients_for(session, ORG, "AL6", also=(Role.COMMS_LEAD,))
    assert email(world, Role.COMMS_LEAD) in told


def test_a_shared_mailbox_that_is_also_a_persons_is_told_once(world: World) -> None:
    lead = email(world, Role.HR_LEAD)
    with world.store.reading() as session:
        told = recipients_for(session, ORG, "AL1", extra=(lead.upper(), "", "hr@northmoor.example"))
    assert sorted(address.casefold() for address in told).count(lead) == 1
    assert "hr@northmoor.example" in told


def test_a_case_tells_its_members_and_nobody_who_is_barred(world: World) -> None:
    with world.store.transaction() as session:
        case = case_with(session, world, (Role.HR_LEAD, False), (Role.HR_ADVISER, True))
        told = recipients_for(session, ORG, "CASE", about=f"case:{case.id}")
    assert told == [email(world, Role.HR_LEAD)]


def test_a_case_of_another_organisation_has_no_members_here(world: World) -> None:
    with world.store.transaction() as session:
        case = case_with(session, world, (Role.HR_LEAD, False))
        told = recipients_for(session, OTHER_ORG, "CASE", about=f"case:{case.id}")
    assert email(world, Role.HR_LEAD) not in told


def test_where_a_rule_finds_nobody_administrators_are_told_and_the_log_says_so(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with world.store.transaction() as session:
        session.get_one(UserRow, world.users[ORG, Role.SAFEGUARDING_LEAD].id).active = False
        session.flush()
        with caplog.at_level(logging.WARNING):
            told = recipients_for(session, ORG, "AL6", about="item:3")
    assert told == [email(world, Role.ADMINISTRATOR)]
    assert "alert_fallback rule=AL6 about=item:3" in caplog.text


def test_a_barred_administrator_is_not_the_fallback_of_a_case(world: World) -> None:
    with world.store.transaction() as session:
        case = case_with(session, world, (Role.HR_LEAD, True), (Role.ADMINISTRATOR, True))
        told = recipients_for(session, ORG, "CASE", about=f"case:{case.id}")
    assert told == [email(world, Role.COMMS_LEAD)]


def test_an_organisation_with_nobody_is_said_to_have_nobody(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with world.store.transaction() as session, caplog.at_level(logging.ERROR):
        for user in session.scalars(select(UserRow).where(UserRow.org_id == ORG)):
            user.active = False
        session.flush()
        assert tell(session) == []
    with world.store.reading() as session:
        verbs = session.scalars(select(AuditBodyRow.verb)).all()
    assert verbs == ["alert.nobody_to_tell"]
    assert "alert_has_nobody_to_tell" in caplog.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": "AL99"},
        {"ref": "Dana Price"},
        {"ref": "I-12\r\nBcc: x@example.org"},
        {"link_path": "https://elsewhere.example/"},
        {"link_path": "//elsewhere.example"},
        {"link_path": "/items/12?text=clown"},
        {"recipients": ["a@example.org\r\nBcc: b@example.org"]},
        {"recipients": ["not an address"]},
    ],
    ids=lambda wrong: "-".join(wrong),
)
def test_what_could_carry_more_than_a_reference_is_refused(
    world: World, wrong: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput), world.store.transaction() as session:
        tell(session, **wrong)
    with world.store.reading() as session:
        assert session.scalars(select(AlertRow)).all() == []


def test_spooled_letters_are_promised_once_a_day(world: World) -> None:
    with world.store.transaction() as session:
        rows = tell(session)
        for row in rows:
            session.execute(
                AlertRow.__table__.update()  # type: ignore[attr-defined]  # A Table.
                .where(AlertRow.id == row.id)
                .values(state=AlertState.SPOOLED)
            )
        assert promise_spooled(session, NOW) == 2
        assert promise_spooled(session, NOW + hours(2)) == 0
        assert promise_spooled(session, NOW + hours(24)) == 2
