"""Keeps the place in Mastodon's notifications: back over the first day, then forward by id."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from connectors.mastodon.records import ID
from connectors.times import read_time

OVERLAP: Final = timedelta(minutes=15)
"""How far every walk looks back: an id given out early may be seen late."""

FIRST_WINDOW: Final = timedelta(hours=24)
PAGE: Final = 80
"""Notifications a page: the most that Mastodon gives."""

START: Final = "0"

_NEXT: Final = re.compile(r'<[^<>]*[?&]max_id=([0-9A-Za-z_-]{1,64})[^<>]*>; *rel="next"')
_PREV: Final = re.compile(r'<[^<>]*[?&]min_id=([0-9A-Za-z_-]{1,64})[^<>]*>; *rel="prev"')


def rank(native_id: str) -> tuple[int, str]:
    """Return what ids are ordered by: they are numbers, written as text."""
    digits = native_id.lstrip("0")
    return len(digits), digits


def later(*ids: str) -> str:
    """Return the newest of some ids."""
    return max(ids, key=rank)


@dataclass(frozen=True, slots=True)
class Sight:
    """One page of notifications: how many, their ids and times, and the ids at its two ends."""

    count: int
    times: Mapping[str, datetime | None]
    newest: str
    oldest: str

    def aged(self, before: datetime) -> list[str]:
        """Return the ids that were given out before then."""
        return [native_id for native_id, at in self.times.items() if at and at <= before]


def sight(ids: Iterable[tuple[str, datetime | None]], count: int, link: str) -> Sight:
    """Return a page as the walk sees it.

    The platform's own links tell its ends even where its records cannot be read.
    """
    times = {native_id: at for native_id, at in ids if native_id}
    prev, following = _PREV.search(link), _NEXT.search(link)
    newest = [prev[1]] if prev else []
    oldest = following[1] if following else min(times, key=rank, default="")
    return Sight(count, times, max([*newest, *times], key=rank, default=""), oldest)


@dataclass(frozen=True, slots=True)
class Place:
    """Where polling stands. me is our own id.

    Every walk starts behind mark; all that is older has been settled for longer than OVERLAP. last
    is the newest notification shown so far, after where a walk is that goes on. While until is set
    the first day is walked back, from before.
    """

    me: str
    mark: str = START
    last: str = START
    after: str = ""
    until: str = ""
    before: str = ""

    @property
    def is_first(self) -> bool:
        """Say whether the first walk, from the newest back, is still going on."""
        return bool(self.until)

    @property
    def start(self) -> str:
        """Return the id behind which the next page of a walk forward begins."""
        return self.after or self.mark

    def is_new(self, native_id: str) -> bool:
        """Say whether no walk has shown this notification before."""
        return self.is_first or rank(native_id) > rank(self.last)

    def asks(self) -> dict[str, str]:
        """Return the parameter that names the next page."""
        if not self.is_first:
            return {"min_id": self.start}
        return {"max_id": self.before} if self.before else {}

    def text(self) -> str:
        """Return the cursor."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))


def afresh(me: str, now: datetime) -> Place:
    """Return where polling begins."""
    return Place(me, until=(now - FIRST_WINDOW).isoformat())


def read_place(cursor: str | None) -> Place | None:
    """Return the place that a cursor holds, or None where it makes no sense."""
    held = read_object(cursor)
    names = ("me", "mark", "last", "after", "until", "before")
    if set(held) != set(names) or not all(isinstance(held[name], str) for name in names):
        return None
    if not all(ID.fullmatch(held[name]) for name in ("me", "mark", "last")):
        return None
    if not all(not held[name] or ID.fullmatch(held[name]) for name in ("after", "before")):
        return None
    if held["until"] and read_time(held["until"]) is None:
        return None
    return Place(**held)


def read_object(cursor: str | None) -> dict[str, Any]:
    """Return a cursor's object, empty where it makes no sense."""
    try:
        held = json.loads(cursor or "")
    except (ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) else {}


def step(place: Place, seen: Sight, now: datetime) -> tuple[Place, bool]:
    """Return where polling stands after a page, and whether more follows at once."""
    mark = later(place.mark, *seen.aged(now - OVERLAP))
    last = later(place.last, seen.newest or START)
    if place.is_first:
        return _back(replace(place, mark=mark, last=last), seen)
    moved = replace(place, mark=mark, last=last, after="")
    forward = bool(seen.newest) and rank(seen.newest) > rank(place.start)
    # Only a page that ends with what was the newest, and had room for more, shows that no more is.
    if forward and (seen.newest != place.last or seen.count >= PAGE):
        return replace(moved, after=seen.newest), True
    return moved, False


def _back(place: Place, seen: Sight) -> tuple[Place, bool]:
    until = read_time(place.until)
    is_behind = any(at and until and at < until for at in seen.times.values())
    stuck = bool(place.before) and rank(seen.oldest) >= rank(place.before)
    if is_behind or stuck or not seen.oldest:
        return replace(place, until="", before=""), False
    return replace(place, before=seen.oldest), True
