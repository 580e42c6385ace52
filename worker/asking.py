"""Asks a platform for a page on a job's behalf, and keeps what stands against it with the account.

A rest is the account's: every job that would read it waits, and so does every action where the
platform meant actions too.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from connectors.collecting import collected
from connectors.contract import (
    AuthLost,
    Permanent,
    PermissionMissing,
    QuotaSpent,
    Throttled,
    Transient,
)
from moderation import accounts
from moderation.accounts import checking
from moderation.errors import SettingsError
from moderation.model import Page
from moderation.tables import AccountRow
from worker.errors import GiveUp, TryLater
from worker.workshop import Workshop

LONGEST_PAUSE_S: Final = 900.0
SHORTEST_PAUSE_S: Final = 15.0
LONGEST_REST_S: Final = 3_600.0
# A person may end a rest by giving new access, so a waiting job looks again this often.
LOOK_AGAIN_S: Final = 60.0
RESTING: Final = "The platform's allowance runs low, so it is read less often for a while."


def require_rested(shop: Workshop, account: AccountRow) -> None:
    """Raise TryLater while the account's platform is to be left alone."""
    if account.rest_until is None:
        return
    left_s = (account.rest_until - shop.now()).total_seconds()
    if left_s > 0:
        raise TryLater(min(left_s, LOOK_AGAIN_S), account.rest_reason, counts=False)


def asked(shop: Workshop, account: AccountRow, feed: str, ask: Callable[[], Page]) -> Page | None:
    """Ask a connector for a page; None when the platform refused, and people were told why.

    Raises TryLater when the platform is to be asked again, GiveUp when it would refuse again. What
    stands against reading is kept with the account either way.
    """
    try:
        return collected(ask)
    except Throttled as err:
        _rest(shop, account, err)
        raise TryLater(min(err.retry_after, LOOK_AGAIN_S), str(err), counts=False) from err
    except Transient as err:
        failures = _note_failure(shop, account.id, str(err))
        # An outage is the platform's and may last: waiting for it uses up no try.
        raise TryLater(pause_after(failures, err.asked_for_s), str(err), counts=False) from err
    except AuthLost as err:
        with shop.store.transaction() as session:
            accounts.lose_access(session, account.id, str(err), now=shop.now())
        return None
    except PermissionMissing as err:
        _refused(shop, account, feed, err)
        if not err.names:
            raise GiveUp(str(err)) from err
        with shop.store.transaction() as session:
            checking.note_missing(session, account.id, err.names, now=shop.now())
        return None
    except (Permanent, SettingsError) as err:
        _refused(shop, account, feed, err)
        raise GiveUp(str(err)) from err


def rest_after(shop: Workshop, account: AccountRow, page: Page) -> bool:
    """Leave the platform alone for as long as an answer asked for; True when it asked for that."""
    if page.rest_s <= 0:
        return False
    until = shop.now() + timedelta(seconds=min(page.rest_s, LONGEST_REST_S))
    with shop.store.transaction() as session:
        accounts.rest(session, account.id, RESTING, until=until)
    return True


def pause_after(failures: int, asked_for: float) -> float:
    """Return how many seconds to leave a failing platform alone, longer each time, jittered.

    It is never shorter than what the platform asked for, within LONGEST_PAUSE_S. asked_for is 0
    where it did not say.
    """
    grown = min(LONGEST_PAUSE_S, SHORTEST_PAUSE_S * 2.0 ** min(failures, 10))
    pause = random.uniform(0.5, 1.0) * grown  # noqa: S311  jitter needs no secrecy
    return min(LONGEST_PAUSE_S, max(pause, asked_for))


def _rest(shop: Workshop, account: AccountRow, err: Throttled) -> None:
    """Keep the rest. An allowance that reading has used up keeps a part for actions."""
    until = shop.now() + timedelta(seconds=err.retry_after)
    acting = not isinstance(err, QuotaSpent)
    with shop.store.transaction() as session:
        accounts.rest(session, account.id, str(err), until=until, acting=acting)


def _refused(shop: Workshop, account: AccountRow, feed: str, err: Exception) -> None:
    """Keep why a platform refuses, and leave it alone for a while: it would refuse again.

    The feed, or the round, waits for its next turn as well: an account whose other feeds work
    counts no failures in a row, so its pauses stay short.
    """
    failures = _note_failure(shop, account.id, str(err))
    now = shop.now()
    until = now + timedelta(seconds=pause_after(failures, 0.0))
    with shop.store.transaction() as session:
        accounts.rest(session, account.id, str(err), until=until)
        accounts.note_polled(session, account.id, feed, now=now, main=False)


def _note_failure(shop: Workshop, account_id: int, why: str) -> int:
    with shop.store.transaction() as session:
        return accounts.note_failure(session, account_id, why, now=shop.now())
