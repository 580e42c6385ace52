"""What detectors said, what the machine proposes, and patterns over several items."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from moderation.model import Failure
from moderation.tables.base import Base, BigId, as_text
from moderation.taxonomy import Abuse, NotAbuse, TargetType

_VERSION = ("item_version.item_id", "item_version.seq")


class PatternKind(StrEnum):
    """A matter that only several items together show."""

    COURSE_OF_CONDUCT = "course_of_conduct"
    MOBBING = "mobbing"
    GROUP_COURSE_POSSIBLE = "group_course_possible"


class SignalRow(Base):
    """One detector's reading of one version; detector is "name@revision".

    codes keeps the house's own codes that the model gave any weight. read_as is the plain reading
    that was scored, null where it is the text itself in small letters; read_by is the version of
    the normaliser that made it, empty where none did.
    """

    __tablename__ = "signal"
    __table_args__ = (ForeignKeyConstraint(("item_id", "version_seq"), _VERSION),)

    item_id: Mapped[int] = mapped_column(primary_key=True)
    version_seq: Mapped[int] = mapped_column(primary_key=True)
    detector: Mapped[str] = mapped_column(String(100), primary_key=True)
    scores: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    hits: Mapped[list[Any]] = mapped_column(JSON)
    words: Mapped[list[str]] = mapped_column(JSON)
    unscored: Mapped[str] = mapped_column(Text)
    codes: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    read_as: Mapped[str | None] = mapped_column(Text)
    read_by: Mapped[str] = mapped_column(String(20), server_default="")


class ProposalRow(Base):
    """What the machine suggests for one version: flag, clear, or unscored (a person looks).

    target_confidence and target_words are null where it was made before they were kept.
    """

    __tablename__ = "proposal"
    __table_args__ = (ForeignKeyConstraint(("item_id", "version_seq"), _VERSION),)

    item_id: Mapped[int] = mapped_column(primary_key=True)
    version_seq: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(String(20))
    severity: Mapped[int] = mapped_column(SmallInteger)
    category: Mapped[Abuse | None] = mapped_column(as_text(Abuse))
    categories: Mapped[list[str]] = mapped_column(JSON)
    not_abuse: Mapped[NotAbuse | None] = mapped_column(as_text(NotAbuse))
    target_type: Mapped[TargetType] = mapped_column(as_text(TargetType))
    target_staff_id: Mapped[str | None] = mapped_column(String(80))
    target_why: Mapped[str] = mapped_column(Text)
    target_confidence: Mapped[str | None] = mapped_column(String(10))
    target_words: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    check_first: Mapped[list[str]] = mapped_column(JSON)
    reasons: Mapped[list[str]] = mapped_column(JSON)
    likelihood: Mapped[str] = mapped_column(String(20))
    policy_revision: Mapped[str] = mapped_column(String(40))
    model_sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class DetectorHealthRow(Base):
    """A detector that failed: since when, how, on how many items; worked_at once it reads again.

    name is a detector's name without its revision. items counts what was not scored since then.
    """

    __tablename__ = "detector_health"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    failure: Mapped[Failure] = mapped_column(as_text(Failure))
    failing_since: Mapped[datetime]
    failed_at: Mapped[datetime]
    items: Mapped[int]
    worked_at: Mapped[datetime | None]


class PatternRow(Base):
    """A course of conduct, a mobbing, or one author at several people (target_staff_id empty)."""

    __tablename__ = "pattern"
    __table_args__ = (
        Index(None, "org_id", "kind", "target_staff_id", "last_at"),
        Index(None, "org_id", "last_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[PatternKind] = mapped_column(as_text(PatternKind))
    target_staff_id: Mapped[str] = mapped_column(String(80))
    author_ref: Mapped[str | None] = mapped_column(String(200))
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    occasions: Mapped[int]
    authors: Mapped[int]
    says: Mapped[str] = mapped_column(Text)


class ContactMarkRow(Base):
    """What an item at one person may share with others: a digest of a tag, link or phrase."""

    __tablename__ = "contact_mark"
    __table_args__ = (Index(None, "org_id", "target_staff_id", "mark"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(16), primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    target_staff_id: Mapped[str] = mapped_column(String(80))


class PatternItemRow(Base):
    """One item that belongs to a pattern."""

    __tablename__ = "pattern_item"

    pattern_id: Mapped[int] = mapped_column(ForeignKey("pattern.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True, index=True)
