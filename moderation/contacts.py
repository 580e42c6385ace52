"""The log of contacts that no account of ours shows: calls, mails, letters, words in person."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import audit, ingest
from moderation.access import Actor, Right
from moderation.cases.codes import Source
from moderation.cases.opening import Opening, found, known_staff, one_at_a_time
from moderation.cases.record import written_before
from moderation.errors import InvalidInput
from moderation.model import Author, Comment, ItemKind, Page, Post
from moderation.store import insert_for
from moderation.tables import (
    AccountRow,
    AccountStatus,
    CaseRow,
    ItemRow,
    StaffRow,
)
from moderation.taxonomy import Severity, TargetType

ACCOUNT_KEY: Final = "staff-log"
CHANNELS: Final = (
    ItemKind.PHONE_CALL,
    ItemKind.EMAIL,
    ItemKind.TEXT_MESSAGE,
    ItemKind.LETTER,
    ItemKind.IN_PERSON,
    ItemKind.VIRTUAL_MEETING,
    ItemKind.PERSONAL_ACCOUNT,
)
_TELEPHONE: Final = frozenset({ItemKind.PHONE_CALL, ItemKind.TEXT_MESSAGE})
_SCHEMA: Final = "staff-log/1"
_PLATFORM: Final = "manual"
# The account is filled by hand, as one that is filled from files: there is no platform behind it
# to poll or to act on.
_CONNECTOR: Final = "import"
_FEED: Final = "log"
_A_DAY_S: Final = 86_400
_SHORTEST: Final = 3


class Wish(StrEnum):
    """What the person who logs a contact wants to follow from it."""

    SUPPORT = "support"
    CASE = "case"
    RECORD_ONLY = "record_only"


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact as a person remembers it.

    words are the words used, as exactly as they are known. shown is the number, the address or
    the handle as it was shown; withheld says that none was. staff_id is of the directory; person
    says in words who was contacted where the directory does not hold them. danger: somebody was
    threatened or is not safe.
    """

    kind: ItemKind
    happened_at: datetime
    words: str
    wish: Wish
    staff_id: str | None = None
    person: str = ""
    shown: str = ""
    withheld: bool = False
    danger: bool = False
    circumstances: str = ""
    conflicted: frozenset[int] = frozenset()
    independent_id: int | None = None


def checked(contact: Contact, *, now: datetime) -> Contact:
    """Return the contact if it can be logged. Raises InvalidInput that says what to correct."""
    if contact.kind not in CHANNELS:
        raise InvalidInput("Choose how the contact was made.")
    if len(contact.words.strip()) < _SHORTEST:
        raise InvalidInput("Write down what was said or written.")
    if not contact.staff_id and not contact.person.strip():
        raise InvalidInput("Say who was contacted: choose a person or describe them.")
    if contact.happened_at > now:
        raise InvalidInput("The contact lies in the future. Correct the date or the time.")
    if contact.shown.strip() and contact.withheld:
        raise InvalidInput("Give a number or an address, or say that it was withheld; not both.")
    return contact


