"""Holds: what stops the clock of an item or a case, begun by a person or by what happens to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor, Right, system
from moderation.errors import Conflict, InvalidInput, NotFound
from moderation.scope import see_case, see_item, visible_cases, visible_items
from moderation.tables import CaseItemRow, CaseRow, HoldReason, ItemRow, LegalHoldRow
from moderation.versions import require_kept
from moderation.when import london

REVIEW_AFTER: Final = timedelta(days=90)
SHORTEST_REASON: Final = 15
_MISSING: Final = "There is no such hold, or it is not yours to see."


@dataclass(frozen=True, slots=True)
class Held:
    """What a hold is on: an item or a case, by its id in the record."""

    org_id: str
    item_id: int | None = None
    case_id: int | None = None

    @property
    def about(self) -> str:
        """Return the audit chain's name of it."""
        return f"item:{self.item_id}" if self.item_id is not None else f"case:{self.case_id}"


def live() -> ColumnElement[bool]:
    """Say of a hold that it has not ended."""
    return LegalHoldRow.ended_at.is_(None)


def held_items(session: Session, item_ids: Sequence[int]) -> dict[int, set[HoldReason]]:
    """Return those of the items that a live hold is on, their cases' holds included, and why."""
    found: dict[int, set[HoldReason]] = {}
    direct = (
        select(ItemRow.id, LegalHoldRow.reason)
        .join(LegalHoldRow, LegalHoldRow.item_id == ItemRow.id)
        .where(live(), ItemRow.id.in_(item_ids))
    )
    through = (
        select(CaseItemRow.item_id, LegalHoldRow.reason)
        .join(LegalHoldRow, LegalHoldRow.case_id == CaseItemRow.case_id)
        .where(live(), CaseItemRow.item_id.in_(item_ids))
    )
    for query in (direct, through):
        for item_id, reason in session.execute(query):
            found.setdefault(item_id, set()).add(reason)
    return found


def begin(
    session: Session,
    what: int | str,
    reason: HoldReason,
    *,
    note: str,
    form_id: str,
    actor: Actor,
    now: datetime,
) -> LegalHoldRow:
    """Begin a hold on an item (its id) or a case (its ref); the same form sent twice is one.

    Raises NotAllowed, NotFound for what is not the actor's to see, and InvalidInput without a
    reason in words.
    """
    actor.require(Right.BEGIN_HOLD)
    held = _seen(session, what, actor)
    before = session.scalar(select(LegalHoldRow).where(LegalHoldRow.form_id == form_id))
    if before is not None:
        return before
    if len(note.strip()) < SHORTEST_REASON:
        raise InvalidInput(f"Say why it is held: {SHORTEST_REASON} characters at least.")
    return put(session, held, reason, note.strip(), form_id, actor, now)


def begin_by_itself(
    session: Session, held: Held, reason: HoldReason, *, cause: str, now: datetime
) -> LegalHoldRow | None:
    """Begin a hold that follows from something; cause names that, like "decision:12".

    None where a hold for this reason is on it already, or where this cause began one before: a
    person who ended that one need not end it again.
    """
    form_id = f"auto:{reason.value}:{cause}"
    on_it = and_(
        LegalHoldRow.item_id.is_not_distinct_from(held.item_id),
        LegalHoldRow.case_id.is_not_distinct_from(held.case_id),
    )
    running = and_(live(), LegalHoldRow.reason == reason, on_it)
    same = select(LegalHoldRow.id).where(or_(LegalHoldRow.form_id == form_id, running))
    if session.scalar(same.limit(1)) is not None:
        return None
    actor = system("retention", held.org_id)
    return put(session, held, reason, "", form_id, actor, now)


def put(
    session: Session,
    held: Held,
    reason: HoldReason,
    note: str,
    form_id: str,
    actor: Actor,
    now: datetime,
) -> LegalHoldRow:
    """Begin a hold; whoever calls has asked whether the actor may."""
    row = LegalHoldRow(
        org_id=held.org_id,
        item_id=held.item_id,
        case_id=held.case_id,
        reason=reason,
        note=note,
        begun_by=actor.ref,
        began_at=now,
        review_on=london(now + REVIEW_AFTER).date(),
        form_id=form_id,
    )
    session.add(row)
    session.flush()
    _trace(session, "hold.begin", row, actor, now)
    return row


