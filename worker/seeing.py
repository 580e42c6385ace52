"""Fetches an item's pictures and videos for its evidence, and says why one did not come."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlsplit

from connectors.downloads import Downloader, Hosts, NotFetched, hosts_of
from connectors.registry import kind_of
from moderation.errors import SettingsError
from moderation.evidence.facts import Facts
from moderation.evidence.media import Medium
from moderation.evidence.pictures import NotDrawn, draw, measure, sniffing
from moderation.model import Comment
from moderation.tables import AccountRow

MOST: Final = 12
LONGEST_S: Final = 40.0
# What is held in memory while it is sealed.
MOST_BYTES: Final = 60_000_000

TOO_MANY: Final = f"More than {MOST} pictures and videos came with it; these are the first."
NO_TIME: Final = "The time for its pictures was used up by those before it."
NO_ROOM: Final = "Those before it are as large as what is kept of one item."
UNKNOWN: Final = "What came is neither a picture nor a video of a kind that we know."


def media_of(
    facts: Facts, comment: Comment | None, *, meanwhile: Callable[[], None]
) -> tuple[Medium, ...]:
    """Return an item's pictures and videos, or why there are none, in the order of its addresses.

    Those of the fresh look come first; an older one that it no longer names is tried all the same.
    meanwhile is called after each.
    """
    seen: list[Medium] = []
    until = time.monotonic() + LONGEST_S
    fetch = Downloader(hosts_for(facts.account)).fetch
    for number, url in enumerate(_addresses(facts, comment)):
        if number >= MOST:
            seen.append(Medium(url, skipped=TOO_MANY))
        elif time.monotonic() > until:
            seen.append(Medium(url, skipped=NO_TIME))
        elif sum(len(one.data) for one in seen) > MOST_BYTES:
            seen.append(Medium(url, skipped=NO_ROOM))
        else:
            seen.append(medium(url, fetch))
            meanwhile()
    return tuple(seen)


def avatar_of(facts: Facts, comment: Comment | None) -> Medium | None:
    """Return the picture of an item's author where its address was delivered, else None."""
    if comment is None or comment.author is None or not comment.author.avatar:
        return None
    fetch = Downloader(hosts_for(facts.account)).fetch
    return medium(comment.author.avatar, fetch, is_drawn=False)


def hosts_for(account: AccountRow) -> Hosts:
    """Return where an account's media may come from; nowhere for one without a platform."""
    try:
        return hosts_of(kind_of(account.connector), account.settings)
    except SettingsError:
        return Hosts()


def medium(url: str, fetch: Callable[[str], Any], *, is_drawn: bool = True) -> Medium:
    """Return what an address gives, with a safe picture of it where one can be drawn."""
    try:
        came = fetch(url)
    except NotFetched as err:
        return Medium(url, skipped=str(err))
    kind = sniffing.kind_of(came.data)
    told: Mapping[str, Any] = {
        "final_url": came.final_url,
        "told_type": came.told_type,
        "remote": came.remote,
        "fetched_at": came.at,
    }
    if kind is None:
        return Medium(url, skipped=UNKNOWN, **told)
    kept = Medium(url, data=came.data, kind=kind, measure=measure(came.data), **told)
    return _drawn(kept) if is_drawn else kept


def _drawn(kept: Medium) -> Medium:
    try:
        return replace(kept, png=draw(kept.data).png)
    except NotDrawn as err:
        return replace(kept, not_shown=str(err))


def _addresses(facts: Facts, comment: Comment | None) -> list[str]:
    """Return each address once. A signed one changes with each answer, and its place does not."""
    worded = facts.worded or facts.version
    fresh = list(comment.media) if comment is not None else []
    shown = set(map(_place, fresh))
    earlier = [url for url in worded.media or [] if _place(url) not in shown]
    return list(dict.fromkeys([*fresh, *earlier]))


def _place(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url, ""
    return parts.netloc, parts.path
