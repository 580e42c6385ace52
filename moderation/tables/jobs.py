"""The transactional outbox: a row that says "this must be done", in one lane."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.tables.base import Base, BigId, as_text

_OPEN = text("state IN ('ready', 'leased')")


class Lane(StrEnum):
    """Lanes in the order of their urgency: a pile-on cannot delay an alert."""

    ALERT = "alert"
    ACT = "act"
    CAPTURE = "capture"
    CLASSIFY = "classify"
    INGEST = "ingest"
    STAMP = "stamp"
    SUMMARY = "summary"


class JobState(StrEnum):
    """Where a job stands."""

    READY = "ready"
    LEASED = "leased"
    DONE = "done"
    DEAD = "dead"


class JobRow(Base):
    """One promise. dedupe names the logical operation: promised twice, it is still one job.

    attempts is counted before the work; fence grows with every claim, so that a late writer's
    update meets no row. note is the handler's own marker between attempts.
    """

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("dedupe"),
        CheckConstraint("attempts >= 0 AND attempts <= max_attempts", name="attempts_in_limit"),
        Index("ix_job_due", "lane", "run_after", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_job_ref", "kind", "ref"),
        Index("ix_job_state", "state", "lane"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    lane: Mapped[Lane] = mapped_column(as_text(Lane))
    kind: Mapped[str] = mapped_column(String(40))
    ref: Mapped[str] = mapped_column(String(120))
    dedupe: Mapped[str] = mapped_column(String(200))
    state: Mapped[JobState] = mapped_column(as_text(JobState))
    run_after: Mapped[datetime]
    published_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[str | None] = mapped_column(String(80))
    fence: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    max_attempts: Mapped[int] = mapped_column(default=8)
    note: Mapped[str] = mapped_column(Text, default="")
    last_error: Mapped[str] = mapped_column(Text, default="")
    told_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
