"""What a check of an account's access found: who we are there, what is missing, when it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import audit, jobs
from moderation.access import Actor, Right, system
from moderation.accounts.keeping import find
from moderation.accounts.reading import tell
from moderation.errors import Conflict
from moderation.tables import AccountRow, AccountStatus, to_ms

CHECK_EVERY: Final = timedelta(hours=1)
EXPIRES_SOON: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Found:
    """What the platform said of our access. missing are permissions as the platform calls them."""

    native_id: str
    name: str
    expires_at: datetime | None = None
    missing: tuple[str, ...] = ()


def note(session: Session, account_id: int, found: Found, *, now: datetime) -> AccountRow:
    """Keep what a check found, and tell the administrators of what is new and bad in it.

    An account whose access was thought to have ended is read on from where it was left.

    Raises Conflict, and keeps nothing, when another account of this installation is the same one
    at the platform, or when the access has come to belong to another account.
    """
    row = session.scalars(
        select(AccountRow).where(AccountRow.id == account_id).with_for_update()
    ).one()
    _require_same(session, row, found)
    if row.native_name and found.name and row.native_name != found.name:
        _line(session, row, "account.renamed", now)
        tell(session, row, f"renamed:{row.id}:{to_ms(now)}", now)
    if set(found.missing) - set(row.missing):
        _line(session, row, "account.permission_missing", now, names=", ".join(found.missing))
        tell(session, row, f"missing:{row.id}:{to_ms(now)}", now)
    if found.expires_at is not None and found.expires_at - now <= EXPIRES_SOON:
        tell(session, row, f"expires:{row.id}:{to_ms(found.expires_at)}", now)
    if row.status is AccountStatus.AUTH_LOST:
        row.status, row.status_reason, row.failures = AccountStatus.OK, "", 0
        _line(session, row, "account.access_back", now)
    row.native_id, row.native_name = found.native_id, found.name
    row.missing, row.expires_at, row.checked_at = list(found.missing), found.expires_at, now
    return row


def note_missing(session: Session, account_id: int, names: Sequence[str], *, now: datetime) -> None:
    """Keep that the platform refused for want of these permissions, and tell of new ones."""
    row = session.scalars(
        select(AccountRow).where(AccountRow.id == account_id).with_for_update()
    ).one()
    new = sorted(set(names) - set(row.missing))
    if new:
        row.missing = sorted({*row.missing, *names})
        _line(session, row, "account.permission_missing", now, names=", ".join(new))
        tell(session, row, f"missing:{row.id}:{to_ms(now)}", now)


def ask(session: Session, key: str, *, actor: Actor, now: datetime) -> AccountRow:
    """Have an account's access checked now; each asking is one check."""
    actor.require(Right.MANAGE_ACCOUNTS)
    row = find(session, key, actor=actor)
    jobs.promise(session, "check", str(row.id), f"check:{row.id}:asked:{to_ms(now)}", at=now)
    return row


def due(session: Session, *, now: datetime) -> list[AccountRow]:
    """Return the accounts whose access was not checked within CHECK_EVERY.

    One whose access has ended is checked too: a platform may take it back by itself, and then a
    person need only resume it.
    """
    rows = session.scalars(
        select(AccountRow).where(AccountRow.status != AccountStatus.PAUSED).order_by(AccountRow.id)
    )
    return [row for row in rows if row.checked_at is None or row.checked_at + CHECK_EVERY <= now]


def _require_same(session: Session, row: AccountRow, found: Found) -> None:
    if row.native_id and found.native_id and row.native_id != found.native_id:
        raise Conflict(
            f"This access belongs to another account ({found.name or found.native_id}). Give the "
            f"access of {row.native_name or row.name}, or add the other one as a new account."
        )
    other = session.scalar(
        select(AccountRow.key).where(
            AccountRow.connector == row.connector,
            AccountRow.native_id == found.native_id,
            AccountRow.native_id != "",
            AccountRow.id != row.id,
        )
    )
    if other is not None:
        raise Conflict(
            f"{found.name or 'This account'} is read already, under the key {other}. Two readers "
            "of one account would act twice: use the one there is, or pause it and remove its "
            "access first."
        )


def _line(session: Session, row: AccountRow, verb: str, now: datetime, **detail: str) -> None:
    by = system("check", row.org_id)
    audit.append(session, verb, f"account:{row.id}", actor=by, at=now, detail=detail)
