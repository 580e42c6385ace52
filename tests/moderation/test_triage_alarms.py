"""What is serious and new wakes people by itself and opens a case; history wakes nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from moderation import invariants
from moderation.access import Role
from moderation.cases.codes import Source
from moderation.lifecycle import CaseState
from moderation.proposing import Proposal
from moderation.tables import (
    AlertRow,
    CaseItemRow,
    CaseMemberRow,
    CaseRow,
    ItemRow,
    JobRow,
    UserRow,
)
from moderation.targets import Target
from moderation.taxonomy import Abuse, CheckFirst, Severity, TargetType
from tests.world import NOW, ORG, OTHER_ORG, POLICY, World, comment, hours, proposal

THREAT = proposal(Abuse.THREAT_SERIOUS, severity=Severity.S4)
SERVICE = Target(TargetType.SERVICE)
OLD = NOW - timedelta(hours=POLICY.alert_max_age_hours, minutes=1)
JUST_NEW = NOW - timedelta(hours=POLICY.alert_max_age_hours)


def take_in(world: World, made: Proposal, at: datetime = NOW, org_id: str = ORG) -> ItemRow:
    """Take in something that was written at a time and read now."""
    with world.store.transaction() as session:
        native_id = f"c{next(world._numbers)}"
        world.ingest(session, comment(native_id, "words", created_at=at), org_id=org_id)
    with world.store.transaction() as session:
        world.triage(session, made)
        return session.scalars(select(ItemRow).where(ItemRow.native_id == native_id)).one()


def told(world: World) -> dict[str, set[Role]]:
    """Return which roles each rule told, the case's own letters left out."""
    with world.store.reading() as session:
        rows = session.execute(
            select(AlertRow.rule, UserRow.role)
            .join(UserRow, UserRow.email == AlertRow.recipient)
            .where(AlertRow.rule != "CASE", AlertRow.org_id == UserRow.org_id)
        ).all()
    return {rule: {row.role for row in rows if row.rule == rule} for rule in {r.rule for r in rows}}


def cases(world: World) -> list[CaseRow]:
    with world.store.reading() as session:
        return list(session.scalars(select(CaseRow)))


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        pytest.param(THREAT, {"AL1": {Role.COMMS_LEAD, Role.HR_LEAD}}, id="critical"),
        pytest.param(
            proposal(severity=Severity.S3),
            {"AL2": {Role.HR_LEAD, Role.HR_ADVISER}},
            id="high, at staff",
        ),
        pytest.param(proposal(severity=Severity.S3, target=SERVICE), {}, id="high, at the service"),
        pytest.param(proposal(severity=Severity.S2), {}, id="moderate"),
        pytest.param(
            proposal(
                None, severity=Severity.S0, target=SERVICE,
                check_first=(CheckFirst.WELFARE_CONCERN,),
            ),
            {"AL6": {Role.SAFEGUARDING_LEAD}},
            id="somebody needs help",
        ),
        pytest.param(
            proposal(
                None, severity=Severity.S0, target=SERVICE,
                check_first=(CheckFirst.EMERGENCY_REPORT,),
            ),
            {"AL6": {Role.SAFEGUARDING_LEAD, Role.COMMS_LEAD}},
            id="an emergency",
        ),
        pytest.param(
            proposal(
                Abuse.THREAT_SERIOUS, severity=Severity.S4,
                check_first=(CheckFirst.SAFEGUARDING_ALLEGATION,),
            ),
            {"AL1": {Role.COMMS_LEAD, Role.HR_LEAD}, "AL6": {Role.SAFEGUARDING_LEAD}},
            id="critical and urgent",
        ),
    ],
)  # fmt: skip
def test_people_are_told_by_how_serious_it_is_and_at_whom(
    world: World, made: Proposal, expected: dict[str, set[Role]]
) -> None:
    take_in(world, made)
    assert told(world) == expected


def test_a_severity_without_abuse_tells_nobody_and_opens_no_case(world: World) -> None:
    take_in(world, proposal(None, severity=Severity.S4))
    assert (told(world), cases(world)) == ({}, [])


@pytest.mark.parametrize(("at", "wakes"), [(JUST_NEW, True), (OLD, False)])
def test_what_is_older_than_the_limit_wakes_nobody(world: World, at: datetime, wakes: bool) -> None:
    take_in(world, THREAT, at)
    assert (told(world) != {}, cases(world) != []) == (wakes, wakes)


def test_every_letter_has_its_job_and_holds_no_word_of_the_item(world: World) -> None:
    item = take_in(world, THREAT)
    with world.store.reading() as session:
        rows = session.scalars(select(AlertRow).where(AlertRow.rule == "AL1")).all()
        jobs = set(session.scalars(select(JobRow.ref).where(JobRow.kind == "alert")))
    assert {str(row.id) for row in rows} <= jobs
    assert {(row.ref, row.link) for row in rows} == {(f"I-{item.id}", f"/items/{item.id}")}


def test_only_the_items_own_organisation_is_told(world: World) -> None:
    take_in(world, THREAT, org_id=OTHER_ORG)
    with world.store.reading() as session:
        addresses = session.scalars(select(AlertRow.recipient)).all()
    assert addresses
    assert {address.partition("@")[2] for address in addresses} == {f"{OTHER_ORG}.example"}


def test_a_critical_item_opens_one_unconfirmed_case_for_hr(world: World) -> None:
    item = take_in(world, THREAT)
    case = cases(world)[0]
    assert (case.state, case.source) == (CaseState.REPORTED, Source.AUTOMATIC.value)
    assert (case.org_id, case.severity, case.affected_staff_id) == (ORG, 4, "NM-1")
    with world.store.reading() as session:
        assert session.scalars(select(CaseItemRow.item_id)).all() == [item.id]
        assert session.scalars(select(CaseMemberRow.user_id)).all() == [
            world.actor(Role.HR_LEAD).user_id
        ]
        assert not [b for b in invariants.broken(session) if b.invariant.name != "I06"]


def test_a_critical_item_that_is_edited_keeps_its_one_case_and_its_one_alert(
    world: World,
) -> None:
    item = take_in(world, THREAT)
    with world.store.transaction() as session:
        world.ingest(session, comment(item.native_id, "worse words", created_at=NOW))
        world.triage(session, THREAT, now=NOW + hours(1))
    assert len(cases(world)) == 1
    with world.store.reading() as session:
        assert len(session.scalars(select(AlertRow).where(AlertRow.rule == "AL1")).all()) == 2


def test_words_that_were_edited_away_wake_nobody(world: World) -> None:
    with world.store.transaction() as session:
        world.ingest(session, comment("c", "threat", created_at=NOW))
        world.ingest(session, comment("c", "sorry", created_at=NOW))
        world.triage(session, {"threat": THREAT, "sorry": proposal()})
    assert (told(world), cases(world)) == ({}, [])


def test_a_pattern_is_told_of_once(world: World) -> None:
    with world.store.transaction() as session:
        for n in range(3):
            at = NOW - hours(n + 1)
            author = comment("x").author
            world.item(session, f"words {n}", proposal(severity=Severity.S1), now=at, author=author)
    with world.store.reading() as session:
        rows = session.scalars(select(AlertRow).where(AlertRow.rule == "AL4")).all()
    assert len({row.about for row in rows}) == 1
    assert told(world)["AL4"] == {Role.HR_LEAD, Role.COMMS_LEAD}
