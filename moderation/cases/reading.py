"""What the pages of a case show; every read of one leaves a line in the audit chain."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor
from moderation.cases import guards
from moderation.cases.codes import Entry, Question, Step, Support
from moderation.cases.dates import local_day
from moderation.cases.facts import answers, gather
from moderation.cases.listing import is_overdue
from moderation.cases.members import Power, members_of, possible_members, powers
from moderation.cases.notes import contact_barred
from moderation.cases.support import Line, plan
from moderation.cases.working import power_for
from moderation.lifecycle import CaseEvent, EvidenceState, open_events
from moderation.scope import see_case, see_item
from moderation.tables import (
    AccountRow,
    AuditBodyRow,
    CaseItemRow,
    CaseMemberRow,
    CaseNoteRow,
    CaseRow,
    EvidenceRow,
    ItemRow,
    ItemVersionRow,
    StaffRow,
    UserRow,
)

_LOOK: Final = "case.view"
_LATEST: Final = 200


@dataclass(frozen=True, slots=True)
class HeldItem:
    """One item of a case with its words and what is kept as evidence."""

    id: int
    text: str
    account: str
    author: str
    occurred_at: datetime
    severity: int
    staff_id: str | None
    evidence_ref: str
    evidence_state: EvidenceState | None


@dataclass(frozen=True, slots=True)
class Written:
    """One line of the record with the name of who wrote it."""

    kind: str
    body: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Trace:
    """One line of the audit chain about the case: who did what when, without any content."""

    verb: str
    by: str
    at: datetime
    after: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """One way on from here, with what is missing for it and whether this person may take it."""

    event: CaseEvent
    missing: tuple[str, ...]
    allowed: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that the page of one case shows.

    affected is the full name where we hold it, staff_label the same with the directory's id.
    """

    case: CaseRow
    affected: str
    staff_label: str
    overdue: bool
    powers: frozenset[Power]
    ways_on: tuple[Next, ...]
    items: tuple[HeldItem, ...]
    support: Mapping[Support, Line]
    notes: tuple[Written, ...]
    steps: tuple[Written, ...]
    decisions: tuple[Written, ...]
    members: tuple[UserRow, ...]
    barred: tuple[UserRow, ...]
    candidates: tuple[UserRow, ...]
    history: tuple[Trace, ...]
    looks: tuple[Trace, ...]
    answers: Mapping[Question, str]
    police_needed: bool
    contact_barred: bool


def view(session: Session, actor: Actor, ref: str, *, now: datetime) -> CasePage:
    """Return one case for its page and write the line that says who read it.

    Raises NotFound for a missing case and for another's alike; such a look leaves no line.
    """
    case = see_case(session, actor, ref)
    mine = powers(session, case, actor)
    name = _staff_name(session, case)
    facts = gather(session, case)
    lines = _written(session, case)
    people = tuple(members_of(session, case.id))
    barred = tuple(_barred(session, case))
    audit.append(session, "case.view", f"case:{case.id}", actor=actor, at=now)
    known = {user.id for user in (*people, *barred)}
    steps = {step.value for step in Step}
    return CasePage(
        case=case,
        affected=name or case.affected_person,
        staff_label=f"{name} ({case.affected_staff_id})" if name else "",
        overdue=is_overdue(case, local_day(now)),
        powers=mine,
        ways_on=tuple(
            Next(event, guards.missing(event, facts), power_for(event) in mine)
            for event in open_events(case.state)
        ),
        items=tuple(_items(session, case)),
        support=plan(session, case.id),
        notes=tuple(line for line in lines if line.kind in (Entry.NOTE, Entry.OPENED)),
        steps=tuple(line for line in lines if line.kind in steps),
        decisions=tuple(
            line
            for line in lines
            if line.body and line.kind not in steps and line.kind not in _ELSEWHERE
        ),
        members=people,
        barred=barred,
        candidates=tuple(
            user for user in possible_members(session, case.org_id) if user.id not in known
        ),
        history=tuple(_traces(session, case, AuditBodyRow.verb != _LOOK)),
        looks=tuple(_traces(session, case, AuditBodyRow.verb == _LOOK)),
        answers=answers(session, case.id),
        police_needed=guards.police_decision_needed(facts),
        contact_barred=contact_barred(session, case),
    )


