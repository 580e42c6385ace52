"""Which versions wait to be read, and what a reading of one is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from moderation.lifecycle import ItemState
from moderation.model import ItemKind, Signal
from moderation.proposing import Proposal
from moderation.tables import (
    ItemRow,
    ItemVersionRow,
    PostRow,
    ProposalRow,
    VersionKind,
)


@dataclass(frozen=True, slots=True)
class Unread:
    """One version that waits to be read. is_latest is false for a sight that was overtaken.

    pictures counts the pictures and videos that came with it.
    """

    item_id: int
    version_seq: int
    org_id: str
    text: str
    post: str
    kind: ItemKind
    author_ref: str | None
    occurred_at: datetime
    seen_at: datetime
    state: ItemState
    revision: int
    is_latest: bool
    restricted: bool = False
    post_id: int | None = None
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What the detectors said of one version and what follows from it."""

    unread: Unread
    signals: tuple[Signal, ...]
    proposal: Proposal
    model_sha256: str = ""


def to_read(session: Session, page_id: int) -> list[Unread]:
    """Return the versions of a page that have no proposal yet, oldest item first."""
    version, later = ItemVersionRow, aliased(ItemVersionRow)
    overtaken = exists().where(
        later.item_id == version.item_id,
        later.seq > version.seq,
        later.kind != VersionKind.DELETED,
    )
    has_proposal = exists().where(
        ProposalRow.item_id == version.item_id, ProposalRow.version_seq == version.seq
    )
    rows = session.execute(
        select(
            version.item_id,
            version.seq,
            ItemRow.org_id,
            version.body,
            version.media,
            PostRow.body.label("post"),
            ItemRow.kind,
            ItemRow.author_ref,
            ItemRow.occurred_at,
            version.seen_at,
            ItemRow.state,
            ItemRow.revision,
            ItemRow.restricted,
            ItemRow.post_id,
            overtaken.label("overtaken"),
        )
        .join(ItemRow, ItemRow.id == version.item_id)
        .join(PostRow, PostRow.id == ItemRow.post_id, isouter=True)
        .where(version.page_id == page_id, version.kind != VersionKind.DELETED, ~has_proposal)
        .order_by(version.item_id, version.seq)
    )
    return [
        Unread(
            item_id=row.item_id,
            version_seq=row.seq,
            org_id=row.org_id,
            text=row.body or "",
            post=row.post or "",
            kind=row.kind,
            author_ref=row.author_ref,
            occurred_at=row.occurred_at,
            seen_at=row.seen_at,
            state=row.state,
            revision=row.revision,
            is_latest=not row.overtaken,
            restricted=row.restricted,
            post_id=row.post_id,
            pictures=len(row.media),
        )
        for row in rows
    ]
