"""Reads everything below the account's own posts again, one answer of the platform a page.

It finds what no notification told of: an answer that was indexed before its post, one with an
earlier date than its own, one to somebody else's answer, an edit in place, a deletion.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final, Self

from connectors.bluesky.access import Access
from connectors.bluesky.judging import bear_cursor, is_success, rest_of
from connectors.bluesky.reading import address_of, comment_of, cursor_of, pieces_by_others
from connectors.bluesky.threads import Thread, thread_of
from connectors.contract import Malformed
from connectors.fields import inner, oldest_first, record, text_of, time_of
from connectors.reasons import Poison
from connectors.slices import Slice
from connectors.wire import Exchange
from moderation.model import Comment, Page, Standing, Unreadable

POSTS: Final = "app.bsky.feed.post"
LIST_SIZE: Final = 100
DEPTH: Final = 1000
# A thread that is too large for one answer is read in layers.
LAYER: Final = 1
# A thread that leads on beyond this is left for the next round, and is not said to be whole.
LEAVES_MOST: Final = 1_000

_TID_DIGITS: Final = "234567abcdefghijklmnopqrstuvwxyz"
_TID: Final = re.compile(r"[2-7a-j][2-7a-z]{12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Round:
    """How far a round has come.

    list_after is the cursor of the list of own posts and listed whether it has ended. queue holds
    the keys of the posts still to be read. Of the first one, asked says how often its thread was
    asked for, leaves are the places where it goes on, quoted says that its quotes are still to be
    read and quotes_after from where; whole says that nothing of it was left out.
    """

    list_after: str = ""
    listed: bool = False
    queue: list[str] = field(default_factory=list)
    asked: int = 0
    leaves: list[str] = field(default_factory=list)
    quoted: bool = False
    quotes_after: str = ""
    whole: bool = True

    @classmethod
    def read(cls, cursor: str | None) -> Self:
        """Return the round that a cursor describes; a new one where it does not, or has ended."""
        fresh = cls()
        try:
            told = json.loads(cursor or "")
            types = {name: type(value) for name, value in asdict(fresh).items()}
            fits = {name: type(value) for name, value in told.items()} == types
            read = cls(**told) if fits else fresh
        except (ValueError, AttributeError, RecursionError):
            return fresh
        return fresh if read.ended else read

    def text(self) -> str:
        """Return the round as a cursor."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))

    def next_post(self) -> Self:
        """Return the round with its first post done."""
        return type(self)(self.list_after, self.listed, self.queue[1:])

    @property
    def ended(self) -> bool:
        """Say whether nothing is left."""
        return self.listed and not self.queue


def reread(access: Access, cursor: str | None, since: datetime) -> Page:
    """Return the next page of a round: more own posts, a part of a thread, or some quotes."""
    at = Round.read(cursor)
    did = access.did()
    if not at.queue:
        return _list(access, at, did, since)
    post = f"at://{did}/{POSTS}/{at.queue[0]}"
    if at.asked == 0 or at.leaves:
        return _thread(access, at, did, post)
    return _quotes(access, at, did, post)


def _list(access: Access, at: Round, did: str, since: datetime) -> Page:
    exchange = access.query(
        "com.atproto.repo.listRecords",
        bear_cursor(at.list_after),
        repo=did,
        collection=POSTS,
        limit=LIST_SIZE,
        cursor=at.list_after or None,
    )
    if not is_success(exchange):
        # The platform no longer knows its own cursor: older posts have to wait for the next round.
        return _page(Round(listed=True), (), exchange)
    answer = exchange.json()
    keys, older = _roots(answer.at("records"), since)
    after = cursor_of(answer)
    listed = not after or older or after == at.list_after
    onward = Round(list_after=after, listed=listed, queue=keys)
    return _page(onward, (), exchange)


def _roots(pieces: Iterable[Slice], since: datetime) -> tuple[list[str], bool]:
    """Return the keys of the posts that begin a thread, and whether the list has passed since.

    The list is ordered by key, and keys are times in all but a few old clients.
    """
    keys, older = [], False
    for piece in pieces:
        try:
            view = piece.read()
        except Poison:
            continue
        address = address_of(str(view.get("uri")))
        value = inner(view, "value")
        made = _made_at(address.rkey) if address else None
        older = older or (made is not None and made < since)
        at = made or time_of(value, "createdAt")
        if address and at and at >= since and "reply" not in value:
            keys.append(address.rkey)
    return keys, older


def _made_at(key: str) -> datetime | None:
    """Return when a record was made, from a key that tells (https://atproto.com/specs/tid)."""
    if not _TID.fullmatch(key):
        return None
    number = 0
    for digit in key:
        number = number * 32 + _TID_DIGITS.index(digit)
    return datetime.fromtimestamp((number >> 10) / 1_000_000, UTC)


