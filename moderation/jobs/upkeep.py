"""Find what is due, overdue, dead or done long ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from moderation.jobs.claiming import OPEN, Claim, takeable
from moderation.tables import JobRow, JobState, Lane


def bury_expired(session: Session, *, now: datetime) -> list[int]:
    """Bury jobs whose last lease ran out: the work killed its worker every time."""
    return list(
        session.scalars(
            update(JobRow)
            .where(
                OPEN,
                JobRow.state == JobState.LEASED,
                JobRow.lease_until < now,
                JobRow.attempts >= JobRow.max_attempts,
            )
            .values(
                state=JobState.DEAD,
                lease_owner=None,
                lease_until=None,
                last_error="the worker died at every attempt",
            )
            .returning(JobRow.id)
            .execution_options(synchronize_session=False)
        )
    )


def first_due(session: Session, *, now: datetime) -> int | None:
    """Return the job of any lane that has been due longest; None when none is."""
    return session.scalar(
        select(JobRow.id).where(OPEN, takeable(now)).order_by(JobRow.run_after, JobRow.id).limit(1)
    )


def untold(session: Session) -> list[Claim]:
    """Return the dead jobs that nobody was told of yet."""
    rows = session.execute(
        select(
            JobRow.id,
            JobRow.lane,
            JobRow.kind,
            JobRow.ref,
            JobRow.fence,
            JobRow.attempts,
            JobRow.max_attempts,
            JobRow.note,
        ).where(JobRow.state == JobState.DEAD, JobRow.told_at.is_(None))
    )
    return [Claim(**row._mapping) for row in rows]


def prune(session: Session, *, before: datetime) -> int:
    """Remove jobs done before a time; the facts they served carry their own keys."""
    gone = session.scalars(
        delete(JobRow)
        .where(JobRow.state == JobState.DONE, JobRow.done_at < before)
        .returning(JobRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


def due(session: Session, lane: Lane, *, now: datetime, limit: int) -> list[int]:
    """Return ids of jobs that somebody should take now, longest due first."""
    return list(
        session.scalars(
            select(JobRow.id)
            .where(OPEN, JobRow.lane == lane, takeable(now))
            .order_by(JobRow.run_after, JobRow.id)
            .limit(limit)
        )
    )


def any_due(session: Session, lane: Lane, kind: str, *, now: datetime) -> bool:
    """Say whether a job of this kind waits for somebody to take it now."""
    waiting = select(JobRow.id).where(OPEN, JobRow.lane == lane, JobRow.kind == kind, takeable(now))
    return session.scalar(waiting.limit(1)) is not None


def lane_of(session: Session, job_id: int) -> Lane | None:
    """Return the lane of a job; None for an unknown id."""
    return session.scalar(select(JobRow.lane).where(JobRow.id == job_id))


def to_publish(
    session: Session, lane: Lane, *, now: datetime, limit: int, only_old: bool
) -> list[int]:
    """Return due jobs to send a message for, and mark them as sent.

    only_old leaves out what was sent within the last minute; otherwise within the last second.
    """
    since = now - timedelta(seconds=60 if only_old else 1)
    ids = list(
        session.scalars(
            select(JobRow.id)
            .where(
                OPEN,
                JobRow.lane == lane,
                takeable(now),
                or_(JobRow.published_at.is_(None), JobRow.published_at < since),
            )
            .order_by(JobRow.run_after, JobRow.id)
            .limit(limit)
        )
    )
    if ids:
        session.execute(
            update(JobRow)
            .where(JobRow.id.in_(ids))
            .values(published_at=now)
            .execution_options(synchronize_session=False)
        )
    return ids


def replay(session: Session, job_id: int, *, now: datetime) -> bool:
    """Make a dead job ready again at a person's word; False when it is not dead."""
    row = session.scalar(
        update(JobRow)
        .where(JobRow.id == job_id, JobRow.state == JobState.DEAD)
        .values(state=JobState.READY, attempts=0, run_after=now, told_at=None, note="")
        .returning(JobRow.id)
        .execution_options(synchronize_session=False)
    )
    return row is not None
