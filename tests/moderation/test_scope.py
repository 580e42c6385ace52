"""What each role sees of a mixed record: exactly its own, whatever list it is asked through."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import contacts
from moderation.access import Actor, Role, system
from moderation.cases.opening import Opening, open_case
from moderation.contacts import Contact, Wish
from moderation.errors import NotFound
from moderation.model import ItemKind
from moderation.scope import see_case, see_item, visible_cases, visible_items
from moderation.tables import CaseMemberRow, CaseRow, ItemRow, ItemVersionRow, UserRow
from moderation.targets import Target
from moderation.taxonomy import CheckFirst, Severity, TargetType
from tests.moderation.deeds import form
from tests.world import CLEAR, NOW, ORG, OTHER_ORG, REASON, UNSCORED, World, proposal

GROUP, SERVICE = Target(TargetType.STAFF_GROUP), Target(TargetType.SERVICE)
MADE = {
    "named, low": proposal(severity=Severity.S1),
    "named, moderate": proposal(severity=Severity.S2),
    "group, high": proposal(severity=Severity.S3, target=GROUP),
    "service, moderate": proposal(severity=Severity.S2, target=SERVICE),
    "service, urgent": proposal(
        None, severity=Severity.S0, target=SERVICE, check_first=(CheckFirst.WELFARE_CONCERN,)
    ),
    "service, to check": proposal(
        None, severity=Severity.S0, target=SERVICE, check_first=(CheckFirst.COMPLAINT,)
    ),
    "clear": CLEAR,
    "unscored": UNSCORED,
    "in a case": proposal(severity=Severity.S1, target=SERVICE),
}
OPEN = set(MADE)
FOR_ADVISERS = {"named, moderate", "group, high"}
LOGGED = "logged call"


class Mixed:
    """The same items and cases in both organisations, and a second person for some roles."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.users: dict[str, UserRow] = {}
        with world.store.transaction() as session:
            for org_id in (ORG, OTHER_ORG):
                self._fill(session, org_id)

    def _fill(self, session: Session, org_id: str) -> None:
        adviser = self.world.actor(Role.HR_ADVISER, org_id)
        board = self.world.actor(Role.BOARD_MEMBER, org_id)
        barred = [
            self._second(session, role, org_id)
            for role in (Role.HR_LEAD, Role.HR_ADVISER, Role.BOARD_MEMBER)
        ]
        out = frozenset(row.id for row in barred)
        call = Contact(
            ItemKind.PHONE_CALL, NOW, LOGGED, Wish.SUPPORT, staff_id="NM-1", conflicted=out
        )
        moderator, form_id = self.world.actor(Role.COMMS_MODERATOR, org_id), form()
        raw = contacts.canonical(call, form_id=form_id, actor=moderator, now=NOW)
        logged = contacts.log(session, call, raw, form_id=form_id, actor=moderator, now=NOW)
        self.world.triage(session, proposal(severity=Severity.S4))
        items = {
            text: self.world.item(session, text, made, org_id=org_id) for text, made in MADE.items()
        }
        case = open_case(
            session,
            items["in a case"].id,
            Opening(REASON, conflicted=out),
            form_id=form(),
            actor=self.world.actor(Role.HR_LEAD, org_id),
            now=NOW,
        )
        for member, cases in ((adviser, (logged, case)), (board, (case,))):
            session.add_all(
                CaseMemberRow(case_id=one.id, user_id=member.user_id, added_by="test", added_at=NOW)
                for one in cases
            )

    def _second(self, session: Session, role: Role, org_id: str) -> UserRow:
        row = self.users[f"{org_id} {role}"] = self.world.add_user(session, role, org_id)
        return row

    def second(self, role: Role, org_id: str = ORG) -> Actor:
        row = self.users[f"{org_id} {role}"]
        return Actor(row.name, row.org_id, row.role, row.id)

    def items(self, actor: Actor) -> list[str]:
        """Return the words of what the actor sees."""
        with self.world.store.reading() as session:
            rows = session.execute(
                select(ItemRow.org_id, ItemVersionRow.body)
                .join(ItemVersionRow, ItemVersionRow.item_id == ItemRow.id)
                .where(visible_items(actor))
            ).all()
        assert {row.org_id for row in rows} <= {actor.org_id}
        return sorted(row.body for row in rows)

    def cases(self, actor: Actor) -> list[str]:
        """Return where the cases that the actor sees came from."""
        with self.world.store.reading() as session:
            rows = session.execute(
                select(CaseRow.org_id, CaseRow.source).where(visible_cases(actor))
            ).all()
        assert {row.org_id for row in rows} <= {actor.org_id}
        return sorted(row.source for row in rows)


@pytest.fixture
def mixed(world: World) -> Mixed:
    return Mixed(world)


