"""What is added to the evidence of an item: a person's file or a live page, sealed by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor, Right
from moderation.errors import Conflict, InvalidInput, NotFound
from moderation.evidence import capture, file_types, stamps
from moderation.evidence.file_types import Family, FileType
from moderation.evidence.notation import as_json, moment
from moderation.evidence.sealing import Sealed
from moderation.scope import see_item, visible_items
from moderation.tables import (
    AccountRow,
    AdditionKind,
    EvidenceAdditionRow,
    EvidenceRow,
    ItemRow,
    Stamped,
)
from moderation.versions import living_version

SCHEMA: Final = "evidence-addition/1"
ADDITION: Final = "addition.json"
FILE: Final = "original"
SAYS: Final = (
    "A person brought this file; Watchroom did not fetch it. It is kept as it came. When and how "
    "they got it is what they say."
)
SAYS_OF_A_PAGE: Final = (
    "A browser of Watchroom's own fetched this page after the record was sealed, signed in nowhere "
    "and without cookies. It is what the platform showed to anybody at that moment. To somebody "
    "who is signed in the page can look otherwise."
)
# A person who adds more than this to one item needs a pack of their own.
MOST: Final = 50
LONGEST_NAME: Final = 255
LONGEST_HOW: Final = 2000

# A live page is a browser's to add, on a person's behalf.
BROUGHT: Final = (
    AdditionKind.SCREENSHOT,
    AdditionKind.MAIL,
    AdditionKind.CALL_LOG,
    AdditionKind.FILE,
)
_FITS: Final[dict[AdditionKind, frozenset[Family]]] = {
    AdditionKind.SCREENSHOT: frozenset({Family.PICTURE, Family.VIDEO, Family.DOCUMENT}),
    AdditionKind.LIVE_PAGE: frozenset({Family.PICTURE, Family.PAGE}),
    AdditionKind.MAIL: frozenset({Family.MAIL, Family.DOCUMENT, Family.PICTURE}),
    AdditionKind.CALL_LOG: frozenset({Family.TEXT, Family.SOUND, Family.DOCUMENT, Family.PICTURE}),
    AdditionKind.FILE: frozenset(Family),
}


@dataclass(frozen=True, slots=True)
class Brought:
    """One file as a person brought it; what it is, its own bytes have told.

    Of a live page, name is the page's title, and page says where the browser was.
    """

    kind: AdditionKind
    data: bytes
    type: FileType
    name: str
    obtained_at: datetime | None
    obtained_how: str
    page: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Return the hash of the file as it came."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def is_live(self) -> bool:
        """Say whether no person brought it, but a browser of ours."""
        return self.kind is AdditionKind.LIVE_PAGE


def brought(
    kind: AdditionKind,
    data: bytes,
    name: str,
    *,
    obtained_at: datetime | None,
    obtained_how: str,
    now: datetime,
) -> Brought:
    """Return the file if it can be taken. Raises InvalidInput that says what to do instead."""
    if not data:
        raise InvalidInput("Choose a file that is not empty.")
    file_type = file_types.type_of(data)
    file_types.require_size(file_type, data)
    if file_type.family not in _FITS[kind]:
        msg = f"This file is a {file_type.family.value}. Choose what it is again, or the file."
        raise InvalidInput(msg)
    if obtained_at is not None and obtained_at > now:
        raise InvalidInput("The time when you got it lies in the future. Correct it.")
    return Brought(kind, data, file_type, shown_name(name), obtained_at, obtained_how)


def shown_name(name: str) -> str:
    """Return a file's own name without its folders, in which every character can be kept."""
    return storable(name.replace("\\", "/").rpartition("/")[2])[:LONGEST_NAME]


def storable(text: str) -> str:
    """Return a text in which what no database and no file takes stands as its number."""
    kept = "".join(c if c.isprintable() or ord(c) > 0x9F else f"\\x{ord(c):02x}" for c in text)
    return kept.encode("utf-8", "backslashreplace").decode()


def files(
    file: Brought, item: ItemRow, account: AccountRow, *, actor: Actor, now: datetime
) -> dict[str, bytes]:
    """Return what is sealed: the file as it came, and addition.json, which says where it is from.

    account is the one that the item came in by.
    """
    own_name = f"{FILE}.{file.type.ending}"
    said: dict[str, Any] = {
        "schema": SCHEMA,
        "says": SAYS_OF_A_PAGE if file.is_live else SAYS,
        "org_id": item.org_id,
        "item": {
            "item": item.id,
            "platform": account.platform,
            "item_id": item.native_id,
            "item_url": item.url or None,
        },
        "kind": file.kind,
        "file": {
            "file": own_name,
            "name_as_given": None if file.is_live else file.name or None,
            "media_type_by_its_bytes": file.type.media_type,
            "bytes": len(file.data),
            "sha256": file.sha256,
        },
        "obtained": {
            "when": moment(
                file.obtained_at, "our clock" if file.is_live else "the person who added it"
            ),
            "how": file.obtained_how,
        },
        "added": {"by": actor.ref, "at": moment(now, "our clock")},
    }
    if file.page:
        said["page"] = dict(file.page)
    return {ADDITION: as_json(said), own_name: file.data}


