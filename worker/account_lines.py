"""The lines that the command line shows of each account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors.registry import METERED, kind_of
from moderation.accounts import usage
from moderation.accounts.reading import BACKFILL
from moderation.errors import NotFound
from moderation.tables import AccountRow, AccountStatus, FeedCursorRow

_STATUS: Final = {
    AccountStatus.OK: "being read",
    AccountStatus.PAUSED: "paused",
    AccountStatus.AUTH_LOST: "access has ended",
}


def rows(session: Session, key: str | None, org: str | None) -> list[AccountRow]:
    """Return the account of that key, or all of them. Raises NotFound when there is none."""
    query = select(AccountRow).order_by(AccountRow.org_id, AccountRow.key)
    if key is not None:
        query = query.where(AccountRow.key == key)
    if org is not None:
        query = query.where(AccountRow.org_id == org)
    found = list(session.scalars(query))
    if key is not None and not found:
        msg = f"There is no account with the key {key}. `watchroom accounts` lists them."
        raise NotFound(msg)
    return found


def lines(session: Session, *, now: datetime) -> list[str]:
    """Return a line for each account, and under it what a person should know of it."""
    told = []
    for row in session.scalars(select(AccountRow).order_by(AccountRow.org_id, AccountRow.key)):
        polled = row.polled_at.isoformat(timespec="seconds") if row.polled_at else "never"
        state = _STATUS[row.status] + (f" ({row.status_reason})" if row.status_reason else "")
        told.append(f"{row.org_id}  {row.key}  {row.platform}  {state}  last read: {polled}")
        told.extend(f"    {says}" for says in _more(session, row, now))
    return told


def _more(session: Session, row: AccountRow, now: datetime) -> Iterator[str]:
    if row.missing:
        yield f"permissions that are missing: {', '.join(row.missing)}"
    if row.expires_at is not None:
        yield f"the access ends on {row.expires_at:%Y-%m-%d}"
    if row.rest_until is not None and row.rest_until > now:
        yield f"left alone until {row.rest_until:%H:%M} UTC: {row.rest_reason}"
    backfill = session.get(FeedCursorRow, (row.id, BACKFILL))
    if backfill is not None and backfill.since is not None:
        yield _backfill(backfill)
    tariff = kind_of(row.connector).tariff if row.connector in METERED else None
    if tariff is not None:
        spent = usage.spent(session, row.id, tariff.period(now).key)
        yield f"used in this period: {spent:,.2f} {tariff.unit}"


def _backfill(row: FeedCursorRow) -> str:
    since = f"{row.since:%Y-%m-%d}"
    if row.done_at is not None:
        return f"read back to {since}"
    come = f"{row.reached:%Y-%m-%d}" if row.reached else "not begun"
    return f"being read back to {since}; so far: {come}"
