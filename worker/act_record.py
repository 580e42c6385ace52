"""What is kept of an action's attempts: the intent before the call, and what came of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from moderation import audit, jobs
from moderation.access import system
from moderation.jobs import Claim
from moderation.lifecycle import ActionEvent
from moderation.model import ActionKind
from moderation.tables import ActionAttemptRow, AttemptOutcome, ItemRow, PlatformActionRow
from worker.workshop import Workshop


def record_intent(shop: Workshop, held: Claim, wanted: PlatformActionRow) -> int:
    """Keep that a call is about to be made, and return its number; durable when this returns."""
    now = shop.now()
    with shop.store.transaction() as session:
        jobs.renew(session, held, now=now)
        action = session.merge(wanted, load=True)
        n = 1 + (
            session.scalar(
                select(func.max(ActionAttemptRow.n)).where(ActionAttemptRow.action_id == action.id)
            )
            or 0
        )
        session.add(
            ActionAttemptRow(
                action_id=action.id,
                n=n,
                fence=held.fence,
                at=now,
                outcome=AttemptOutcome.PENDING,
            )
        )
        action.first_sent_at = action.first_sent_at or now
        audit.move(session, action, ActionEvent.SEND, actor=system("act", action.org_id), at=now)
    return n


def outcome_of(
    shop: Workshop,
    held: Claim,
    action_id: int,
    n: int,
    outcome: AttemptOutcome,
    ending: tuple[ActionEvent, str] | None,
    *,
    until: datetime,
) -> None:
    """Keep what came of a call: the action ends with it, or the job waits until it may look."""
    now = shop.now()
    with shop.store.transaction() as session:
        mark(session, held, action_id, n, outcome)
        if ending is None:
            jobs.wait(session, held, until=until)
        else:
            _move_by_id(session, action_id, *ending, now)
            jobs.finish(session, held, now=now)


def mark(session: Session, held: Claim, action_id: int, n: int, outcome: AttemptOutcome) -> None:
    """Write what came of an attempt beside it."""
    session.execute(
        update(ActionAttemptRow)
        .where(
            ActionAttemptRow.action_id == action_id,
            ActionAttemptRow.n == n,
            ActionAttemptRow.fence == held.fence,
        )
        .values(outcome=outcome)
    )


def end(shop: Workshop, held: Claim, action_id: int, event: ActionEvent, says: str) -> None:
    """End the action and its job in one commit."""
    now = shop.now()
    with shop.store.transaction() as session:
        _move_by_id(session, action_id, event, says, now)
        jobs.finish(session, held, now=now)


def _move_by_id(
    session: Session, action_id: int, event: ActionEvent, says: str, now: datetime
) -> None:
    action = session.execute(
        select(PlatformActionRow).where(PlatformActionRow.id == action_id)
    ).scalar_one()
    move(session, action, event, says, now)


def move(
    session: Session, action: PlatformActionRow, event: ActionEvent, says: str, now: datetime
) -> None:
    """Move an action along one edge, with the sentence that people read beside it."""
    audit.move(session, action, event, actor=system("act", action.org_id), at=now, reason=says)
    action.says = says
    if event is ActionEvent.VERIFY:
        action.verified_at = now
        if action.kind is ActionKind.DELETE:
            _mark_deleted(session, action, now)


def _mark_deleted(session: Session, action: PlatformActionRow, now: datetime) -> None:
    item = session.execute(select(ItemRow).where(ItemRow.id == action.item_id)).scalar_one()
    item.gone_at, item.gone_by = now, f"user:{action.requested_by}"
    item.revision += 1
