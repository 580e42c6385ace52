"""The patterns that an item belongs to, each with the list of its occasions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.access import Actor
from moderation.scope import visible_items
from moderation.tables import ItemRow, PatternItemRow, PatternKind, PatternRow

OCCASIONS_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class PatternLine:
    """A pattern, the items of it that the actor may see (newest first), and how many there are."""

    kind: PatternKind
    says: str
    items: tuple[ItemRow, ...]
    count: int

    @property
    def not_shown(self) -> int:
        """Return how many are not in the list: too many, or not the actor's to see."""
        return self.count - len(self.items)


def patterns_of(session: Session, actor: Actor, item: ItemRow) -> tuple[PatternLine, ...]:
    """Return the patterns of an item that the actor sees, oldest first."""
    rows = session.scalars(
        select(PatternRow)
        .join(PatternItemRow, PatternItemRow.pattern_id == PatternRow.id)
        .where(PatternItemRow.item_id == item.id, PatternRow.org_id == item.org_id)
        .order_by(PatternRow.id)
    )
    return tuple(_line(session, actor, row) for row in rows.all())


def _line(session: Session, actor: Actor, row: PatternRow) -> PatternLine:
    items = session.scalars(
        select(ItemRow)
        .join(PatternItemRow, PatternItemRow.item_id == ItemRow.id)
        .where(PatternItemRow.pattern_id == row.id, visible_items(actor))
        .order_by(ItemRow.occurred_at.desc(), ItemRow.id.desc())
        .limit(OCCASIONS_MOST)
    )
    count = session.scalar(select(func.count()).where(PatternItemRow.pattern_id == row.id))
    return PatternLine(row.kind, row.says, tuple(items), count or 0)
