"""What one attempt at an action needs to know, and whether it may still be carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors.contract import Connector
from moderation.access import RIGHTS
from moderation.actions import RIGHT_FOR
from moderation.jobs import Claim
from moderation.lifecycle import ActionEvent, ActionState, EvidenceState
from moderation.model import ActionKind, ItemRef
from moderation.tables import (
    AccountRow,
    ActionAttemptRow,
    AttemptOutcome,
    DecisionOutcome,
    DecisionRow,
    EvidenceRow,
    ItemRow,
    PlatformActionRow,
    UserRow,
)
from worker import act_record
from worker.item_refs import ref_of
from worker.workshop import Workshop

OPEN: Final = (ActionState.PLANNED, ActionState.SENT)
RIGHTS_ENDED: Final = "The person who asked for this no longer has the right to."
DECIDED_OTHERWISE: Final = "Somebody decided meanwhile that this is not abuse, so it stays up."
NO_EVIDENCE: Final = "The evidence that this action rests on is not there, so nothing was sent."


@dataclass(frozen=True, slots=True)
class Task:
    """What one attempt needs to know, read in one go.

    last is the latest attempt, and sends counts those of which something may have come. forbidden
    says why nothing may be sent any more; what was sent before is still to be settled.
    """

    action: PlatformActionRow
    item: ItemRow
    account: AccountRow
    connector: Connector
    ref: ItemRef
    last: ActionAttemptRow | None
    sends: int
    forbidden: str


def load(shop: Workshop, held: Claim) -> Task | None:
    """Return the task, or None when it is settled already or must not be done any more."""
    with shop.store.transaction() as session:
        action = session.execute(
            select(PlatformActionRow).where(PlatformActionRow.id == int(held.ref))
        ).scalar_one()
        if action.state not in OPEN:
            return None
        why = _forbidden(session, action)
        if why and action.state is ActionState.PLANNED:
            act_record.move(session, action, ActionEvent.REFUSE, why, shop.now())
            return None
        item = session.execute(select(ItemRow).where(ItemRow.id == action.item_id)).scalar_one()
        account = session.execute(
            select(AccountRow).where(AccountRow.id == item.account_id)
        ).scalar_one()
        attempts = session.scalars(
            select(ActionAttemptRow)
            .where(ActionAttemptRow.action_id == action.id)
            .order_by(ActionAttemptRow.n)
        ).all()
        ref = ref_of(session, item)
    sends = sum(attempt.outcome is not AttemptOutcome.REJECTED for attempt in attempts)
    last = attempts[-1] if attempts else None
    return Task(action, item, account, shop.connector(account), ref, last, sends, why)


def _forbidden(session: Session, action: PlatformActionRow) -> str:
    """Return why the action must not be carried out now, whatever held when it was asked for."""
    person = action.approved_by or action.requested_by
    user = session.execute(select(UserRow).where(UserRow.id == person)).scalar_one()
    if not user.active or RIGHT_FOR[action.kind] not in RIGHTS[user.role]:
        return RIGHTS_ENDED
    if action.kind in {ActionKind.UNHIDE, ActionKind.UNBLOCK}:
        return ""
    found = session.scalar(
        select(DecisionRow.outcome)
        .where(DecisionRow.item_id == action.item_id)
        .order_by(DecisionRow.id.desc())
        .limit(1)
    )
    if found is DecisionOutcome.NOT_ABUSE:
        return DECIDED_OTHERWISE
    captured = session.scalar(
        select(EvidenceRow.id).where(
            EvidenceRow.id == action.evidence_id, EvidenceRow.state == EvidenceState.CAPTURED
        )
    )
    return "" if captured is not None else NO_EVIDENCE
