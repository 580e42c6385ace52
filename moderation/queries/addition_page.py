"""One file that was added to the evidence of an item, with who added it and when it was stamped."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Actor
from moderation.evidence.additions import see_addition
from moderation.queries.removal import user_of
from moderation.scope import see_item
from moderation.tables import (
    AccountRow,
    EvidenceAdditionRow,
    ItemRow,
    Stamped,
    TimeStampRow,
    UserRow,
)


@dataclass(frozen=True, slots=True)
class AdditionPage:
    """What the page of an addition shows; name is that of the colleague who added it."""

    row: EvidenceAdditionRow
    name: str
    stamps: tuple[TimeStampRow, ...]


def addition_page(session: Session, addition_id: int, *, actor: Actor) -> AdditionPage:
    """Return the page of an addition to an item that the actor may see; NotFound otherwise."""
    row = see_addition(session, addition_id, actor=actor)
    name = session.scalar(
        select(UserRow.name).where(
            UserRow.id == user_of(row.added_by), UserRow.org_id == actor.org_id
        )
    )
    stamps = session.scalars(
        select(TimeStampRow)
        .where(TimeStampRow.subject == Stamped.ADDITION, TimeStampRow.subject_id == row.id)
        .order_by(TimeStampRow.id)
    )
    return AdditionPage(row, name or "", tuple(stamps))


def subject_of(session: Session, item_id: int, *, actor: Actor) -> tuple[ItemRow, AccountRow]:
    """Return an item that the actor may see, and the account that it came in by."""
    item = see_item(session, actor, item_id)
    account = session.scalars(
        select(AccountRow).where(
            AccountRow.id == item.account_id, AccountRow.org_id == actor.org_id
        )
    ).one()
    return item, account