def test_each_role_sees_exactly_its_items_and_cases(mixed: Mixed) -> None:
    everything = sorted(OPEN)
    expected: dict[Role, tuple[list[str], list[str]]] = {
        Role.COMMS_MODERATOR: (everything, []),
        Role.COMMS_LEAD: (everything, []),
        Role.HR_ADVISER: (
            sorted({*FOR_ADVISERS, "in a case", LOGGED}),
            ["contact", "queue"],
        ),
        Role.HR_LEAD: (sorted({*OPEN, LOGGED}), ["contact", "queue"]),
        Role.SAFEGUARDING_LEAD: (["service, urgent"], []),
        Role.BOARD_MEMBER: (["in a case"], ["queue"]),
        Role.AUDITOR: ([], []),
        Role.ADMINISTRATOR: ([], []),
    }
    assert set(expected) == set(Role)
    for org_id in (ORG, OTHER_ORG):
        for role, (items, cases) in expected.items():
            actor = mixed.world.actor(role, org_id)
            assert (role, mixed.items(actor), mixed.cases(actor)) == (role, items, cases)


def test_who_is_barred_from_a_case_sees_what_the_role_sees_and_no_more(mixed: Mixed) -> None:
    for role, items in (
        (Role.HR_LEAD, OPEN),
        (Role.HR_ADVISER, FOR_ADVISERS),
        (Role.BOARD_MEMBER, set()),
    ):
        actor = mixed.second(role)
        assert (role, mixed.items(actor), mixed.cases(actor)) == (role, sorted(items), [])


def test_an_auditor_who_gave_a_reason_sees_items_but_no_logged_contact_and_no_case(
    mixed: Mixed,
) -> None:
    auditor = replace(mixed.world.actor(Role.AUDITOR), look_reason="A complaint about a hide.")
    assert mixed.items(auditor) == sorted(OPEN)
    assert mixed.cases(auditor) == []


def test_a_part_of_the_system_and_a_person_without_a_role_see_nothing(mixed: Mixed) -> None:
    lead = mixed.world.actor(Role.HR_LEAD)
    for actor in (system("triage", ORG), replace(lead, role=None), replace(lead, user_id=None)):
        assert (mixed.items(actor), mixed.cases(actor)) == ([], [])


def enrol(mixed: Mixed, actor: Actor) -> None:
    """Make somebody a member of every case of the first organisation, as by a slip."""
    with mixed.world.store.transaction() as session:
        for case_id in session.scalars(select(CaseRow.id).where(CaseRow.org_id == ORG)).all():
            session.add(
                CaseMemberRow(case_id=case_id, user_id=actor.user_id, added_by="test", added_at=NOW)
            )


def test_a_role_that_works_no_case_sees_none_though_somebody_made_it_a_member(
    mixed: Mixed,
) -> None:
    moderator = mixed.world.actor(Role.COMMS_MODERATOR)
    enrol(mixed, moderator)
    assert (mixed.items(moderator), mixed.cases(moderator)) == (sorted(OPEN), [])


def test_a_person_elsewhere_sees_none_though_somebody_made_them_a_member(mixed: Mixed) -> None:
    board = mixed.world.actor(Role.BOARD_MEMBER, OTHER_ORG)
    enrol(mixed, board)
    assert (mixed.items(board), mixed.cases(board)) == (["in a case"], ["queue"])


@pytest.mark.parametrize("lock", [False, True])
def test_anothers_item_and_a_missing_one_get_the_same_answer(mixed: Mixed, lock: bool) -> None:
    answers = set()
    with mixed.world.store.transaction() as session:
        elsewhere = session.scalars(select(ItemRow.id).where(ItemRow.org_id == OTHER_ORG)).first()
        logged = session.scalars(
            select(ItemRow.id).where(ItemRow.org_id == ORG, ItemRow.restricted.is_(True))
        ).one()
        for item_id in (elsewhere, logged, 10**9):
            with pytest.raises(NotFound) as caught:
                see_item(session, mixed.world.actor(Role.COMMS_LEAD), item_id or 0, lock=lock)
            answers.add(str(caught.value))
        assert see_item(session, mixed.world.actor(Role.HR_LEAD), logged, lock=lock).id == logged
    assert len(answers) == 1


@pytest.mark.parametrize("lock", [False, True])
def test_anothers_case_and_a_missing_one_get_the_same_answer(mixed: Mixed, lock: bool) -> None:
    answers = set()
    with mixed.world.store.transaction() as session:
        ref = session.scalars(
            select(CaseRow.ref).where(CaseRow.org_id == ORG, CaseRow.source == "queue")
        ).one()
        for actor in (
            mixed.world.actor(Role.HR_LEAD, OTHER_ORG),
            mixed.world.actor(Role.COMMS_LEAD),
            mixed.second(Role.HR_LEAD),
        ):
            with pytest.raises(NotFound) as caught:
                see_case(session, actor, ref, lock=lock)
            answers.add(str(caught.value))
        with pytest.raises(NotFound) as caught:
            see_case(session, mixed.world.actor(Role.HR_LEAD), "C-NOSUCH00", lock=lock)
        answers.add(str(caught.value))
        board = mixed.world.actor(Role.BOARD_MEMBER)
        assert see_case(session, board, ref, lock=lock).ref == ref
    assert len(answers) == 1
