"""Changes the records by which Bluesky hides answers and detaches quotes, and nothing else in them.

A threadgate hides answers below a root post, a postgate detaches quotes of any post; each lies in
the post's own repository under the post's own key. People change them in the app at the same time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from connectors.bluesky.access import Access
from connectors.bluesky.judging import BUSY, is_success, judge, word_of
from connectors.bluesky.reading import address_of
from connectors.contract import NotDone, Permanent
from connectors.fields import inner
from connectors.reasons import Poison
from connectors.wire import Exchange

ATTEMPTS: Final = 5
NO_RECORD: Final = "RecordNotFound"
STALE_SWAP: Final = "InvalidSwap"
TROUBLE_THERE: Final = "InternalServerError"
_SERVER: Final = 500

NOT_OURS: Final = "There is no post of this account's own that could be changed for it."
UNREADABLE: Final = (
    "The settings of the post that this answers cannot be read, so they were left as they are. "
    "Hide it at bsky.app instead."
)
FULL: Final = (
    "Bluesky lets a post hide no more than {most} {what}, and as many that still exist are hidden "
    "under this one. Limit who can reply to the post at bsky.app, or report this one."
)


@dataclass(frozen=True, slots=True)
class Gate:
    """One kind of record: its collection, the field of its list, and how many that may hold."""

    collection: str
    field: str
    most: int
    what: str


# Limits: the lexicons' maxLength, github.com/bluesky-social/atproto at d6296a1.
THREADGATE: Final = Gate("app.bsky.feed.threadgate", "hiddenReplies", 300, "replies")
POSTGATE: Final = Gate("app.bsky.feed.postgate", "detachedEmbeddingUris", 50, "quotes")


@dataclass(frozen=True, slots=True)
class Held:
    """A gate as it lies in the repository; cid is empty where there is none yet."""

    record: Mapping[str, Any]
    cid: str

    def listed(self, gate: Gate) -> list[str]:
        """Return what the gate lists. Raises Permanent where the list is none."""
        found = self.record.get(gate.field) or []
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise Permanent(UNREADABLE)
        return found


def read(access: Access, gate: Gate, post: str) -> Held:
    """Return the gate of one of our own posts."""
    address = address_of(post)
    if address is None:
        raise Permanent(NOT_OURS)
    exchange = access.query(
        "com.atproto.repo.getRecord",
        (NO_RECORD,),
        repo=address.did,
        collection=gate.collection,
        rkey=address.rkey,
    )
    if not is_success(exchange):
        return Held({}, "")
    try:
        told = exchange.json().read()
    except Poison:
        raise Permanent(UNREADABLE) from None
    cid = told.get("cid")
    if not isinstance(cid, str) or not inner(told, "value"):
        raise Permanent(UNREADABLE)
    return Held(inner(told, "value"), cid)


def change(
    access: Access,
    gate: Gate,
    post: str,
    uri: str,
    *,
    listed: bool,
    still_there: Callable[[Sequence[str]], Sequence[str]],
) -> None:
    """Put an address on a post's list, or take it off; nothing is written where it is so already.

    Every other field stays as it is, "who can reply" above all. still_there tells which of many
    addresses lead somewhere yet. Raises Permanent when the list is full, NotDone when others keep
    changing it, Transient when the outcome is unknown.
    """
    lost = False
    for _ in range(ATTEMPTS):
        held = read(access, gate, post)
        before = held.listed(gate)
        if (uri in before) is listed:
            return
        after = [*before, uri] if listed else [one for one in before if one != uri]
        if len(after) > gate.most:
            after = [*still_there(before), uri]
        if len(after) > gate.most:
            raise Permanent(FULL.format(most=gate.most, what=gate.what))
        exchange = _write(access, gate, post, held, after)
        # Creating what somebody else has just created is a 500 and no conflict.
        if exchange.status >= _SERVER and not held.cid and not lost:
            lost = True
        elif word_of(exchange) != STALE_SWAP:
            judge(exchange)
            return
    raise NotDone(BUSY, retry_after=5.0)


def _write(access: Access, gate: Gate, post: str, held: Held, after: list[str]) -> Exchange:
    """Write a gate with this list, if it still is as it was read."""
    address = address_of(post)
    if address is None:
        raise Permanent(NOT_OURS)
    place = {"repo": address.did, "collection": gate.collection, "rkey": address.rkey}
    if held.cid:
        record = {**held.record, gate.field: after}
        body = {**place, "record": record, "swapRecord": held.cid}
        return access.procedure("com.atproto.repo.putRecord", body, bear=(STALE_SWAP,))
    record = {
        "$type": gate.collection,
        "post": post,
        "createdAt": now_text(),
        gate.field: after,
    }
    return access.procedure(
        "com.atproto.repo.createRecord", {**place, "record": record}, bear=(TROUBLE_THERE,)
    )


def now_text() -> str:
    """Return the time as records carry it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
