"""The nightly check of the vault as a duty: a short slice at each call, a report at the end."""

from __future__ import annotations

import logging
from typing import Final

from moderation.evidence.care.checking import Care, Check, go_on, under_way
from moderation.evidence.care.reporting import keep
from moderation.when import london
from worker.workshop import Workshop

LOG: Final = logging.getLogger("watchroom.vault")
# The clock of the installation does other things every few seconds.
SLICE_S: Final = 2.0
BEGINS_AT: Final = 2
"""The hour in London from which on a day's check may begin."""
_DAY: Final = "checked_on"


def go_on_nightly(shop: Workshop) -> None:
    """Work on the check for a moment where one is under way or today's has not begun."""
    at = london(shop.now())
    if under_way(shop.vault_index) is None:
        if at.hour < BEGINS_AT or shop.vault_index.get(_DAY) == at.date().isoformat():
            return
        shop.vault_index.put(_DAY, at.date().isoformat())
    done = go_on(care_of(shop), shop.now(), seconds=SLICE_S)
    if done is not None:
        _report(shop, done)


def check_now(shop: Workshop) -> Check:
    """Check the whole vault from its first file to its last and return what was found."""
    done = None
    while done is None:
        done = go_on(care_of(shop), shop.now(), seconds=60.0)
    _report(shop, done)
    return done


def care_of(shop: Workshop) -> Care:
    """Return what a check works with."""
    return Care(shop.store, shop.vault, shop.vault_index)


def _report(shop: Workshop, done: Check) -> None:
    with shop.store.transaction() as session:
        keep(session, done, now=shop.now())
    level = logging.INFO if done.is_well else logging.ERROR
    LOG.log(
        level, "vault_checked files=%s removed=%s counts=%s", done.files, done.removed, done.counts
    )
