"""Walks through what X has for an account, one of X's pages at a time.

X bills every post that it gives. So a walk has no overlap with the one before: what X shows late is
found by the other feeds, and by re-reading.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, TypeVar

from connectors.x.calls import Calls, Forgotten, Listed
from connectors.x.judging import rest_after
from connectors.x.places import (
    FIRST_WINDOW,
    SEARCH_LAG,
    SEARCH_REACH,
    MentionsPlace,
    Place,
    RoundPlace,
    SweepPlace,
    kept,
    newest_in,
    reach_of_search,
    roots_in,
    stamp,
)
from connectors.x.queries import Query, conversations, grouped, quotes
from connectors.x.records import comments_of
from moderation.model import Page

Searching = TypeVar("Searching", SweepPlace, RoundPlace)
Walking = TypeVar("Walking", bound=Place)

MENTIONS_AGAIN: Final = timedelta(days=1)
"""How far re-reading goes back in the mentions: once over each, where it is done once a day."""


class Walks:
    """The walks of one account."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def mentions(self, cursor: str | None) -> Page:
        """Return what mentions the account or answers it, since the last finished walk.

        The highest id becomes the next since_id only when every page has been given.
        """
        now = self._calls.clock()
        place = MentionsPlace.read(cursor) or MentionsPlace(start=stamp(now - FIRST_WINDOW))
        listed, place = _given(place, lambda at: self._calls.mentions(at.window(at.since)))
        place = replace(place, newest=newest_in(listed.answer, place.newest or place.since))
        further = place.beyond(listed)
        done = MentionsPlace(since=place.newest, start=place.start)
        return self._page(listed, further or done, more=further is not None)

    def sweep(self, cursor: str | None, query: Query) -> Page:
        """Return what a search for the account's posts brings since the last finished sweep."""
        now = self._calls.clock()
        place = SweepPlace.read(cursor) or SweepPlace(mark=stamp(now - FIRST_WINDOW))
        groups = grouped(place.posts, self._calls.account_id)
        if not place.until:
            return self._list(place, now)
        if place.until > reach_of_search(now) and place.at < len(groups):
            return self._search(place, query, groups, now)
        # It was left alone for so long that no search reaches it any more.
        return self._list(SweepPlace(posts=place.posts, seen=place.seen, mark=place.mark), now)

    def again(self, cursor: str | None, since: datetime) -> Page:
        """Return a page of a round over everything below the posts that a search still reaches."""
        now = self._calls.clock()
        place = RoundPlace.read(cursor) or RoundPlace(since=stamp(max(since, now - SEARCH_REACH)))
        if place.until <= reach_of_search(now):
            # It begins, or it was left alone for so long that no search reaches it any more.
            return self._list_again(place, now)
        groups = grouped(place.posts, self._calls.account_id)
        if place.at < 2 * len(groups):
            return self._search_again(place, groups[place.at // 2], now)
        return self._mentions_again(place, now)

    def _list(self, place: SweepPlace, now: datetime) -> Page:
        """List the posts that the account has made since they were last listed."""
        place = place.asking_from(reach_of_search(now), now)
        listed, place = _given(place, lambda at: self._calls.own_posts(at.window(at.seen)))
        place = replace(
            place,
            newest=newest_in(listed.answer, place.newest or place.seen),
            posts=kept({**place.posts, **roots_in(listed.answer, now)}, now),
        )
        if further := place.beyond(listed):
            return self._page(listed, further, more=True, bare=True)
        until = stamp(now - SEARCH_LAG)
        known = SweepPlace(posts=place.posts, seen=place.newest, mark=place.mark, until=until)
        if known.posts and until > known.mark:
            return self._page(listed, known, more=True, bare=True)
        return self._page(listed, _swept(known), bare=True)

    def _search(
        self, place: SweepPlace, query: Query, groups: list[tuple[str, ...]], now: datetime
    ) -> Page:
        place = place.asking_from(max(place.mark, reach_of_search(now)), now)
        asked = query(groups[place.at], self._calls.account_id)
        listed, place = self._found(asked, place)
        further = place.beyond(listed) or _next_search(place)
        if further.at < len(groups):
            return self._page(listed, further, more=True)
        return self._page(listed, _swept(place))

    def _list_again(self, place: RoundPlace, now: datetime) -> Page:
        place = place.asking_from(place.since, now)
        listed, place = _given(place, lambda at: self._calls.own_posts(at.window()))
        place = replace(place, posts=kept({**place.posts, **roots_in(listed.answer, now)}, now))
        until = stamp(now - SEARCH_LAG)
        known = RoundPlace(posts=place.posts, since=place.since, until=until)
        return self._page(listed, place.beyond(listed) or known, more=True, bare=True)

    def _search_again(self, place: RoundPlace, group: tuple[str, ...], now: datetime) -> Page:
        """Show a group of posts: first what stands below them, then what quotes them."""
        place = place.asking_from(reach_of_search(now), now)
        query = quotes if place.at % 2 else conversations
        listed, place = self._found(query(group, self._calls.account_id), place)
        further = place.beyond(listed)
        whole = group if further is None and query is quotes else ()
        return self._page(listed, further or _next_search(place), more=True, whole=whole)

    def _mentions_again(self, place: RoundPlace, now: datetime) -> Page:
        place = place.asking_from(max(place.since, stamp(now - MENTIONS_AGAIN)), now)
        listed, place = _given(place, lambda at: self._calls.mentions(at.window()))
        further = place.beyond(listed)
        return self._page(listed, further, more=further is not None)

    def _found(self, query: str, place: Searching) -> tuple[Listed, Searching]:
        return _given(place, lambda at: self._calls.search(query, at.window(end=at.until)))

    def _page(
        self,
        listed: Listed,
        place: Place | None,
        *,
        more: bool = False,
        bare: bool = False,
        whole: tuple[str, ...] = (),
    ) -> Page:
        """Return a page of X's answer; bare where its posts are the account's own, no comments."""
        exchange = listed.answer.exchange
        records = () if bare else comments_of(listed.answer, self._calls.account_id)
        cursor = place.write() if place is not None else ""
        rest_s = rest_after(exchange, self._calls.clock())
        return Page(records, cursor, exchange.body, more=more, whole=whole, rest_s=rest_s)


def _given(place: Walking, ask: Callable[[Walking], Listed]) -> tuple[Listed, Walking]:
    """Return a page of a list and the place behind it, from a new question where need be."""
    try:
        listed = ask(place)
    except Forgotten:
        place = place.again()
        listed = ask(place)
    return listed, place.behind(listed)


def _swept(place: SweepPlace) -> SweepPlace:
    """Return the place at the end of a sweep, from which the next one begins."""
    mark = max(place.mark, place.until)
    return SweepPlace(posts=place.posts, seen=place.seen, mark=mark)


def _next_search(place: Searching) -> Searching:
    return replace(place.at_a_new_list(), at=place.at + 1)
