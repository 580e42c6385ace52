"""The poll job: take in what is new on one feed of an account, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors.contract import COMMENTS, Connector
from moderation import accounts, ingest, jobs
from moderation.access import system
from moderation.accounts import reading
from moderation.errors import SettingsError
from moderation.evidence import collection
from moderation.jobs import Claim
from moderation.model import Page
from moderation.tables import AccountRow, AccountStatus
from worker.asking import asked, require_rested, rest_after
from worker.workshop import Workshop

# A long backlog is read in several jobs, so that other accounts have their turn.
PAGES_PER_JOB: Final = 20


@dataclass(frozen=True, slots=True)
class FeedRef:
    """Which feed of which account a job is about, as its ref says it: "7:comments"."""

    account_id: int
    feed: str

    @classmethod
    def of(cls, held: Claim) -> FeedRef:
        """Read a job's ref; one without a feed means the comments."""
        account_id, _, feed = held.ref.partition(":")
        return cls(int(account_id), feed or COMMENTS.name)

    def __str__(self) -> str:
        """Return the ref."""
        return f"{self.account_id}:{self.feed}"


def account_of(session: Session, account_id: int) -> AccountRow:
    """Return the row of an account that a job names."""
    return session.execute(select(AccountRow).where(AccountRow.id == account_id)).scalar_one()


def poll(shop: Workshop, held: Claim) -> None:
    """Read up to PAGES_PER_JOB pages; each is stored with its cursor before the next is asked for.

    Running it twice is harmless: ingest is keyed by (account, native id).
    """
    ref = FeedRef.of(held)
    with shop.store.reading() as session:
        account = account_of(session, ref.account_id)
        cursor = ingest.cursor_of(session, ref.account_id, ref.feed)
    more = account.status is AccountStatus.OK and _read(shop, held, account, ref, cursor)
    now = shop.now()
    with shop.store.transaction() as session:
        if more:
            jobs.promise(session, "poll", str(ref), f"poll:{ref}:after:{held.id}", at=now)
        jobs.finish(session, held, now=now)


def _read(
    shop: Workshop, held: Claim, account: AccountRow, ref: FeedRef, cursor: str | None
) -> bool:
    """Read pages until nothing more follows; True when the next job has to go on."""
    require_rested(shop, account)
    connector = shop.connector(account)
    for _ in range(PAGES_PER_JOB):
        page = asked(shop, account, ref.feed, partial(connector.poll, ref.feed, cursor or None))
        if page is None:
            return False
        _keep(shop, held, account, connector, ref, page)
        rests = rest_after(shop, account, page)
        if not page.more or page.cursor == cursor:
            return False
        if rests:
            return True
        cursor = page.cursor
    return True


def _keep(
    shop: Workshop,
    held: Claim,
    account: AccountRow,
    connector: Connector,
    ref: FeedRef,
    page: Page,
) -> None:
    """Store one page with its cursor; a page that only repeats what we hold moves the cursor."""
    take_in(shop, account, ref.feed, page)
    now = shop.now()
    with shop.store.transaction() as session:
        if not page.more:
            main = ref.feed == connector.feeds[0].name
            accounts.note_polled(session, account.id, ref.feed, now=now, main=main)
        jobs.renew(session, held, now=now)


def take_in(shop: Workshop, account: AccountRow, feed: str, page: Page) -> None:
    """Store a page with its cursor, or the cursor alone where the page brings nothing new."""
    with shop.store.reading() as session:
        news = bool(page.records) and ingest.brings_news(session, account.id, page)
    raw_sha256 = _seal(shop, page) if news else ""
    with shop.store.transaction() as session:
        if not news:
            ingest.move_cursor(session, account.id, feed, page.cursor)
            return
        ingest.admit(
            session,
            account.id,
            feed,
            page,
            raw_sha256=raw_sha256,
            actor=system("ingest", account.org_id),
            now=shop.now(),
        )


def _seal(shop: Workshop, page: Page) -> str:
    """Put a page's bytes into the vault, and the certificate of the connection that brought it.

    A certificate is the same for months, so it is kept once.
    """
    pem = collection.certificate_of(page.collected)
    return shop.vault.put_many([page.raw, *([pem] if pem else [])])[0]


def promise_due(session: Session, shop: Workshop) -> int:
    """Promise a poll for each feed whose time has come; return how many.

    The slot is in the job's name, so that two tickers promise one poll between them. A feed whose
    last poll is still open gets no second one.
    """
    now = shop.now()
    feeds = [
        (account, [(feed.name, feed.every_s) for feed in connector.feeds])
        for account, connector in _connected(session, shop)
    ]
    promised = 0
    for due in accounts.due_feeds(session, feeds, now=now):
        ref = FeedRef(due.account.id, due.feed)
        if jobs.promise(session, "poll", str(ref), f"poll:{ref}:{due.slot}", at=now):
            promised += 1
    return promised


def promise_rounds(session: Session, shop: Workshop) -> int:
    """Promise a job for each round of re-reading that is due or under way; return how many."""
    now = shop.now()
    rounds = [
        (account, connector.reread_every_s) for account, connector in _connected(session, shop)
    ]
    promised = 0
    for due in accounts.due_rounds(session, rounds, now=now):
        ref = FeedRef(due.account.id, due.feed)
        if jobs.promise(session, "reread", str(ref), f"reread:{ref}:{due.slot}", at=now):
            promised += 1
    return promised


def _connected(session: Session, shop: Workshop) -> list[tuple[AccountRow, Connector]]:
    """Return the accounts that may be read with their connectors; a broken one is passed over.

    Its poll fails with a reason when somebody mends the settings or the check job tells of it.
    """
    found = []
    for account in reading.readable(session, now=shop.now()):
        try:
            found.append((account, shop.connector(account)))
        except SettingsError as err:
            accounts.note_failure(session, account.id, str(err), now=shop.now())
    return found
