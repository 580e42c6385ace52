"""Alerts to people and the weekly summaries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from moderation.lifecycle import AlertState
from moderation.tables.base import Base, BigId, as_text


class AlertRow(Base):
    """One message to one recipient. about is "item:12" or "case:7"; the mail holds only ref."""

    __tablename__ = "alert"
    __table_args__ = (
        UniqueConstraint("rule", "about", "recipient"),
        UniqueConstraint("message_id"),
        Index(None, "about"),
        Index(None, "org_id", "state"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    rule: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column(String(60))
    ref: Mapped[str] = mapped_column(String(40))
    link: Mapped[str] = mapped_column(Text)
    recipient: Mapped[str] = mapped_column(String(254))
    message_id: Mapped[str] = mapped_column(String(200))
    state: Mapped[AlertState] = mapped_column(as_text(AlertState))
    created_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(Text, default="")


class SummaryRow(Base):
    """The summary of one ISO week as a value, made once; iso_week reads "2026-W47"."""

    __tablename__ = "summary"
    __table_args__ = (UniqueConstraint("org_id", "iso_week"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    iso_week: Mapped[str] = mapped_column(String(10))
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime]
