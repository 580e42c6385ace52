"""Where an item lives on its platform, read from the record for a connector."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.model import ItemRef
from moderation.tables import ItemRow, ItemVersionRow, PostRow


def ref_of(session: Session, item: ItemRow) -> ItemRef:
    """Return an item's address, with its bytes as they came when they last held words."""
    post_id = session.scalar(select(PostRow.native_id).where(PostRow.id == item.post_id))
    raw = session.scalar(
        select(ItemVersionRow.raw)
        .where(ItemVersionRow.item_id == item.id, ItemVersionRow.body.is_not(None))
        .order_by(ItemVersionRow.seq.desc())
        .limit(1)
    )
    return ItemRef(item.native_id, item.url, item.author_ref, post_id or "", raw or b"")
