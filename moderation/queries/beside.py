"""What stands beside items on a page: their words, posts, accounts, holders and targets' names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Actor
from moderation.tables import (
    AccountRow,
    ItemClaimRow,
    ItemRow,
    ItemVersionRow,
    PostRow,
    ProposalRow,
    StaffRow,
    UserRow,
    VersionKind,
)
from moderation.taxonomy import CheckFirst


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is looking at an item, and until when."""

    user_id: int
    name: str
    until: datetime


def account_names(session: Session, actor: Actor) -> dict[int, str]:
    """Return the organisation's accounts by id, in the order of their names."""
    rows = session.execute(
        select(AccountRow.id, AccountRow.name)
        .where(AccountRow.org_id == actor.org_id)
        .order_by(AccountRow.name, AccountRow.id)
    )
    return {row.id: row.name for row in rows}


def texts_of(session: Session, item_ids: Iterable[int]) -> dict[int, str]:
    """Return the latest words held of each item: those of a removed one are still held."""
    rows = session.execute(
        select(ItemVersionRow.item_id, ItemVersionRow.body)
        .where(
            ItemVersionRow.item_id.in_(list(item_ids)),
            ItemVersionRow.kind != VersionKind.DELETED,
        )
        .order_by(ItemVersionRow.item_id, ItemVersionRow.seq)
    )
    return {row.item_id: row.body for row in rows if row.body is not None}


def holders(session: Session, item_ids: Iterable[int], now: datetime) -> dict[int, Holder]:
    """Return who holds a live lease on each item."""
    rows = session.execute(
        select(ItemClaimRow.item_id, ItemClaimRow.user_id, UserRow.name, ItemClaimRow.until)
        .join(UserRow, UserRow.id == ItemClaimRow.user_id)
        .where(ItemClaimRow.item_id.in_(list(item_ids)), ItemClaimRow.until > now)
    )
    return {row.item_id: Holder(row.user_id, row.name, row.until) for row in rows}


def staff_names(session: Session, org_id: str, staff_ids: Iterable[str | None]) -> dict[str, str]:
    """Return the names of the members of staff with these ids."""
    wanted = {staff_id for staff_id in staff_ids if staff_id}
    if not wanted:
        return {}
    rows = session.execute(
        select(StaffRow.staff_id, StaffRow.full_name).where(
            StaffRow.org_id == org_id, StaffRow.staff_id.in_(wanted)
        )
    )
    return {row.staff_id: row.full_name for row in rows}


def posts_of(session: Session, items: Sequence[ItemRow]) -> Mapping[int, str]:
    """Return the words of the posts that the items stand under, by the post's id."""
    wanted = {item.post_id for item in items if item.post_id is not None}
    if not wanted:
        return {}
    rows = session.execute(select(PostRow.id, PostRow.body).where(PostRow.id.in_(wanted)))
    return {row.id: row.body for row in rows}


def check_first_of(
    session: Session, items: Sequence[ItemRow]
) -> Mapping[int, tuple[CheckFirst, ...]]:
    """Return what has to be checked first, as the latest proposal of each item says."""
    rows = session.execute(
        select(ProposalRow.item_id, ProposalRow.check_first)
        .where(ProposalRow.item_id.in_([item.id for item in items]))
        .order_by(ProposalRow.item_id, ProposalRow.version_seq)
    )
    return {row.item_id: tuple(CheckFirst(code) for code in row.check_first) for row in rows}
