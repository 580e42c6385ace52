"""Actions on a platform: request, approve, withdraw, undo, and what a person did by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation import audit, jobs
from moderation.access import Actor, Right
from moderation.errors import Conflict, EvidenceMissing, NotAllowed, NotFound
from moderation.lifecycle import ActionEvent, ActionState, EvidenceState
from moderation.model import ActionKind
from moderation.scope import see_item, visible_items
from moderation.tables import (
    DecisionOutcome,
    DecisionRow,
    EvidenceRow,
    ItemRow,
    PlatformActionRow,
)
from moderation.versions import living_version

RIGHT_FOR: Final = {
    ActionKind.HIDE: Right.HIDE,
    ActionKind.UNHIDE: Right.HIDE,
    ActionKind.DELETE: Right.DELETE,
    ActionKind.REPORT: Right.REPORT,
    ActionKind.BLOCK: Right.PROPOSE_BLOCK,
    ActionKind.UNBLOCK: Right.APPROVE_BLOCK,
}
INVERSE: Final = {ActionKind.HIDE: ActionKind.UNHIDE, ActionKind.BLOCK: ActionKind.UNBLOCK}
REFERENCE_LIMIT: Final = 200
RUNNING: Final = (ActionState.PROPOSED, ActionState.PLANNED, ActionState.SENT)
IN_EFFECT: Final = (ActionState.VERIFIED, ActionState.ACCEPTED, ActionState.DONE_BY_HAND)


def request(
    session: Session,
    item_id: int,
    kind: ActionKind,
    *,
    reason: str,
    form_id: str,
    actor: Actor,
    now: datetime,
    by_hand: str = "",
) -> PlatformActionRow:
    """Ask for one action on the item's platform; the worker carries it out after the commit.

    by_hand says why a person has to do it on the platform itself: then it waits for that person.
    The same form sent twice is one action. A block waits for a lead's approval. Raises
    EvidenceMissing until the item's present words are captured, and Conflict when nobody decided,
    when the decision was that it is not abuse, or when the same action is under way.
    """
    actor.require(RIGHT_FOR[kind])
    item = see_item(session, actor, item_id, lock=True)
    earlier = session.scalar(select(PlatformActionRow).where(PlatformActionRow.form_id == form_id))
    if earlier is not None and earlier.item_id == item.id:
        return earlier
    decision = _decision(session, item)
    evidence = _evidence(session, item)
    _require_none_running(session, item, kind)
    action = PlatformActionRow(
        org_id=item.org_id,
        item_id=item.id,
        decision_id=decision.id,
        evidence_id=evidence.id,
        kind=kind,
        generation=_next_generation(session, item.id, kind),
        state=ActionState.PROPOSED if kind is ActionKind.BLOCK else ActionState.PLANNED,
        reason=reason,
        requested_by=actor.user_id,
        requested_at=now,
        form_id=form_id,
    )
    _begin(session, action, actor=actor, now=now, by_hand=by_hand)
    return action


def undo(
    session: Session, action_id: int, *, reason: str, form_id: str, actor: Actor, now: datetime
) -> PlatformActionRow:
    """Ask for the inverse of an action that is in effect: hide, unhide; block, unblock."""
    action = see_action(session, action_id, actor=actor)
    inverse = INVERSE.get(action.kind)
    if inverse is None:
        msg = f"A {action.kind.value} cannot be undone from here: the platform has no way back."
        raise Conflict(msg)
    actor.require(RIGHT_FOR[inverse])
    item = see_item(session, actor, action.item_id, lock=True)
    earlier = session.scalar(select(PlatformActionRow).where(PlatformActionRow.form_id == form_id))
    if earlier is not None and earlier.item_id == item.id:
        return earlier
    if action.state not in IN_EFFECT:
        msg = "This action is not in effect, so there is nothing to undo."
        raise Conflict(msg)
    _require_none_running(session, item, inverse)
    opposite = PlatformActionRow(
        org_id=item.org_id,
        item_id=item.id,
        decision_id=action.decision_id,
        evidence_id=action.evidence_id,
        kind=inverse,
        generation=_next_generation(session, item.id, inverse),
        state=ActionState.PLANNED,
        reason=reason,
        requested_by=actor.user_id,
        requested_at=now,
        form_id=form_id,
    )
    return _begin(session, opposite, actor=actor, now=now)


def approve(session: Session, action_id: int, *, actor: Actor, now: datetime) -> None:
    """Let a proposed block go ahead. Nobody approves their own proposal.

    Raises Conflict when somebody has decided otherwise since it was proposed.
    """
    actor.require(Right.APPROVE_BLOCK)
    action = see_action(session, action_id, actor=actor, lock=True)
    _decision(session, see_item(session, actor, action.item_id, lock=True))
    if action.requested_by == actor.user_id:
        msg = "You proposed this block yourself, so another lead must approve it."
        raise NotAllowed(msg)
    audit.move(session, action, ActionEvent.APPROVE, actor=actor, at=now)
    action.approved_by = actor.user_id
    _promise(session, action, now)


def withdraw(session: Session, action_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """Take back a proposed block, or an action that waits for a person."""
    action = see_action(session, action_id, actor=actor, lock=True)
    if action.requested_by != actor.user_id:
        actor.require(Right.APPROVE_BLOCK)
    audit.move(session, action, ActionEvent.WITHDRAW, actor=actor, at=now, reason=reason)


def done_by_hand(
    session: Session,
    action_id: int,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    reference: str = "",
) -> None:
    """Keep that a person did on the platform itself what could not be done from here.

    reason is what they saw afterwards, reference what the platform called it, if anything.
    """
    action = see_action(session, action_id, actor=actor, lock=True)
    actor.require(RIGHT_FOR[action.kind])
    audit.move(session, action, ActionEvent.DO_BY_HAND, actor=actor, at=now, reason=reason)
    action.verified_at, action.done_by = now, actor.user_id
    action.reference = reference[:REFERENCE_LIMIT]


def see_action(
    session: Session, action_id: int, *, actor: Actor, lock: bool = False
) -> PlatformActionRow:
    """Return an action on an item that the actor may see; NotFound otherwise."""
    query = (
        select(PlatformActionRow)
        .join(ItemRow, ItemRow.id == PlatformActionRow.item_id)
        .where(PlatformActionRow.id == action_id, visible_items(actor))
    )
    if lock:
        query = query.with_for_update(of=PlatformActionRow)
    action = session.scalar(query)
    if action is None:
        msg = "There is no such action, or it is not yours to see."
        raise NotFound(msg)
    return action


def _decision(session: Session, item: ItemRow) -> DecisionRow:
    latest = session.scalar(
        select(DecisionRow)
        .where(DecisionRow.item_id == item.id)
        .order_by(DecisionRow.id.desc())
        .limit(1)
    )
    if latest is None:
        msg = "Decide first what this item is; only a decision leads to an action."
        raise Conflict(msg)
    if latest.outcome is DecisionOutcome.NOT_ABUSE:
        msg = (
            "Somebody decided that this is not abuse, so it stays up. Reopen it and decide again "
            "if that was wrong."
        )
        raise Conflict(msg)
    if latest.version_seq != living_version(session, item.id):
        msg = "The words were edited after the decision. Look at them and decide again first."
        raise Conflict(msg)
    return latest


def _evidence(session: Session, item: ItemRow) -> EvidenceRow:
    captured = session.scalar(
        select(EvidenceRow).where(
            EvidenceRow.item_id == item.id,
            EvidenceRow.version_seq == living_version(session, item.id),
            EvidenceRow.state == EvidenceState.CAPTURED,
        )
    )
    if captured is None:
        msg = (
            "There is no evidence of this item yet, so nothing may be taken down. Capture it "
            "first; if that is under way, wait a moment and try again."
        )
        raise EvidenceMissing(msg)
    return captured


def _require_none_running(session: Session, item: ItemRow, kind: ActionKind) -> None:
    running = session.scalar(
        select(PlatformActionRow.id).where(
            PlatformActionRow.item_id == item.id,
            PlatformActionRow.kind == kind,
            PlatformActionRow.state.in_(RUNNING),
        )
    )
    if running is not None:
        msg = f"Somebody asked for this {kind.value} already; it is under way."
        raise Conflict(msg)


def _next_generation(session: Session, item_id: int, kind: ActionKind) -> int:
    last = session.scalar(
        select(func.max(PlatformActionRow.generation)).where(
            PlatformActionRow.item_id == item_id, PlatformActionRow.kind == kind
        )
    )
    return (last or 0) + 1


def _begin(
    session: Session, action: PlatformActionRow, *, actor: Actor, now: datetime, by_hand: str = ""
) -> PlatformActionRow:
    session.add(action)
    session.flush()
    audit.append(
        session,
        "platform_action.request",
        f"platform_action:{action.id}",
        actor=actor,
        at=now,
        reason=action.reason,
        detail={"kind": action.kind.value, "item": action.item_id, "state": action.state.value},
    )
    if action.state is ActionState.PLANNED and by_hand:
        audit.move(session, action, ActionEvent.HAND_OVER, actor=actor, at=now, reason=by_hand)
        action.says = by_hand
    elif action.state is ActionState.PLANNED:
        _promise(session, action, now)
    return action


def _promise(session: Session, action: PlatformActionRow, now: datetime) -> None:
    jobs.promise(session, "act", str(action.id), f"act:{action.id}:{action.kind.value}", at=now)
