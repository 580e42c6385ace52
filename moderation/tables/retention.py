"""How long things are kept: holds that stop the clock, and what was erased when it ran out."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from moderation.tables.base import Base, BigId, as_text


class HoldReason(StrEnum):
    """Why nothing of it may be erased for now."""

    SERIOUS = "serious"
    POLICE = "police"
    CLAIM = "claim"
    INQUEST = "inquest"
    OMBUDSMAN = "ombudsman"
    INFORMATION_REQUEST = "information_request"
    OTHER = "other"


class LegalHoldRow(Base):
    """A hold on one item or on one case and all its items; it ends only by a person, with a reason.

    begun_by is an actor's ref, for some holds begin by themselves. review_on is when a person has
    to say whether it is still needed.
    """

    __tablename__ = "legal_hold"
    __table_args__ = (
        UniqueConstraint("form_id"),
        CheckConstraint("(item_id IS NULL) <> (case_id IS NULL)", name="of_an_item_or_a_case"),
        Index(None, "item_id", "ended_at"),
        Index(None, "case_id", "ended_at"),
        Index(None, "org_id", "review_on"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("hr_case.id"))
    reason: Mapped[HoldReason] = mapped_column(as_text(HoldReason))
    note: Mapped[str] = mapped_column(Text, default="")
    begun_by: Mapped[str] = mapped_column(String(60))
    began_at: Mapped[datetime]
    review_on: Mapped[date]
    ended_by: Mapped[str | None] = mapped_column(String(60))
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(Text, default="")
    form_id: Mapped[str] = mapped_column(String(64))


class ErasureRow(Base):
    """What retention erased, or is about to: the tombstone of texts and files, hashes alone.

    klass is the retention class ("G3"). erased lists what went, each an object with "item",
    "version", "sha256" and the hashes of its "files". Of the classes that need two people, first_by
    and second_by say who they were.
    """

    __tablename__ = "erasure"
    __table_args__ = (Index(None, "org_id", "proposed_at"), Index(None, "about"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    klass: Mapped[str] = mapped_column(String(8))
    about: Mapped[str] = mapped_column(String(80))
    due_at: Mapped[datetime]
    proposed_at: Mapped[datetime]
    policy_revision: Mapped[str] = mapped_column(String(60))
    first_by: Mapped[str | None] = mapped_column(String(60))
    second_by: Mapped[str | None] = mapped_column(String(60))
    done_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(Text, default="")
    erased: Mapped[list[Any]] = mapped_column(JSON, default=list)
