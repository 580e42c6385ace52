"""What this actor may see: the clause that every list, count, export and mail starts from."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import Session

from moderation.access import Actor, Right, Role
from moderation.errors import NotFound
from moderation.tables import CaseItemRow, CaseMemberRow, CaseRow, ItemRow
from moderation.taxonomy import STAFF_TARGETS, Severity

_COMMS = frozenset({Role.COMMS_MODERATOR, Role.COMMS_LEAD})


def visible_cases(actor: Actor) -> ColumnElement[bool]:
    """Cases of the actor's organisation of which the actor is a member and not barred."""
    if actor.user_id is None or not actor.may(Right.WORK_CASE):
        return false()
    return and_(
        CaseRow.org_id == actor.org_id,
        exists().where(
            CaseMemberRow.case_id == CaseRow.id,
            CaseMemberRow.user_id == actor.user_id,
            CaseMemberRow.barred.is_(False),
        ),
    )


def _in_own_case(actor: Actor) -> ColumnElement[bool]:
    # A list of ids, not a correlated question: that one is asked again for every item there is.
    mine = (
        select(CaseItemRow.item_id)
        .join(CaseRow, CaseRow.id == CaseItemRow.case_id)
        .where(visible_cases(actor))
    )
    return ItemRow.id.in_(mine)


def visible_items(actor: Actor) -> ColumnElement[bool]:
    """Items of the actor's organisation that the role and the cases of the actor open.

    Contacts that staff logged are restricted: only members of a case that holds them see them.
    """
    if actor.user_id is None or actor.role is None:
        return false()
    open_items = _open_to_role(actor)
    if open_items is None:
        return false()
    seen = open_items
    if actor.may(Right.WORK_CASE):
        seen = or_(open_items, _in_own_case(actor))
    return and_(ItemRow.org_id == actor.org_id, seen)


def _open_to_role(actor: Actor) -> ColumnElement[bool] | None:
    """Return what a role sees without any case, or None when it sees no item at all."""
    unrestricted = ItemRow.restricted.is_(False)
    if actor.role in _COMMS or actor.role is Role.HR_LEAD:
        return unrestricted
    if actor.role is Role.HR_ADVISER:
        return and_(
            unrestricted, ItemRow.severity >= Severity.S2, ItemRow.target_type.in_(STAFF_TARGETS)
        )
    if actor.role is Role.SAFEGUARDING_LEAD:
        return and_(unrestricted, ItemRow.urgent.is_(True))
    if actor.role is Role.AUDITOR and actor.look_reason:
        return unrestricted
    if actor.role is Role.BOARD_MEMBER:
        return false()
    return None


def see_item(session: Session, actor: Actor, item_id: int, *, lock: bool = False) -> ItemRow:
    """Return one item that the actor may see; NotFound for a missing one and for another's."""
    query = select(ItemRow).where(ItemRow.id == item_id, visible_items(actor))
    item = session.scalar(query.with_for_update() if lock else query)
    if item is None:
        msg = "There is no such item, or it is not yours to see."
        raise NotFound(msg)
    return item


def see_case(session: Session, actor: Actor, ref: str, *, lock: bool = False) -> CaseRow:
    """Return one case of which the actor is a member; NotFound for a missing one and another's."""
    query = select(CaseRow).where(CaseRow.ref == ref, visible_cases(actor))
    case = session.scalar(query.with_for_update() if lock else query)
    if case is None:
        msg = "There is no such case, or it is not yours to see."
        raise NotFound(msg)
    return case
