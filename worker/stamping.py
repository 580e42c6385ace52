"""The stamp job: have one seal's time from one authority, tried until it is had."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from moderation import checkpoints, jobs
from moderation.errors import EvidenceMissing, SettingsError
from moderation.evidence import stamps
from moderation.evidence.stamps import Refused, Wanted
from moderation.jobs import Claim
from moderation.tables import Stamped
from worker.errors import TryLater
from worker.time_authorities import Away
from worker.workshop import Workshop

FIRST_PAUSE_S: Final = 30.0
LONGEST_PAUSE_S: Final = 3600.0
AT_ONCE: Final = 500

NOT_SET_UP: Final = "This authority is no longer set up."


def stamp(shop: Workshop, held: Claim) -> None:
    """Ask an authority for one stamp, and keep its whole answer in the vault before saying so.

    What fails is kept in words with the stamp and tried again: after half a minute at first, then
    ever later, at last once an hour. No try is the last one, and the seal was durable before.
    """
    with shop.store.reading() as session:
        wanted = stamps.wanted(session, int(held.ref))
    if wanted is None:
        _finish(shop, held)
        return
    try:
        answer, token = _ask(shop, wanted)
    except (Away, Refused, EvidenceMissing, SettingsError) as err:
        _refused(shop, wanted, str(err))
        raise TryLater(pause_s(wanted.tries), "no time stamp yet", counts=False) from err
    token_sha256 = shop.vault.put(answer)
    now = shop.now()
    with shop.store.transaction() as session:
        stamps.had(session, wanted, token, token_sha256, now)
        if wanted.subject is Stamped.CHECKPOINT:
            checkpoints.promise_file(session, wanted.subject_id, wanted.authority, now)
        jobs.finish(session, held, now=now)


def pause_s(tries: int) -> float:
    """Return how long to wait after a try that followed so many others."""
    return min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(tries, 16))


def promise_missing(shop: Workshop) -> None:
    """Want the stamps of what was sealed before an authority was set up, and revive dead jobs."""
    for authority in shop.settings.authorities:
        while _promised_some(shop, authority.name, shop.now()) == AT_ONCE:
            pass
    with shop.store.transaction() as session:
        stamps.revive(session, shop.now())


def _promised_some(shop: Workshop, authority: str, now: datetime) -> int:
    with shop.store.transaction() as session:
        return stamps.want_missing(session, authority, now, AT_ONCE)


def _ask(shop: Workshop, wanted: Wanted) -> tuple[bytes, stamps.Token]:
    authority = shop.time_authority(wanted.authority)
    if authority is None:
        raise Away(NOT_SET_UP)
    return authority.stamp(wanted.note or shop.vault.get(wanted.sha256))


def _refused(shop: Workshop, wanted: Wanted, why: str) -> None:
    with shop.store.transaction() as session:
        stamps.refused(session, wanted, why, shop.now())


def _finish(shop: Workshop, held: Claim) -> None:
    with shop.store.transaction() as session:
        jobs.finish(session, held, now=shop.now())
