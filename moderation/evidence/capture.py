"""Capture: want evidence of a version with the job that makes it, and record what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from moderation import audit, jobs
from moderation.access import Actor, system
from moderation.actions import settling
from moderation.errors import NotFound
from moderation.evidence import stamps
from moderation.evidence.media import Medium, as_rows
from moderation.evidence.sealing import Sealed
from moderation.lifecycle import EvidenceEvent, EvidenceState
from moderation.store import insert_for
from moderation.tables import EvidenceRow, ItemRow, JobRow, Stamped

KIND: Final = "capture"


def want(
    session: Session, item_id: int, version_seq: int, requested_by: str, now: datetime
) -> EvidenceRow:
    """Return the evidence record of a version, made and put to work when there is none yet.

    requested_by is an actor's ref. A capture that failed is tried again. Calling it twice changes
    nothing. The caller has checked that the item is the requester's to see, and commits.
    """
    insert_wanted(session, [(item_id, version_seq)], requested_by, now)
    row = _existing(session, item_id, version_seq)
    if row.state is EvidenceState.FAILED:
        _want_again(session, row, requested_by, now)
    if row.state is EvidenceState.WANTED:
        jobs.promise(session, KIND, str(row.id), dedupe(row.id), at=now)
    return row


def insert_wanted(
    session: Session, versions: Sequence[tuple[int, int]], requested_by: str, now: datetime
) -> list[int]:
    """Insert the wanted records that are not there yet and return the ids of these.

    Their jobs are the caller's to promise, in the same transaction.
    """
    if not versions:
        return []
    rows = [
        {
            # The reference needs the id; until then the version itself is what sets it apart.
            "ref": f"wanted:{item_id}:{version_seq}",
            "item_id": item_id,
            "version_seq": version_seq,
            "state": EvidenceState.WANTED,
            "requested_by": requested_by,
            "wanted_at": now,
            "note": "",
        }
        for item_id, version_seq in versions
    ]
    ids = session.scalars(
        insert_for(session, EvidenceRow)
        .on_conflict_do_nothing(index_elements=["item_id", "version_seq"])
        .returning(EvidenceRow.id),
        rows,
    ).all()
    _name(session, ids, now)
    return list(ids)


def reference(evidence_id: int, wanted_at: datetime) -> str:
    """Return what people call an evidence record, such as EV-2026-000123."""
    return f"EV-{wanted_at:%Y}-{evidence_id:06d}"


def captured(
    session: Session,
    evidence_id: int,
    sealed: Sealed,
    now: datetime,
    actor: Actor,
    note: str = "",
    *,
    meter: Mapping[str, bool | str] | None = None,
    media: Sequence[Medium] = (),
) -> None:
    """Record a durable seal, and make the actions that waited for it. The caller commits.

    note says in words why there is no fresh look at the platform, meter what the record holds and
    what it lacks. Raises IllegalTransition when
    the evidence is captured already, and NotFound when there is none.
    """
    row = _locked(session, evidence_id)
    row.sha256, row.size, row.path = sealed.manifest_sha256, sealed.size, sealed.path
    row.captured_at, row.note, row.meter = now, note, dict(meter or {})
    session.add_all(as_rows(row.id, media))
    audit.move(session, row, EvidenceEvent.CAPTURE, actor=actor, at=now)
    audit.append(
        session,
        "evidence.seal",
        f"evidence_record:{row.id}",
        actor=actor,
        at=now,
        detail={"item": row.item_id, "manifest_sha256": row.sha256, "bytes": row.size},
    )
    stamps.want(session, Stamped.EVIDENCE, row.id, sealed.manifest_sha256, now)
    settling.settle(session, row, now)


def failed(session: Session, evidence_id: int, why: str, now: datetime) -> None:
    """Record that the capture was given up; nothing when it is no longer wanted by now."""
    row = _locked(session, evidence_id)
    if row.state is EvidenceState.WANTED:
        row.note = why
        actor = system(KIND, _org_of(session, row))
        audit.move(session, row, EvidenceEvent.FAIL, actor=actor, at=now, reason=why)


def dedupe(evidence_id: int) -> str:
    """Return the name of the job that captures a record; one record has one."""
    return f"{KIND}:{evidence_id}"


def _name(session: Session, ids: Sequence[int], now: datetime) -> None:
    if ids:
        session.execute(
            update(EvidenceRow), [{"id": one, "ref": reference(one, now)} for one in ids]
        )


def _existing(session: Session, item_id: int, version_seq: int) -> EvidenceRow:
    return session.scalars(
        _for_update().where(EvidenceRow.item_id == item_id, EvidenceRow.version_seq == version_seq)
    ).one()


def _want_again(session: Session, row: EvidenceRow, requested_by: str, now: datetime) -> None:
    """Put a failed capture back to work; its job is dead, or was cleared away since."""
    org_id = _org_of(session, row)
    kind, _, name = requested_by.partition(":")
    actor = Actor(name, org_id, user_id=int(name)) if kind == "user" else system(name, org_id)
    audit.move(session, row, EvidenceEvent.WANT, actor=actor, at=now)
    job_id = session.scalar(select(JobRow.id).where(JobRow.dedupe == dedupe(row.id)))
    if job_id is not None:
        jobs.replay(session, job_id, now=now)


def _org_of(session: Session, row: EvidenceRow) -> str:
    return session.scalars(select(ItemRow.org_id).where(ItemRow.id == row.item_id)).one()


def _locked(session: Session, evidence_id: int) -> EvidenceRow:
    row = session.scalar(_for_update().where(EvidenceRow.id == evidence_id))
    if row is None:
        msg = "There is no such evidence record."
        raise NotFound(msg)
    return row


def _for_update() -> Select[EvidenceRow]:
    """Select as the row stands now, whatever this session read of it before."""
    return select(EvidenceRow).with_for_update().execution_options(populate_existing=True)
