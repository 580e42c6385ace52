"""Pages, items and their versions: what came in, exactly once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
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

from moderation.lifecycle import ItemState
from moderation.model import ItemKind, Standing
from moderation.tables.base import Base, BigId, as_text
from moderation.taxonomy import Abuse, TargetType


class VersionKind(StrEnum):
    """Why a version exists."""

    CREATED = "created"
    EDITED = "edited"
    DELETED = "deleted"
    RESTORED = "restored"


class IngestPageRow(Base):
    """One page taken in; raw_sha256 names the vault file with the exact bytes received.

    collected says how it came: the request without its secrets, the answer's status and headers,
    and the certificate's fingerprint. It is empty for what no connection brought.
    certificate_sha256 names the vault file with the connection's certificate. erased_at says
    that retention let go of the file, once nothing on the page was kept any more.
    """

    __tablename__ = "ingest_page"
    __table_args__ = (
        UniqueConstraint("account_id", "feed", "page_no"),
        Index(None, "raw_sha256"),
        Index(None, "certificate_sha256"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    feed: Mapped[str] = mapped_column(String(100))
    page_no: Mapped[int]
    n_records: Mapped[int]
    n_new: Mapped[int]
    n_seen_before: Mapped[int]
    n_changed: Mapped[int]
    n_quarantined: Mapped[int]
    raw_sha256: Mapped[str] = mapped_column(String(64))
    collected: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    certificate_sha256: Mapped[str | None] = mapped_column(String(64))
    fetched_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class PostRow(Base):
    """One of the organisation's own posts, as delivered with the comments below it."""

    __tablename__ = "post"
    __table_args__ = (UniqueConstraint("account_id", "native_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    native_id: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)


_IN_QUEUE = text("queue_rank IS NOT NULL")
_UNSCORED = text("queue_rank IS NOT NULL AND outcome = 'unscored'")
_STAFF_TARGET = text("target_staff_id IS NOT NULL")
_KEPT = text("erased_at IS NULL")


def _queue_index(name: str, *columns: str) -> Index:
    """Index only what stands in a queue, so that a million closed items cost a page nothing."""
    return Index(name, *columns, sqlite_where=_IN_QUEUE, postgresql_where=_IN_QUEUE)


class ItemRow(Base):
    """Our record of one comment and its state.

    queue_rank orders the queue (smaller stands first) and is null outside it. The columns from
    severity on repeat the latest proposal or decision, so that a queue page reads one table.
    standing is whether the public sees it, as the platform last said, and sighted_at when a round
    of re-reading last saw it. revision counts every change a person could act on: a form sent with
    an older one is refused.
    """

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("account_id", "native_id"),
        Index("ix_item_state", "org_id", "state", "seen_at", "id"),
        Index("ix_item_author", "org_id", "author_ref", "seen_at"),
        Index("ix_item_thread", "account_id", "post_id", "seen_at"),
        Index("ix_item_seen", "org_id", "seen_at"),
        Index(
            "ix_item_target",
            "org_id",
            "target_staff_id",
            "occurred_at",
            sqlite_where=_STAFF_TARGET,
            postgresql_where=_STAFF_TARGET,
        ),
        _queue_index("ix_item_queue", "org_id", "state", "queue_rank", "waiting_since", "id"),
        _queue_index("ix_item_queue_oldest", "org_id", "state", "waiting_since", "id"),
        _queue_index(
            "ix_item_queue_counts",
            "org_id",
            "state",
            "severity",
            "category",
            "account_id",
            "outcome",
            "urgent",
            "restricted",
            "target_type",
            "queue_rank",
            "id",
        ),
        Index(
            "ix_item_queue_unscored",
            "org_id",
            "state",
            "queue_rank",
            "waiting_since",
            "id",
            sqlite_where=_UNSCORED,
            postgresql_where=_UNSCORED,
        ),
        _queue_index(
            "ix_item_queue_account", "org_id", "state", "account_id", "queue_rank", "waiting_since"
        ),
        _queue_index(
            "ix_item_queue_category", "org_id", "state", "category", "queue_rank", "waiting_since"
        ),
        _queue_index(
            "ix_item_queue_severity", "org_id", "state", "severity", "queue_rank", "waiting_since"
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    native_id: Mapped[str] = mapped_column(String(200))
    kind: Mapped[ItemKind] = mapped_column(as_text(ItemKind))
    state: Mapped[ItemState] = mapped_column(as_text(ItemState))
    restricted: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    revision: Mapped[int] = mapped_column(default=1)
    seen_at: Mapped[datetime]
    posted_at: Mapped[datetime | None]
    occurred_at: Mapped[datetime]
    author_ref: Mapped[str | None] = mapped_column(String(200))
    author_handle: Mapped[str] = mapped_column(Text, default="")
    author_name: Mapped[str] = mapped_column(Text, default="")
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    parent_native_id: Mapped[str | None] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(Text, default="")
    standing: Mapped[Standing] = mapped_column(
        as_text(Standing), default=Standing.UNKNOWN, server_default="unknown"
    )
    sighted_at: Mapped[datetime | None]
    gone_at: Mapped[datetime | None]
    # "user:12" for one of us, else a GoneBy; None where nobody tells.
    gone_by: Mapped[str | None] = mapped_column(String(40))
    queue_rank: Mapped[int | None] = mapped_column(SmallInteger)
    waiting_since: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    severity: Mapped[int] = mapped_column(SmallInteger, default=0)
    category: Mapped[Abuse | None] = mapped_column(as_text(Abuse))
    urgent: Mapped[bool] = mapped_column(default=False)
    target_type: Mapped[TargetType | None] = mapped_column(as_text(TargetType))
    target_staff_id: Mapped[str | None] = mapped_column(String(80))
    first_look_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]


class ItemVersionRow(Base):
    """The item as seen at one time; an edit or a deletion makes the next. raw is as delivered.

    media holds the addresses of its pictures and videos as delivered. Retention empties body and
    raw, and says when; the hash stays.
    """

    __tablename__ = "item_version"
    __table_args__ = (
        Index("ix_item_version_kept", "item_id", sqlite_where=_KEPT, postgresql_where=_KEPT),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[VersionKind] = mapped_column(as_text(VersionKind))
    sha256: Mapped[str] = mapped_column(String(64))
    seen_at: Mapped[datetime]
    page_id: Mapped[int] = mapped_column(ForeignKey("ingest_page.id"), index=True)
    body: Mapped[str | None] = mapped_column(Text)
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    media: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    erased_at: Mapped[datetime | None]


class QuarantineRow(Base):
    """A record that could not be taken in, kept as it came, with the reason, for a person.

    Some time after a person set it aside, retention empties raw and says when.
    """

    __tablename__ = "quarantine"
    __table_args__ = (
        UniqueConstraint("account_id", "sha256"),
        Index(None, "page_id"),
        Index(None, "org_id", "resolved_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    page_id: Mapped[int] = mapped_column(ForeignKey("ingest_page.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    resolution: Mapped[str | None] = mapped_column(Text)
    erased_at: Mapped[datetime | None]
