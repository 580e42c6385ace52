"""Which accounts were read when, as far as the record can honestly say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.reporting.clauses import within
from moderation.reporting.coverage import gaps, tolerance_of
from moderation.reporting.figures import AccountGap
from moderation.reporting.week import Week
from moderation.tables import AccountRow, IngestPageRow, JobRow, JobState

# Settled jobs are kept this long; before that, a quiet account and an unread one look alike.
JOBS_KEPT: Final = timedelta(days=30)


def coverage(
    session: Session, accounts: Iterable[AccountRow], week: Week, *, now: datetime
) -> tuple[list[AccountGap], list[str]]:
    """Return when accounts were not read, and the accounts (by id) of which nothing is known.

    An account that is never polled, such as one that files are imported into, has no gaps.
    """
    found: list[AccountGap] = []
    unknown: list[str] = []
    for account in accounts:
        if account.polled_at is None:
            continue
        polls = _polls(session, account, week)
        if not polls and week.ends < now - JOBS_KEPT:
            unknown.append(str(account.id))
            continue
        begins, ends = max(week.starts, account.created_at), min(week.ends, now)
        found += [
            AccountGap(str(account.id), gap.begins.isoformat(), gap.ends.isoformat())
            for gap in gaps(
                [*polls, *_pages(session, account, week), account.polled_at],
                begins,
                ends,
                tolerance_of(account.poll_every_s),
            )
        ]
    return found, unknown


def _polls(session: Session, account: AccountRow, week: Week) -> list[datetime]:
    rows = session.scalars(
        select(JobRow.done_at).where(
            JobRow.kind == "poll",
            JobRow.ref == str(account.id),
            JobRow.state == JobState.DONE,
            within(JobRow.done_at, week),
        )
    )
    return [at for at in rows if at is not None]


def _pages(session: Session, account: AccountRow, week: Week) -> list[datetime]:
    return list(
        session.scalars(
            select(IngestPageRow.fetched_at).where(
                IngestPageRow.account_id == account.id, within(IngestPageRow.fetched_at, week)
            )
        )
    )
