"""Store what a page shows: new items, the versions of changed ones, posts and quarantine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from moderation.lifecycle import ItemState
from moderation.model import Change, Comment, GoneBy, Standing
from moderation.tables import (
    IngestPageRow,
    ItemRow,
    ItemVersionRow,
    VersionKind,
)


@dataclass(frozen=True, slots=True)
class Known:
    """An item that we hold already, with its latest version."""

    id: int
    version: int
    revision: int
    state: ItemState
    sha256: str
    gone: bool
    gone_by: GoneBy | None = None
    standing: Standing = Standing.UNKNOWN


def known_items(session: Session, account_id: int, native_ids: Sequence[str]) -> dict[str, Known]:
    """Return what we hold of these comments, by native id."""
    rows = session.execute(
        select(
            ItemRow.native_id,
            ItemRow.id,
            ItemRow.version,
            ItemRow.revision,
            ItemRow.state,
            ItemVersionRow.sha256,
            ItemRow.gone_at,
            ItemRow.standing,
        )
        .join(
            ItemVersionRow,
            (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.seq == ItemRow.version),
        )
        .where(ItemRow.account_id == account_id, ItemRow.native_id.in_(native_ids))
    )
    return {
        row.native_id: Known(
            row.id,
            row.version,
            row.revision,
            row.state,
            row.sha256,
            row.gone_at is not None,
            standing=row.standing,
        )
        for row in rows
    }


def text_sha256(text: str) -> str:
    """Return the hash that tells one version's words from another's."""
    return hashlib.sha256(text.encode()).hexdigest()


def store(
    session: Session,
    page: IngestPageRow,
    org_id: str,
    comments: Sequence[Comment],
    known: dict[str, Known],
    posts: dict[str, int],
    restricted: bool,
) -> tuple[int, list[Known]]:
    """Insert new items and the versions of changed ones; return how many and which.

    A page may show one comment twice, as it was and as edited: the first sight makes the item,
    the rest are changes in the order of the page.
    """
    first: dict[str, Comment] = {}
    later: list[Comment] = []
    for comment in comments:
        is_new = comment.native_id not in known and comment.native_id not in first
        if not is_new:
            later.append(comment)
        elif comment.change is Change.PRESENT:
            first[comment.native_id] = comment
    items = [_item(comment, page, org_id, posts, restricted) for comment in first.values()]
    ids = _insert_items(session, items)
    versions = [
        _version(first[native_id], item_id, 1, VersionKind.CREATED, page)
        for native_id, item_id in ids
    ]
    for native_id, item_id in ids:
        sha256 = text_sha256(first[native_id].text)
        known[native_id] = Known(
            item_id, 1, 1, ItemState.NEW, sha256, gone=False, standing=first[native_id].standing
        )
    changed = _apply_changes(later, known, versions, page)
    if versions:
        session.execute(insert(ItemVersionRow), versions)
    _mark_changed(session, page, changed)
    return len(ids), changed


def _apply_changes(
    comments: Sequence[Comment],
    known: dict[str, Known],
    versions: list[dict[str, Any]],
    page: IngestPageRow,
) -> list[Known]:
    """Add a version for each change, and return each changed item once, as it stands last."""
    changed: dict[int, Known] = {}
    for comment in comments:
        held = known.get(comment.native_id)
        version = _version_of_change(comment, held, page) if held else None
        if held is None or version is None:
            continue
        versions.append(version)
        gone = version["kind"] is VersionKind.DELETED
        by = comment.gone_by if gone else None
        held = replace(
            held, version=version["seq"], sha256=version["sha256"], gone=gone, gone_by=by
        )
        known[comment.native_id] = changed[held.id] = held
    return list(changed.values())


def _insert_items(session: Session, items: list[dict[str, Any]]) -> list[tuple[str, int]]:
    if not items:
        return []
    rows = session.execute(insert(ItemRow).returning(ItemRow.native_id, ItemRow.id), items)
    return [(row.native_id, row.id) for row in rows]


def _item(
    comment: Comment,
    page: IngestPageRow,
    org_id: str,
    posts: dict[str, int],
    restricted: bool,
) -> dict[str, Any]:
    author = comment.author
    return {
        "org_id": org_id,
        "account_id": page.account_id,
        "native_id": comment.native_id,
        "kind": comment.kind,
        "state": ItemState.NEW,
        "restricted": restricted,
        "seen_at": page.fetched_at,
        "posted_at": comment.created_at,
        "occurred_at": comment.created_at or page.fetched_at,
        "author_ref": author.id if author else None,
        "author_handle": author.handle if author else "",
        "author_name": author.name if author else "",
        "post_id": posts.get(comment.post.id) if comment.post else None,
        "parent_native_id": comment.parent_id,
        "url": comment.url,
        "standing": comment.standing,
    }


def _version(
    comment: Comment, item_id: int, seq: int, kind: VersionKind, page: IngestPageRow
) -> dict[str, Any]:
    return {
        "item_id": item_id,
        "seq": seq,
        "kind": kind,
        "sha256": text_sha256(comment.text),
        "seen_at": page.fetched_at,
        "page_id": page.id,
        "body": comment.text,
        "raw": comment.raw,
        "media": list(comment.media),
    }


def differs(comment: Comment, held: Known) -> bool:
    """Say whether a sight of an item shows another thing than what we hold of it."""
    if comment.change is Change.DELETED:
        return not held.gone
    stands_otherwise = comment.standing not in {Standing.UNKNOWN, held.standing}
    return held.gone or stands_otherwise or text_sha256(comment.text) != held.sha256


def _version_of_change(comment: Comment, held: Known, page: IngestPageRow) -> dict[str, Any] | None:
    """Return the next version when the platform shows something else now, or nothing."""
    seq = held.version + 1
    if comment.change is Change.DELETED:
        if held.gone:
            return None
        deleted = _version(comment, held.id, seq, VersionKind.DELETED, page)
        return {**deleted, "body": None, "sha256": held.sha256}
    if held.gone:
        return _version(comment, held.id, seq, VersionKind.RESTORED, page)
    if text_sha256(comment.text) != held.sha256:
        return _version(comment, held.id, seq, VersionKind.EDITED, page)
    return None


def _mark_changed(session: Session, page: IngestPageRow, changed: Sequence[Known]) -> None:
    """Keep on the item which version is the latest and whether it can still be seen."""
    if not changed:
        return
    session.execute(
        update(ItemRow),
        [
            {
                "id": held.id,
                "version": held.version,
                "revision": held.revision + 1,
                "gone_at": page.fetched_at if held.gone else None,
                "gone_by": held.gone_by,
            }
            for held in changed
        ],
    )
