"""The act job: carry one platform action through, from planned to seen to have happened."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from connectors.contract import (
    AuthLost,
    Gone,
    NotDone,
    Permanent,
    PermissionMissing,
    Throttled,
    Transient,
    WritesBlocked,
)
from moderation import accounts, jobs
from moderation.accounts import checking
from moderation.jobs import Claim
from moderation.lifecycle import ActionEvent
from moderation.model import ActionKind
from moderation.tables import AccountStatus, ActionAttemptRow, AttemptOutcome, PlatformActionRow
from worker import act_record, act_task
from worker.act_task import OPEN, Task
from worker.errors import TryLater
from worker.workshop import Workshop

MAX_SENDS: Final = 4
OPEN_AFTER: Final = 5
PROBE_EVERY: Final = timedelta(seconds=30)
# No call lasts longer (connectors/options.py), and less than half a lease.
LONGEST_CALL: Final = timedelta(seconds=25)
# A platform counts a second report as another report, so it is never sent on a guess.
NOT_REPEATABLE: Final = frozenset({ActionKind.REPORT})

STILL_THERE: Final = (
    "The platform accepted this, but the comment still shows. Look at it on the platform."
)
UNKNOWN: Final = (
    "The platform did not say whether this worked, and Watchroom cannot see it from here. Look at "
    "the comment on the platform, then say here what you found."
)
GONE: Final = "The comment was already gone when this was carried out."


def act(shop: Workshop, held: Claim) -> None:
    """Take the action one step further; the job comes back after each settle window.

    Steps: require evidence and rights now; settle a former attempt by reading back; record the
    intent; call the platform; record the outcome; read back later. A call whose outcome is unknown
    is never repeated before a read-back says that it did not happen.
    """
    task = act_task.load(shop, held)
    if task is None:
        with shop.store.transaction() as session:
            jobs.finish(session, held, now=shop.now())
        return
    if _must_rest(shop, held, task):
        return
    if _is_open(task.last) and not _settled(shop, held, task):
        return
    if task.forbidden:
        act_record.end(shop, held, task.action.id, ActionEvent.REFUSE, task.forbidden)
        return
    _send(shop, held, task)


def when_dead(shop: Workshop, held: Claim) -> None:
    """Hand an action that could not be carried through to a person."""
    with shop.store.transaction() as session:
        action = session.execute(
            select(PlatformActionRow).where(PlatformActionRow.id == int(held.ref))
        ).scalar_one()
        if action.state in OPEN:
            act_record.move(session, action, ActionEvent.HAND_OVER, UNKNOWN, shop.now())


def _is_open(last: ActionAttemptRow | None) -> bool:
    """Say whether something may have come of the last attempt; of a rejected one nothing has."""
    return last is not None and last.outcome is not AttemptOutcome.REJECTED


def _must_rest(shop: Workshop, held: Claim, task: Task) -> bool:
    """Wait while the platform asked to be left alone, or while it answers nothing at all.

    A platform that failed OPEN_AFTER polls in a row is asked by the polls alone: the first that
    works lets the actions through again.
    """
    now = shop.now()
    account = task.account
    until = account.act_rest_until
    if account.failures >= OPEN_AFTER and account.status is AccountStatus.OK:
        until = max(until or now, now + PROBE_EVERY)
    if until is None or until <= now:
        return False
    with shop.store.transaction() as session:
        jobs.wait(session, held, until=min(until, now + PROBE_EVERY))
    return True


def _over_by(last: ActionAttemptRow) -> datetime:
    """Return when an attempt's call was over; nobody saw the end of a pending one.

    What came of any other is kept with the job's wait, which counts from the answer.
    """
    return last.at + LONGEST_CALL if last.outcome is AttemptOutcome.PENDING else last.at


def _settle_until(shop: Workshop, task: Task, sent_at: datetime) -> datetime:
    return sent_at + timedelta(seconds=max(shop.settings.settle_s, task.connector.settle_s))


def _settled(shop: Workshop, held: Claim, task: Task) -> bool:
    """Learn what came of the last attempt. True when it did not happen and may be sent again."""
    last = task.last
    if last is None:
        return True
    until = _settle_until(shop, task, _over_by(last))
    now = shop.now()
    if now < until:
        with shop.store.transaction() as session:
            jobs.wait(session, held, until=until)
        return False
    try:
        ending = _ending(_read_back(shop, task), last)
    except Gone:
        ending = (ActionEvent.FIND_GONE, GONE)
    if ending is not None:
        act_record.end(shop, held, task.action.id, *ending)
        return False
    if task.action.kind in NOT_REPEATABLE or task.sends >= MAX_SENDS:
        act_record.end(shop, held, task.action.id, ActionEvent.HAND_OVER, UNKNOWN)
        return False
    return True


def _read_back(shop: Workshop, task: Task) -> bool | None:
    """Return what the platform shows of the action. Raises Gone, or TryLater when it is silent."""
    try:
        return task.connector.read_back(task.ref, task.action.kind)
    except NotDone as err:
        raise TryLater(_rest(shop, task, err), str(err), counts=False) from err
    except Transient as err:
        raise TryLater(err.retry_after, str(err)) from err
    except Gone:
        raise
    except Permanent:
        return None


def _ending(seen: bool | None, last: ActionAttemptRow) -> tuple[ActionEvent, str] | None:
    """Return how the action ends after a read-back, or None when it did not happen."""
    if seen:
        return ActionEvent.VERIFY, ""
    answered_ok = last.outcome is AttemptOutcome.OK
    if seen is None:
        return (ActionEvent.ACCEPT, "") if answered_ok else (ActionEvent.HAND_OVER, UNKNOWN)
    return (ActionEvent.HAND_OVER, STILL_THERE) if answered_ok else None


def _send(shop: Workshop, held: Claim, task: Task) -> None:
    """Record the intent, make the call, record what came of it."""
    n = act_record.record_intent(shop, held, task.action)
    try:
        task.connector.act(task.ref, task.action.kind)
    except Gone:
        _outcome(shop, held, task, n, AttemptOutcome.REJECTED, (ActionEvent.FIND_GONE, GONE))
    except (AuthLost, PermissionMissing) as err:
        _outcome(shop, held, task, n, AttemptOutcome.REJECTED, (ActionEvent.HAND_OVER, str(err)))
        _tell_of_access(shop, task, err)
    except Permanent as err:
        _outcome(shop, held, task, n, AttemptOutcome.REJECTED, (ActionEvent.REFUSE, str(err)))
    except NotDone as err:
        _not_done(shop, held, task, n, err)
    except Transient:
        _outcome(shop, held, task, n, AttemptOutcome.UNKNOWN, None)
    else:
        _outcome(shop, held, task, n, AttemptOutcome.OK, None)


def _outcome(
    shop: Workshop,
    held: Claim,
    task: Task,
    n: int,
    outcome: AttemptOutcome,
    ending: tuple[ActionEvent, str] | None,
) -> None:
    until = _settle_until(shop, task, shop.now())
    act_record.outcome_of(shop, held, task.action.id, n, outcome, ending, until=until)


def _not_done(shop: Workshop, held: Claim, task: Task, n: int, err: NotDone) -> None:
    """Wait after a call that did nothing: it may be made again without a read-back."""
    until = shop.now() + timedelta(seconds=_rest(shop, task, err))
    with shop.store.transaction() as session:
        act_record.mark(session, held, task.action.id, n, AttemptOutcome.REJECTED)
        jobs.wait(session, held, until=until)


def _rest(shop: Workshop, task: Task, err: NotDone) -> float:
    """Return how many seconds to wait, and leave the account alone where its platform asks that."""
    if not isinstance(err, Throttled):
        return err.retry_after
    until = shop.now() + timedelta(seconds=err.retry_after)
    reading = not isinstance(err, WritesBlocked)
    with shop.store.transaction() as session:
        accounts.rest(session, task.account.id, str(err), until=until, reading=reading, acting=True)
    # A person may end the rest, so the job looks again before it is over.
    return min(err.retry_after, PROBE_EVERY.total_seconds())


def _tell_of_access(shop: Workshop, task: Task, err: AuthLost | PermissionMissing) -> None:
    """Keep with the account what an action found out about our access."""
    now = shop.now()
    with shop.store.transaction() as session:
        if isinstance(err, PermissionMissing):
            checking.note_missing(session, task.account.id, err.names, now=now)
        else:
            accounts.lose_access(session, task.account.id, str(err), now=now)
