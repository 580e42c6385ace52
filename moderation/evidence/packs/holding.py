"""Asking for a pack may stop the clock of what it is of: what was asked for must not be erased."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from moderation import holds
from moderation.evidence.packs.choosing import Chosen
from moderation.evidence.packs.occasions import chunks
from moderation.evidence.packs.persons import cases_of, items_of, person_named
from moderation.evidence.packs.shape import Kind
from moderation.tables import DisclosureRow, ItemVersionRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from moderation.access import Actor


def hold(session: Session, kind: Kind, asked: DisclosureRow, chosen: Chosen, actor: Actor) -> None:
    """Begin the holds that follow from a pack that was asked for; a person ends them."""
    if kind.holds is None:
        return
    for held in _what(session, asked, chosen, actor):
        cause = f"disclosure:{asked.id}:{held.about}"
        holds.begin_by_itself(session, held, kind.holds, cause=cause, now=asked.requested_at)


def _what(
    session: Session, asked: DisclosureRow, chosen: Chosen, actor: Actor
) -> Iterator[holds.Held]:
    """Give the case of the pack, or its items, or everything about its person."""
    org = asked.org_id
    if chosen.contents is None:
        person = person_named(session, asked.subject, actor)
        yield from (holds.Held(org, case_id=case.id) for case in cases_of(session, person, actor))
        ids = [item.id for item, _ in items_of(session, person, org)]
    elif chosen.contents.case is not None:
        yield holds.Held(org, case_id=chosen.contents.case.id)
        return
    else:
        ids = [one.item.id for one in (*chosen.contents.captured, *chosen.contents.missing)]
    worded = _worded(session, ids)
    yield from (holds.Held(org, item_id=one) for one in dict.fromkeys(ids) if one in worded)


def _worded(session: Session, ids: Sequence[int]) -> set[int]:
    """Return those of the items that still have words: of the others nothing is left to hold."""
    return {
        item_id
        for some in chunks(ids)
        for item_id in session.scalars(
            select(ItemVersionRow.item_id).where(
                ItemVersionRow.item_id.in_(some), ItemVersionRow.body.is_not(None)
            )
        )
    }
