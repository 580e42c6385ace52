"""The check job: ask a platform who we are there and what we may do, each hour and at the start."""

from __future__ import annotations

from sqlalchemy.orm import Session

from connectors.contract import AuthLost, Permanent, PermissionMissing, Transient
from moderation import accounts, jobs
from moderation.accounts import checking
from moderation.errors import Conflict, SettingsError
from moderation.jobs import Claim
from moderation.tables import AccountRow
from worker.asking import LONGEST_PAUSE_S
from worker.connecting import found_of
from worker.errors import TryLater
from worker.polling import account_of
from worker.workshop import Workshop


def check(shop: Workshop, held: Claim) -> None:
    """Check one account's access and keep what was found; running it twice is harmless."""
    with shop.store.reading() as session:
        account = account_of(session, int(held.ref))
    try:
        look(shop, account)
    except TryLater:
        # Polls tell of an outage; the next hour's check asks again.
        if not held.is_last:
            raise
    with shop.store.transaction() as session:
        jobs.finish(session, held, now=shop.now())


def look(shop: Workshop, account: AccountRow) -> str:
    """Ask the platform and keep what it says; return what stands against it, empty when nothing.

    Raises TryLater when the platform did not answer.
    """
    try:
        checked = shop.connector(account).check()
    except Transient as err:
        raise TryLater(min(err.retry_after, LONGEST_PAUSE_S), str(err)) from err
    except PermissionMissing as err:
        with shop.store.transaction() as session:
            checking.note_missing(session, account.id, err.names, now=shop.now())
        return str(err)
    except (AuthLost, Permanent, SettingsError) as err:
        return _lose(shop, account, str(err))
    found = found_of(checked)
    try:
        with shop.store.transaction() as session:
            checking.note(session, account.id, found, now=shop.now())
    except Conflict as err:
        return _lose(shop, account, str(err))
    return ""


def look_now(shop: Workshop, account: AccountRow) -> str:
    """Do as look does, for a person who waits: a platform that does not answer is told as well."""
    try:
        return look(shop, account)
    except TryLater as err:
        return f"{err} Try again in a while."


def _lose(shop: Workshop, account: AccountRow, why: str) -> str:
    """Stop reading: access that has ended, or that is another account's, reads nothing."""
    now = shop.now()
    with shop.store.transaction() as session:
        accounts.lose_access(session, account.id, why, now=now)
        account_of(session, account.id).checked_at = now
    return why


def promise_due(session: Session, shop: Workshop) -> int:
    """Promise a check for each account whose hour has come; return how many."""
    now = shop.now()
    slot = int(now.timestamp() // checking.CHECK_EVERY.total_seconds())
    promised = 0
    for account in checking.due(session, now=now):
        ref = str(account.id)
        promised += jobs.promise(session, "check", ref, f"check:{ref}:{slot}", at=now) is not None
    return promised
