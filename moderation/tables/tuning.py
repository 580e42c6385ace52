"""What a lead sets for the organisation, and texts that people are not asked about again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Float, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.tables.base import Base, BigId

_LISTED = text("removed_at IS NULL")


class SurenessRow(Base):
    """How sure the model has to be, as set by a lead; never changed, only followed by another.

    number counts the organisation's settings from 1. flag_from is null where the policy's own
    figure holds; flag_at holds other figures by whom a text is aimed at.
    """

    __tablename__ = "sureness_setting"
    __table_args__ = (UniqueConstraint("org_id", "number"), UniqueConstraint("form_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[int]
    flag_from: Mapped[float | None] = mapped_column(Float)
    flag_at: Mapped[dict[str, float]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    set_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    set_at: Mapped[datetime]
    form_id: Mapped[str] = mapped_column(String(64))


class FineWordRow(Base):
    """A word or phrase, in small letters, that is no insult here; kept when it is taken off."""

    __tablename__ = "fine_word"
    __table_args__ = (
        Index(
            "uq_fine_word_listed",
            "org_id",
            "words",
            unique=True,
            sqlite_where=_LISTED,
            postgresql_where=_LISTED,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    words: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(Text)
    added_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    added_at: Mapped[datetime]
    removed_reason: Mapped[str] = mapped_column(Text, default="")
    removed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    removed_at: Mapped[datetime | None]


class SettledTextRow(Base):
    """The same words by the same author under the same post are not put before people again.

    words_sha256 is that of the words without their punctuation, capitals and spacing. It holds
    until a time, or until somebody ends it.
    """

    __tablename__ = "settled_text"
    __table_args__ = (
        UniqueConstraint("decision_id"),
        Index(None, "item_id"),
        Index(None, "org_id", "author_ref", "words_sha256"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    author_ref: Mapped[str] = mapped_column(String(200))
    words_sha256: Mapped[str] = mapped_column(String(64))
    settled_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    settled_at: Mapped[datetime]
    until: Mapped[datetime]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None]
