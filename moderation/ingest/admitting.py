"""Take a page in, once: in one transaction with its cursor and the jobs that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import audit, jobs
from moderation.access import Actor
from moderation.evidence import collection
from moderation.ingest.beside import keep_posts, quarantine
from moderation.ingest.faults import sort_out
from moderation.ingest.sightings import note_standing
from moderation.ingest.storing import Known, known_items, store
from moderation.lifecycle import ItemEvent, ItemState
from moderation.model import Page
from moderation.tables import (
    AccountRow,
    FeedCursorRow,
    IngestPageRow,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the records of one page; they add up to the page."""

    new: int
    seen_before: int
    changed: int
    quarantined: int
    reasons: tuple[str, ...] = ()


def cursor_of(session: Session, account_id: int, feed: str) -> str | None:
    """Return where the last committed page of the feed ended; None before the first."""
    return session.scalar(
        select(FeedCursorRow.cursor).where(
            FeedCursorRow.account_id == account_id, FeedCursorRow.feed == feed
        )
    )


def admit(
    session: Session,
    account_id: int,
    feed: str,
    page: Page,
    *,
    raw_sha256: str,
    actor: Actor,
    now: datetime,
    restricted: bool = False,
) -> Taken:
    """Take one page in with its cursor; the caller commits.

    The caller has put page.raw into the vault, and the certificate of page.collected.

    A record that was taken in before counts as seen before; other words under a known id make a
    new version. A record that cannot be stored goes to quarantine alone. restricted keeps the
    page's items from everybody but the members of a case that holds them.
    """
    account = session.execute(
        select(AccountRow.id, AccountRow.org_id)
        .where(AccountRow.id == account_id)
        # Two feeds of one account may show the same comment: they take their turns.
        .with_for_update()
    ).one()
    comments, unreadable = sort_out(page.records)
    known = known_items(session, account_id, [comment.native_id for comment in comments])
    cursor = _next_page(session, account_id, feed)
    pem = collection.certificate_of(page.collected)
    page_row = IngestPageRow(
        account_id=account_id,
        feed=feed,
        page_no=cursor.page_no,
        n_records=len(page.records),
        n_new=0,
        n_seen_before=0,
        n_changed=0,
        n_quarantined=0,
        raw_sha256=raw_sha256,
        collected=collection.as_record(page.collected),
        certificate_sha256=sha256(pem).hexdigest() if pem else None,
        fetched_at=now,
    )
    session.add(page_row)
    session.flush()
    posts = keep_posts(session, account_id, comments)
    before = dict(known)
    new, changed = store(session, page_row, account.org_id, comments, known, posts, restricted)
    _move_changed(session, changed, actor=actor, now=now)
    note_standing(session, comments, before, actor=actor, now=now)
    quarantined = quarantine(session, page_row, account.org_id, unreadable)
    cursor.cursor, cursor.last_ok_at = page.cursor, now
    taken = Taken(
        new,
        len(page.records) - new - len(changed) - quarantined,
        len(changed),
        quarantined,
        tuple(bad.reason for bad in unreadable),
    )
    _count(page_row, taken)
    if new or changed:
        ref = str(page_row.id)
        jobs.promise(session, "classify", ref, f"classify:page:{ref}", at=now)
    if new or changed or quarantined:
        detail = {"new": new, "changed": len(changed), "quarantined": quarantined}
        audit.append(
            session, "ingest.page", f"page:{page_row.id}", actor=actor, at=now, detail=detail
        )
    return taken


def _count(page_row: IngestPageRow, taken: Taken) -> None:
    page_row.n_new, page_row.n_seen_before = taken.new, taken.seen_before
    page_row.n_changed, page_row.n_quarantined = taken.changed, taken.quarantined


def _next_page(session: Session, account_id: int, feed: str) -> FeedCursorRow:
    """Return the feed's cursor row, locked and one page further."""
    row = session.scalar(
        select(FeedCursorRow)
        .where(FeedCursorRow.account_id == account_id, FeedCursorRow.feed == feed)
        .with_for_update()
    )
    if row is None:
        row = FeedCursorRow(account_id=account_id, feed=feed, page_no=0)
        session.add(row)
    row.page_no += 1
    session.flush()
    return row


def _move_changed(
    session: Session, changed: Sequence[Known], *, actor: Actor, now: datetime
) -> None:
    """Send what was edited or restored through triage again; a deletion leaves the state alone."""
    by_state: dict[ItemState, list[int]] = {}
    for held in changed:
        if not held.gone and held.state is not ItemState.NEW:
            by_state.setdefault(held.state, []).append(held.id)
    for state, ids in by_state.items():
        audit.move_items(
            session,
            [(ItemEvent.CHANGE, {"id": item_id, "queue_rank": None}) for item_id in ids],
            state,
            actor=actor,
            at=now,
            reason="the words changed on the platform",
        )
