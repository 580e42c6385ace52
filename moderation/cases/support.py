"""The support plan: what was offered to the person affected and what they said to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor
from moderation.cases.codes import Support
from moderation.cases.members import Power, require
from moderation.cases.record import fresh, said
from moderation.scope import see_case
from moderation.tables import CaseRow, SupportRow, SupportStatus


@dataclass(frozen=True, slots=True)
class Line:
    """Where one kind of support stands; note is for the case's members alone."""

    status: SupportStatus = SupportStatus.NOT_YET
    note: str = ""


def plan(session: Session, case_id: int) -> dict[Support, Line]:
    """Return the whole checklist in its order; what nobody has touched is "not yet"."""
    rows = session.scalars(select(SupportRow).where(SupportRow.case_id == case_id))
    held = {row.code: Line(row.status, row.note) for row in rows}
    return {code: held.get(code.value, Line()) for code in Support}


def save(
    session: Session,
    ref: str,
    lines: Mapping[Support, Line],
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> CaseRow:
    """Keep the lines that differ from what is on record; the same plan sent twice changes nothing.

    Raises Conflict when somebody changed the case after this page was opened.
    """
    case = see_case(session, actor, ref, lock=True)
    require(session, case, actor, Power.WORK)
    held = plan(session, case.id)
    tidy = {
        code: Line(line.status, said(line.note, "A note") if line.note.strip() else "")
        for code, line in lines.items()
    }
    changed = {code: line for code, line in tidy.items() if line != held[code]}
    if not changed:
        return case
    fresh(case, revision)
    rows = {
        row.code: row
        for row in session.scalars(select(SupportRow).where(SupportRow.case_id == case.id))
    }
    for code, line in changed.items():
        row = rows.get(code.value) or SupportRow(case_id=case.id, code=code.value)
        row.status, row.note = line.status, line.note
        row.changed_by, row.changed_at = actor.ref, now
        session.add(row)
    audit.append(
        session,
        "case.support",
        f"case:{case.id}",
        actor=actor,
        at=now,
        detail={"lines": {code.value: line.status.value for code, line in changed.items()}},
    )
    return case
