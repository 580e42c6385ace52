"""The queue page: one page of lines, and how many items stand in each view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.access import Actor, Role
from moderation.lifecycle import ItemState
from moderation.queries.beside import (
    Holder,
    account_names,
    check_first_of,
    holders,
    posts_of,
    staff_names,
    texts_of,
)
from moderation.queries.views import UNSCORED, Standing, View, clause, ordered, place_of
from moderation.scope import visible_items
from moderation.tables import (
    ItemClaimRow,
    ItemRow,
)
from moderation.taxonomy import CheckFirst

PAGE_SIZE: Final = 25
COUNT_LIMIT: Final = 10_000
SEES_MOST: Final = frozenset({Role.COMMS_MODERATOR, Role.COMMS_LEAD, Role.HR_LEAD, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a queue page, with what its summary says."""

    item: ItemRow
    text: str | None
    account: str
    post: str
    target_name: str
    check_first: tuple[CheckFirst, ...]
    holder: Holder | None
    place: str | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Lines in the view's order; older and newer are places to go on from, or None at an end."""

    lines: tuple[Line, ...]
    following: str | None
    preceding: str | None


@dataclass(slots=True)
class Counts:
    """How many items stand where; closed and all stop counting just above COUNT_LIMIT.

    They are None for roles that see few of the items, for whom every item would have to be read.
    """

    waiting: int = 0
    in_hand: int = 0
    closed: int | None = None
    everything: int | None = None
    check_first: int = 0
    not_scored: int = 0
    severity: Counter[int] = field(default_factory=Counter)
    category: Counter[str] = field(default_factory=Counter)
    account: Counter[int] = field(default_factory=Counter)


def page(
    session: Session,
    actor: Actor,
    view: View,
    *,
    now: datetime,
    after: str | None = None,
    before: str | None = None,
) -> QueuePage:
    """Return at most PAGE_SIZE lines of a view. Raises InvalidInput for a place that is none."""
    query = ordered(select(ItemRow).where(clause(actor, view)), view, after=after, before=before)
    items = list(session.scalars(query.limit(PAGE_SIZE + 1)))
    more = len(items) > PAGE_SIZE
    items = items[:PAGE_SIZE]
    if before is not None:
        items.reverse()
    lines = tuple(_lines(session, actor, view, items, now))
    if not lines:
        return QueuePage((), None, None)
    onward = more or before is not None
    backward = more if before is not None else after is not None
    return QueuePage(
        lines, lines[-1].place if onward else None, lines[0].place if backward else None
    )


def counts(session: Session, actor: Actor, standing: Standing) -> Counts:
    """Return the counts of every view; the narrower ones are of the standing that is shown.

    One scan of the index over what stands in the queue; the rest stops at COUNT_LIMIT.
    """
    found = Counts()
    shown = ItemState.IN_HAND if standing is Standing.IN_HAND else ItemState.REVIEW
    keys = (
        ItemRow.state,
        ItemRow.severity,
        ItemRow.category,
        ItemRow.account_id,
        ItemRow.outcome,
        ItemRow.urgent,
    )
    rows = session.execute(
        select(*keys, func.count().label("n"))
        .where(
            ItemRow.org_id == actor.org_id,
            ItemRow.state.in_((ItemState.REVIEW, ItemState.IN_HAND)),
            ItemRow.queue_rank.is_not(None),
            visible_items(actor),
        )
        .group_by(*keys)
    )
    for row in rows:
        if row.state is ItemState.REVIEW:
            found.waiting += row.n
        else:
            found.in_hand += row.n
        if row.state is shown:
            _add(found, row.severity, row.category, row.account_id, row.n)
            found.not_scored += row.n if row.outcome == UNSCORED else 0
            found.check_first += row.n if row.urgent else 0
    if actor.role in SEES_MOST:
        found.closed = _count_up_to(session, actor, View(Standing.CLOSED))
        found.everything = _count_up_to(session, actor, View(Standing.ALL))
    return found


def neighbours(
    session: Session, actor: Actor, view: View, place: str | None
) -> tuple[int | None, int | None]:
    """Return the ids of the items just before and just after a place in a view."""
    if place is None:
        return (None, None)
    base = select(ItemRow.id).where(clause(actor, view))
    earlier = session.scalar(ordered(base, view, before=place).limit(1))
    later = session.scalar(ordered(base, view, after=place).limit(1))
    return (earlier, later)


def next_free(
    session: Session, actor: Actor, view: View, place: str | None, *, now: datetime
) -> int | None:
    """Return the next item of a view that nobody else is looking at, from the top after the end."""
    held = (
        select(ItemClaimRow.item_id)
        .where(
            ItemClaimRow.item_id == ItemRow.id,
            ItemClaimRow.until > now,
            ItemClaimRow.user_id != actor.user_id,
        )
        .exists()
    )
    base = select(ItemRow.id).where(clause(actor, view), ~held)
    if place is not None:
        following: int | None = session.scalar(ordered(base, view, after=place).limit(1))
        if following is not None:
            return following
    first: int | None = session.scalar(ordered(base, view).limit(1))
    return first


def _lines(
    session: Session, actor: Actor, view: View, items: Sequence[ItemRow], now: datetime
) -> Iterable[Line]:
    ids = [item.id for item in items]
    if not ids:
        return
    texts = texts_of(session, ids)
    held = holders(session, ids, now)
    accounts = account_names(session, actor)
    posts = posts_of(session, items)
    staff = staff_names(session, actor.org_id, (item.target_staff_id for item in items))
    checks = check_first_of(session, items)
    for item in items:
        yield Line(
            item=item,
            text=texts.get(item.id),
            account=accounts.get(item.account_id, ""),
            post=posts.get(item.post_id or 0, ""),
            target_name=staff.get(item.target_staff_id or "", ""),
            check_first=checks.get(item.id, ()),
            holder=held.get(item.id),
            place=place_of(item, view),
        )


def _count_up_to(session: Session, actor: Actor, view: View) -> int:
    some = select(ItemRow.id).where(clause(actor, view)).limit(COUNT_LIMIT + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _add(found: Counts, severity: int, category: str | None, account_id: int, number: int) -> None:
    found.severity[severity] += number
    found.account[account_id] += number
    if category is not None:
        found.category[category] += number
