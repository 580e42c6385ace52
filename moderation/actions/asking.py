"""Ask for an action on a platform, or for its opposite; the worker carries it out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation import audit, jobs
from moderation.access import Actor
from moderation.actions.grounds import (
    IN_EFFECT,
    INVERSE,
    RIGHT_FOR,
    captured_evidence,
    require_none_running,
    see_action,
    standing_decision,
)
from moderation.errors import Conflict
from moderation.lifecycle import ActionEvent, ActionState
from moderation.model import ActionKind
from moderation.scope import see_item
from moderation.tables import PlatformActionRow


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
    decision = standing_decision(session, item)
    evidence = captured_evidence(session, item)
    require_none_running(session, item, kind)
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
    require_none_running(session, item, inverse)
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
        promise(session, action, now)
    return action


def promise(session: Session, action: PlatformActionRow, now: datetime) -> None:
    """Promise the job that carries an action out."""
    jobs.promise(session, "act", str(action.id), f"act:{action.id}:{action.kind.value}", at=now)
