"""Evidence of a version, its media, what people add to it, and the trusted time of each seal."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
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

from moderation.lifecycle import EvidenceState
from moderation.tables.base import Base, BigId, as_text

_VERSION = ("item_version.item_id", "item_version.seq")


class AdditionKind(StrEnum):
    """What a person, or a browser on their behalf, adds to the evidence of an item."""

    SCREENSHOT = "screenshot"
    LIVE_PAGE = "live_page"
    MAIL = "mail"
    CALL_LOG = "call_log"
    FILE = "file"


class Stamped(StrEnum):
    """What a time stamp is over: the manifest of one of these, or a checkpoint."""

    EVIDENCE = "evidence"
    ADDITION = "addition"
    CHECKPOINT = "checkpoint"


class EvidenceRow(Base):
    """What is kept of one version. sha256 is that of the sealed manifest, path its vault folder.

    meter says of "picture", "address", "time", "author", "text" and "thread" whether the record
    holds it. erased_at says that the files are gone by retention; the hashes stay.
    """

    __tablename__ = "evidence_record"
    __table_args__ = (
        ForeignKeyConstraint(("item_id", "version_seq"), _VERSION),
        UniqueConstraint("item_id", "version_seq"),
        UniqueConstraint("ref"),
        CheckConstraint(
            "state <> 'captured' OR (sha256 IS NOT NULL AND size IS NOT NULL "
            "AND path IS NOT NULL AND captured_at IS NOT NULL)",
            name="captured_is_complete",
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ref: Mapped[str] = mapped_column(String(40))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    version_seq: Mapped[int]
    state: Mapped[EvidenceState] = mapped_column(as_text(EvidenceState))
    sha256: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None] = mapped_column(BigInteger)
    path: Mapped[str | None] = mapped_column(Text)
    requested_by: Mapped[str] = mapped_column(String(60))
    wanted_at: Mapped[datetime]
    captured_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(Text, default="")
    meter: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    erased_at: Mapped[datetime | None]


class EvidenceMediaRow(Base):
    """One picture or video of an evidence record, or why there is none.

    url is as the platform delivered it, final_url where it was fetched from. sha256 names the
    original in the vault, as it came; media_type is what its bytes are, whatever was said of them.
    skipped says in words why it was not kept. A file can be erased before its record.
    """

    __tablename__ = "evidence_media"

    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence_record.id"), primary_key=True)
    n: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    final_url: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    size: Mapped[int | None] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(80), default="")
    width: Mapped[int | None]
    height: Mapped[int | None]
    fetched_at: Mapped[datetime | None]
    skipped: Mapped[str] = mapped_column(Text, default="")
    erased_at: Mapped[datetime | None]


class EvidenceAdditionRow(Base):
    """A file that was added to the evidence of an item, sealed by itself, with where it came from.

    ref is like EV-2026-000123/2. obtained_at is when the person says that they got it, obtained_how
    in their words how; name is the file's own name as given, shown as text alone. sha256, size and
    path are those of its seal, as for a record.
    """

    __tablename__ = "evidence_addition"
    __table_args__ = (UniqueConstraint("ref"), UniqueConstraint("form_id"), Index(None, "item_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ref: Mapped[str] = mapped_column(String(40))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    kind: Mapped[AdditionKind] = mapped_column(as_text(AdditionKind))
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(String(80))
    file_sha256: Mapped[str] = mapped_column(String(64))
    obtained_at: Mapped[datetime | None]
    obtained_how: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    path: Mapped[str] = mapped_column(Text)
    added_by: Mapped[str] = mapped_column(String(60))
    added_at: Mapped[datetime]
    form_id: Mapped[str] = mapped_column(String(64))
    erased_at: Mapped[datetime | None]


class TimeStampRow(Base):
    """The trusted time of one seal by one authority: wanted with the seal, asked for until had.

    sha256 is that of what is stamped, which no later write changes. token_sha256 names the whole
    answer of the authority in the vault; it is empty while the stamp is wanted, and why then says
    what came of the last try. authority is the name that the settings give it.
    """

    __tablename__ = "time_stamp"
    __table_args__ = (
        UniqueConstraint("subject", "subject_id", "authority"),
        CheckConstraint(
            "token_sha256 IS NULL OR stamped_at IS NOT NULL", name="a_token_says_its_time"
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    subject: Mapped[Stamped] = mapped_column(as_text(Stamped))
    subject_id: Mapped[int] = mapped_column(BigId)
    authority: Mapped[str] = mapped_column(String(60))
    sha256: Mapped[str] = mapped_column(String(64))
    wanted_at: Mapped[datetime]
    token_sha256: Mapped[str | None] = mapped_column(String(64))
    stamped_at: Mapped[datetime | None]
    serial: Mapped[str] = mapped_column(String(80), default="")
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(Text, default="")
