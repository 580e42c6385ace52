"""How well each account is being read, for the page, the command line and the doctor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.access import Actor
from moderation.accounts import may_see
from moderation.tables import AccountRow, AccountStatus, FeedCursorRow, QuarantineRow

# One missed poll is a hiccup; this many, and at least this long, is worth a person's look.
LATE_AFTER_POLLS: Final = 5
LATE_AFTER: Final = timedelta(minutes=10)


class Health(StrEnum):
    """How well an account is being read, the worst word that holds."""

    ACCESS_LOST = "access_lost"
    PAUSED = "paused"
    FAILING = "failing"
    LATE = "late"
    NOT_READ_YET = "not_read_yet"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class AccountHealth:
    """One account as people see it.

    read_at is the last poll that worked, brought_at the last that brought something. why says what
    stands against reading it, in words; it is empty when nothing does. quarantined counts records
    that wait for a person.
    """

    key: str
    name: str
    platform: str
    connector: str
    health: Health
    why: str
    poll_every_s: int
    read_at: datetime | None
    brought_at: datetime | None
    failures: int
    quarantined: int


def health(session: Session, *, actor: Actor, now: datetime) -> list[AccountHealth]:
    """Return every account of the actor's organisation by name, each with how it is being read."""
    may_see(actor)
    brought = (
        select(FeedCursorRow.account_id, func.max(FeedCursorRow.last_ok_at).label("at"))
        .group_by(FeedCursorRow.account_id)
        .subquery()
    )
    waiting = (
        select(QuarantineRow.account_id, func.count().label("n"))
        .where(QuarantineRow.org_id == actor.org_id, QuarantineRow.resolved_at.is_(None))
        .group_by(QuarantineRow.account_id)
        .subquery()
    )
    rows = session.execute(
        select(AccountRow, brought.c.at, func.coalesce(waiting.c.n, 0))
        .outerjoin(brought, brought.c.account_id == AccountRow.id)
        .outerjoin(waiting, waiting.c.account_id == AccountRow.id)
        .where(AccountRow.org_id == actor.org_id)
        .order_by(AccountRow.name, AccountRow.id)
    )
    return [_health(row, brought_at, waits, now) for row, brought_at, waits in rows]


def _health(
    row: AccountRow, brought_at: datetime | None, quarantined: int, now: datetime
) -> AccountHealth:
    return AccountHealth(
        key=row.key,
        name=row.name,
        platform=row.platform,
        connector=row.connector,
        health=_state_of_health(row, now),
        why=row.status_reason,
        poll_every_s=row.poll_every_s,
        read_at=row.polled_at,
        brought_at=brought_at,
        failures=row.failures,
        quarantined=quarantined,
    )


def _state_of_health(row: AccountRow, now: datetime) -> Health:
    if row.status is AccountStatus.AUTH_LOST:
        return Health.ACCESS_LOST
    if row.status is AccountStatus.PAUSED:
        return Health.PAUSED
    if row.failures:
        return Health.FAILING
    since = row.polled_at or row.created_at
    if now - since > max(LATE_AFTER, LATE_AFTER_POLLS * timedelta(seconds=row.poll_every_s)):
        return Health.LATE
    return Health.READING if row.polled_at else Health.NOT_READ_YET