def canonical(contact: Contact, *, form_id: str, actor: Actor, now: datetime) -> bytes:
    """Return the bytes that are sealed: the form as sent, as JSON with its keys in order."""
    return json.dumps(
        {
            "schema": _SCHEMA,
            "form_id": form_id,
            "kind": contact.kind.value,
            "happened_at": contact.happened_at.isoformat(),
            "words": contact.words,
            "wish": contact.wish.value,
            "staff_id": contact.staff_id,
            "person": contact.person,
            "shown": contact.shown,
            "withheld": contact.withheld,
            "danger": contact.danger,
            "circumstances": contact.circumstances,
            "logged_by": actor.ref,
            "logged_at": now.isoformat(),
        },
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def log(
    session: Session,
    contact: Contact,
    raw: bytes,
    *,
    form_id: str,
    actor: Actor,
    now: datetime,
) -> CaseRow:
    """Keep a contact as a restricted item and open the case whose members alone see it.

    raw is what canonical() gave; the caller has put it into the vault. The same form sent twice is
    one contact and one case.
    """
    actor.require(Right.LOG_CONTACT)
    one_at_a_time(session, actor)
    line = written_before(session, form_id, actor)
    if line is not None:
        return session.scalars(select(CaseRow).where(CaseRow.id == line.case_id)).one()
    contact = checked(contact, now=now)
    staff_id = known_staff(session, actor.org_id, contact.staff_id)
    item = _take_in(session, contact, staff_id, raw, form_id=form_id, actor=actor, now=now)
    opening = Opening(
        reason=_why(contact),
        affected_staff_id=staff_id,
        affected_person=contact.person,
        severity=Severity.S4 if contact.danger else Severity.S2,
        conflicted=contact.conflicted,
        independent_id=contact.independent_id,
    )
    case = found(session, item, opening, Source.CONTACT, form_id=form_id, actor=actor, now=now)
    audit.append(
        session,
        "contact.log",
        f"item:{item.id}",
        actor=actor,
        at=now,
        detail={"case": case.id, "kind": contact.kind.value, "raw_sha256": sha256(raw).hexdigest()},
    )
    return case


def author_ref(kind: ItemKind, shown: str) -> str | None:
    """Return the one spelling of a number or an address, so that the same caller is recognised.

    Numbers become digits with the country in front, addresses and handles small letters.
    """
    tidy = shown.strip()
    if not tidy:
        return None
    if kind in _TELEPHONE and re.fullmatch(r"[+0-9 ().-]{5,30}", tidy, re.ASCII):
        digits = re.sub(r"[^0-9]", "", tidy)
        if tidy.startswith("+") or digits.startswith("00"):
            return f"+{digits.removeprefix('00')}"
        return f"+44{digits[1:]}" if digits.startswith("0") else digits
    return tidy.removeprefix("@").casefold()[:200]


def _take_in(
    session: Session,
    contact: Contact,
    staff_id: str | None,
    raw: bytes,
    *,
    form_id: str,
    actor: Actor,
    now: datetime,
) -> ItemRow:
    account_id = _account(session, actor.org_id, now)
    native_id = f"log-{form_id}"
    ref = None if contact.withheld else author_ref(contact.kind, contact.shown)
    comment = Comment(
        native_id=native_id,
        text=contact.words,
        raw=raw,
        created_at=contact.happened_at,
        author=Author(ref, handle=contact.shown.strip()) if ref else None,
        post=_about(session, actor.org_id, staff_id),
        kind=contact.kind,
    )
    taken = ingest.admit(
        session,
        account_id,
        _FEED,
        Page((comment,), "", raw),
        raw_sha256=sha256(raw).hexdigest(),
        actor=actor,
        now=now,
        restricted=True,
    )
    if taken.reasons:
        raise InvalidInput(taken.reasons[0])
    item = session.scalars(
        select(ItemRow).where(ItemRow.account_id == account_id, ItemRow.native_id == native_id)
    ).one()
    if staff_id is not None:
        item.target_type, item.target_staff_id = TargetType.NAMED_STAFF, staff_id
    return item


def _about(session: Session, org_id: str, staff_id: str | None) -> Post | None:
    """Return whom the words were said to, in the place of the post that a comment answers.

    So "you" in the words is read as that person.
    """
    name = session.scalar(
        select(StaffRow.full_name).where(StaffRow.org_id == org_id, StaffRow.staff_id == staff_id)
    )
    return None if name is None else Post(id=f"staff:{staff_id}", text=f"Contact with {name}")


def _why(contact: Contact) -> str:
    wants = {
        Wish.SUPPORT: "support for the person affected",
        Wish.CASE: "a case",
        Wish.RECORD_ONLY: "a record and nothing more",
    }
    first = f"A contact was logged by hand. Whoever logged it asks for {wants[contact.wish]}."
    return f"{first} {contact.circumstances.strip()}".strip()


def _account(session: Session, org_id: str, now: datetime) -> int:
    """Return the account that holds logged contacts, made on first use."""
    session.execute(
        insert_for(session, AccountRow)
        .values(
            org_id=org_id,
            key=ACCOUNT_KEY,
            platform=_PLATFORM,
            name="Logged by staff",
            connector=_CONNECTOR,
            settings={"platform": _PLATFORM},
            status=AccountStatus.OK,
            status_reason="",
            poll_every_s=_A_DAY_S,
            failures=0,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["org_id", "key"])
    )
    return session.scalars(
        select(AccountRow.id).where(AccountRow.org_id == org_id, AccountRow.key == ACCOUNT_KEY)
    ).one()
