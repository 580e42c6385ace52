"""The lists of a person's own cases; a case in a list is a case that was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor
from moderation.cases.dates import local_day
from moderation.lifecycle import CaseState
from moderation.scope import visible_cases
from moderation.tables import CaseRow, StaffRow

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class ListLine:
    """One case in a list: who is affected by initials only, so that a glance gives no name away."""

    ref: str
    who: str
    state: CaseState
    severity: int
    review_on: date | None
    overdue: bool
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page of a list; is_last says that no case follows."""

    lines: tuple[ListLine, ...]
    page: int
    is_last: bool


def list_cases(
    session: Session, actor: Actor, *, ended: bool, now: datetime, page: int = 1
) -> CaseList:
    """Return a page of the actor's own cases, overdue reviews first; pages count from 1.

    The list is a read of each case in it, and leaves a line that says so.
    """
    over = CaseRow.state == CaseState.CLOSED
    rows = session.execute(
        select(CaseRow, StaffRow.full_name)
        .join(
            StaffRow,
            (StaffRow.org_id == CaseRow.org_id) & (StaffRow.staff_id == CaseRow.affected_staff_id),
            isouter=True,
        )
        .where(visible_cases(actor), over if ended else ~over)
        .order_by(
            CaseRow.review_on.is_(None), CaseRow.review_on, CaseRow.severity.desc(), CaseRow.id
        )
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    ).all()
    is_last = len(rows) <= PAGE
    rows = rows[:PAGE]
    if rows:
        audit.append(
            session,
            "case.list",
            "cases",
            actor=actor,
            at=now,
            detail={"cases": [case.id for case, _ in rows]},
        )
    today = local_day(now)
    lines = tuple(
        ListLine(
            ref=case.ref,
            who=initials(name or case.affected_person),
            state=case.state,
            severity=case.severity,
            review_on=case.review_on,
            overdue=is_overdue(case, today),
            opened_at=case.opened_at,
        )
        for case, name in rows
    )
    return CaseList(lines, page, is_last)


def initials(name: str) -> str:
    """Return the first letter of each word, such as "A. N. O."; empty for an empty name."""
    return " ".join(f"{word[0].upper()}." for word in name.split()[:4])


def is_overdue(case: CaseRow, today: date) -> bool:
    """Say whether the day of the next review has passed."""
    return case.review_on is not None and case.review_on < today


def is_mine(session: Session, actor: Actor, ref: str) -> bool:
    """Say whether the actor is a member of the case, and so may be led to its page."""
    return bool(session.scalar(select(exists().where(CaseRow.ref == ref, visible_cases(actor)))))
