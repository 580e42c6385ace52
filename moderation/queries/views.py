"""Views of the queue: which items, in which order, and a place in that order to go on from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, TypeVarTuple

from sqlalchemy import BigInteger, ColumnElement, Select, and_, bindparam, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from moderation.access import Actor
from moderation.errors import InvalidInput
from moderation.lifecycle import ItemState
from moderation.ranking import queue_rank
from moderation.scope import visible_items
from moderation.tables import ItemRow, to_ms
from moderation.taxonomy import Abuse, Severity

Ts = TypeVarTuple("Ts")

UNSCORED: Final = "unscored"
_STORED: Final = BigInteger()
_PLACE: Final = re.compile(r"-?[0-9]{1,18}(\.-?[0-9]{1,18}){1,2}")


class Standing(StrEnum):
    """Where the items of a view stand."""

    WAITING = "waiting"
    IN_HAND = "in_hand"
    CLOSED = "closed"
    ALL = "all"


_STATES: Final = {
    Standing.WAITING: ItemState.REVIEW,
    Standing.IN_HAND: ItemState.IN_HAND,
    Standing.CLOSED: ItemState.CLOSED,
}


@dataclass(frozen=True, slots=True)
class View:
    """What a person chose to see. The narrower choices hold for what waits or is in hand."""

    standing: Standing = Standing.WAITING
    severity: Severity | None = None
    category: Abuse | None = None
    account_id: int | None = None
    check_first: bool = False
    not_scored: bool = False
    oldest_first: bool = False

    @property
    def is_queue(self) -> bool:
        """Say whether the view shows items that still stand in the queue."""
        return self.standing in {Standing.WAITING, Standing.IN_HAND}

    def only(self, **chosen: Any) -> View:
        """Return the view of the same standing and order narrowed by these choices alone."""
        return replace(View(standing=self.standing, oldest_first=self.oldest_first), **chosen)


def columns(view: View) -> tuple[InstrumentedAttribute[Any], ...]:
    """Return the columns that order a view; the last one is the id, so that no two are alike."""
    if not view.is_queue:
        return (ItemRow.seen_at, ItemRow.id)
    if view.oldest_first:
        return (ItemRow.waiting_since, ItemRow.id)
    return (ItemRow.queue_rank, ItemRow.waiting_since, ItemRow.id)


def clause(actor: Actor, view: View) -> ColumnElement[bool]:
    """Return the condition of a view, which starts from what the actor may see."""
    parts: list[ColumnElement[bool]] = [ItemRow.org_id == actor.org_id, visible_items(actor)]
    state = _STATES.get(view.standing)
    if state is not None:
        parts.append(ItemRow.state == state)
    if view.is_queue:
        # Spelt out, for an engine uses a partial index only where it sees the index's condition.
        parts.append(ItemRow.queue_rank.is_not(None))
        parts.extend(_narrower(view))
    return and_(*parts)


def ordered(
    query: Select[*Ts], view: View, *, after: str | None = None, before: str | None = None
) -> Select[*Ts]:
    """Return the query in the view's order, from just after (or backwards from before) a place."""
    order = columns(view)
    place = after or before
    # Closed items stand newest first; going backwards turns either order round.
    down = view.is_queue is (before is not None)
    if place is not None:
        query = query.where(_beyond(order, place, down=down))
    return query.order_by(*(column.desc() if down else column.asc() for column in order))


def place_of(item: ItemRow, view: View) -> str | None:
    """Return an item's place in a view's order as text; None when it has none there."""
    if not view.is_queue:
        return f"{to_ms(item.seen_at)}.{item.id}"
    if item.queue_rank is None or item.waiting_since is None:
        return None
    since = to_ms(item.waiting_since)
    return f"{since}.{item.id}" if view.oldest_first else f"{item.queue_rank}.{since}.{item.id}"


def _narrower(view: View) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    if view.severity is not None:
        parts.append(ItemRow.severity == int(view.severity))
    if view.category is not None:
        parts.append(ItemRow.category == view.category)
    if view.account_id is not None:
        parts.append(ItemRow.account_id == view.account_id)
    if view.check_first:
        # What cannot wait has one rank of its own, which the index of the queue begins with.
        parts.append(ItemRow.queue_rank == queue_rank(Severity.S4, urgent=True))
        parts.append(ItemRow.urgent.is_(True))
    if view.not_scored:
        parts.append(ItemRow.outcome == bindparam(None, UNSCORED, literal_execute=True))
    return parts


def _beyond(
    order: tuple[InstrumentedAttribute[Any], ...], place: str, *, down: bool
) -> ColumnElement[bool]:
    parts = [int(part) for part in place.split(".")] if _PLACE.fullmatch(place) else []
    if len(parts) != len(order):
        msg = "This place in the list does not exist. Start again from the first page."
        raise InvalidInput(msg)
    row = tuple_(*order)
    # A time column is compared as the milliseconds that it is stored as.
    values = tuple_(*(literal(part, _STORED) for part in parts))
    return row < values if down else row > values
