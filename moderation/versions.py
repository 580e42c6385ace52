"""Which words of an item stand now: a deletion is a version without any."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.tables import ItemVersionRow, VersionKind


def living_version(session: Session, item_id: int) -> int:
    """Return the number of the latest version that has words; the first one always has."""
    latest: int = session.execute(
        select(func.max(ItemVersionRow.seq)).where(
            ItemVersionRow.item_id == item_id, ItemVersionRow.kind != VersionKind.DELETED
        )
    ).scalar_one()
    return latest
