"""The deliver job: read what a platform pushed to us, and look up what it tells of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import select

from connectors.contract import AuthLost, Connector, Gone, Permanent
from connectors.registry import kind_of
from moderation import ingest, jobs
from moderation.jobs import Claim
from moderation.model import Change, Comment, ItemKind, ItemRef, Page, Unreadable
from moderation.tables import AccountRow, AccountStatus, DeliveryRow, ItemRow
from worker.asking import LOOK_AGAIN_S, require_rested
from worker.errors import TryLater
from worker.looking import Look, look_up
from worker.polling import account_of, take_in
from worker.workshop import Workshop

FEED: Final = "deliveries"
# What is pushed is not asked for, so there is no place to ask on from.
NO_CURSOR: Final = ""
# A pause may last for months, and polling brings the comments once it ends.
LONGEST_WAIT_S: Final = 6 * 3_600.0
NOT_READ: Final = "The account is not being read just now."


def deliver(shop: Workshop, held: Claim) -> None:
    """Take in what one delivery tells of. Running it twice is harmless.

    A delivery shortens the delay and no more: polling finds what was never delivered. It counts as
    read once everything in it was looked up, so one that meets an account that is paused, or whose
    access has ended, waits. Raises TryLater while it does.
    """
    with shop.store.reading() as session:
        row = session.execute(
            select(DeliveryRow).where(DeliveryRow.id == int(held.ref))
        ).scalar_one()
        account = account_of(session, row.account_id)
    if row.read_at is None and not _is_read(shop, held, account, row):
        raise TryLater(_until_next_s(shop, row), NOT_READ, counts=False)
    now = shop.now()
    with shop.store.transaction() as session:
        session.get_one(DeliveryRow, row.id).read_at = now
        jobs.finish(session, held, now=now)


def _is_read(shop: Workshop, held: Claim, account: AccountRow, delivery: DeliveryRow) -> bool:
    """Read a delivery as far as the account's status allows; say whether that was to its end."""
    if account.status is AccountStatus.PAUSED:
        return False
    told = _told(account, delivery)
    _keep_words(shop, account, delivery, told)
    return account.status is AccountStatus.OK and _look_up(shop, held, account, delivery, told)


def _until_next_s(shop: Workshop, delivery: DeliveryRow) -> float:
    """Return how long a delivery waits that cannot be read: as long again as it has waited."""
    waited_s = (shop.now() - delivery.received_at).total_seconds()
    return min(max(waited_s, LOOK_AGAIN_S), LONGEST_WAIT_S)


def _told(account: AccountRow, delivery: DeliveryRow) -> list[Comment | Unreadable]:
    """Return what a delivery tells of this account; what cannot be stored is unreadable."""
    read = kind_of(account.connector).deliveries
    ours = {"", account.native_id}
    told = [one.record for one in read(delivery.raw) if one.account_id in ours] if read else []
    return [
        Unreadable(record.raw, why)
        if isinstance(record, Comment) and (why := ingest.fault(record))
        else record
        for record in told
    ]


def _keep_words(
    shop: Workshop,
    account: AccountRow,
    delivery: DeliveryRow,
    told: Sequence[Comment | Unreadable],
) -> None:
    """Keep what is new to us as it was delivered, as one page; for that no platform is asked.

    Deliveries come late and in any order: of an item that we hold, only the platform itself says
    how it stands. Of one that is gone by now, the delivery is all that will ever be seen.
    """
    held = _sights(shop, account, told)
    new: dict[str, Comment] = {}
    for record in told:
        if isinstance(record, Comment) and record.native_id not in held and _has_words(record):
            new.setdefault(record.native_id, record)
    unreadable = [record for record in told if isinstance(record, Unreadable)]
    take_in(shop, account, FEED, Page((*new.values(), *unreadable), NO_CURSOR, delivery.raw))


def _has_words(record: Comment) -> bool:
    """Say whether a delivery tells what an item says: of a mention it tells only where it is."""
    is_bare = record.kind is ItemKind.MENTION and not record.text
    return record.change is Change.PRESENT and not is_bare


def _sights(
    shop: Workshop, account: AccountRow, told: Sequence[Comment | Unreadable]
) -> dict[str, datetime | None]:
    """Return which of these items we hold, each with when it was last looked up."""
    ids = [record.native_id for record in told if isinstance(record, Comment)]
    with shop.store.reading() as session:
        rows = session.execute(
            select(ItemRow.native_id, ItemRow.sighted_at).where(
                ItemRow.account_id == account.id, ItemRow.native_id.in_(ids)
            )
        )
        return {row.native_id: row.sighted_at for row in rows}


def _look_up(
    shop: Workshop,
    held: Claim,
    account: AccountRow,
    delivery: DeliveryRow,
    told: Sequence[Comment | Unreadable],
) -> bool:
    """Keep each item as it stands now; False when the access ended on the way.

    One that was looked up since the delivery came is not looked up again: a body repeats changes,
    and one of a thousand may take several jobs.
    """
    require_rested(shop, account)
    connector = shop.connector(account)
    sights = _sights(shop, account, told)
    first: dict[str, Comment] = {}
    for record in told:
        if isinstance(record, Comment):
            first.setdefault(record.native_id, record)
    looks = [
        Look(native_id, partial(_look, connector, record, native_id in sights))
        for native_id, record in first.items()
        if not _is_seen(sights.get(native_id), delivery)
    ]
    return look_up(shop, held, account, FEED, looks, cursor=NO_CURSOR)


def _is_seen(sighted_at: datetime | None, delivery: DeliveryRow) -> bool:
    return sighted_at is not None and sighted_at >= delivery.received_at


def _look(connector: Connector, record: Comment, is_held: bool) -> Page:
    """Return a page with the item as it stands, or with its deletion when the platform says so."""
    post_id = record.post.id if record.post else ""
    author_id = record.author.id if record.author else None
    ref = ItemRef(record.native_id, record.url, author_id, post_id, record.raw)
    try:
        found = connector.fetch(ref)
    except Gone:
        gone = Comment(record.native_id, "", record.raw, post=record.post, change=Change.DELETED)
        return Page((gone,), NO_CURSOR, record.raw)
    except AuthLost:
        raise
    except Permanent as err:
        if is_held or record.change is Change.DELETED:
            return Page((), NO_CURSOR, b"")
        # A mention whose words cannot be read is for a person to look at.
        return Page((Unreadable(record.raw, str(err)),), NO_CURSOR, record.raw)
    return Page((found,), NO_CURSOR, found.raw)
