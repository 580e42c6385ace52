"""Look at an item, decide, dismiss, reopen, and ask for evidence."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import audit, holds, settled
from moderation.access import Actor, Right
from moderation.errors import Conflict
from moderation.evidence import capture
from moderation.lifecycle import ItemEvent, ItemState
from moderation.ranking import queue_rank
from moderation.review.claiming import end_claim, require_free
from moderation.review.finding import Finding, require_complete, require_reason
from moderation.scope import see_item
from moderation.tables import (
    DecisionOutcome,
    DecisionRow,
    EvidenceRow,
    HoldReason,
    ItemRow,
)
from moderation.taxonomy import (
    PERSON_TARGETS,
    Severity,
)
from moderation.versions import living_version, require_kept


def look(session: Session, item_id: int, *, actor: Actor, now: datetime) -> ItemRow:
    """Return an item that the actor may see, and keep when somebody first looked at it.

    A look at an item by an auditor, or at a contact that only a case opens, joins the audit chain.
    """
    item = see_item(session, actor, item_id)
    if item.first_look_at is None and actor.may(Right.DECIDE):
        item.first_look_at = now
    if item.restricted or not actor.may(Right.SEE_ITEMS):
        audit.append(
            session, "item.view", f"item:{item.id}", actor=actor, at=now, reason=actor.look_reason
        )
    return item


def decide(
    session: Session,
    item_id: int,
    finding: Finding,
    *,
    revision: int,
    form_id: str,
    actor: Actor,
    now: datetime,
) -> DecisionRow:
    """Record a person's choice. Not abuse closes the item; the rest leaves it in hand.

    The same form sent twice is one decision. A form made from an older revision is refused with
    Conflict, so that nobody decides about words they have not seen.
    """
    actor.require(Right.DECIDE)
    item = see_item(session, actor, item_id, lock=True)
    earlier = session.scalar(select(DecisionRow).where(DecisionRow.form_id == form_id))
    if earlier is not None and earlier.item_id == item.id:
        return earlier
    _require_fresh(item, revision)
    require_free(session, item, actor, now)
    require_complete(session, item.org_id, finding)
    decision = DecisionRow(
        org_id=item.org_id,
        item_id=item.id,
        version_seq=living_version(session, item.id),
        outcome=finding.outcome,
        category=finding.category,
        not_abuse=finding.not_abuse,
        house_rule=finding.house_rule,
        severity=int(finding.severity),
        target_type=finding.target_type,
        target_staff_id=finding.target_staff_id,
        reason=finding.reason,
        decided_by=actor.user_id,
        form_id=form_id,
        at=now,
    )
    session.add(decision)
    ends = finding.outcome is DecisionOutcome.NOT_ABUSE
    if ends and finding.ask_no_more:
        session.flush()
        settled.settle(session, item, decision, actor=actor, now=now)
    elif not ends:
        settled.unsettle(session, item, actor=actor, now=now)
    _apply(item, finding, now)
    event = ItemEvent.DISMISS if ends else ItemEvent.DECIDE
    audit.move(session, item, event, actor=actor, at=now, reason=finding.outcome.value)
    if ends:
        _leave_queue(session, item)
    if finding.outcome is DecisionOutcome.ABUSE and finding.severity >= Severity.S4:
        on_it, cause = holds.Held(item.org_id, item_id=item.id), f"decision:{decision.id}"
        holds.begin_by_itself(session, on_it, HoldReason.SERIOUS, cause=cause, now=now)
    return decision


def dismiss(
    session: Session, item_id: int, *, reason: str, revision: int, actor: Actor, now: datetime
) -> None:
    """Close an item in hand: everything that will be done about it is done."""
    actor.require(Right.DECIDE)
    item = see_item(session, actor, item_id, lock=True)
    if item.state is ItemState.REVIEW:
        msg = (
            "Nobody has decided about this item yet. Say first whether it is abuse, then close it."
        )
        raise Conflict(msg)
    _require_fresh(item, revision)
    require_free(session, item, actor, now)
    audit.move(session, item, ItemEvent.DISMISS, actor=actor, at=now, reason=reason)
    _leave_queue(session, item)


def reopen(
    session: Session, item_id: int, *, reason: str, revision: int, actor: Actor, now: datetime
) -> None:
    """Put a closed or clear item back in the queue, with the reason."""
    actor.require(Right.DECIDE)
    item = see_item(session, actor, item_id, lock=True)
    _require_fresh(item, revision)
    require_reason(reason)
    require_kept(session, item.id)
    settled.unsettle(session, item, actor=actor, now=now)
    audit.move(session, item, ItemEvent.REOPEN, actor=actor, at=now, reason=reason)
    item.queue_rank = queue_rank(Severity(item.severity), item.urgent)
    item.waiting_since = now
    item.revision += 1


def want_capture(session: Session, item_id: int, *, actor: Actor, now: datetime) -> EvidenceRow:
    """Ask for evidence of the item as it stands; a second call returns the same record."""
    actor.require(Right.CAPTURE)
    item = see_item(session, actor, item_id)
    require_kept(session, item.id)
    return capture.want(
        session, item.id, living_version(session, item.id), requested_by=actor.ref, now=now
    )


def _require_fresh(item: ItemRow, revision: int) -> None:
    if item.revision != revision:
        msg = (
            "This item changed after you opened it, so nothing was saved. Look at it as it is now, "
            "then decide again."
        )
        raise Conflict(msg)


def _apply(item: ItemRow, finding: Finding, now: datetime) -> None:
    """Let the item carry the person's finding; it outranks the machine's proposal."""
    item.category = finding.category
    item.severity = int(finding.severity)
    item.target_type = finding.target_type or item.target_type
    if finding.outcome is DecisionOutcome.ABUSE:
        is_person = finding.target_type in PERSON_TARGETS
        item.target_staff_id = finding.target_staff_id if is_person else None
        item.queue_rank = queue_rank(finding.severity, item.urgent)
    item.decided_at = now
    item.revision += 1


def _leave_queue(session: Session, item: ItemRow) -> None:
    item.queue_rank = None
    item.revision += 1
    end_claim(session, item)
