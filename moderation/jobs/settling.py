"""Settle a claimed job: done, again later, waiting or dead; a late writer meets no row."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from moderation.jobs.claiming import LEASE, Claim, FencedError
from moderation.tables import JobRow, JobState

BACKOFF_CAP_S: Final = 900.0


def finish(session: Session, held: Claim, *, now: datetime) -> None:
    """Mark the job done in the transaction of its result. Raises FencedError to undo both."""
    _settle(session, held, state=JobState.DONE, done_at=now)


def retry(
    session: Session, held: Claim, *, error: str, now: datetime, after_s: float = 0.0
) -> JobState:
    """Give the job back after a failure, later each time; dead when its tries are used up.

    after_s is what the other side asked for: the pause is never shorter.
    """
    if held.is_last:
        return bury(session, held, error=error)
    pause = random.uniform(0.5, 1.0) * min(BACKOFF_CAP_S, 2.0**held.attempts)  # noqa: S311  jitter needs no secrecy
    _settle(
        session,
        held,
        state=JobState.READY,
        run_after=now + timedelta(seconds=max(pause, after_s)),
        last_error=error,
    )
    return JobState.READY


def wait(session: Session, held: Claim, *, until: datetime, note: str | None = None) -> None:
    """Give the job back until a set time, with the attempt returned: waiting never kills a job."""
    more: dict[str, Any] = {} if note is None else {"note": note}
    _settle(
        session,
        held,
        state=JobState.READY,
        run_after=until,
        attempts=JobRow.attempts - 1,
        **more,
    )


def bury(session: Session, held: Claim, *, error: str) -> JobState:
    """Give up on a job; the sweep tells a person."""
    _settle(session, held, state=JobState.DEAD, last_error=error)
    return JobState.DEAD


def mark(session: Session, held: Claim, note: str) -> None:
    """Keep the handler's marker for the next attempt, should this one die on the way."""
    _update_held(session, held, note=note)


def renew(session: Session, held: Claim, *, now: datetime) -> None:
    """Hold the job for another lease; only for long bulk work."""
    _update_held(session, held, lease_until=now + LEASE)


def _settle(session: Session, held: Claim, **values: Any) -> None:
    _update_held(session, held, lease_owner=None, lease_until=None, **values)


def _update_held(session: Session, held: Claim, **values: Any) -> None:
    kept = session.execute(
        update(JobRow)
        .where(JobRow.id == held.id, JobRow.fence == held.fence, JobRow.state == JobState.LEASED)
        .values(**values)
        .returning(JobRow.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if kept is None:
        msg = f"job {held.id} is no longer held under fence {held.fence}"
        raise FencedError(msg)
