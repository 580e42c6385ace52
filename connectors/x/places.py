"""Where reading X has got to: the cursors of its feeds, as compact JSON and back.

Ids are kept as text, as X gives them, and times as X wants them in a request.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
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
MOST_PAGES: Final = 500
MOST_POSTS: Final = 500

ROUND_AND_ROUND: Final = "X gives the same page again and again."


@dataclass(frozen=True, slots=True)
class Place:
    """A place within a walk from the newest post backwards.

    after is X's token of the next page, pages how many there were. start is the time that the list
    is asked for from: a token is good only with the very question that brought it. newest is the
    highest id seen.
    """

    after: str = ""
    start: str = ""
    newest: str = ""
    pages: int = 0

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
        if not isinstance(told, dict) or set(told) != {one.name for one in fields(cls)}:
            return None
        fits = all(type(told[name]) is type(value) for name, value in usual.items())
        return cls(**told) if fits and _are_posts(told.get("posts", {})) else None

    def check(self) -> None:
        """Raise Transient when the walk has gone on for longer than any that is real."""
        if self.pages >= MOST_PAGES:
            raise Transient(ROUND_AND_ROUND, retry_after=3600.0)

    def asking_from(self, earliest: str, now: datetime) -> Self:
        """Return the place with its start: that of the page before, or earliest for a new list.

        A list whose start a search no longer reaches is begun again.
        """
        reached = self.start >= stamp(now - SEARCH_REACH - SEARCH_SPARE)
        return self if self.after and reached else replace(self, after="", start=earliest)

    def beyond(self, listed: Listed) -> Self | None:
        """Return the place on the next page, None at the end of the list.

        Raises Transient when X gives the page's own token again.
        """
        after = listed.answer.told("next_token")
        if not after:
            return None
        if after == listed.after:
            raise Transient(ROUND_AND_ROUND)
        return replace(self, after=after, pages=self.pages + 1)


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


def _are_posts(posts: dict[str, Any]) -> bool:
    return all(is_id(id_) and type(at) is int for id_, at in posts.items())
