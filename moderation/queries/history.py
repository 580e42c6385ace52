"""Audit lines as pages show them: an item's own history, and the chain for auditors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from moderation.access import Actor, Right
from moderation.queries.item_page import ItemPage
from moderation.tables import AuditBodyRow, UserRow

AnyRow: TypeAlias = Row[*tuple[Any, ...]]

HISTORY_MOST: Final = 200
LINES_A_PAGE: Final = 50

# A look is kept for auditors; beside the item it would only say who did their work.
_NOT_HISTORY: Final = ("item.view", "item.look_reason")
_COLUMNS: Final = (
    AuditBodyRow.seq,
    AuditBodyRow.at,
    AuditBodyRow.verb,
    AuditBodyRow.actor,
    AuditBodyRow.object,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: when, what (a code such as "item.decide"), who, about what, and why."""

    seq: int
    at: datetime
    verb: str
    who: str
    about: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """One page of the chain, newest first; before goes on to older lines, None at the end."""

    entries: tuple[Entry, ...]
    before: int | None


def item_history(session: Session, actor: Actor, page: ItemPage) -> tuple[Entry, ...]:
    """Return what happened to an item, its evidence and its actions, oldest first.

    page was read for the same actor, which is what gives the right to its history.
    """
    objects = [
        f"item:{page.item.id}",
        *(f"evidence_record:{row.id}" for row in page.evidence),
        *(f"evidence_addition:{row.id}" for row in page.additions),
        *(f"platform_action:{row.id}" for row in page.actions),
        *(f"action_on_capture:{row.id}" for row in page.asked),
    ]
    rows = session.execute(
        select(*_COLUMNS, AuditBodyRow.body)
        .where(
            AuditBodyRow.object.in_(objects),
            AuditBodyRow.org_id == actor.org_id,
            AuditBodyRow.verb.not_in(_NOT_HISTORY),
        )
        .order_by(AuditBodyRow.seq.desc())
        .limit(HISTORY_MOST)
    ).all()
    names = _names(session, actor.org_id, rows)
    return tuple(_entry(row, names, _reason(row.body)) for row in reversed(rows))


def audit_lines(
    session: Session, actor: Actor, *, before: int | None = None, verb: str = "", about: str = ""
) -> Lines:
    """Return a page of the organisation's lines without their content, newest first."""
    actor.require(Right.SEE_AUDIT)
    query: Select[*tuple[Any, ...]] = select(*_COLUMNS).where(AuditBodyRow.org_id == actor.org_id)
    if before is not None:
        query = query.where(AuditBodyRow.seq < before)
    if verb:
        query = query.where(AuditBodyRow.verb == verb)
    if about:
        query = query.where(AuditBodyRow.object == about)
    rows = session.execute(query.order_by(AuditBodyRow.seq.desc()).limit(LINES_A_PAGE + 1)).all()
    shown = rows[:LINES_A_PAGE]
    names = _names(session, actor.org_id, shown)
    entries = tuple(_entry(row, names) for row in shown)
    return Lines(entries, entries[-1].seq if len(rows) > LINES_A_PAGE else None)


def _names(session: Session, org_id: str, rows: Sequence[AnyRow]) -> dict[str, str]:
    ids = {int(ref[5:]) for ref in _refs(rows) if ref.startswith("user:") and ref[5:].isdigit()}
    if not ids:
        return {}
    found = session.execute(
        select(UserRow.id, UserRow.name).where(UserRow.org_id == org_id, UserRow.id.in_(ids))
    )
    return {f"user:{row.id}": row.name for row in found}


def _refs(rows: Sequence[AnyRow]) -> Iterable[str]:
    return (row.actor for row in rows if row.actor)


def _entry(row: AnyRow, names: dict[str, str], reason: str = "") -> Entry:
    who = names.get(row.actor or "", "Watchroom")
    return Entry(row.seq, row.at, row.verb, who, row.object or "", reason)


def _reason(body: str | None) -> str:
    return str(json.loads(body).get("reason", "")) if body else ""
