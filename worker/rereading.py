"""The reread job: go through whole threads again, and ask after what they no longer show.

Polling sees what is new. A round of re-reading sees the rest: edits, what was hidden or deleted,
and what a platform left out when it was polled. A backfill is such a round, further back.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from connectors.contract import Connector, Gone, Permanent
from moderation import ingest, jobs
from moderation.accounts.reading import BACKFILL
from moderation.ingest import Missing
from moderation.jobs import Claim
from moderation.model import Change, Comment, ItemRef, Page, Post
from moderation.tables import AccountRow, AccountStatus, FeedCursorRow
from worker.polling import PAGES_PER_JOB, FeedRef, account_of, asked, take_in
from worker.workshop import Workshop


def reread(shop: Workshop, held: Claim) -> None:
    """Read up to PAGES_PER_JOB pages of a round, and promise the rest of it.

    Running it twice is harmless: a page is done again from the cursor that was kept last.
    """
    ref = FeedRef.of(held)
    with shop.store.reading() as session:
        account = account_of(session, ref.account_id)
    more = account.status is AccountStatus.OK and _go_on(shop, held, account, ref)
    now = shop.now()
    with shop.store.transaction() as session:
        if more:
            jobs.promise(session, "reread", str(ref), f"reread:{ref}:after:{held.id}", at=now)
        jobs.finish(session, held, now=now)


def _go_on(shop: Workshop, held: Claim, account: AccountRow, ref: FeedRef) -> bool:
    connector = shop.connector(account)
    began, since = _round(shop, account, ref)
    for _ in range(PAGES_PER_JOB):
        with shop.store.reading() as session:
            cursor = ingest.cursor_of(session, account.id, ref.feed) or ""
        page = asked(shop, account, partial(connector.reread, cursor or None, since))
        if page is None:
            return False
        _keep(shop, held, account, connector, ref, page, cursor, began)
        if not page.more or page.cursor == cursor:
            return False
    return True


def _round(shop: Workshop, account: AccountRow, ref: FeedRef) -> tuple[datetime, datetime]:
    """Return when the running round began and how far back it goes; begin one where none runs."""
    now = shop.now()
    with shop.store.transaction() as session:
        row = session.get(FeedCursorRow, (account.id, ref.feed))
        if row is None:
            row = FeedCursorRow(account_id=account.id, feed=ref.feed, page_no=0)
            session.add(row)
        if row.began_at is None or (row.done_at is not None and row.done_at >= row.began_at):
            row.began_at, row.cursor = now, ""
        began = row.began_at
        asked_for = row.since if ref.feed == BACKFILL else None
    return began, asked_for or began - timedelta(days=account.live_days)


def _keep(
    shop: Workshop,
    held: Claim,
    account: AccountRow,
    connector: Connector,
    ref: FeedRef,
    page: Page,
    cursor: str,
    began: datetime,
) -> None:
    """Store a page and what it shows to be gone, and only then move the round's cursor."""
    take_in(shop, account, ref.feed, replace(page, cursor=cursor))
    seen = [record.native_id for record in page.records if isinstance(record, Comment)]
    with shop.store.transaction() as session:
        ingest.sight(session, account.id, seen, now=shop.now())
        jobs.renew(session, held, now=shop.now())
    _ask_after(shop, held, account, connector, ref, page.whole, cursor, began)
    now = shop.now()
    with shop.store.transaction() as session:
        ingest.move_cursor(session, account.id, ref.feed, page.cursor if page.more else "")
        row = session.get_one(FeedCursorRow, (account.id, ref.feed))
        row.polled_at = now
        row.reached = _reached(page, row.reached)
        if not page.more:
            row.done_at = now
        jobs.renew(session, held, now=now)


def _reached(page: Page, before: datetime | None) -> datetime | None:
    """Return the time of the oldest comment that a round has come to."""
    times = [
        record.created_at
        for record in page.records
        if isinstance(record, Comment) and record.created_at is not None
    ]
    return min([*times, *([before] if before else [])], default=None)


def _ask_after(
    shop: Workshop,
    held: Claim,
    account: AccountRow,
    connector: Connector,
    ref: FeedRef,
    posts: tuple[str, ...],
    cursor: str,
    began: datetime,
) -> None:
    """Ask the platform about each item that a whole thread did not show, and keep what it says."""
    with shop.store.reading() as session:
        missing = ingest.missing_below(session, account.id, posts, since=began)
    for one in missing:
        page = asked(shop, account, partial(_look, connector, one, cursor))
        if page is None:
            return
        take_in(shop, account, ref.feed, page)
        with shop.store.transaction() as session:
            ingest.sight(session, account.id, [one.native_id], now=shop.now())
            jobs.renew(session, held, now=shop.now())


def _look(connector: Connector, one: Missing, cursor: str) -> Page:
    """Return a page with the item as it stands, or with its deletion when the platform says so."""
    try:
        found = connector.fetch(ItemRef(one.native_id, one.url, one.author_ref, one.post_native_id))
    except Gone as err:
        found = _deletion(one, str(err))
    except Permanent:
        # It cannot be told: an item that we cannot see is not said to be deleted.
        return Page((), cursor, b"")
    return Page((found,), cursor, found.raw)


def _deletion(one: Missing, says: str) -> Comment:
    """Return the deletion of an item; its raw bytes are what we asked and were told."""
    told = {"id": one.native_id, "post": one.post_native_id, "told": says, "by": "watchroom"}
    raw = json.dumps(told, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    return Comment(
        native_id=one.native_id,
        text="",
        raw=raw,
        post=Post(one.post_native_id),
        change=Change.DELETED,
    )


__all__ = ["reread"]
