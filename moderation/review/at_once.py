"""Capture, then take down: one press for what must not wait for a second look."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from moderation import actions
from moderation.access import Actor, Right
from moderation.actions import on_capture
from moderation.evidence import capture
from moderation.lifecycle import EvidenceState
from moderation.model import ActionKind
from moderation.scope import see_item
from moderation.tables import ActionOnCaptureRow, PlatformActionRow
from moderation.versions import living_version


def capture_then(
    session: Session,
    item_id: int,
    kind: ActionKind,
    *,
    reason: str,
    form_id: str,
    actor: Actor,
    now: datetime,
    by_hand: str = "",
) -> PlatformActionRow | ActionOnCaptureRow:
    """Want the evidence of an item, and the action as soon as it is captured.

    Where it is captured already, this is the request itself. The same form sent twice is one.
    Raises Conflict when nobody decided, when the decision was that it is not abuse, or when the
    same action is under way.
    """
    actor.require(Right.CAPTURE)
    actor.require(actions.RIGHT_FOR[kind])
    item = see_item(session, actor, item_id)
    earlier = on_capture.asked_before(session, item.id, form_id)
    if earlier is not None:
        return earlier
    asked_for = {"reason": reason, "form_id": form_id, "by_hand": by_hand}
    # The evidence is locked before the item, in the order of the capture that ends: else one
    # could wait for the other for ever.
    evidence = capture.want(session, item.id, living_version(session, item.id), actor.ref, now)
    if evidence.state is EvidenceState.CAPTURED:
        return actions.request(session, item.id, kind, **asked_for, actor=actor, now=now)
    return on_capture.wait_for(session, evidence, kind, **asked_for, actor=actor, now=now)