def end(session: Session, hold_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """End a hold with the reason, so that the clock decides again. Ended before, it stays so."""
    actor.require(Right.END_HOLD)
    row = _lock(session, hold_id, actor)
    if row.ended_at is not None:
        raise Conflict("This hold has ended already.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise InvalidInput(f"Say why the hold ends: {SHORTEST_REASON} characters at least.")
    row.ended_at, row.ended_by, row.end_reason = now, actor.ref, reason.strip()
    _trace(session, "hold.end", row, actor, now)


def review(session: Session, hold_id: int, *, actor: Actor, now: datetime) -> date:
    """Keep that somebody looked and it is still needed; return the next day to look."""
    actor.require(Right.END_HOLD)
    row = _lock(session, hold_id, actor)
    if row.ended_at is not None:
        raise Conflict("This hold has ended already.")
    row.review_on = london(now + REVIEW_AFTER).date()
    _trace(session, "hold.review", row, actor, now)
    return row.review_on


def on_item(session: Session, item_id: int, *, actor: Actor) -> list[LegalHoldRow]:
    """Return the holds on an item and on those of its cases that the actor may see, live first."""
    item = see_item(session, actor, item_id)
    return _ordered(
        session,
        or_(
            LegalHoldRow.item_id == item.id,
            LegalHoldRow.case_id.in_(_cases_of(session, item, actor)),
        ),
    )


def _cases_of(session: Session, item: ItemRow, actor: Actor) -> Sequence[int]:
    """Return the cases of an item that the actor may see."""
    if not actor.may(Right.WORK_CASE):
        return ()
    return session.scalars(
        select(CaseItemRow.case_id)
        .join(CaseRow, CaseRow.id == CaseItemRow.case_id)
        .where(CaseItemRow.item_id == item.id, visible_cases(actor))
    ).all()


def on_case(session: Session, ref: str, *, actor: Actor) -> list[LegalHoldRow]:
    """Return the holds on a case, live first."""
    return _ordered(session, LegalHoldRow.case_id == see_case(session, actor, ref).id)


def to_review(session: Session, *, actor: Actor, now: datetime) -> list[LegalHoldRow]:
    """Return the live holds of the actor's organisation that are due for a look, oldest first."""
    actor.require(Right.END_HOLD)
    return list(
        session.scalars(
            select(LegalHoldRow)
            .where(live(), visible(actor), LegalHoldRow.review_on <= london(now).date())
            .order_by(LegalHoldRow.review_on, LegalHoldRow.id)
            .limit(200)
        )
    )


def visible(actor: Actor) -> ColumnElement[bool]:
    """Holds that the actor may see: those on what they see, and for an auditor all of them.

    A hold says of an item or a case no more than its number; its note may say more, and pages
    show it only beside what it is on.
    """
    own = LegalHoldRow.org_id == actor.org_id
    if actor.may(Right.SEE_AUDIT):
        return own
    items = select(ItemRow.id).where(visible_items(actor))
    cases = select(CaseRow.id).where(visible_cases(actor))
    return and_(own, or_(LegalHoldRow.item_id.in_(items), LegalHoldRow.case_id.in_(cases)))


def _seen(session: Session, what: int | str, actor: Actor) -> Held:
    """Lock it, so that what is being erased is erased before the hold or not at all."""
    if isinstance(what, int):
        item = see_item(session, actor, what, lock=True)
        require_kept(session, item.id)
        return Held(actor.org_id, item_id=item.id)
    return Held(actor.org_id, case_id=see_case(session, actor, what, lock=True).id)


def _lock(session: Session, hold_id: int, actor: Actor) -> LegalHoldRow:
    row = session.scalar(
        select(LegalHoldRow).where(LegalHoldRow.id == hold_id, visible(actor)).with_for_update()
    )
    if row is None:
        raise NotFound(_MISSING)
    return row


def _ordered(session: Session, which: ColumnElement[bool]) -> list[LegalHoldRow]:
    rows = session.scalars(select(LegalHoldRow).where(which).order_by(LegalHoldRow.id.desc()))
    return sorted(rows, key=lambda row: row.ended_at is not None)


def _trace(session: Session, verb: str, row: LegalHoldRow, actor: Actor, now: datetime) -> None:
    """Write the line; what was said stands in the hold, for the chain is read by others."""
    about = Held(row.org_id, row.item_id, row.case_id).about
    detail = {"hold": row.id, "reason": row.reason.value}
    audit.append(session, verb, about, actor=actor, at=now, detail=detail)
