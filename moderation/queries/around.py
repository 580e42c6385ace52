"""What surrounds an item: what it answers, what answers it, what its author wrote before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.access import Actor
from moderation.queries.beside import texts_of
from moderation.scope import visible_items
from moderation.tables import ItemRow

THREAD_MOST: Final = 50
PARENTS_MOST: Final = 10
EARLIER_MOST: Final = 20
EARLIER_COUNT_MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Near:
    """Another item that the actor may see, beside this one, with its words."""

    item: ItemRow
    text: str | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the same author wrote before: the newest few, and how many (up to a limit)."""

    count: int
    items: tuple[Near, ...]


def parents(session: Session, actor: Actor, item: ItemRow) -> tuple[Near, ...]:
    """Return what the item answers, the outermost first, as far as we hold it."""
    found: list[ItemRow] = []
    wanted = item.parent_native_id
    seen = {item.native_id}
    while wanted and wanted not in seen and len(found) < PARENTS_MOST:
        seen.add(wanted)
        parent = session.scalar(
            select(ItemRow).where(
                ItemRow.account_id == item.account_id,
                ItemRow.native_id == wanted,
                visible_items(actor),
            )
        )
        if parent is None:
            break
        found.insert(0, parent)
        wanted = parent.parent_native_id
    return _near(session, found)


def replies(session: Session, actor: Actor, item: ItemRow) -> tuple[Near, ...]:
    """Return what answers the item, oldest first, among the items under the same post."""
    if item.post_id is None:
        return ()
    rows = session.scalars(
        select(ItemRow)
        .where(
            ItemRow.account_id == item.account_id,
            ItemRow.post_id == item.post_id,
            ItemRow.parent_native_id == item.native_id,
            visible_items(actor),
        )
        .order_by(ItemRow.seen_at, ItemRow.id)
        .limit(THREAD_MOST)
    )
    return _near(session, list(rows))


def earlier(session: Session, actor: Actor, item: ItemRow) -> Earlier | None:
    """Return what the author wrote before; None where the platform does not say who wrote it."""
    if item.author_ref is None:
        return None
    before = (
        select(ItemRow)
        .where(
            ItemRow.org_id == actor.org_id,
            ItemRow.author_ref == item.author_ref,
            ItemRow.id != item.id,
            visible_items(actor),
        )
        .order_by(ItemRow.seen_at.desc())
    )
    some = before.with_only_columns(ItemRow.id).limit(EARLIER_COUNT_MOST + 1).subquery()
    count = session.scalar(select(func.count()).select_from(some)) or 0
    newest = list(session.scalars(before.limit(EARLIER_MOST)))
    return Earlier(count, _near(session, newest))


def _near(session: Session, items: Sequence[ItemRow]) -> tuple[Near, ...]:
    texts = texts_of(session, [item.id for item in items])
    return tuple(Near(item, texts.get(item.id)) for item in items)