_ELSEWHERE: Final = (Entry.NOTE, Entry.OPENED, Entry.TRIAGE)


def _staff_name(session: Session, case: CaseRow) -> str:
    return (
        session.scalar(
            select(StaffRow.full_name).where(
                StaffRow.org_id == case.org_id, StaffRow.staff_id == case.affected_staff_id
            )
        )
        or ""
    )


def item_in_brief(session: Session, actor: Actor, item_id: int) -> HeldItem:
    """Return one item for the form that opens a case about it.

    Raises NotFound for an item that the actor may not see.
    """
    item = see_item(session, actor, item_id)
    return _held(session, ItemRow.id == item.id)[0]


def _items(session: Session, case: CaseRow) -> list[HeldItem]:
    belongs = select(CaseItemRow.item_id).where(CaseItemRow.case_id == case.id)
    return _held(session, and_(ItemRow.id.in_(belongs), ItemRow.org_id == case.org_id))


def _held(session: Session, which: ColumnElement[bool]) -> list[HeldItem]:
    rows = session.execute(
        select(ItemRow, ItemVersionRow.body, AccountRow.name, EvidenceRow.ref, EvidenceRow.state)
        .join(AccountRow, AccountRow.id == ItemRow.account_id)
        .join(
            ItemVersionRow,
            (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.seq == ItemRow.version),
        )
        .join(
            EvidenceRow,
            (EvidenceRow.item_id == ItemRow.id) & (EvidenceRow.version_seq == ItemRow.version),
            isouter=True,
        )
        .where(which)
        .order_by(ItemRow.occurred_at, ItemRow.id)
    )
    return [
        HeldItem(
            id=item.id,
            text=body or "",
            account=account,
            author=item.author_name or item.author_handle or item.author_ref or "",
            occurred_at=item.occurred_at,
            severity=item.severity,
            staff_id=item.target_staff_id,
            evidence_ref=ref or "",
            evidence_state=state,
        )
        for item, body, account, ref, state in rows
    ]


def _written(session: Session, case: CaseRow) -> list[Written]:
    rows = session.execute(
        select(CaseNoteRow.kind, CaseNoteRow.body, UserRow.name, CaseNoteRow.at)
        .join(UserRow, UserRow.id == CaseNoteRow.author_id)
        .where(CaseNoteRow.case_id == case.id)
        .order_by(CaseNoteRow.id.desc())
    )
    return [Written(row.kind, row.body, row.name, row.at) for row in rows]


def _barred(session: Session, case: CaseRow) -> Sequence[UserRow]:
    return session.scalars(
        select(UserRow)
        .join(CaseMemberRow, CaseMemberRow.user_id == UserRow.id)
        .where(CaseMemberRow.case_id == case.id, CaseMemberRow.barred.is_(True))
        .order_by(UserRow.name)
    ).all()


def _traces(session: Session, case: CaseRow, which: ColumnElement[bool]) -> list[Trace]:
    """Return the chain's latest lines about the case, newest first, with people's names."""
    rows = session.execute(
        select(AuditBodyRow.verb, AuditBodyRow.actor, AuditBodyRow.at, AuditBodyRow.body)
        .where(AuditBodyRow.object.in_((f"case:{case.id}", f"hr_case:{case.id}")), which)
        .order_by(AuditBodyRow.seq.desc())
        .limit(_LATEST)
    ).all()
    names = {
        f"user:{user_id}": name
        for user_id, name in session.execute(
            select(UserRow.id, UserRow.name).where(UserRow.org_id == case.org_id)
        )
    }
    return [
        Trace(row.verb, names.get(row.actor or "", "Watchroom"), row.at, _after(row.body))
        for row in rows
    ]


def _after(body: str | None) -> str:
    detail = json.loads(body)["detail"] if body else {}
    return str(detail.get("after", ""))
