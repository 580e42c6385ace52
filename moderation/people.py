"""People who sign in: adding them, their role, their password, and shutting them out at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor, Right, Role
from moderation.errors import Conflict, InvalidInput, NotFound
from moderation.tables import UserRow, WebSessionRow

PASSWORD_MINIMUM: Final = 15
PASSWORD_MAXIMUM: Final = 256

# The floor of the OWASP password storage guidance: 19 MiB, two passes, one lane.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_EMAIL: Final = re.compile(r"[^@\s<>\"',;:\\]{1,64}@[^@\s<>\"',;:\\]{1,189}")


@dataclass(frozen=True, slots=True)
class NewUser:
    """A person to be added, as typed."""

    email: str
    name: str
    role: Role
    password: str


def hash_password(password: str) -> str:
    """Return the argon2id hash. Raises InvalidInput for one that is too short or too long."""
    plain = _plain(password)
    if len(plain) < PASSWORD_MINIMUM:
        msg = (
            f"A password needs at least {PASSWORD_MINIMUM} characters. Four or five words will do."
        )
        raise InvalidInput(msg)
    if len(plain) > PASSWORD_MAXIMUM:
        msg = f"A password may have at most {PASSWORD_MAXIMUM} characters."
        raise InvalidInput(msg)
    return _HASHER.hash(plain)


def password_fits(password_hash: str, password: str) -> bool:
    """Say whether the password is the one that was hashed. Takes the same time either way."""
    try:
        return _HASHER.verify(password_hash, _plain(password)[:PASSWORD_MAXIMUM])
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(password_hash: str) -> bool:
    """Say whether the hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)


def plain_email(email: str) -> str:
    """Return an address as it is kept and compared: trimmed, in lower case."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def users(session: Session, actor: Actor) -> Sequence[UserRow]:
    """Return everybody of the actor's organisation, the active first, by name."""
    actor.require(Right.MANAGE_USERS)
    return session.scalars(
        select(UserRow)
        .where(UserRow.org_id == actor.org_id)
        .order_by(UserRow.active.desc(), UserRow.name, UserRow.id)
    ).all()


def user(session: Session, actor: Actor, user_id: int, *, lock: bool = False) -> UserRow:
    """Return one person of the actor's organisation."""
    _may_manage(actor)
    query = select(UserRow).where(UserRow.id == user_id, UserRow.org_id == actor.org_id)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        msg = "There is no such person in your organisation."
        raise NotFound(msg)
    return found


def add(session: Session, new: NewUser, *, actor: Actor, now: datetime) -> UserRow:
    """Add a person to the actor's organisation.

    Raises InvalidInput for an address that is none, and Conflict for one that is in use.
    """
    _may_manage(actor)
    email, name = plain_email(new.email), " ".join(new.name.split())
    if not _EMAIL.fullmatch(email):
        msg = "Enter an e-mail address in the form name@example.org."
        raise InvalidInput(msg)
    if not 1 <= len(name) <= 100:
        msg = "Enter the person’s name, at most 100 characters."
        raise InvalidInput(msg)
    password_hash = hash_password(new.password)
    if session.scalar(select(UserRow.id).where(UserRow.email == email)) is not None:
        msg = "Somebody with this e-mail address is here already."
        raise Conflict(msg)
    row = UserRow(
        org_id=actor.org_id,
        email=email,
        name=name,
        role=new.role,
        password_hash=password_hash,
        created_at=now,
    )
    session.add(row)
    session.flush()
    _line(session, "user.add", row, actor, now, role=new.role.value)
    return row


def change_role(
    session: Session, user_id: int, role: Role, *, actor: Actor, now: datetime
) -> UserRow:
    """Give a person another role; it holds from that person's next request on."""
    row = _other(session, actor, user_id)
    if row.role is role:
        return row
    if row.role is Role.ADMINISTRATOR:
        _keep_an_administrator(session, row)
    before, row.role = row.role, role
    _line(session, "user.role", row, actor, now, before=before.value, after=role.value)
    return row


def deactivate(session: Session, user_id: int, *, actor: Actor, now: datetime) -> UserRow:
    """Shut a person out: every browser of theirs is signed out with the commit."""
    row = _other(session, actor, user_id)
    if not row.active:
        return row
    if row.role is Role.ADMINISTRATOR:
        _keep_an_administrator(session, row)
    row.active = False
    _end_sessions(session, row.id)
    _line(session, "user.deactivate", row, actor, now)
    return row


def reactivate(session: Session, user_id: int, *, actor: Actor, now: datetime) -> UserRow:
    """Let a person sign in again."""
    row = _other(session, actor, user_id)
    if not row.active:
        row.active = True
        _line(session, "user.reactivate", row, actor, now)
    return row


def set_password(
    session: Session, user_id: int, password: str, *, actor: Actor, now: datetime
) -> UserRow:
    """Give a person a new password; every browser of theirs is signed out with the commit."""
    row = user(session, actor, user_id, lock=True)
    row.password_hash = hash_password(password)
    _end_sessions(session, row.id)
    _line(session, "user.password", row, actor, now)
    return row


def set_preferences(session: Session, *, blur: bool, single_keys: bool, actor: Actor) -> None:
    """Keep how a person likes to read: texts blurred first, single keys on."""
    row = session.scalar(
        select(UserRow).where(UserRow.id == actor.user_id, UserRow.org_id == actor.org_id)
    )
    if row is not None:
        row.blur, row.single_keys = blur, single_keys


def _plain(password: str) -> str:
    """Return one form of a password, so that a keyboard's way of typing an accent is no matter."""
    return unicodedata.normalize("NFKC", password)


def _may_manage(actor: Actor) -> None:
    """Let administrators pass, and the command line, which runs beside the database itself."""
    if actor.user_id is not None or actor.role is not None:
        actor.require(Right.MANAGE_USERS)


def _other(session: Session, actor: Actor, user_id: int) -> UserRow:
    row = user(session, actor, user_id, lock=True)
    if row.id == actor.user_id:
        msg = "You cannot change your own account here. Ask another administrator."
        raise Conflict(msg)
    return row


def _keep_an_administrator(session: Session, row: UserRow) -> None:
    others = session.scalar(
        select(func.count())
        .select_from(UserRow)
        .where(
            UserRow.org_id == row.org_id,
            UserRow.role == Role.ADMINISTRATOR,
            UserRow.active.is_(True),
            UserRow.id != row.id,
        )
    )
    if not others:
        msg = "This is the last administrator. Add another one first."
        raise Conflict(msg)


def _end_sessions(session: Session, user_id: int) -> None:
    session.execute(delete(WebSessionRow).where(WebSessionRow.user_id == user_id))


def _line(
    session: Session, verb: str, row: UserRow, actor: Actor, now: datetime, **detail: str
) -> None:
    audit.append(session, verb, f"user:{row.id}", actor=actor, at=now, detail=detail)
