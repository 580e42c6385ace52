"""The poll job: take in what is new on one account, page by page."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors.contract import AuthLost, Connector, Permanent, Transient
from moderation import accounts, ingest, jobs
from moderation.access import system
from moderation.jobs import Claim
from moderation.tables import AccountRow, AccountStatus
from worker.errors import GiveUp, TryLater
from worker.workshop import Workshop

FEED: Final = "comments"
# A long backlog is read in several jobs, so that other accounts have their turn.
PAGES_PER_JOB: Final = 20


def poll(shop: Workshop, held: Claim) -> None:
    """Read up to PAGES_PER_JOB pages; each is stored with its cursor before the next is asked for.

    Running it twice is harmless: ingest is keyed by (account, native id).
    """
    account_id = int(held.ref)
    with shop.store.reading() as session:
        account = session.execute(
            select(AccountRow).where(AccountRow.id == account_id)
        ).scalar_one()
        cursor = ingest.cursor_of(session, account_id, FEED)
    if account.status is AccountStatus.OK:
        _read(shop, held, account, cursor)
    with shop.store.transaction() as session:
        jobs.finish(session, held, now=shop.now())


def _read(shop: Workshop, held: Claim, account: AccountRow, cursor: str | None) -> None:
    connector = shop.connector(account)
    for _ in range(PAGES_PER_JOB):
        ahead = _next_page(shop, held, account, connector, cursor)
        if ahead is None or ahead == cursor:
            return
        cursor = ahead


def _next_page(
    shop: Workshop, held: Claim, account: AccountRow, connector: Connector, cursor: str | None
) -> str | None:
    """Store one page and return its cursor; None when nothing is new or the access ended."""
    try:
        page = connector.poll(cursor)
    except Transient as err:
        _note_failure(shop, account.id, str(err))
        # An outage is the platform's and may last: waiting for it uses up no try.
        raise TryLater(err.retry_after, str(err), counts=False) from err
    except AuthLost as err:
        with shop.store.transaction() as session:
            accounts.lose_access(session, account.id, str(err), now=shop.now())
        return None
    except Permanent as err:
        _note_failure(shop, account.id, str(err))
        raise GiveUp(str(err)) from err
    raw_sha256 = shop.vault.put(page.raw) if page.records else ""
    now = shop.now()
    with shop.store.transaction() as session:
        if page.records:
            ingest.admit(
                session,
                account.id,
                FEED,
                page,
                raw_sha256=raw_sha256,
                actor=system("ingest", account.org_id),
                now=now,
            )
        accounts.note_success(session, account.id, now=now)
        jobs.renew(session, held, now=now)
    return page.cursor if page.records else None


def _note_failure(shop: Workshop, account_id: int, why: str) -> None:
    with shop.store.transaction() as session:
        accounts.note_failure(session, account_id, why, now=shop.now())


def promise_due(session: Session, shop: Workshop) -> int:
    """Promise a poll for each account whose time has come; return how many.

    The slot is in the job's name, so that two tickers promise one poll between them. An account
    whose last poll is still open gets no second one.
    """
    now = shop.now()
    promised = 0
    for account in accounts.due(session, now=now):
        slot = int(now.timestamp()) // account.poll_every_s
        if jobs.promise(session, "poll", str(account.id), f"poll:{account.id}:{slot}", at=now):
            promised += 1
    return promised