def _thread(access: Access, at: Round, did: str, post: str) -> Page:
    """Return a thread, or what stands below one of its leaves."""
    anchor, *leaves = at.leaves or [post]
    exchange, thread = _ask(access, anchor)
    onward = replace(at, leaves=leaves, asked=at.asked + 1)
    if thread is None:
        # It was deleted meanwhile. What we hold below it is looked up one by one.
        return _page(onward, (), exchange, post)
    top, *below = thread.nodes
    view = _view(top.post)
    text = text_of(inner(view, "record"), "text") if anchor == post else ""
    hidden = _hidden(thread)
    pieces = pieces_by_others([node.post for node in below if node.post is not None], did)
    leads_on = [uri for node in below if node.cut and (uri := _leads_on(_view(node.post)))]
    waiting = [*leaves, *leads_on]
    fits = onward.asked + len(waiting) <= LEAVES_MOST
    onward = replace(
        onward,
        leaves=waiting if fits else [],
        quoted=at.quoted or (anchor == post and _count(view, "quoteCount") > 0),
        whole=at.whole and fits,
    )
    return _page(onward, [_shown(piece, did, hidden, text) for piece in pieces], exchange, post)


def _ask(access: Access, anchor: str) -> tuple[Exchange, Thread | None]:
    """Return a thread, in one layer where it is too large as a whole; None when it is gone."""
    name, gone = "app.bsky.feed.getPostThread", ("NotFound",)
    try:
        exchange = access.query(name, gone, uri=anchor, depth=DEPTH, parentHeight=0)
        return exchange, thread_of(exchange.body) if is_success(exchange) else None
    except Malformed:
        exchange = access.query(name, gone, uri=anchor, depth=LAYER, parentHeight=0)
        return exchange, thread_of(exchange.body) if is_success(exchange) else None


def _shown(piece: Slice, did: str, hidden: frozenset[str], text: str) -> Comment | Unreadable:
    def build(view: Mapping[str, Any], raw: bytes) -> Comment:
        standing = Standing.HIDDEN if view.get("uri") in hidden else Standing.VISIBLE
        return comment_of(view, raw, did, standing=standing, post_text=text)

    return record(piece, build)


def _hidden(thread: Thread) -> frozenset[str]:
    """Return the answers that the thread's gate hides, by which all readers go."""
    listed = inner(_view(thread.gate), "record").get("hiddenReplies")
    return (
        frozenset(one for one in listed if isinstance(one, str))
        if isinstance(listed, list)
        else frozenset()
    )


def _leads_on(view: Mapping[str, Any]) -> str:
    """Return the address of a post below which there is more, else nothing."""
    uri = view.get("uri")
    fits = isinstance(uri, str) and address_of(uri) is not None
    return str(uri) if fits and _count(view, "replyCount") > 0 else ""


def _quotes(access: Access, at: Round, did: str, post: str) -> Page:
    """Return a page of the posts that quote one of ours."""
    exchange = access.query(
        "app.bsky.feed.getQuotes",
        (*bear_cursor(at.quotes_after), "NotFound"),
        uri=post,
        limit=LIST_SIZE,
        cursor=at.quotes_after or None,
    )
    if not is_success(exchange):
        return _page(replace(at, quoted=False, whole=False), (), exchange, post)
    answer = exchange.json()
    after = cursor_of(answer)
    asked = at.asked + 1
    goes_round = after == at.quotes_after or asked > LEAVES_MOST
    onward = replace(
        at,
        asked=asked,
        quoted=bool(after) and not goes_round,
        quotes_after=after,
        whole=at.whole and not (after and goes_round),
    )
    pieces = pieces_by_others(answer.at("posts"), did)
    return _page(onward, [_shown(piece, did, frozenset(), "") for piece in pieces], exchange, post)


def _page(
    onward: Round, records: Iterable[Comment | Unreadable], exchange: Exchange, post: str = ""
) -> Page:
    done = bool(post) and not onward.leaves and not onward.quoted
    at = onward.next_post() if done else onward
    return Page(
        oldest_first(records),
        at.text(),
        exchange.body,
        more=not at.ended,
        whole=(post,) if done and onward.whole else (),
        rest_s=rest_of(exchange),
    )


def _view(piece: Slice | None) -> Mapping[str, Any]:
    """Return a piece as an object; an empty one where it is missing or cannot be read."""
    try:
        return piece.read() if piece is not None else {}
    except Poison:
        return {}


def _count(view: Mapping[str, Any], name: str) -> int:
    value = view.get(name)
    return value if isinstance(value, int) else 0
