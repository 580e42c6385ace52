"""The audit chain: a skeleton for ever, bodies that can be erased, one head, and checkpoints."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from moderation.tables.base import Base, BigId


class AuditEntryRow(Base):
    """One line of the skeleton. line_hash is the SHA-256 of "seq prev_hash body_hash" and a LF."""

    __tablename__ = "audit_entry"

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    prev_hash: Mapped[str] = mapped_column(String(64))
    body_hash: Mapped[str] = mapped_column(String(64))
    line_hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditBodyRow(Base):
    """What the line says; body is one line of JSON with a salt. Erasing empties it."""

    __tablename__ = "audit_body"
    __table_args__ = (
        Index(None, "org_id", "seq"),
        Index(None, "object", "seq"),
        Index(None, "verb", "seq"),
    )

    seq: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("audit_entry.seq"), primary_key=True, autoincrement=False
    )
    org_id: Mapped[str | None] = mapped_column(String(60))
    at: Mapped[datetime]
    verb: Mapped[str] = mapped_column(String(60))
    actor: Mapped[str | None] = mapped_column(String(60))
    object: Mapped[str | None] = mapped_column(String(80))
    body: Mapped[str | None] = mapped_column(Text)
    erased_at: Mapped[datetime | None]


class AuditHeadRow(Base):
    """The end of the chain, locked last in a transaction so that it is held shortest."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    line_hash: Mapped[str] = mapped_column(String(64))


class AuditCheckpointRow(Base):
    """Where the chain ended at one time, signed, and sent outside so that a cut tail is found.

    note is the three lines of the checkpoint (origin, number of lines, hash there) and their line
    feeds; signature is Ed25519 over it, by the key of that fingerprint.
    """

    __tablename__ = "audit_checkpoint"
    __table_args__ = (UniqueConstraint("seq"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    line_hash: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    fingerprint: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    mailed_at: Mapped[datetime | None]
    written_at: Mapped[datetime | None]
