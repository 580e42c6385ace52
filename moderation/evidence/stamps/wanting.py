"""Want the trusted time of a seal: a row and a job for each authority, with the seal itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from moderation import jobs
from moderation.store import insert_for
from moderation.tables import (
    AuditCheckpointRow,
    EvidenceAdditionRow,
    EvidenceRow,
    JobRow,
    JobState,
    Stamped,
    TimeStampRow,
)

KIND: Final = "stamp"

_SEALED: Final[dict[Stamped, Select[*tuple[Any, ...]]]] = {
    Stamped.EVIDENCE: select(EvidenceRow.id, EvidenceRow.sha256).where(
        EvidenceRow.sha256.is_not(None), EvidenceRow.erased_at.is_(None)
    ),
    Stamped.ADDITION: select(EvidenceAdditionRow.id, EvidenceAdditionRow.sha256).where(
        EvidenceAdditionRow.erased_at.is_(None)
    ),
}
_ROWS: Final = {
    Stamped.EVIDENCE: EvidenceRow.id,
    Stamped.ADDITION: EvidenceAdditionRow.id,
    Stamped.CHECKPOINT: AuditCheckpointRow.id,
}


def want(session: Session, subject: Stamped, subject_id: int, sha256: str, now: datetime) -> None:
    """Want a stamp over what has this SHA-256 from each authority of the store. Again: nothing.

    With no authority set up it does nothing: want_missing() makes up for it later. The caller
    commits.
    """
    for authority in session.info.get("authorities", ()):
        _insert(session, authority, subject, [(subject_id, sha256)], now)


def want_missing(session: Session, authority: str, now: datetime, limit: int) -> int:
    """Want the stamps of an authority that nobody wanted so far, and return how many.

    They are those of seals from before it was set up; a checkpoint from then proves no more today.
    Call it until it returns less than limit.
    """
    count = 0
    for subject in _SEALED:
        found = missing(session, authority, subject, limit - count)
        _insert(session, authority, subject, found, now)
        count += len(found)
    return count


def missing(
    session: Session, authority: str, subject: Stamped, limit: int
) -> Sequence[tuple[int, str]]:
    """Return what is sealed and has no stamp of an authority, not even a wanted one: id, hash."""
    stamped = select(TimeStampRow.id).where(
        TimeStampRow.subject == subject,
        TimeStampRow.subject_id == _ROWS[subject],
        TimeStampRow.authority == authority,
    )
    rows = session.execute(
        _SEALED[subject].where(~stamped.exists()).order_by(_ROWS[subject]).limit(limit)
    )
    return [(row[0], row[1]) for row in rows]


def revive(session: Session, now: datetime) -> int:
    """Put the dead jobs of wanted stamps back to work and return how many."""
    dead = session.scalars(
        select(JobRow.id).where(JobRow.state == JobState.DEAD, JobRow.kind == KIND)
    ).all()
    return sum(jobs.replay(session, job_id, now=now) for job_id in dead)


def _insert(
    session: Session,
    authority: str,
    subject: Stamped,
    found: Iterable[tuple[int, str]],
    now: datetime,
) -> None:
    rows = [
        {
            "subject": subject,
            "subject_id": subject_id,
            "authority": authority,
            "sha256": sha256,
            "wanted_at": now,
            "serial": "",
            "tries": 0,
            "why": "",
        }
        for subject_id, sha256 in found
    ]
    if not rows:
        return
    ids = session.scalars(
        insert_for(session, TimeStampRow)
        .on_conflict_do_nothing(index_elements=["subject", "subject_id", "authority"])
        .returning(TimeStampRow.id),
        rows,
    ).all()
    if ids:
        jobs.promise_many(session, KIND, [(str(one), f"{KIND}:{one}") for one in ids], at=now)
