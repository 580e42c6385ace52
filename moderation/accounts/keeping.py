"""Keeping the organisation's accounts: adding, pausing, resuming, reconnecting, backfilling."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor, Right
from moderation.accounts.reading import BACKFILL
from moderation.errors import Conflict, InvalidInput, NotFound
from moderation.tables import AccountRow, AccountStatus, FeedCursorRow

POLL_EVERY_S: Final = 60
SHORTEST_POLL_S: Final = 10
LONGEST_POLL_S: Final = 86_400
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}", re.ASCII)
_PLATFORM: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.ASCII)
LONGEST_LIVE_DAYS: Final = 365


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be added. settings are the connector's; the caller has had them checked."""

    key: str
    platform: str
    name: str
    connector: str
    settings: Mapping[str, Any]
    poll_every_s: int = POLL_EVERY_S


def add(session: Session, new: NewAccount, *, actor: Actor, now: datetime) -> AccountRow:
    """Add an account to the actor's organisation; its first poll is due at once.

    Raises InvalidInput for a field that cannot stand, Conflict when the key is in use.
    """
    _may_manage(actor)
    _check(new)
    taken = select(AccountRow.id).where(
        AccountRow.org_id == actor.org_id, AccountRow.key == new.key
    )
    if session.scalar(taken) is not None:
        raise Conflict(f"There is an account with the key {new.key} already. Choose another key.")
    row = AccountRow(
        org_id=actor.org_id,
        key=new.key,
        platform=new.platform,
        name=" ".join(new.name.split()),
        connector=new.connector,
        settings=dict(new.settings),
        status=AccountStatus.OK,
        poll_every_s=new.poll_every_s,
        created_at=now,
    )
    session.add(row)
    session.flush()
    _line(session, "account.add", row, actor, now, connector=new.connector)
    return row


def find(session: Session, key: str, *, actor: Actor) -> AccountRow:
    """Return the account of the actor's organisation with this key.

    Raises NotFound that names the keys there are, for whoever typed one.
    """
    may_see(actor)
    return _of(session, key, actor)


def pause(session: Session, key: str, *, reason: str, actor: Actor, now: datetime) -> AccountRow:
    """Stop reading an account until somebody resumes it; pausing a paused one changes nothing."""
    _may_manage(actor)
    row = _of(session, key, actor, lock=True)
    if row.status is not AccountStatus.PAUSED:
        row.status, row.status_reason = AccountStatus.PAUSED, reason
        _line(session, "account.pause", row, actor, now, reason=reason)
    return row


def resume(session: Session, key: str, *, actor: Actor, now: datetime) -> AccountRow:
    """Read an account again from where it was left; one that is being read stays as it is."""
    _may_manage(actor)
    row = _of(session, key, actor, lock=True)
    if row.status is not AccountStatus.OK:
        row.status, row.status_reason, row.failures = AccountStatus.OK, "", 0
        _line(session, "account.resume", row, actor, now)
    return row


def live_for(session: Session, key: str, days: int, *, actor: Actor, now: datetime) -> AccountRow:
    """Set for how many days after it was made a post is read again whole."""
    _may_manage(actor)
    row = _of(session, key, actor, lock=True)
    if not 1 <= days <= LONGEST_LIVE_DAYS:
        raise InvalidInput(f"Posts are read again for 1 to {LONGEST_LIVE_DAYS} days.")
    row.live_days = days
    _line(session, "account.live_for", row, actor, now, days=str(days))
    return row


def reconnect(session: Session, key: str, *, actor: Actor, now: datetime) -> AccountRow:
    """Take up reading after a person gave new secrets: from the cursor, so the gap is closed."""
    _may_manage(actor)
    row = _of(session, key, actor, lock=True)
    row.secrets_at, row.rest_until, row.act_rest_until, row.rest_reason = now, None, None, ""
    if row.status is AccountStatus.AUTH_LOST:
        row.status, row.status_reason, row.failures = AccountStatus.OK, "", 0
    _line(session, "account.reconnect", row, actor, now)
    return row


def backfill(
    session: Session, key: str, since: datetime, *, actor: Actor, now: datetime
) -> FeedCursorRow:
    """Ask for everything back to a date; asked again, the earlier of both dates holds.

    Raises InvalidInput for a date that is not in the past.
    """
    _may_manage(actor)
    row = _of(session, key, actor, lock=True)
    if since >= now:
        raise InvalidInput("A backfill goes back to a date in the past.")
    feed = session.get(FeedCursorRow, (row.id, BACKFILL)) or FeedCursorRow(
        account_id=row.id, feed=BACKFILL, page_no=0
    )
    feed.since = min(since, feed.since or since)
    feed.cursor = feed.began_at = feed.done_at = feed.reached = None
    session.add(feed)
    _line(session, "account.backfill", row, actor, now, since=since.date().isoformat())
    return feed


def _of(session: Session, key: str, actor: Actor, *, lock: bool = False) -> AccountRow:
    query = select(AccountRow).where(AccountRow.org_id == actor.org_id, AccountRow.key == key)
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None:
        keys = session.scalars(
            select(AccountRow.key)
            .where(AccountRow.org_id == actor.org_id)
            .order_by(AccountRow.key)
            .limit(20)
        ).all()
        here = f"There are: {', '.join(keys)}." if keys else "There is none yet: add one first."
        raise NotFound(f"There is no account with this key. {here}")
    return row


def _check(new: NewAccount) -> None:
    if not _KEY.fullmatch(new.key):
        raise InvalidInput(
            "An account's key has lower-case letters, digits and hyphens, at most 60: for example "
            "northmoor-facebook."
        )
    if not _PLATFORM.fullmatch(new.platform):
        raise InvalidInput("An account's platform is one lower-case word, for example facebook.")
    if not 1 <= len(new.name.strip()) <= 200:
        raise InvalidInput("An account needs a name of at most 200 characters.")
    if not SHORTEST_POLL_S <= new.poll_every_s <= LONGEST_POLL_S:
        raise InvalidInput(
            f"An account is read every {SHORTEST_POLL_S} to {LONGEST_POLL_S} seconds."
        )


def _may_manage(actor: Actor) -> None:
    """Let the role's right decide; the command line stands beside the database and passes."""
    if actor.user_id is not None or actor.role is not None:
        actor.require(Right.MANAGE_ACCOUNTS)


def may_see(actor: Actor) -> None:
    """Raise NotAllowed unless the actor may see accounts; the command line may."""
    if actor.user_id is not None or actor.role is not None:
        actor.require(Right.SEE_ACCOUNTS)


def _line(
    session: Session,
    verb: str,
    row: AccountRow,
    actor: Actor,
    now: datetime,
    *,
    reason: str = "",
    **detail: str,
) -> None:
    audit.append(
        session, verb, f"account:{row.id}", actor=actor, at=now, reason=reason, detail=detail
    )
