"""Looks items up at their platform one by one on a job's behalf, and keeps what was seen together.

Storing a sight costs as much for one item as for fifty, so sights are stored by the batch: when
enough have come together, when time has passed, and when the platform can be asked no further.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from moderation import ingest, jobs
from moderation.jobs import Claim
from moderation.model import Page
from moderation.tables import AccountRow
from worker.asking import asked
from worker.polling import take_in
from worker.workshop import Workshop

BATCH: Final = 50
# Well within a job's lease, which is renewed with each batch.
KEEP_AFTER_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class Look:
    """One item to be looked up; see gives a page with nothing but how it stands."""

    native_id: str
    see: Callable[[], Page]


@dataclass(slots=True)
class _Batch:
    """What was seen since something was last stored. at is when the first of it was asked for."""

    at: datetime
    began: float = field(default_factory=time.monotonic)
    ids: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Say whether it is time to store it."""
        return len(self.ids) >= BATCH or time.monotonic() - self.began >= KEEP_AFTER_S


def look_up(
    shop: Workshop,
    held: Claim,
    account: AccountRow,
    feed: str,
    looks: Iterable[Look],
    *,
    cursor: str,
) -> bool:
    """Keep each item as it stands now; False when the access ended on the way.

    What was seen is kept also where the next answer fails, so that nothing is asked for twice. The
    feed's cursor becomes cursor. Raises what asked() raises.
    """
    batch = _Batch(shop.now())
    try:
        for look in looks:
            page = asked(shop, account, feed, look.see)
            if page is None:
                return False
            batch.ids.append(look.native_id)
            batch.pages.append(page)
            if batch.is_full:
                full, batch = batch, _Batch(shop.now())
                _keep(shop, held, account, feed, full, cursor)
    finally:
        _keep(shop, held, account, feed, batch, cursor)
    return True


def _keep(
    shop: Workshop, held: Claim, account: AccountRow, feed: str, batch: _Batch, cursor: str
) -> None:
    """Store a batch as one page; nothing where nothing was seen."""
    if not batch.ids:
        return
    records = tuple(record for page in batch.pages for record in page.records)
    raw = b"\n".join(page.raw for page in batch.pages if page.raw)
    collected = tuple(one for page in batch.pages for one in page.collected)
    take_in(shop, account, feed, Page(records, cursor, raw, collected=collected))
    with shop.store.transaction() as session:
        ingest.sight(session, account.id, batch.ids, now=batch.at)
        jobs.renew(session, held, now=shop.now())
