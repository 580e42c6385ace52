"""Records that could not be taken in: who looks at them, and how one is set aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor, Right
from moderation.errors import NotFound
from moderation.tables import AccountRow, QuarantineRow, UserRow

PAGE: Final = 20
# A person reads the beginning of a record; two megabytes would help nobody and stall the page.
SHOWN_BYTES: Final = 4_000


@dataclass(frozen=True, slots=True)
class Held:
    """One record in quarantine; head holds its first bytes and size counts all of them.

    resolved_at, resolved_by and resolution are empty while it waits for a person.
    """

    id: int
    account: str
    at: datetime
    reason: str
    head: bytes
    size: int
    resolved_at: datetime | None
    resolved_by: str
    resolution: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of records, newest first; older is the id to go on from, None at the end."""

    records: tuple[Held, ...]
    waiting: int
    older: int | None


def shelf(
    session: Session, *, actor: Actor, before: int | None = None, settled: bool = False
) -> Shelf:
    """Return records of the actor's organisation with an id below before.

    settled asks for those that were set aside instead of those that wait.
    """
    actor.require(Right.SEE_QUARANTINE)
    mine = QuarantineRow.org_id == actor.org_id
    waits = QuarantineRow.resolved_at.is_(None)
    waiting = session.scalar(select(func.count()).select_from(QuarantineRow).where(mine, waits))
    query = (
        select(
            QuarantineRow.id,
            AccountRow.name,
            QuarantineRow.at,
            QuarantineRow.reason,
            func.substr(QuarantineRow.raw, 1, SHOWN_BYTES),
            func.length(QuarantineRow.raw),
            QuarantineRow.resolved_at,
            func.coalesce(UserRow.name, ""),
            func.coalesce(QuarantineRow.resolution, ""),
        )
        .join(AccountRow, AccountRow.id == QuarantineRow.account_id)
        .outerjoin(UserRow, UserRow.id == QuarantineRow.resolved_by)
        .where(mine, ~waits if settled else waits)
        .order_by(QuarantineRow.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        query = query.where(QuarantineRow.id < before)
    found = [Held(*row) for row in session.execute(query)]
    older = found[PAGE - 1].id if len(found) > PAGE else None
    return Shelf(tuple(found[:PAGE]), waiting or 0, older)


def set_aside(
    session: Session, quarantine_id: int, *, reason: str, actor: Actor, now: datetime
) -> None:
    """Keep that a person has looked and nothing more is to be done; a second call changes nothing.

    The bytes stay. Raises NotFound for a record of another organisation as for a missing one.
    """
    actor.require(Right.SEE_QUARANTINE)
    row = session.scalar(
        select(QuarantineRow)
        .where(QuarantineRow.id == quarantine_id, QuarantineRow.org_id == actor.org_id)
        .with_for_update()
    )
    if row is None:
        raise NotFound("There is no such record, or it is not yours to see.")
    if row.resolved_at is None:
        row.resolved_at, row.resolved_by, row.resolution = now, actor.user_id, reason
        audit.append(
            session,
            "quarantine.set_aside",
            f"quarantine:{row.id}",
            actor=actor,
            at=now,
            reason=reason,
        )
