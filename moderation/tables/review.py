"""Claims, decisions and platform actions: what people decide and what follows from it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from moderation.lifecycle import ActionState
from moderation.model import ActionKind
from moderation.tables.base import Base, BigId, as_text
from moderation.taxonomy import Abuse, HouseRule, NotAbuse, TargetType

_VERSION = ("item_version.item_id", "item_version.seq")


class DecisionOutcome(StrEnum):
    """What a person found."""

    ABUSE = "abuse"
    NOT_ABUSE = "not_abuse"
    HOUSE_RULE = "house_rule"


class AttemptOutcome(StrEnum):
    """What came of one call to a platform."""

    PENDING = "pending"
    OK = "ok"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


class ItemClaimRow(Base):
    """A reviewer's short lease on an item."""

    __tablename__ = "item_claim"
    __table_args__ = (Index(None, "until"), Index(None, "user_id"))

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    taken_at: Mapped[datetime]
    until: Mapped[datetime]


class DecisionRow(Base):
    """A person's choice about one version, with the reason. form_id makes a double click one."""

    __tablename__ = "decision"
    __table_args__ = (
        ForeignKeyConstraint(("item_id", "version_seq"), _VERSION),
        UniqueConstraint("form_id"),
        Index(None, "item_id"),
        Index(None, "org_id", "at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    version_seq: Mapped[int]
    outcome: Mapped[DecisionOutcome] = mapped_column(as_text(DecisionOutcome))
    category: Mapped[Abuse | None] = mapped_column(as_text(Abuse))
    not_abuse: Mapped[NotAbuse | None] = mapped_column(as_text(NotAbuse))
    house_rule: Mapped[HouseRule | None] = mapped_column(as_text(HouseRule))
    severity: Mapped[int] = mapped_column(SmallInteger)
    target_type: Mapped[TargetType | None] = mapped_column(as_text(TargetType))
    target_staff_id: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    form_id: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class PlatformActionRow(Base):
    """One hide, unhide, delete, report, block or unblock, kept apart from the decision it serves.

    The check is the last lock of "capture before act": a row that would take something down
    cannot exist without an evidence record. Of an action that a person did on the platform itself,
    done_by says who and reference what the platform called it there.
    """

    __tablename__ = "platform_action"
    __table_args__ = (
        UniqueConstraint("item_id", "kind", "generation"),
        UniqueConstraint("form_id"),
        CheckConstraint(
            "kind IN ('unhide', 'unblock') OR evidence_id IS NOT NULL",
            name="capture_before_act",
        ),
        Index(None, "state"),
        Index(None, "org_id", "requested_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence_record.id"))
    kind: Mapped[ActionKind] = mapped_column(as_text(ActionKind))
    generation: Mapped[int]
    state: Mapped[ActionState] = mapped_column(as_text(ActionState))
    reason: Mapped[str] = mapped_column(Text)
    requested_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    requested_at: Mapped[datetime]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    first_sent_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(BigId)
    reference: Mapped[str] = mapped_column(Text, default="", server_default="")
    says: Mapped[str] = mapped_column(Text, default="")
    form_id: Mapped[str] = mapped_column(String(64))


class ActionAttemptRow(Base):
    """One call to a platform, recorded before it is made."""

    __tablename__ = "action_attempt"
    __table_args__ = (UniqueConstraint("action_id", "fence"),)

    action_id: Mapped[int] = mapped_column(ForeignKey("platform_action.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    fence: Mapped[int]
    at: Mapped[datetime]
    outcome: Mapped[AttemptOutcome] = mapped_column(as_text(AttemptOutcome))


class ActionOnCaptureRow(Base):
    """An action asked for while its evidence is still wanted: "capture it, then take it down".

    The commit that makes the evidence durable also makes the platform action of it, with the same
    form_id, and sets settled_at; action_id then says which. Where the person may no longer ask for
    it, or takes it back, settled_at is set without one and says tells why. Where the capture failed
    and a person did it on the platform themselves, done_by says who.
    """

    __tablename__ = "action_on_capture"
    __table_args__ = (UniqueConstraint("form_id"), Index(None, "evidence_id", "settled_at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence_record.id"))
    kind: Mapped[ActionKind] = mapped_column(as_text(ActionKind))
    reason: Mapped[str] = mapped_column(Text)
    by_hand: Mapped[str] = mapped_column(Text, default="")
    requested_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    requested_at: Mapped[datetime]
    form_id: Mapped[str] = mapped_column(String(64))
    settled_at: Mapped[datetime | None]
    action_id: Mapped[int | None] = mapped_column(ForeignKey("platform_action.id"))
    done_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    says: Mapped[str] = mapped_column(Text, default="")
