"""Which accounts are to be read next, and what is kept of a poll: success, failure, rest, loss."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import system
from moderation.reporting.alerts import raise_alert
from moderation.tables import AccountRow, AccountStatus, FeedCursorRow, JobRow, JobState, to_ms

SILENT_AFTER: Final = timedelta(minutes=60)
STALLED: Final = timedelta(minutes=15)
BACKFILL: Final = "backfill"
SWEEP: Final = "sweep"
_WHY_LIMIT: Final = 500


@dataclass(frozen=True, slots=True)
class DueFeed:
    """A feed whose next poll is due; slot names it, so that two tickers promise one poll."""

    account: AccountRow
    feed: str
    slot: int


def readable(session: Session, *, now: datetime) -> list[AccountRow]:
    """Return the accounts that may be read now, longest unread first."""
    rows = session.scalars(
        select(AccountRow)
        .where(AccountRow.status == AccountStatus.OK)
        .order_by(AccountRow.polled_at.nulls_first(), AccountRow.id)
    )
    return [row for row in rows if row.rest_until is None or row.rest_until <= now]


def due_feeds(
    session: Session,
    accounts: Sequence[tuple[AccountRow, Iterable[tuple[str, int]]]],
    *,
    now: datetime,
) -> list[DueFeed]:
    """Return the feeds whose poll is due and has not been promised yet.

    With each account come its feeds: a name, and how many seconds lie between two polls (0 means
    the account's own pace).
    """
    promised = _promised(session, "poll")
    polled = _polled(session)
    found = []
    for account, feeds in accounts:
        for feed, every_s in feeds:
            pace = max(every_s, account.poll_every_s)
            at = polled.get((account.id, feed))
            is_due = at is None or at + timedelta(seconds=pace) <= now
            if is_due and f"{account.id}:{feed}" not in promised:
                found.append(DueFeed(account, feed, int(now.timestamp()) // pace))
    return found


def due_rounds(
    session: Session, accounts: Sequence[tuple[AccountRow, int]], *, now: datetime
) -> list[DueFeed]:
    """Return the rounds of re-reading that are due: each account's sweep and open backfill.

    With each account comes how many seconds lie between two sweeps; 0 means that there are none.
    """
    promised = _promised(session, "reread")
    cursors = {
        (row.account_id, row.feed): row
        for row in session.scalars(
            select(FeedCursorRow).where(FeedCursorRow.feed.in_((SWEEP, BACKFILL)))
        )
    }
    found = []
    for account, every_s in accounts:
        if not every_s:
            continue
        for feed in (SWEEP, BACKFILL):
            row = cursors.get((account.id, feed))
            if f"{account.id}:{feed}" not in promised and _round_is_due(row, feed, every_s, now):
                found.append(DueFeed(account, feed, int(now.timestamp()) // 60))
    return found


def _round_is_due(row: FeedCursorRow | None, feed: str, every_s: int, now: datetime) -> bool:
    if row is None:
        return feed == SWEEP
    if feed == BACKFILL and (row.since is None or row.done_at is not None):
        return False
    if row.began_at is None:
        return True
    if row.done_at is None or row.began_at > row.done_at:
        # Its next page is promised with each page; without a promise it was refused or broke off.
        return row.polled_at is None or row.polled_at + STALLED <= now
    return row.done_at + timedelta(seconds=every_s) <= now


def _promised(session: Session, kind: str) -> set[str]:
    return set(
        session.scalars(
            select(JobRow.ref).where(
                JobRow.kind == kind, JobRow.state.in_((JobState.READY, JobState.LEASED))
            )
        )
    )


def _polled(session: Session) -> dict[tuple[int, str], datetime]:
    rows = session.execute(
        select(FeedCursorRow.account_id, FeedCursorRow.feed, FeedCursorRow.polled_at).where(
            FeedCursorRow.polled_at.is_not(None)
        )
    )
    return {(row.account_id, row.feed): row.polled_at for row in rows}


def note_polled(
    session: Session, account_id: int, feed: str, *, now: datetime, main: bool = True
) -> None:
    """Keep that a poll of a feed worked. A pause that came meanwhile stays, with its reason.

    main says that the feed is the account's first one: the account counts as read with it.
    """
    kept = session.execute(
        update(FeedCursorRow)
        .where(FeedCursorRow.account_id == account_id, FeedCursorRow.feed == feed)
        .values(polled_at=now)
        .returning(FeedCursorRow.feed)
    ).one_or_none()
    if kept is None:
        session.add(FeedCursorRow(account_id=account_id, feed=feed, page_no=0, polled_at=now))
    if not main:
        return
    being_read = AccountRow.status == AccountStatus.OK
    session.execute(
        update(AccountRow)
        .where(AccountRow.id == account_id)
        .values(
            polled_at=now,
            failures=0,
            status_reason=case((being_read, ""), else_=AccountRow.status_reason),
        )
        .execution_options(synchronize_session=False)
    )


def note_failure(session: Session, account_id: int, why: str, *, now: datetime) -> int:
    """Count a poll that failed, and why; why comes from a connector and holds no item's text.

    Returns how many have failed in a row. An account that has been silent for longer than
    SILENT_AFTER is told of by mail, once a silence.
    """
    being_read = AccountRow.status == AccountStatus.OK
    session.execute(
        update(AccountRow)
        .where(AccountRow.id == account_id)
        .values(
            failures=AccountRow.failures + 1,
            status_reason=case((being_read, why[:_WHY_LIMIT]), else_=AccountRow.status_reason),
        )
        .execution_options(synchronize_session=False)
    )
    row = session.scalars(select(AccountRow).where(AccountRow.id == account_id)).one()
    since = row.polled_at or row.created_at
    if now - since > SILENT_AFTER:
        tell(session, row, f"silent:{row.id}:{to_ms(since)}", now)
    return row.failures


def rest(
    session: Session,
    account_id: int,
    why: str,
    *,
    until: datetime,
    reading: bool = True,
    acting: bool = False,
) -> None:
    """Leave a platform alone for a while, because it asked for that: no failure of ours.

    reading and acting say which of them waits; a rest never ends sooner than an earlier one.
    """
    row = session.scalars(
        select(AccountRow).where(AccountRow.id == account_id).with_for_update()
    ).one()
    if reading:
        row.rest_until = max(until, row.rest_until or until)
        row.rest_reason = why[:_WHY_LIMIT]
    if acting:
        row.act_rest_until = max(until, row.act_rest_until or until)


def lose_access(session: Session, account_id: int, why: str, *, now: datetime) -> None:
    """Stop reading an account whose platform no longer accepts us, until a person resumes it."""
    row = session.scalars(
        select(AccountRow).where(AccountRow.id == account_id).with_for_update()
    ).one()
    if row.status is AccountStatus.OK:
        row.status, row.status_reason = AccountStatus.AUTH_LOST, why[:_WHY_LIMIT]
        by = system("poll", row.org_id)
        audit.append(session, "account.lose_access", f"account:{row.id}", actor=by, at=now)
        tell(session, row, f"access:{row.id}:{to_ms(now)}", now)


def tell(session: Session, row: AccountRow, about: str, now: datetime) -> None:
    """Tell the administrators that an account needs them; of one matter once."""
    ref = f"A-{row.id}"
    raise_alert(session, "AL10", about, ref=ref, link_path="/accounts", org_id=row.org_id, now=now)