def added_before(session: Session, item_id: int, form_id: str) -> EvidenceAdditionRow | None:
    """Return what this form added to the item already."""
    return session.scalar(
        select(EvidenceAdditionRow).where(
            EvidenceAdditionRow.form_id == form_id, EvidenceAdditionRow.item_id == item_id
        )
    )


def add(
    session: Session,
    item_id: int,
    file: Brought,
    sealed: Sealed,
    *,
    form_id: str,
    actor: Actor,
    now: datetime,
) -> EvidenceAdditionRow:
    """Keep a sealed file with the item's evidence; the same form sent twice is one.

    An item that nobody wanted evidence of gets a capture too. Raises Conflict for a file that is
    there already.
    """
    actor.require(Right.CAPTURE)
    item = see_item(session, actor, item_id)
    first = _first_evidence(session, item.id) or capture.want(
        session, item.id, living_version(session, item.id), actor.ref, now
    )
    # One at a time: the number of an addition counts those before it.
    see_item(session, actor, item_id, lock=True)
    earlier = added_before(session, item.id, form_id)
    if earlier is not None:
        return earlier
    _require_room(session, item.id, file)
    return keep(session, item, first.ref, file, sealed, form_id=form_id, actor=actor, now=now)


def keep(
    session: Session,
    item: ItemRow,
    evidence_ref: str,
    file: Brought,
    sealed: Sealed,
    *,
    form_id: str,
    actor: Actor,
    now: datetime,
) -> EvidenceAdditionRow:
    """Write that a sealed file is kept, want its stamps and begin its custody.

    The caller has checked that it may be added, holds the item locked, and commits.
    """
    row = EvidenceAdditionRow(
        ref=f"{evidence_ref}/{_count(session, item.id) + 1}",
        item_id=item.id,
        kind=file.kind,
        name=file.name,
        media_type=file.type.media_type,
        file_sha256=file.sha256,
        obtained_at=file.obtained_at,
        obtained_how=file.obtained_how,
        sha256=sealed.manifest_sha256,
        size=sealed.size,
        path=sealed.path,
        added_by=actor.ref,
        added_at=now,
        form_id=form_id,
    )
    session.add(row)
    session.flush()
    audit.append(
        session,
        "evidence_addition.add",
        f"evidence_addition:{row.id}",
        actor=actor,
        at=now,
        detail={
            "item": item.id,
            "kind": row.kind.value,
            "file_sha256": row.file_sha256,
            "manifest_sha256": row.sha256,
            "bytes": row.size,
        },
    )
    stamps.want(session, Stamped.ADDITION, row.id, row.sha256, now)
    return row


def see_addition(session: Session, addition_id: int, *, actor: Actor) -> EvidenceAdditionRow:
    """Return an addition to an item that the actor may see; NotFound otherwise."""
    row = session.scalar(
        select(EvidenceAdditionRow)
        .join(ItemRow, ItemRow.id == EvidenceAdditionRow.item_id)
        .where(EvidenceAdditionRow.id == addition_id, visible_items(actor))
    )
    if row is None:
        msg = "There is no such file, or it is not yours to see."
        raise NotFound(msg)
    return row


def _first_evidence(session: Session, item_id: int) -> EvidenceRow | None:
    return session.scalar(
        select(EvidenceRow).where(EvidenceRow.item_id == item_id).order_by(EvidenceRow.id).limit(1)
    )


def _require_room(session: Session, item_id: int, file: Brought) -> None:
    """Raise Conflict for a file that is there, or for one too many; live pages do not count."""
    brought_by_people = EvidenceAdditionRow.kind != AdditionKind.LIVE_PAGE
    there = session.scalar(
        select(EvidenceAdditionRow.ref).where(
            EvidenceAdditionRow.item_id == item_id,
            EvidenceAdditionRow.file_sha256 == file.sha256,
        )
    )
    if there is not None:
        msg = f"This very file was added already, as {there}. Nothing was added."
        raise Conflict(msg)
    if _count(session, item_id, brought_by_people) >= MOST:
        msg = f"{MOST} files are the most that one item takes. Put the others into a PDF."
        raise Conflict(msg)


def _count(session: Session, item_id: int, *which: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(EvidenceAdditionRow)
    return session.scalar(query.where(EvidenceAdditionRow.item_id == item_id, *which)) or 0
