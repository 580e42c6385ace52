"""The register of what left the house: each pack, for whom, on what authority, to whom."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from moderation.lifecycle import DisclosureState
from moderation.tables.base import Base, BigId, as_text


class PackKind(StrEnum):
    """Whom a pack is made for; each holds what that recipient may have, and no more."""

    EVIDENCE = "evidence"
    POLICE = "police"
    PLATFORM = "platform"
    HR = "hr"
    STANDARDS_BOARD = "standards_board"
    PERSON_AFFECTED = "person_affected"
    SUBJECT_ACCESS = "subject_access"


class DisclosureRow(Base):
    """One pack that was asked for. A line here is never removed; the file itself may be.

    about is the audit chain's name of what it is of ("case:3", "item:12"), subject what the person
    wrote ("C-7KQ2M9D4"). details hold what only this kind of pack needs (who signs the statement,
    whose data is asked for). done and total count records while it is made. path lies below the
    folder of packs, and sha256 and size are those of the whole zip.
    """

    __tablename__ = "disclosure"
    __table_args__ = (
        UniqueConstraint("ref"),
        UniqueConstraint("form_id"),
        Index(None, "org_id", "requested_at"),
        Index(None, "about"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ref: Mapped[str] = mapped_column(String(20))
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[PackKind] = mapped_column(as_text(PackKind))
    about: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(80))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("hr_case.id"))
    state: Mapped[DisclosureState] = mapped_column(as_text(DisclosureState))
    recipient: Mapped[str] = mapped_column(Text)
    authority: Mapped[str] = mapped_column(Text)
    consent: Mapped[str] = mapped_column(String(20), default="not_needed")
    consent_note: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    requested_by: Mapped[str] = mapped_column(String(60))
    requested_at: Mapped[datetime]
    form_id: Mapped[str] = mapped_column(String(64))
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    path: Mapped[str | None] = mapped_column(Text)
    sha256: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None] = mapped_column(BigInteger)
    made_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(Text, default="")
    handed_to: Mapped[str] = mapped_column(Text, default="")
    handed_how: Mapped[str] = mapped_column(Text, default="")
    handed_by: Mapped[str] = mapped_column(String(60), default="")
    handed_at: Mapped[datetime | None]
