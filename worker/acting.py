"""The act job: carry one platform action through, from planned to seen to have happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from connectors.contract import AuthLost, Connector, Gone, Permanent, Transient
from moderation import audit, jobs
from moderation.access import RIGHTS, system
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
from worker.errors import TryLater
from worker.workshop import Workshop

MAX_SENDS: Final = 4
OPEN: Final = (ActionState.PLANNED, ActionState.SENT)
# A platform counts a second report as another report, so it is never sent on a guess.
NOT_REPEATABLE: Final = frozenset({ActionKind.REPORT})

STILL_THERE: Final = (
    "The platform accepted this, but the comment still shows. Look at it on the platform."
)
UNKNOWN: Final = (
    "The platform did not say whether this worked, and Watchroom cannot see it from here. Look at "
    "the comment on the platform, then say here what you found."
)
RIGHTS_ENDED: Final = "The person who asked for this no longer has the right to."
DECIDED_OTHERWISE: Final = "Somebody decided meanwhile that this is not abuse, so it stays up."
NO_EVIDENCE: Final = "The evidence that this action rests on is not there, so nothing was sent."
GONE: Final = "The comment was already gone when this was carried out."


@dataclass(frozen=True, slots=True)
class _Task:
    """What one attempt needs to know, read in one go."""

    action: PlatformActionRow
    item: ItemRow
    connector: Connector
    ref: ItemRef
    last: ActionAttemptRow | None


def act(shop: Workshop, held: Claim) -> None:
    """Take the action one step further; the job comes back after each settle window.

    Steps: require evidence and rights now; settle a former attempt by reading back; record the
    intent; call the platform; record the outcome; read back later. A call whose outcome is unknown
    is never repeated before a read-back says that it did not happen.
    """
    task = _load(shop, held)
    if task is None:
        with shop.store.transaction() as session:
            jobs.finish(session, held, now=shop.now())
        return
    if task.last is not None and not _settled(shop, held, task):
        return
    _send(shop, held, task)


def when_dead(shop: Workshop, held: Claim) -> None:
    """Hand an action that could not be carried through to a person."""
    with shop.store.transaction() as session:
        action = session.execute(
            select(PlatformActionRow).where(PlatformActionRow.id == int(held.ref))
        ).scalar_one()
        if action.state in OPEN:
            _move(session, action, ActionEvent.HAND_OVER, UNKNOWN, shop.now())


def _load(shop: Workshop, held: Claim) -> _Task | None:
    """Return the task, or None when it is settled already or must not be done any more."""
    with shop.store.transaction() as session:
        action = session.execute(
            select(PlatformActionRow).where(PlatformActionRow.id == int(held.ref))
        ).scalar_one()
        if action.state not in OPEN:
            return None
        why = _forbidden(session, action)
        if why and action.state is ActionState.PLANNED:
            _move(session, action, ActionEvent.REFUSE, why, shop.now())
            return None
        item = session.execute(select(ItemRow).where(ItemRow.id == action.item_id)).scalar_one()
        account = session.execute(
            select(AccountRow).where(AccountRow.id == item.account_id)
        ).scalar_one()
        last = session.scalar(
            select(ActionAttemptRow)
            .where(ActionAttemptRow.action_id == action.id)
            .order_by(ActionAttemptRow.n.desc())
            .limit(1)
        )
    ref = ItemRef(item.native_id, item.url, item.author_ref)
    return _Task(action, item, shop.connector(account), ref, last)


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


def _settle_until(shop: Workshop, task: _Task, sent_at: datetime) -> datetime:
    return sent_at + timedelta(seconds=max(shop.settings.settle_s, task.connector.settle_s))


def _settled(shop: Workshop, held: Claim, task: _Task) -> bool:
    """Learn what came of the last attempt. True when it did not happen and may be sent again."""
    last = task.last
    if last is None:
        return True
    until = _settle_until(shop, task, last.at)
    now = shop.now()
    if now < until:
        with shop.store.transaction() as session:
            jobs.wait(session, held, until=until)
        return False
    try:
        seen = task.connector.read_back(task.ref, task.action.kind)
    except Gone:
        _end(shop, held, task, ActionEvent.FIND_GONE, GONE)
        return False
    except Transient as err:
        raise TryLater(err.retry_after, str(err)) from err
    except Permanent:
        seen = None
    ending = _ending(seen, last)
    if ending is not None:
        _end(shop, held, task, *ending)
        return False
    if task.action.kind in NOT_REPEATABLE or last.n >= MAX_SENDS:
        _end(shop, held, task, ActionEvent.HAND_OVER, UNKNOWN)
        return False
    return True


def _ending(seen: bool | None, last: ActionAttemptRow) -> tuple[ActionEvent, str] | None:
    """Return how the action ends after a read-back, or None when it did not happen."""
    if seen:
        return ActionEvent.VERIFY, ""
    answered_ok = last.outcome is AttemptOutcome.OK
    if seen is None:
        return (ActionEvent.ACCEPT, "") if answered_ok else (ActionEvent.HAND_OVER, UNKNOWN)
    return (ActionEvent.HAND_OVER, STILL_THERE) if answered_ok else None


def _send(shop: Workshop, held: Claim, task: _Task) -> None:
    """Record the intent, make the call, record what came of it."""
    n = _record_intent(shop, held, task)
    try:
        task.connector.act(task.ref, task.action.kind)
    except Gone:
        _outcome(shop, held, task, n, AttemptOutcome.REJECTED, (ActionEvent.FIND_GONE, GONE))
    except AuthLost as err:
        _outcome(shop, held, task, n, AttemptOutcome.REJECTED, (ActionEvent.HAND_OVER, str(err)))
    except Permanent as err:
        _outcome(shop, held, task, n, AttemptOutcome.REJECTED, (ActionEvent.REFUSE, str(err)))
    except Transient:
        _outcome(shop, held, task, n, AttemptOutcome.UNKNOWN, None)
    else:
        _outcome(shop, held, task, n, AttemptOutcome.OK, None)


def _record_intent(shop: Workshop, held: Claim, task: _Task) -> int:
    now = shop.now()
    with shop.store.transaction() as session:
        jobs.renew(session, held, now=now)
        action = session.merge(task.action, load=True)
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


def _outcome(
    shop: Workshop,
    held: Claim,
    task: _Task,
    n: int,
    outcome: AttemptOutcome,
    ending: tuple[ActionEvent, str] | None,
) -> None:
    now = shop.now()
    with shop.store.transaction() as session:
        session.execute(
            update(ActionAttemptRow)
            .where(
                ActionAttemptRow.action_id == task.action.id,
                ActionAttemptRow.n == n,
                ActionAttemptRow.fence == held.fence,
            )
            .values(outcome=outcome)
        )
        if ending is None:
            jobs.wait(session, held, until=_settle_until(shop, task, now))
        else:
            _move_by_id(session, task.action.id, *ending, now)
            jobs.finish(session, held, now=now)


def _end(shop: Workshop, held: Claim, task: _Task, event: ActionEvent, says: str) -> None:
    now = shop.now()
    with shop.store.transaction() as session:
        _move_by_id(session, task.action.id, event, says, now)
        jobs.finish(session, held, now=now)


def _move_by_id(
    session: Session, action_id: int, event: ActionEvent, says: str, now: datetime
) -> None:
    action = session.execute(
        select(PlatformActionRow).where(PlatformActionRow.id == action_id)
    ).scalar_one()
    _move(session, action, event, says, now)


def _move(
    session: Session, action: PlatformActionRow, event: ActionEvent, says: str, now: datetime
) -> None:
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
