"""Which words of an item stand now: a deletion is a version without any."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.errors import Conflict
from moderation.tables import ItemVersionRow, VersionKind


def living_version(session: Session, item_id: int) -> int:
    """Return the number of the latest version that has words; the first one always has."""
    latest: int = session.execute(
        select(func.max(ItemVersionRow.seq)).where(
            ItemVersionRow.item_id == item_id, ItemVersionRow.kind != VersionKind.DELETED
        )
    ).scalar_one()
    return latest


def require_kept(session: Session, item_id: int) -> None:
    """Raise Conflict where retention has erased the words that the item has now."""
    erased = session.scalar(
        select(ItemVersionRow.erased_at).where(
            ItemVersionRow.item_id == item_id,
            ItemVersionRow.seq == living_version(session, item_id),
        )
    )
    if erased is not None:
        msg = "The words of this item were erased when their time was over. Nothing can be done."
        raise Conflict(msg)
