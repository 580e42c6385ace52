"""The deliver job: read what a platform pushed to us, and look up what it tells of."""

from __future__ import annotations

from functools import partial

from sqlalchemy import select

from connectors.contract import Connector, Gone, Permanent
from connectors.registry import kind_of
from moderation import ingest, jobs
from moderation.jobs import Claim
from moderation.model import Change, Comment, ItemRef, Page, Unreadable
from moderation.tables import AccountRow, AccountStatus, DeliveryRow, ItemRow
from worker.polling import account_of, asked, take_in
from worker.workshop import Workshop

FEED = "deliveries"


def deliver(shop: Workshop, held: Claim) -> None:
    """Take in what one delivery tells of. Running it twice is harmless.

    A delivery shortens the delay and no more: polling finds what was never delivered.
    """
    with shop.store.reading() as session:
        row = session.execute(
            select(DeliveryRow).where(DeliveryRow.id == int(held.ref))
        ).scalar_one()
        account = account_of(session, row.account_id)
    if row.read_at is None and account.status is AccountStatus.OK:
        _read(shop, held, account, row.raw)
    now = shop.now()
    with shop.store.transaction() as session:
        session.get_one(DeliveryRow, row.id).read_at = now
        jobs.finish(session, held, now=now)


def _read(shop: Workshop, held: Claim, account: AccountRow, body: bytes) -> None:
    read = kind_of(account.connector).deliveries
    connector = shop.connector(account)
    for one in read(body) if read else ():
        if one.account_id in {"", account.native_id}:
            _take_in(shop, account, connector, one.record)
        with shop.store.transaction() as session:
            jobs.renew(session, held, now=shop.now())


def _take_in(
    shop: Workshop, account: AccountRow, connector: Connector, record: Comment | Unreadable
) -> None:
    """Keep what was delivered where it is new, and then the item as it stands now."""
    with shop.store.reading() as session:
        cursor = ingest.cursor_of(session, account.id, FEED) or ""
    keep = partial(take_in, shop, account, FEED)
    if isinstance(record, Unreadable):
        keep(Page((record,), cursor, record.raw))
        return
    is_deletion = record.change is Change.DELETED
    # Deliveries come late and in any order: of an item that we hold, only the platform itself
    # says how it stands. Of one that is gone by now, the delivery is all that will ever be seen.
    if not is_deletion and not _is_known(shop, account, record):
        keep(Page((record,), cursor, record.raw))
    page = asked(shop, account, partial(_look, connector, record, cursor))
    if page is not None:
        keep(page)


def _is_known(shop: Workshop, account: AccountRow, record: Comment) -> bool:
    with shop.store.reading() as session:
        known = session.scalar(
            select(ItemRow.id).where(
                ItemRow.account_id == account.id, ItemRow.native_id == record.native_id
            )
        )
    return known is not None


def _look(connector: Connector, record: Comment, cursor: str) -> Page:
    post_id = record.post.id if record.post else ""
    author_id = record.author.id if record.author else None
    ref = ItemRef(record.native_id, record.url, author_id, post_id, record.raw)
    try:
        found = connector.fetch(ref)
    except Gone:
        gone = Comment(record.native_id, "", record.raw, post=record.post, change=Change.DELETED)
        return Page((gone,), cursor, record.raw)
    except Permanent:
        return Page((), cursor, b"")
    return Page((found,), cursor, found.raw)
