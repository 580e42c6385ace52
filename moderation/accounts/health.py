"""How well each account is being read, for the page, the command line and the doctor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.access import Actor
from moderation.accounts.keeping import may_see
from moderation.accounts.reading import BACKFILL, SWEEP
from moderation.tables import (
    AccountRow,
    AccountStatus,
    AccountUsageRow,
    FeedCursorRow,
    QuarantineRow,
)

# One missed poll is a hiccup; this many, and at least this long, is worth a person's look.
LATE_AFTER_POLLS: Final = 5
LATE_AFTER: Final = timedelta(minutes=10)


class Health(StrEnum):
    """How well an account is being read, the worst word that holds."""

    ACCESS_LOST = "access_lost"
    PAUSED = "paused"
    LACKING = "lacking"
    FAILING = "failing"
    RESTING = "resting"
    LATE = "late"
    NOT_READ_YET = "not_read_yet"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class AccountHealth:
    """One account as people see it.

    read_at is the last poll that worked, brought_at the last that brought something. why says what
    stands against reading it, in words; it is empty when nothing does. quarantined counts records
    that wait for a person. missing names permissions, expires_at is when the access ends by itself,
    rest_until how long the platform wants to be left alone. back_to is how far back everything is
    asked for, reached how far the reading has come, None once it is there. spent is what calls have
    cost in the running period of a platform that counts them.
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
    native_name: str
    checked_at: datetime | None
    expires_at: datetime | None
    missing: tuple[str, ...]
    rest_until: datetime | None
    back_to: datetime | None
    reached: datetime | None
    back_done: bool
    swept_at: datetime | None
    spent: float | None
    settings: Mapping[str, Any]


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
    ).all()
    ids = [row.id for row, _, _ in rows]
    rounds = _rounds(session, ids)
    spent = _spent(session, ids)
    return [
        _health(row, brought_at, waits, rounds, spent.get(row.id), now)
        for row, brought_at, waits in rows
    ]


def _rounds(session: Session, ids: Sequence[int]) -> dict[tuple[int, str], FeedCursorRow]:
    found = session.scalars(
        select(FeedCursorRow).where(
            FeedCursorRow.account_id.in_(ids), FeedCursorRow.feed.in_((SWEEP, BACKFILL))
        )
    )
    return {(row.account_id, row.feed): row for row in found}


def _spent(session: Session, ids: Sequence[int]) -> dict[int, float]:
    """Return what each account's calls have cost in its latest period."""
    found = session.scalars(
        select(AccountUsageRow)
        .where(AccountUsageRow.account_id.in_(ids))
        .order_by(AccountUsageRow.period)
    )
    return {row.account_id: row.spent for row in found}


def _health(
    row: AccountRow,
    brought_at: datetime | None,
    quarantined: int,
    rounds: Mapping[tuple[int, str], FeedCursorRow],
    spent: float | None,
    now: datetime,
) -> AccountHealth:
    backfill, sweep = rounds.get((row.id, BACKFILL)), rounds.get((row.id, SWEEP))
    resting = row.rest_until is not None and row.rest_until > now
    return AccountHealth(
        key=row.key,
        name=row.name,
        platform=row.platform,
        connector=row.connector,
        health=_state_of_health(row, now),
        why=row.rest_reason if resting and not row.failures else row.status_reason,
        poll_every_s=row.poll_every_s,
        read_at=row.polled_at,
        brought_at=brought_at,
        failures=row.failures,
        quarantined=quarantined,
        native_name=row.native_name,
        checked_at=row.checked_at,
        expires_at=row.expires_at,
        missing=tuple(row.missing),
        rest_until=row.rest_until if resting else None,
        back_to=backfill.since if backfill else None,
        reached=backfill.reached if backfill else None,
        back_done=backfill is not None and backfill.done_at is not None,
        swept_at=sweep.done_at if sweep else None,
        spent=spent,
        settings=row.settings,
    )


def _state_of_health(row: AccountRow, now: datetime) -> Health:
    if row.status is AccountStatus.AUTH_LOST:
        return Health.ACCESS_LOST
    if row.status is AccountStatus.PAUSED:
        return Health.PAUSED
    if row.failures:
        return Health.FAILING
    if row.missing:
        return Health.LACKING
    if row.rest_until is not None and row.rest_until > now:
        return Health.RESTING
    since = row.polled_at or row.created_at
    if now - since > max(LATE_AFTER, LATE_AFTER_POLLS * timedelta(seconds=row.poll_every_s)):
        return Health.LATE
    return Health.READING if row.polled_at else Health.NOT_READ_YET
