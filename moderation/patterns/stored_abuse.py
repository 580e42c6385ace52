"""The abuse of members of staff that stands in the record around the time of a batch."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from moderation.patterns.contacts import Contact
from moderation.tables import ItemRow


def abuse_around(
    session: Session,
    org_id: str,
    whose: ColumnElement[bool],
    fresh: Iterable[Contact],
    window: timedelta,
) -> list[Contact]:
    """Return what is stored within one window of fresh contacts; whose says of or by whom.

    One query. There must be at least one fresh contact.
    """
    times = [contact.at for contact in fresh]
    rows = session.execute(
        select(ItemRow.id, ItemRow.occurred_at, ItemRow.target_staff_id, ItemRow.author_ref).where(
            ItemRow.org_id == org_id,
            whose,
            ItemRow.occurred_at.between(min(times) - window, max(times) + window),
            ItemRow.target_staff_id.is_not(None),
            ItemRow.category.is_not(None),
        )
    )
    return [
        Contact(row.id, row.occurred_at, row.target_staff_id, row.author_ref, abusive=True)
        for row in rows
    ]
