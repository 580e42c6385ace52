"""The commit that captures evidence also makes the actions that waited for it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Actor, system
from moderation.actions.asking import request
from moderation.actions.grounds import standing_decision
from moderation.actions.on_capture import EDITED, line
from moderation.errors import Conflict, ModerationError, NotAllowed
from moderation.scope import see_item
from moderation.tables import (
    ActionOnCaptureRow,
    EvidenceRow,
    ItemRow,
    PlatformActionRow,
    UserRow,
)

LEFT: Final = "The person who asked for this no longer works with Watchroom."


def settle(session: Session, evidence: EvidenceRow, now: datetime) -> None:
    """Make every action that waited for this evidence, which was captured in this transaction.

    Whatever held when it was asked for is looked at again: the person, their role, what they may
    see, the decision and the words. What may no longer be done is settled with the reason. The
    caller commits.
    """
    waiting = (
        select(ActionOnCaptureRow)
        .where(
            ActionOnCaptureRow.evidence_id == evidence.id, ActionOnCaptureRow.settled_at.is_(None)
        )
        .order_by(ActionOnCaptureRow.id)
        .with_for_update()
    )
    for asked in session.scalars(waiting).all():
        _settle_one(session, asked, evidence, now)


def _settle_one(
    session: Session, asked: ActionOnCaptureRow, evidence: EvidenceRow, now: datetime
) -> None:
    asked.settled_at = now
    try:
        made = _make(session, asked, evidence, now)
    except ModerationError as err:
        asked.says = str(err)
    else:
        asked.action_id = made.id
    org_id = session.scalars(select(ItemRow.org_id).where(ItemRow.id == evidence.item_id)).one()
    verb = "lapse" if asked.action_id is None else "make"
    more = {} if asked.action_id is None else {"action": asked.action_id}
    line(session, asked, verb, system("capture", org_id), now, reason=asked.says, **more)


def _make(
    session: Session, asked: ActionOnCaptureRow, evidence: EvidenceRow, now: datetime
) -> PlatformActionRow:
    """Make the action as the person who asked would now. Raises ModerationError where they may not.

    Nothing of a request that is refused stays: it checks everything before it writes.
    """
    user = session.execute(
        select(UserRow)
        .where(UserRow.id == asked.requested_by)
        .execution_options(populate_existing=True)
    ).scalar_one()
    if not user.active:
        raise NotAllowed(LEFT)
    actor = Actor(user.name, user.org_id, user.role, user.id)
    item = see_item(session, actor, evidence.item_id)
    if standing_decision(session, item).version_seq != evidence.version_seq:
        raise Conflict(EDITED)
    return request(
        session,
        evidence.item_id,
        asked.kind,
        reason=asked.reason,
        form_id=asked.form_id,
        actor=actor,
        now=now,
        by_hand=asked.by_hand,
    )
