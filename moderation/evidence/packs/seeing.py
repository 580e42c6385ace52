"""Which packs on the register a person may see: of what they see, of kinds they may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import BigInteger, ColumnElement, and_, case, cast, exists, false, func, or_, select

from moderation.access import Actor, Right
from moderation.errors import NotFound
from moderation.evidence.contents import is_operator
from moderation.evidence.packs.choosing import may
from moderation.evidence.packs.kinds import KINDS
from moderation.evidence.packs.shape import Subject
from moderation.scope import visible_cases, visible_items
from moderation.tables import CaseRow, DisclosureRow, ItemRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_ITEM: Final = "item:"
_NOT_THERE: Final = "There is no such pack, or it is not yours to see."


def usable_disclosures(actor: Actor) -> ColumnElement[bool]:
    """Packs that the actor could have asked for, and so may fetch and hand over.

    Those about a person are for whoever asked: two who answer requests need not know of each
    other's.
    """
    own = DisclosureRow.org_id == actor.org_id
    if is_operator(actor):
        return own
    if actor.user_id is None:
        return false()
    mine = DisclosureRow.requested_by == actor.ref
    of = {
        Subject.CASE: _of_visible_case(actor),
        Subject.ITEM: _of_visible_item(actor),
        Subject.PERSON: mine,
        Subject.QUARTER: DisclosureRow.about.startswith("quarter:"),
    }
    allowed = [
        and_(DisclosureRow.kind == kind.name, which)
        for kind in KINDS.values()
        for sort, which in of.items()
        if may(kind, sort, actor)
    ]
    return and_(own, or_(*allowed)) if allowed else false()


def visible_disclosures(actor: Actor) -> ColumnElement[bool]:
    """Lines of the register that the actor may read; an auditor reads all of them."""
    if actor.user_id is not None and actor.may(Right.SEE_AUDIT):
        return DisclosureRow.org_id == actor.org_id
    return usable_disclosures(actor)


def see_disclosure(
    session: Session, actor: Actor, ref: str, *, lock: bool = False
) -> DisclosureRow:
    """Return one pack that the actor may use; NotFound for a missing one and for another's."""
    query = select(DisclosureRow).where(DisclosureRow.ref == ref, usable_disclosures(actor))
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound(_NOT_THERE)
    return row


def _of_visible_case(actor: Actor) -> ColumnElement[bool]:
    return exists().where(CaseRow.id == DisclosureRow.case_id, visible_cases(actor))


def _of_visible_item(actor: Actor) -> ColumnElement[bool]:
    number = func.substr(DisclosureRow.about, len(_ITEM) + 1)
    item_id = case((DisclosureRow.about.startswith(_ITEM), cast(number, BigInteger)))
    return exists().where(ItemRow.id == item_id, visible_items(actor))
