"""Where reading X has got to: the cursors of its feeds, as compact JSON and back.

Ids are kept as text, as X gives them, and times as X wants them in a request.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Self

from connectors.contract import Transient
from connectors.fields import time_of
from connectors.x.answers import Answer, readable
from connectors.x.calls import Listed
from connectors.x.records import history, is_id, newest, plain_id

# A search reaches back seven days. It is begun an hour short of that, so that its last page may be
# read up to 55 minutes after its first.
SEARCH_REACH: Final = timedelta(days=7) - timedelta(hours=1)
SEARCH_SPARE: Final = timedelta(minutes=55)
# A search may miss the newest minute.
SEARCH_LAG: Final = timedelta(seconds=60)
FIRST_WINDOW: Final = timedelta(hours=24)
# A search leaves out what X withholds, so a page may be empty and another one follow it.
MOST_IDLE: Final = 50
MOST_POSTS: Final = 500
# X's ids are milliseconds since this moment, in Unix time, and 22 bits that tell them apart.
EPOCH_MS: Final = 1_288_834_974_657
ID_BITS: Final = 22

ROUND_AND_ROUND: Final = "X gives the same page again and again."

# A cursor of an earlier release lacks these, and holds what else it needed.
_ADDED: Final = frozenset({"lowest", "below", "idle"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place within a walk from the newest post backwards.

    after is X's token of the next page. start is the time that the list is asked for from: a token
    is good only with the very question that brought it. newest is the highest id seen, lowest the
    lowest one of this list, and below the one that the list was begun again from. idle is how many
    pages in a row went no further back.
    """

    after: str = ""
    start: str = ""
    newest: str = ""
    lowest: str = ""
    below: str = ""
    idle: int = 0

    def write(self) -> str:
        """Return the cursor for this place."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))

    @classmethod
    def read(cls, cursor: str | None) -> Self | None:
        """Return the place of a cursor, None when there is none or it makes no sense."""
        try:
            told = json.loads(cursor or "")
        except (ValueError, RecursionError):
            return None
        usual = asdict(cls())
        if not isinstance(told, dict) or not set(usual) - _ADDED <= set(told):
            return None
        known = {name: told.get(name, value) for name, value in usual.items()}
        fits = all(type(known[name]) is type(value) for name, value in usual.items())
        return cls(**known) if fits and _makes_sense(known) else None

    def window(self, since_id: str = "", end: str = "") -> dict[str, str]:
        """Return what to ask for: by ids alone or by times alone, as X takes no mixture of both."""
        if since_id:
            return {"since_id": since_id, "until_id": self.below, "after": self.after}
        until = stamp(just_after(self.below)) if self.below else end
        return {"start_time": self.start, "end_time": until, "after": self.after}

    def again(self) -> Self:
        """Return the place at which a list goes on whose token X has forgotten.

        The list is begun again below what it has given already, so a long one comes to its end
        however often that happens. What has the second of the lowest id may be given twice.
        """
        return replace(self, after="", below=self.lowest or self.below)

    def behind(self, listed: Listed) -> Self:
        """Return the place once a page of the list was read."""
        oldest = listed.answer.told("oldest_id")
        if is_id(oldest) and (not self.lowest or int(oldest) < int(self.lowest)):
            return replace(self, lowest=oldest, idle=0)
        return replace(self, idle=self.idle + 1)

    def asking_from(self, earliest: str, now: datetime) -> Self:
        """Return the place with its start: that of the page before, or earliest for a new list.

        A list whose start a search no longer reaches is begun again.
        """
        reached = self.start >= stamp(now - SEARCH_REACH - SEARCH_SPARE)
        return self if self.after and reached else replace(self.at_a_new_list(), start=earliest)

    def at_a_new_list(self) -> Self:
        """Return the place before the first page of a list."""
        return replace(self, after="", lowest="", below="", idle=0)

    def beyond(self, listed: Listed) -> Self | None:
        """Return the place on the next page, None at the end of the list.

        Raises Transient when X gives the page's own token again, or page after page of what was
        read before.
        """
        after = listed.answer.told("next_token")
        if not after:
            return None
        if after == listed.after:
            raise Transient(ROUND_AND_ROUND)
        if self.idle >= MOST_IDLE:
            raise Transient(ROUND_AND_ROUND, retry_after=3600.0)
        return replace(self, after=after)


@dataclass(frozen=True, slots=True)
class MentionsPlace(Place):
    """since is the highest id of the last finished walk; before there is one, start counts."""

    since: str = ""


@dataclass(frozen=True, slots=True)
class SweepPlace(Place):
    """A place in a sweep of searches that concern the account's posts.

    posts maps the account's posts to the seconds of their times. seen is the highest of their ids
    when they were last listed. mark is the time up to which all searches were finished, until the
    time up to which they are being made, empty while posts are listed; at is which search it is.
    """

    posts: dict[str, int] = field(default_factory=dict)
    seen: str = ""
    mark: str = ""
    until: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class RoundPlace(Place):
    """A place in a round of re-reading: over posts since a time, then searches, then mentions."""

    posts: dict[str, int] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    at: int = 0


def stamp(at: datetime) -> str:
    """Return a time as X wants it in a request."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def just_after(post_id: str) -> datetime:
    """Return the first whole second after the moment that an id tells of."""
    milliseconds = (int(post_id) >> ID_BITS) + EPOCH_MS
    return datetime.fromtimestamp(milliseconds // 1000 + 1, UTC)


def reach_of_search(now: datetime) -> str:
    """Return the earliest time that a search may ask for."""
    return stamp(now - SEARCH_REACH)


def newest_in(answer: Answer, known: str = "") -> str:
    """Return the highest id of a page and of what was known before."""
    ids = (str(readable(piece).get("id")) for piece in answer.posts)
    return newest([known, answer.told("newest_id"), *ids])


def roots_in(answer: Answer, now: datetime) -> dict[str, int]:
    """Return the posts of a page that began a conversation, with the seconds of their times.

    An edited post is there under each of its ids: people may have answered or quoted any of them.
    """
    roots: dict[str, int] = {}
    for post in map(readable, answer.posts):
        ids = history(post) or [plain_id(post, "id")]
        if plain_id(post, "conversation_id") in {"", *ids}:
            at = int((time_of(post, "created_at") or now).timestamp())
            roots |= {id_: at for id_ in ids if id_}
    return roots


def kept(posts: Mapping[str, int], now: datetime) -> dict[str, int]:
    """Return the posts that a search still reaches, the newest ones where they are too many."""
    since = (now - SEARCH_REACH).timestamp()
    reached = sorted((id_ for id_, at in posts.items() if at >= since), key=int)
    return {id_: posts[id_] for id_ in reached[-MOST_POSTS:]}


def _makes_sense(place: Mapping[str, Any]) -> bool:
    ids = all(not place[name] or is_id(place[name]) for name in ("lowest", "below"))
    posts = place.get("posts", {})
    return ids and all(is_id(id_) and type(at) is int for id_, at in posts.items())
