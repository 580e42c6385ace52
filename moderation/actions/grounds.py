"""What an action on a platform rests on: a right, an item, a decision that stands, evidence."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Actor, Right
from moderation.errors import Conflict, EvidenceMissing, NotFound
from moderation.lifecycle import ActionState, EvidenceState
from moderation.model import ActionKind
from moderation.scope import visible_items
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
RUNNING: Final = (ActionState.PROPOSED, ActionState.PLANNED, ActionState.SENT)
IN_EFFECT: Final = (ActionState.VERIFIED, ActionState.ACCEPTED, ActionState.DONE_BY_HAND)


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


def standing_decision(session: Session, item: ItemRow) -> DecisionRow:
    """Return the decision that leads to an action. Raises Conflict when none does."""
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


def captured_evidence(session: Session, item: ItemRow) -> EvidenceRow:
    """Return the evidence of the present words. Raises EvidenceMissing until it is captured."""
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


def require_none_running(session: Session, item: ItemRow, kind: ActionKind) -> None:
    """Raise Conflict while the same action is under way."""
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
