"""Take a job by compare-and-swap, with a lease and a fence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select, text, update
from sqlalchemy.orm import Session

from moderation.tables import JobRow, JobState, Lane

LEASE: Final = timedelta(seconds=60)
# Spelt out because SQLite uses a partial index only when it sees the index's own condition.
OPEN: Final = text("job.state IN ('ready', 'leased')")


class FencedError(Exception):
    """Somebody else owns the job by now; roll back everything this attempt wrote."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One attempt at one job; every later write of the attempt is bound to its fence."""

    id: int
    lane: Lane
    kind: str
    ref: str
    fence: int
    attempts: int
    max_attempts: int
    note: str

    @property
    def is_last(self) -> bool:
        """Say whether no further attempt will follow a failure of this one."""
        return self.attempts >= self.max_attempts


def takeable(now: datetime) -> ColumnElement[bool]:
    """A job that is due and that nobody holds a live lease on."""
    return and_(
        JobRow.run_after <= now,
        JobRow.attempts < JobRow.max_attempts,
        or_(
            JobRow.state == JobState.READY,
            and_(JobRow.state == JobState.LEASED, JobRow.lease_until < now),
        ),
    )


def claim(session: Session, job_id: int, *, owner: str, now: datetime) -> Claim | None:
    """Take one job by id; None when it is early, taken, done or unknown: drop the message."""
    return _take(session, and_(JobRow.id == job_id, takeable(now)), owner, now)


def claim_next(session: Session, lane: Lane, *, owner: str, now: datetime) -> Claim | None:
    """Take the longest-due job of a lane; None when there is none."""
    due = (
        select(JobRow.id)
        .where(OPEN, JobRow.lane == lane, takeable(now))
        .order_by(JobRow.run_after, JobRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    return _take(session, JobRow.id == due, owner, now)


def _take(session: Session, which: ColumnElement[bool], owner: str, now: datetime) -> Claim | None:
    row = session.execute(
        update(JobRow)
        .where(which)
        .values(
            state=JobState.LEASED,
            lease_owner=owner,
            lease_until=now + LEASE,
            fence=JobRow.fence + 1,
            attempts=JobRow.attempts + 1,
        )
        .returning(
            JobRow.id,
            JobRow.lane,
            JobRow.kind,
            JobRow.ref,
            JobRow.fence,
            JobRow.attempts,
            JobRow.max_attempts,
            JobRow.note,
        )
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return None if row is None else Claim(**row._mapping)
