"""A reviewer's short lease on an item: visible to all, taken over only on purpose."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor, Right
from moderation.errors import ClaimedByOther, InvalidInput
from moderation.scope import see_item
from moderation.tables import (
    ItemClaimRow,
    ItemRow,
    UserRow,
)
from moderation.when import london_time

CLAIM_LEASE: Final = timedelta(minutes=10)


def claim(
    session: Session, item_id: int, *, actor: Actor, now: datetime, take_over: bool = False
) -> ItemClaimRow:
    """Take a short lease on an item, or make the actor's own longer.

    Raises ClaimedByOther, which names the holder, unless take_over is said; the chain keeps who
    was taken over.
    """
    actor.require(Right.DECIDE)
    item = see_item(session, actor, item_id, lock=True)
    held = live_claim(session, item.id, now)
    if held is not None and held.user_id != actor.user_id and not take_over:
        raise ClaimedByOther(_held_by(session, held))
    return _take(session, item, held, actor=actor, now=now)


def release(session: Session, item_id: int, *, actor: Actor, now: datetime) -> None:
    """Give the actor's own lease back; nothing happens when there is none."""
    item = see_item(session, actor, item_id)
    held = session.get(ItemClaimRow, item.id)
    if held is not None and held.user_id == actor.user_id:
        session.delete(held)
        audit.append(session, "item.release", f"item:{item.id}", actor=actor, at=now)


def live_claim(session: Session, item_id: int, now: datetime) -> ItemClaimRow | None:
    """Return the lease that holds now, or None."""
    held = session.get(ItemClaimRow, item_id)
    return held if held is not None and held.until > now else None


def _held_by(session: Session, held: ItemClaimRow) -> str:
    name = session.scalar(select(UserRow.name).where(UserRow.id == held.user_id))
    return (
        f"{name} is looking at this item until {london_time(held.until)}. You can take it over; "
        "they will see that you did."
    )


def _take(
    session: Session, item: ItemRow, held: ItemClaimRow | None, *, actor: Actor, now: datetime
) -> ItemClaimRow:
    if actor.user_id is None:
        msg = "Only a person can hold an item."
        raise InvalidInput(msg)
    holder = held.user_id if held is not None else None
    row = session.get(ItemClaimRow, item.id)
    if row is None:
        row = ItemClaimRow(item_id=item.id, user_id=actor.user_id, taken_at=now)
        session.add(row)
    row.user_id, row.until = actor.user_id, now + CLAIM_LEASE
    if holder == actor.user_id:
        return row
    row.taken_at = now
    detail = {} if holder is None else {"from": holder}
    audit.append(session, "item.claim", f"item:{item.id}", actor=actor, at=now, detail=detail)
    return row


def require_free(session: Session, item: ItemRow, actor: Actor, now: datetime) -> None:
    """Raise ClaimedByOther, which names the holder, when somebody else holds the item."""
    held = live_claim(session, item.id, now)
    if held is not None and held.user_id != actor.user_id:
        raise ClaimedByOther(_held_by(session, held))


def end_claim(session: Session, item: ItemRow) -> None:
    """Let go of an item that nobody has to look at any more."""
    held = session.get(ItemClaimRow, item.id)
    if held is not None:
        session.delete(held)
