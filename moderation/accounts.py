"""The organisation's accounts: adding, pausing and resuming them, and which are to be read next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import String, case, cast, select, update
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor, Right, system
from moderation.errors import Conflict, InvalidInput, NotFound
from moderation.reporting.alerts import raise_alert
from moderation.tables import (
    AccountRow,
    AccountStatus,
    JobRow,
    JobState,
    to_ms,
)

POLL_EVERY_S: Final = 60
SHORTEST_POLL_S: Final = 10
LONGEST_POLL_S: Final = 86_400
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}", re.ASCII)
_PLATFORM: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.ASCII)
_WHY_LIMIT: Final = 500
SILENT_AFTER: Final = timedelta(minutes=60)


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


def due(session: Session, *, now: datetime) -> list[AccountRow]:
    """Return the accounts whose next poll is due and has not been promised, longest due first."""
    promised = (
        select(JobRow.id)
        .where(
            JobRow.kind == "poll",
            JobRow.ref == cast(AccountRow.id, String),
            JobRow.state.in_((JobState.READY, JobState.LEASED)),
        )
        .exists()
    )
    rows = session.scalars(
        select(AccountRow)
        .where(AccountRow.status == AccountStatus.OK, ~promised)
        .order_by(AccountRow.polled_at.nulls_first(), AccountRow.id)
    )
    return [row for row in rows if _is_due(row, now)]


def note_success(session: Session, account_id: int, *, now: datetime) -> None:
    """Keep that a poll worked. A pause that came meanwhile stays, with its reason."""
    being_read = AccountRow.status == AccountStatus.OK
    session.execute(
        update(AccountRow)
        .where(AccountRow.id == account_id)
        .values(
            polled_at=now,
            failures=0,
            status_reason=case((being_read, ""), else_=AccountRow.status_reason),
        )
        .execution_options(synchronize_session=False)
    )


def note_failure(session: Session, account_id: int, why: str, *, now: datetime) -> None:
    """Count a poll that failed, and why; why comes from a connector and holds no item's text.

    An account that has been silent for longer than SILENT_AFTER is told of by mail, once a silence.
    """
    being_read = AccountRow.status == AccountStatus.OK
    session.execute(
        update(AccountRow)
        .where(AccountRow.id == account_id)
        .values(
            failures=AccountRow.failures + 1,
            status_reason=case((being_read, why[:_WHY_LIMIT]), else_=AccountRow.status_reason),
        )
        .execution_options(synchronize_session=False)
    )
    row = session.scalars(select(AccountRow).where(AccountRow.id == account_id)).one()
    since = row.polled_at or row.created_at
    if now - since > SILENT_AFTER:
        _tell(session, row, f"silent:{row.id}:{to_ms(since)}", now)


def lose_access(session: Session, account_id: int, why: str, *, now: datetime) -> None:
    """Stop reading an account whose platform no longer accepts us, until a person resumes it."""
    row = session.scalars(
        select(AccountRow).where(AccountRow.id == account_id).with_for_update()
    ).one()
    if row.status is AccountStatus.OK:
        row.status, row.status_reason = AccountStatus.AUTH_LOST, why[:_WHY_LIMIT]
        _line(session, "account.lose_access", row, system("poll", row.org_id), now)
        _tell(session, row, f"access:{row.id}:{to_ms(now)}", now)


def _tell(session: Session, row: AccountRow, about: str, now: datetime) -> None:
    """Tell the administrators that an account is not being read."""
    ref = f"A-{row.id}"
    raise_alert(session, "AL10", about, ref=ref, link_path="/accounts", org_id=row.org_id, now=now)


def _is_due(row: AccountRow, now: datetime) -> bool:
    return row.polled_at is None or row.polled_at + timedelta(seconds=row.poll_every_s) <= now


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
