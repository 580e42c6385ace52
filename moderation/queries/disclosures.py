"""The register of packs as pages show it: a list, one line, and where a file lies to be fetched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor, Right
from moderation.errors import Conflict, NotFound
from moderation.evidence.packs.choosing import may
from moderation.evidence.packs.kinds import KINDS
from moderation.evidence.packs.seeing import (
    see_disclosure,
    usable_disclosures,
    visible_disclosures,
)
from moderation.evidence.packs.shape import Kind, Subject
from moderation.lifecycle import DisclosureState
from moderation.tables import DisclosureRow, UserRow

PAGE: Final = 50
_STEPS: Final = 10
_NOT_THERE: Final = "There is no such pack, or it is not yours to see."
_FETCHED: Final = (DisclosureState.MADE, DisclosureState.HANDED_OVER)

# Each of these rights opens the register: those that a pack is asked for with, and the auditor's.
READERS: Final = tuple(
    dict.fromkeys(
        [*(right for kind in KINDS.values() for right in kind.rights.values()), Right.SEE_AUDIT]
    )
)


@dataclass(frozen=True, slots=True)
class Line:
    """One pack with the names of who asked for it and who handed it over, empty where unknown.

    is_usable says that the actor may fetch it and hand it over, not only read its line.
    """

    row: DisclosureRow
    asked_by: str
    handed_by: str
    is_usable: bool

    @property
    def has_file(self) -> bool:
        """Say whether there is a file that the actor may fetch."""
        return self.is_usable and self.row.path is not None and self.row.state in _FETCHED


@dataclass(frozen=True, slots=True)
class Register:
    """One page of the register, newest first; is_last says that no pack follows."""

    lines: tuple[Line, ...]
    page: int
    is_last: bool


@dataclass(frozen=True, slots=True)
class Download:
    """A file to be given out: path is seen from the folder of packs, name what a browser saves."""

    path: str
    name: str
    size: int
    sha256: str


def list_disclosures(session: Session, actor: Actor, *, about: str = "", page: int = 1) -> Register:
    """Return a page of the packs that the actor may see; pages count from 1.

    about keeps those of one thing, such as "case:3" or "item:12".
    """
    query = select(DisclosureRow).where(visible_disclosures(actor))
    if about:
        query = query.where(DisclosureRow.about == about)
    rows = session.scalars(
        query.order_by(DisclosureRow.requested_at.desc(), DisclosureRow.id.desc())
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    ).all()
    return Register(_lines(session, actor, rows[:PAGE]), page, len(rows) <= PAGE)


def one_disclosure(session: Session, actor: Actor, ref: str, *, now: datetime) -> Line:
    """Return one pack for its page, and write the line that says who read it. Raises NotFound.

    Whoever waits for a pack of their own leaves no line: that page opens itself again and again.
    """
    row = _visible(session, actor, ref)
    if row.state is not DisclosureState.ASKED or row.requested_by != actor.ref:
        audit.append(
            session, "pack.view", row.about, actor=actor, at=now, detail={"disclosure": row.id}
        )
    return _lines(session, actor, [row])[0]


def mark(session: Session, actor: Actor, ref: str) -> str:
    """Return the mark of a pack that the actor may see. Raises NotFound."""
    return mark_of(_visible(session, actor, ref))


def mark_of(row: DisclosureRow) -> str:
    """Return a word that changes with what the page of a pack shows: ten times on the way."""
    return f"{row.state.value}-{_STEPS * row.done // max(row.total, 1)}"


def _visible(session: Session, actor: Actor, ref: str) -> DisclosureRow:
    row = session.scalar(
        select(DisclosureRow).where(DisclosureRow.ref == ref, visible_disclosures(actor))
    )
    if row is None:
        raise NotFound(_NOT_THERE)
    return row


def download(session: Session, actor: Actor, ref: str, *, now: datetime) -> Download:
    """Return where the file of a pack lies, and write the line that says who fetched it.

    Raises NotFound for a missing pack and for one that the actor may not use, and Conflict while
    there is no file.
    """
    row = see_disclosure(session, actor, ref)
    if row.path is None or row.state not in _FETCHED:
        raise Conflict(_NO_FILE[row.state])
    detail = {"disclosure": row.id, "sha256": row.sha256}
    audit.append(session, "pack.fetch", row.about, actor=actor, at=now, detail=detail)
    return Download(row.path, f"{row.ref}.zip", row.size or 0, row.sha256 or "")


_GONE: Final = (
    "The file of this pack was erased. What it was stays on the register; ask for it anew."
)
_NO_FILE: Final = {
    DisclosureState.ASKED: "This pack is still being made. Look again in a moment.",
    DisclosureState.FAILED: "This pack could not be made. Its page says why; ask for it again.",
    DisclosureState.MADE: _GONE,
    DisclosureState.HANDED_OVER: _GONE,
    DisclosureState.WITHDRAWN: "This pack was withdrawn, and its file is gone.",
}


def kinds_for(actor: Actor, sort: Subject) -> tuple[Kind, ...]:
    """Return the kinds of packs that the actor may ask for about this sort of thing."""
    return tuple(kind for kind in KINDS.values() if may(kind, sort, actor))


def may_ask(actor: Actor) -> bool:
    """Say whether the actor may have any pack, and so sees the register at all."""
    return any(kinds_for(actor, sort) for sort in Subject)


def _lines(session: Session, actor: Actor, rows: Sequence[DisclosureRow]) -> tuple[Line, ...]:
    names = _names(session, actor, rows)
    ids = [row.id for row in rows]
    usable = set(
        session.scalars(
            select(DisclosureRow.id).where(DisclosureRow.id.in_(ids), usable_disclosures(actor))
        )
    )
    return tuple(
        Line(row, names.get(row.requested_by, ""), names.get(row.handed_by, ""), row.id in usable)
        for row in rows
    )


def _names(session: Session, actor: Actor, rows: Sequence[DisclosureRow]) -> dict[str, str]:
    refs = {ref for row in rows for ref in (row.requested_by, row.handed_by)}
    ids = [int(ref[5:]) for ref in refs if ref.startswith("user:")]
    found = session.execute(
        select(UserRow.id, UserRow.name).where(UserRow.org_id == actor.org_id, UserRow.id.in_(ids))
    )
    return {f"user:{row.id}": row.name for row in found}
