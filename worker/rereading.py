"""The reread job: go through whole threads again, and ask after what they no longer show.

Polling sees what is new. A round of re-reading sees the rest: edits, what was hidden or deleted,
and what a platform left out when it was polled. A backfill is such a round, further back.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from connectors.contract import AuthLost, Connector, Gone, Permanent
from moderation import ingest, jobs
from moderation.accounts.reading import BACKFILL
from moderation.ingest import Missing
from moderation.jobs import Claim
from moderation.model import Change, Comment, ItemRef, Page, Post
from moderation.tables import AccountRow, AccountStatus, FeedCursorRow
from worker.asking import asked, require_rested, rest_after
from worker.looking import Look, look_up
from worker.polling import PAGES_PER_JOB, FeedRef, account_of, take_in
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


@dataclass(frozen=True, slots=True)
class _Round:
    """A running round of one account: when it began, and how far back it goes."""

    shop: Workshop
    held: Claim
    account: AccountRow
    feed: str
    began: datetime
    since: datetime


def _go_on(shop: Workshop, held: Claim, account: AccountRow, ref: FeedRef) -> bool:
    """Read pages until the round ends or stops; True when the next job has to go on."""
    require_rested(shop, account)
    connector = shop.connector(account)
    one = _begin(shop, held, account, ref)
    for _ in range(PAGES_PER_JOB):
        with shop.store.reading() as session:
            cursor = ingest.cursor_of(session, account.id, ref.feed) or ""
        asked_at = shop.now()
        page = asked(shop, account, ref.feed, partial(connector.reread, cursor or None, one.since))
        if page is None or not _keep(one, connector, page, cursor, asked_at):
            return False
        if not _move_on(one, page):
            return True
        rests = rest_after(shop, account, page)
        if not page.more or page.cursor == cursor:
            return False
        if rests:
            return True
    return True


def _begin(shop: Workshop, held: Claim, account: AccountRow, ref: FeedRef) -> _Round:
    """Return the running round; begin one where none runs."""
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
    since = asked_for or began - timedelta(days=account.live_days)
    return _Round(shop, held, account, ref.feed, began, since)


def _keep(one: _Round, connector: Connector, page: Page, cursor: str, asked_at: datetime) -> bool:
    """Store a page and what it shows to be gone; False when the access ended on the way."""
    shop, account = one.shop, one.account
    take_in(shop, account, one.feed, replace(page, cursor=cursor))
    seen = [record.native_id for record in page.records if isinstance(record, Comment)]
    with shop.store.transaction() as session:
        ingest.sight(session, account.id, seen, now=asked_at)
        jobs.renew(session, one.held, now=shop.now())
    if not _ask_after(one, connector, _missing(one, page), cursor):
        return False
    return page.more or _look_for_posts(one, connector, cursor)


def _missing(one: _Round, page: Page) -> list[Missing]:
    """Return what a page says to be shown and was not, each item once."""
    account_id = one.account.id
    with one.shop.store.reading() as session:
        below = ingest.missing_below(session, account_id, page.whole, since=one.began)
        if page.shown_since is None:
            return below
        beside = ingest.missing_since(session, account_id, page.shown_since, since=one.began)
    return list({item.native_id: item for item in (*below, *beside)}.values())


def _move_on(one: _Round, page: Page) -> bool:
    """Move the round's cursor behind a page; False when the round was begun anew meanwhile."""
    now = one.shop.now()
    with one.shop.store.transaction() as session:
        jobs.renew(session, one.held, now=now)
        row = session.get_one(FeedCursorRow, (one.account.id, one.feed), with_for_update=True)
        if row.began_at != one.began:
            # Somebody asked for a backfill further back: it starts from the beginning.
            return False
        row.cursor = page.cursor if page.more else ""
        row.polled_at = now
        row.reached = _reached(page, row.reached)
        if not page.more:
            row.done_at = now
    return True


def _reached(page: Page, before: datetime | None) -> datetime | None:
    """Return the time of the oldest comment that a round has come to."""
    times = [
        record.created_at
        for record in page.records
        if isinstance(record, Comment) and record.created_at is not None
    ]
    return min([*times, *([before] if before else [])], default=None)


def _ask_after(one: _Round, connector: Connector, missing: Sequence[Missing], cursor: str) -> bool:
    """Ask the platform about each missing item, and keep what it says; False when it refuses."""
    looks = (Look(item.native_id, partial(_look, connector, item, cursor)) for item in missing)
    return look_up(one.shop, one.held, one.account, one.feed, looks, cursor=cursor)


def _look_for_posts(one: _Round, connector: Connector, cursor: str) -> bool:
    """Ask after the posts that a whole round did not come upon; False when the platform refuses.

    A deleted post is in no list, and most platforms delete what stands below it too. One item of
    each such post is asked after; where that one is gone, all of them are.
    """
    account_id = one.account.id
    with one.shop.store.reading() as session:
        samples = ingest.unseen_posts(session, account_id, since=one.began, back_to=one.since)
    if not _ask_after(one, connector, samples, cursor):
        return False
    with one.shop.store.reading() as session:
        gone = ingest.gone_among(session, account_id, [sample.native_id for sample in samples])
        posts = [sample.post_native_id for sample in samples if sample.native_id in gone]
        missing = ingest.missing_below(session, account_id, posts, since=one.began)
    return _ask_after(one, connector, missing, cursor)


def _look(connector: Connector, one: Missing, cursor: str) -> Page:
    """Return a page with the item as it stands, or with its deletion when the platform says so."""
    try:
        found = connector.fetch(ItemRef(one.native_id, one.url, one.author_ref, one.post_native_id))
    except Gone as err:
        found = _deletion(one, err)
    except AuthLost:
        raise
    except Permanent:
        # It cannot be told: an item that we cannot see is not said to be deleted.
        return Page((), cursor, b"")
    return Page((found,), cursor, found.raw)


def _deletion(one: Missing, told: Gone) -> Comment:
    """Return the deletion of an item; its raw bytes are what we asked and were told."""
    about = {"id": one.native_id, "post": one.post_native_id, "told": str(told), "by": "watchroom"}
    raw = json.dumps(about, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    return Comment(
        native_id=one.native_id,
        text="",
        raw=raw,
        post=Post(one.post_native_id),
        change=Change.DELETED,
        gone_by=told.by,
    )


__all__ = ["reread"]
