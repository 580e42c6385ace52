"""Work that could not be done: who is told of it, and how a person has it tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from moderation import audit, jobs
from moderation.access import Actor, Right, system
from moderation.errors import NotFound
from moderation.jobs import Claim
from moderation.reporting.alerts import raise_alert
from moderation.tables import JobRow, JobState, Lane, OrganisationRow


def tell(session: Session, dead: Claim, *, now: datetime) -> None:
    """Tell the administrators of every organisation here that a job is dead, once.

    A dead alert is told of on the health page alone: a letter about a letter that cannot be sent
    would not arrive either. So is a live page: the record is captured, and its item says so.
    """
    marked = session.scalar(
        update(JobRow)
        .where(JobRow.id == dead.id, JobRow.state == JobState.DEAD, JobRow.told_at.is_(None))
        .values(told_at=now)
        .returning(JobRow.id)
        .execution_options(synchronize_session=False)
    )
    if marked is None:
        return
    for org_id in session.scalars(select(OrganisationRow.id)).all():
        audit.append(
            session,
            "dead_letter_notified",
            f"job:{dead.id}",
            actor=system("sweep", org_id),
            at=now,
            detail={"kind": dead.kind, "ref": dead.ref},
        )
        if dead.kind not in {"alert", "live_page", "summary_mail"}:
            raise_alert(
                session,
                "AL10",
                f"job:{dead.id}",
                ref=f"J-{dead.id}",
                link_path="/health",
                org_id=org_id,
                now=now,
            )


def dead_jobs(session: Session, *, actor: Actor) -> list[JobRow]:
    """Return what could not be done, newest first; at most 200."""
    actor.require(Right.SEE_HEALTH)
    return list(
        session.scalars(
            select(JobRow)
            .where(JobRow.state == JobState.DEAD)
            .order_by(JobRow.id.desc())
            .limit(200)
        )
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work of one lane that is due and not taken: how much, since when, in words what it is."""

    words: str
    count: int
    since: datetime


_LANES: Final = {
    Lane.ALERT: "Letters to send",
    Lane.ACT: "Actions on a platform",
    Lane.CAPTURE: "Evidence to capture",
    Lane.CLASSIFY: "Pages of comments to read",
    Lane.INGEST: "Accounts to look at",
    Lane.STAMP: "Time stamps and checkpoints",
    Lane.SUMMARY: "Weekly summaries",
}
PATIENCE: Final = timedelta(minutes=1)


def waiting(session: Session, *, actor: Actor, now: datetime) -> list[Waiting]:
    """Return the lanes in which work has been due for longer than a minute, most urgent first."""
    actor.require(Right.SEE_HEALTH)
    rows = session.execute(
        select(JobRow.lane, func.count(), func.min(JobRow.run_after))
        .where(JobRow.state == JobState.READY, JobRow.run_after < now - PATIENCE)
        .group_by(JobRow.lane)
    ).all()
    by_lane = {row[0]: (row[1], row[2]) for row in rows}
    return [Waiting(_LANES[lane], *by_lane[lane]) for lane in Lane if lane in by_lane]


def try_again(session: Session, job_id: int, *, actor: Actor, now: datetime) -> None:
    """Make a dead job ready again. Raises NotFound when it is not dead (any more)."""
    actor.require(Right.MANAGE_ACCOUNTS)
    if not jobs.replay(session, job_id, now=now):
        msg = "There is no such failed job; somebody may have tried it again already."
        raise NotFound(msg)
    audit.append(session, "job.replay", f"job:{job_id}", actor=actor, at=now)
