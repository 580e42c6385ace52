"""Organisations, the people who use Watchroom, their sessions, and the staff directory."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from moderation.access import Role
from moderation.tables.base import Base, BigId, as_text


class OrganisationRow(Base):
    """One public service. demo marks an invented one, whose data may be thrown away."""

    __tablename__ = "organisation"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class UserRow(Base):
    """A person who signs in."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[Role] = mapped_column(as_text(Role))
    password_hash: Mapped[str] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True)
    blur: Mapped[bool] = mapped_column(default=True)
    single_keys: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class WebSessionRow(Base):
    """One signed-in browser; the cookie holds a random token, the row its SHA-256."""

    __tablename__ = "web_session"
    __table_args__ = (Index(None, "user_id"), Index(None, "expires_at"))

    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class SignInFailureRow(Base):
    """One failed sign-in, counted per address and per source to slow guessing down."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index(None, "key", "at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


class StaffRow(Base):
    """One line of the staff directory, as last imported."""

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("org_id", "staff_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    staff_id: Mapped[str] = mapped_column(String(80))
    full_name: Mapped[str] = mapped_column(Text)
    aliases: Mapped[list[str]] = mapped_column(JSON)
    role: Mapped[str] = mapped_column(Text)
    station: Mapped[str] = mapped_column(Text)
    public_role: Mapped[bool]
    more: Mapped[dict[str, Any]] = mapped_column(JSON)
    active: Mapped[bool] = mapped_column(default=True)
