"""What follows a request: approval of a block, taking it back, and what was done by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor, Right
from moderation.actions.asking import promise
from moderation.actions.grounds import RIGHT_FOR, see_action, standing_decision
from moderation.errors import NotAllowed
from moderation.lifecycle import ActionEvent
from moderation.scope import see_item

REFERENCE_LIMIT: Final = 200


def approve(session: Session, action_id: int, *, actor: Actor, now: datetime) -> None:
    """Let a proposed block go ahead. Nobody approves their own proposal.

    Raises Conflict when somebody has decided otherwise since it was proposed.
    """
    actor.require(Right.APPROVE_BLOCK)
    action = see_action(session, action_id, actor=actor, lock=True)
    standing_decision(session, see_item(session, actor, action.item_id, lock=True))
    if action.requested_by == actor.user_id:
        msg = "You proposed this block yourself, so another lead must approve it."
        raise NotAllowed(msg)
    audit.move(session, action, ActionEvent.APPROVE, actor=actor, at=now)
    action.approved_by = actor.user_id
    promise(session, action, now)


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
