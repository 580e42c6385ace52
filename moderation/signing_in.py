"""Signing in: slow guessing, one answer for every failure, and sessions that live in the record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from moderation import audit, people
from moderation.access import Actor
from moderation.tables import OrganisationRow, SignInFailureRow, UserRow, WebSessionRow

WINDOW: Final = timedelta(minutes=15)
# Few tries for one source at one address; more for one source at all addresses; more still for one
# address from everywhere, so that a stranger cannot easily lock a person out.
PAIR_LIMIT: Final = 5
SOURCE_LIMIT: Final = 25
ADDRESS_LIMIT: Final = 40

# A hash that no password fits, so that an unknown address takes as long as a known one.
_NOBODY: Final = people.hash_password("nobody has this password at all")


@dataclass(frozen=True, slots=True)
class WebSession:
    """A live browser session and whose it is; user is None before signing in."""

    token_sha256: str
    data: dict[str, Any]
    created_at: datetime
    seen_at: datetime
    user: UserRow | None
    organisation: OrganisationRow | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who an address may be, read before the password is checked."""

    user_id: int | None
    org_id: str
    name: str
    password_hash: str


def may_try(session: Session, email: str, source: str, now: datetime) -> bool:
    """Count a try before it is made, so that many at once are counted; False when too many."""
    session.execute(delete(SignInFailureRow).where(SignInFailureRow.at < now - WINDOW))
    limits = _limits(email, source)
    for key, limit in limits.items():
        tried = session.scalar(
            select(func.count()).select_from(SignInFailureRow).where(SignInFailureRow.key == key)
        )
        if (tried or 0) >= limit:
            return False
    session.add_all(SignInFailureRow(key=key, at=now) for key in limits)
    return True


def candidate(session: Session, email: str) -> Candidate:
    """Return who may sign in under an address; for an unknown one somebody whom nothing fits."""
    row = session.scalar(
        select(UserRow).where(UserRow.email == people.plain_email(email), UserRow.active.is_(True))
    )
    if row is None:
        return Candidate(None, "", "", _NOBODY)
    return Candidate(row.id, row.org_id, row.name, row.password_hash)


def succeed(
    session: Session, found: Candidate, email: str, source: str, password: str, *, now: datetime
) -> Actor | None:
    """Record a sign-in after the password fitted; None when the person was shut out meanwhile.

    now is the time with which may_try counted this try.
    """
    row = session.scalar(
        select(UserRow).where(
            UserRow.id == found.user_id,
            UserRow.active.is_(True),
            UserRow.password_hash == found.password_hash,
        )
    )
    if row is None:
        return None
    if people.needs_rehash(row.password_hash):
        row.password_hash = people.hash_password(password)
    _forget(session, email, source, now)
    actor = Actor(row.name, row.org_id, row.role, row.id)
    audit.append(session, "user.sign_in", f"user:{row.id}", actor=actor, at=now)
    return actor


def find(session: Session, token: str, *, now: datetime, idle: timedelta) -> WebSession | None:
    """Return the live session of a cookie's token; None when unknown, over, idle or shut out."""
    row = session.execute(
        select(WebSessionRow, UserRow, OrganisationRow)
        .join(UserRow, UserRow.id == WebSessionRow.user_id, isouter=True)
        .join(OrganisationRow, OrganisationRow.id == UserRow.org_id, isouter=True)
        .where(
            WebSessionRow.token_sha256 == token_sha256(token),
            WebSessionRow.expires_at > now,
            WebSessionRow.seen_at > now - idle,
        )
    ).one_or_none()
    if row is None:
        return None
    kept, user, organisation = row
    if user is not None and not user.active:
        return None
    return WebSession(
        kept.token_sha256, dict(kept.data), kept.created_at, kept.seen_at, user, organisation
    )


def begin(
    session: Session,
    token: str,
    data: dict[str, Any],
    *,
    user_id: int | None,
    instead_of: str | None,
    now: datetime,
    until: datetime,
) -> None:
    """Keep a new session, in place of the one that the browser had; sweep those that are over."""
    session.execute(delete(WebSessionRow).where(WebSessionRow.expires_at < now))
    if instead_of:
        end(session, instead_of)
    session.add(
        WebSessionRow(
            token_sha256=token_sha256(token),
            user_id=user_id,
            data=data,
            created_at=now,
            seen_at=now,
            expires_at=until,
        )
    )


def keep(session: Session, sha256: str, data: dict[str, Any], *, now: datetime) -> None:
    """Store what the browser's session holds and that it was seen; nothing when it has ended."""
    session.execute(
        update(WebSessionRow)
        .where(WebSessionRow.token_sha256 == sha256)
        .values(data=data, seen_at=now)
    )


def end(session: Session, sha256: str) -> None:
    """End a session for good: a copied cookie is dead from now on."""
    session.execute(delete(WebSessionRow).where(WebSessionRow.token_sha256 == sha256))


def token_sha256(token: str) -> str:
    """Return the name under which a token's session is kept; the token itself is never stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def _limits(email: str, source: str) -> dict[str, int]:
    """Return the counters that one try belongs to; hashed, for they would name people."""
    address = people.plain_email(email)
    return {
        _key("pair", f"{address} {source}"): PAIR_LIMIT,
        _key("source", source): SOURCE_LIMIT,
        _key("address", address): ADDRESS_LIMIT,
    }


def _key(kind: str, value: str) -> str:
    return f"{kind}:{hashlib.sha256(value.encode()).hexdigest()}"


def _forget(session: Session, email: str, source: str, now: datetime) -> None:
    """Drop this try, and the earlier ones of this source at this address: a person mistyped.

    Other tries of the source stay counted, so that one right password does not open the gate to
    guessing; and a whole office that signs in at nine counts for nothing.
    """
    pair, *wider = _limits(email, source)
    session.execute(delete(SignInFailureRow).where(SignInFailureRow.key == pair))
    session.execute(
        delete(SignInFailureRow).where(SignInFailureRow.key.in_(wider), SignInFailureRow.at == now)
    )
