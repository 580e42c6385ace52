"""HR cases: who may see them, what they hold, what was done and offered."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from moderation.lifecycle import CaseState
from moderation.tables.base import Base, BigId, as_text
from moderation.taxonomy import PerpetratorType


class SupportStatus(StrEnum):
    """What became of one kind of support."""

    NOT_YET = "not_yet"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"


class CaseRow(Base):
    """HR's file about one matter. ref is random, so that it says nothing and cannot be guessed."""

    __tablename__ = "hr_case"
    __table_args__ = (UniqueConstraint("ref"), Index(None, "org_id", "state"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ref: Mapped[str] = mapped_column(String(20))
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[CaseState] = mapped_column(as_text(CaseState))
    source: Mapped[str] = mapped_column(String(40))
    severity: Mapped[int] = mapped_column(SmallInteger)
    affected_staff_id: Mapped[str | None] = mapped_column(String(80))
    affected_person: Mapped[str] = mapped_column(Text, default="")
    perpetrator_type: Mapped[PerpetratorType] = mapped_column(as_text(PerpetratorType))
    summary: Mapped[str] = mapped_column(Text, default="")
    police_consent: Mapped[str] = mapped_column(String(20), default="not_asked")
    police_decision: Mapped[str] = mapped_column(Text, default="")
    safeguarding_answer: Mapped[str] = mapped_column(Text, default="")
    conflict_check: Mapped[str] = mapped_column(Text, default="")
    contact_note: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str | None] = mapped_column(String(60))
    outcome_note: Mapped[str] = mapped_column(Text, default="")
    review_on: Mapped[date | None]
    revision: Mapped[int] = mapped_column(default=1)
    opened_by: Mapped[str] = mapped_column(String(60))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class CaseMemberRow(Base):
    """A person who may see a case. barred keeps a person out whatever their role."""

    __tablename__ = "case_member"
    __table_args__ = (Index(None, "user_id", "barred"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("hr_case.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    barred: Mapped[bool] = mapped_column(default=False)
    added_by: Mapped[str] = mapped_column(String(60))
    added_at: Mapped[datetime]


class CaseItemRow(Base):
    """An item that belongs to a case."""

    __tablename__ = "case_item"

    case_id: Mapped[int] = mapped_column(ForeignKey("hr_case.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True, index=True)
    added_at: Mapped[datetime]


class CaseNoteRow(Base):
    """A note or a recorded step of a case; never changed, only followed by another."""

    __tablename__ = "case_note"
    __table_args__ = (Index(None, "case_id"), UniqueConstraint("form_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("hr_case.id"))
    kind: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    form_id: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class SupportRow(Base):
    """One line of the support checklist for the person affected."""

    __tablename__ = "case_support"
    __table_args__ = (UniqueConstraint("case_id", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("hr_case.id"))
    code: Mapped[str] = mapped_column(String(60))
    status: Mapped[SupportStatus] = mapped_column(as_text(SupportStatus))
    note: Mapped[str] = mapped_column(Text, default="")
    changed_by: Mapped[str] = mapped_column(String(60))
    changed_at: Mapped[datetime]
