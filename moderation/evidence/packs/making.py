"""What became of a pack that was asked for: how far it is, made, or not and why."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from moderation import audit
from moderation.access import Actor, system
from moderation.errors import NotFound
from moderation.evidence.packs.preparing import Draft
from moderation.lifecycle import DisclosureEvent, DisclosureState
from moderation.tables import DisclosureRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def asked_for(session: Session, disclosure_id: int) -> DisclosureRow:
    """Return a line of the register. The id comes from a job, never from a page."""
    row = session.scalar(select(DisclosureRow).where(DisclosureRow.id == disclosure_id))
    if row is None:
        msg = "There is no such pack."
        raise NotFound(msg)
    return row


def note_progress(session: Session, disclosure_id: int, done: int, total: int) -> None:
    """Keep how many records are in, for the pages to show."""
    session.execute(
        update(DisclosureRow)
        .where(DisclosureRow.id == disclosure_id)
        .values(done=done, total=total)
        .execution_options(synchronize_session=False)
    )


def made(
    session: Session, draft: Draft, *, path: str, sha256: str, size: int, now: datetime
) -> None:
    """Record a pack whose file is durable; the chain gets its hash. The caller commits.

    path is seen from the folder of packs. Raises IllegalTransition when it is no longer wanted.
    """
    asked, chosen = draft.matter.asked, draft.matter.contents
    row = _locked(session, asked.id)
    row.path, row.sha256, row.size, row.made_at, row.why = path, sha256, size, now, ""
    row.done = row.total = draft.records
    row.details = {**row.details, "missing": len(chosen.missing) if chosen else 0}
    audit.move(session, row, DisclosureEvent.MAKE, actor=_maker(row), at=now)
    audit.append(
        session,
        "pack.made",
        row.about,
        actor=draft.matter.actor,
        at=now,
        detail={
            "disclosure": row.id,
            "kind": row.kind.value,
            "records": [one.record.id for one in chosen.captured if one.record] if chosen else [],
            "missing": len(chosen.missing) if chosen else 0,
            "bytes": size,
            "sha256": sha256,
        },
    )


def failed(session: Session, disclosure_id: int, why: str, now: datetime) -> None:
    """Record in words why a pack could not be made; nothing when it is no longer wanted."""
    row = _locked(session, disclosure_id)
    if row.state is DisclosureState.ASKED:
        row.why = why
        audit.move(session, row, DisclosureEvent.FAIL, actor=_maker(row), at=now)


def file_removed(session: Session, disclosure_id: int, now: datetime) -> None:
    """Record that the file of a withdrawn pack is gone; its hash stays."""
    row = _locked(session, disclosure_id)
    if row.path is not None:
        row.path = None
        audit.append(session, "pack.file_removed", row.about, actor=_maker(row), at=now)


def _maker(row: DisclosureRow) -> Actor:
    return system("pack", row.org_id)


def _locked(session: Session, disclosure_id: int) -> DisclosureRow:
    return session.scalars(
        select(DisclosureRow)
        .where(DisclosureRow.id == disclosure_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
