"""Promise a job with the fact it serves: inserted in the same transaction or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from moderation.store import insert_for
from moderation.tables import JobRow, JobState, Lane

# Each kind of work has one lane and a number of tries after which a person is told.
KINDS: Final[dict[str, tuple[Lane, int]]] = {
    "alert": (Lane.ALERT, 12),
    "act": (Lane.ACT, 8),
    "capture": (Lane.CAPTURE, 8),
    "check": (Lane.INGEST, 3),
    "classify": (Lane.CLASSIFY, 4),
    "deliver": (Lane.INGEST, 8),
    "erase": (Lane.SUMMARY, 8),
    "live_page": (Lane.CAPTURE, 4),
    "pack": (Lane.SUMMARY, 3),
    "poll": (Lane.INGEST, 3),
    "reread": (Lane.INGEST, 3),
    "stamp": (Lane.STAMP, 8),
    "checkpoint_file": (Lane.STAMP, 12),
    "checkpoint_mail": (Lane.STAMP, 12),
    "audit_check": (Lane.SUMMARY, 8),
    "summary": (Lane.SUMMARY, 8),
    "summary_mail": (Lane.SUMMARY, 12),
}


def promise(
    session: Session,
    kind: str,
    ref: str,
    dedupe: str,
    *,
    at: datetime,
    after: datetime | None = None,
) -> int | None:
    """Insert a job with the caller's commit; None when the same operation was promised before."""
    lane, max_attempts = KINDS[kind]
    row = insert_for(session, JobRow).values(
        lane=lane,
        kind=kind,
        ref=ref,
        dedupe=dedupe,
        state=JobState.READY,
        run_after=after or at,
        max_attempts=max_attempts,
        created_at=at,
    )
    job_id: int | None = session.scalar(
        row.on_conflict_do_nothing(index_elements=["dedupe"]).returning(JobRow.id)
    )
    if job_id is not None and after is None:
        session.info.setdefault("promised", []).append((lane.value, job_id))
    return job_id


def promise_many(
    session: Session, kind: str, wanted: Sequence[tuple[str, str]], *, at: datetime
) -> None:
    """Insert a job for each (ref, dedupe); what was promised before stays as it is."""
    lane, max_attempts = KINDS[kind]
    made = session.scalars(
        insert_for(session, JobRow)
        .on_conflict_do_nothing(index_elements=["dedupe"])
        .returning(JobRow.id),
        [
            {
                "lane": lane,
                "kind": kind,
                "ref": ref,
                "dedupe": dedupe,
                "state": JobState.READY,
                "run_after": at,
                "max_attempts": max_attempts,
                "created_at": at,
            }
            for ref, dedupe in wanted
        ],
    ).all()
    session.info.setdefault("promised", []).extend((lane.value, job_id) for job_id in made)
