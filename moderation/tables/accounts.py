"""Accounts: what is read, how far, with which secrets, at what cost, and what was pushed to us."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Float,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from moderation.tables.base import Base, BigId, as_text

_IDENTIFIED = text("native_id <> ''")


class AccountStatus(StrEnum):
    """Whether an account is being read."""

    OK = "ok"
    PAUSED = "paused"
    AUTH_LOST = "auth_lost"


class AccountRow(Base):
    """One corporate profile that we watch, with the connector that reads it.

    native_id and native_name are the account's own at its platform, known once its access was
    checked; missing names permissions that the access lacked then. Reading waits for rest_until,
    acting for act_rest_until, both because the platform asked for it; rest_reason says why. Posts
    of the last live_days are read again whole. secrets_at is when a person last gave a secret.
    """

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("org_id", "key"),
        Index(
            "uq_account_identity",
            "connector",
            "native_id",
            unique=True,
            sqlite_where=_IDENTIFIED,
            postgresql_where=_IDENTIFIED,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    key: Mapped[str] = mapped_column(String(60))
    platform: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(Text)
    connector: Mapped[str] = mapped_column(String(40))
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[AccountStatus] = mapped_column(as_text(AccountStatus))
    status_reason: Mapped[str] = mapped_column(Text, default="")
    poll_every_s: Mapped[int] = mapped_column(default=60)
    polled_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    native_id: Mapped[str] = mapped_column(String(200), default="", server_default="")
    native_name: Mapped[str] = mapped_column(Text, default="", server_default="")
    checked_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    missing: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    rest_until: Mapped[datetime | None]
    act_rest_until: Mapped[datetime | None]
    rest_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    live_days: Mapped[int] = mapped_column(default=28, server_default="28")
    secrets_at: Mapped[datetime | None]


class FeedCursorRow(Base):
    """Where the last committed page of one feed of an account ended.

    A feed that re-reads goes in rounds: began_at is the start of the running one, done_at the end
    of the last. since is how far back a backfill goes, and reached how far back it has come.
    """

    __tablename__ = "feed_cursor"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    feed: Mapped[str] = mapped_column(String(100), primary_key=True)
    cursor: Mapped[str | None] = mapped_column(Text)
    page_no: Mapped[int] = mapped_column(default=0)
    last_ok_at: Mapped[datetime | None]
    polled_at: Mapped[datetime | None]
    began_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    since: Mapped[datetime | None]
    reached: Mapped[datetime | None]


class AccountSecretRow(Base):
    """One secret of an account, sealed with a key that the database does not hold."""

    __tablename__ = "account_secret"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    key_id: Mapped[str] = mapped_column(String(16), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    changed_at: Mapped[datetime]


class AccountUsageRow(Base):
    """What an account's calls cost in one period; warned is the highest share people were told."""

    __tablename__ = "account_usage"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    period: Mapped[str] = mapped_column(String(20), primary_key=True)
    spent: Mapped[float] = mapped_column(Float)
    warned: Mapped[int] = mapped_column(SmallInteger, default=0)


class DeliveryRow(Base):
    """One body that a platform pushed to us, kept as it came until it has been read."""

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("account_id", "sha256"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
