"""Reads a Mastodon account page by page: what is new, and again what stands below its posts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from connectors.contract import AuthLost, Gone, Malformed, Permanent
from connectors.fields import oldest_first, time_of
from connectors.mastodon.answers import rest_of
from connectors.mastodon.calls import Calls, listed, thing
from connectors.mastodon.notes import Note, note_of, sight_of
from connectors.mastodon.records import ID, Status, Thread, id_in, readable, record_of
from connectors.mastodon.walk import PAGE, afresh, read_object, read_place, step
from connectors.slices import OTHER_SHAPE
from connectors.wire import Exchange
from moderation.model import Comment, Page, Unreadable

DESCENDANTS: Final = 4096
"""The most posts of a thread that Mastodon gives."""

BATCH: Final = 20
"""The most posts that Mastodon gives by their ids at once (since 4.3)."""

LEVELS: Final = 4
"""How far a poll follows a reply to a reply upwards; what lies deeper is found by rereading."""

REFRESHING: Final = "Mastodon-Async-Refresh"
"""The header that says that the instance is still fetching a thread's replies (since 4.5)."""


def poll(calls: Calls, cursor: str | None) -> Page:
    """Return one page of mentions and quotes."""
    place = read_place(cursor) or afresh(whoami(calls), datetime.now(UTC))
    exchange = calls.notifications(place.asks(), PAGE)
    notes = [note_of(piece) for piece in listed(exchange)]
    thread = Thread(place.me, _statuses(notes))
    fresh = [note for note in notes if place.is_new(note.native_id)]
    bodies = [exchange.body, *_climb(calls, thread, fresh)]
    records = _distinct(note.record(thread) for note in notes)
    seen = sight_of(notes, exchange.headers.get("Link", ""))
    place, more = step(place, seen, datetime.now(UTC))
    return Page(
        oldest_first(records), place.text(), b"\n".join(bodies), more, (), rest_of(exchange)
    )


def reread(calls: Calls, cursor: str | None, since: datetime) -> Page:
    """Return what stands below one post of ours; the newest post first."""
    me, before = _round(cursor) or (whoami(calls), "")
    exchange = calls.own(me, before)
    pieces = listed(exchange)
    ends = sight_of([note_of(piece) for piece in pieces], exchange.headers.get("Link", ""))
    own: Status = next(iter(readable(pieces)), {})
    at = time_of(own, "created_at")
    following = json.dumps({"before": ends.oldest, "me": me}, sort_keys=True)
    if ends.oldest in {"", before} or (at is not None and at < since):
        return Page((), following, exchange.body, rest_s=rest_of(exchange))
    if not id_in(own, "id"):
        return Page((), following, exchange.body, more=True, rest_s=rest_of(exchange))
    return _below(calls, own, me, exchange, following)


def whoami(calls: Calls) -> str:
    """Ask for our own id."""
    native_id = id_in(thing(calls.me()), "id")
    if not native_id:
        raise Malformed(OTHER_SHAPE)
    return native_id


def _below(calls: Calls, own: Status, me: str, listing: Exchange, following: str) -> Page:
    native_id = id_in(own, "id")
    try:
        exchange = calls.context(native_id)
    except Gone:
        # Deleted since it was listed: what is held below it is then looked up one by one.
        return Page((), following, listing.body, True, (native_id,), rest_of(listing))
    pieces = exchange.json().at("descendants")
    thread = Thread(me, [own, *readable(pieces)])
    records = _distinct(record_of(piece, thread) for piece in pieces)
    theirs = [one for one in records if not _is_by(one, me)]
    is_whole = len(pieces) < DESCENDANTS and REFRESHING not in exchange.headers
    raw = b"\n".join((listing.body, exchange.body))
    whole = (native_id,) if is_whole else ()
    return Page(oldest_first(theirs), following, raw, True, whole, rest_of(exchange))


def _climb(calls: Calls, thread: Thread, notes: Sequence[Note]) -> list[bytes]:
    """Bring what new posts answer into the thread, up to the post of ours; return the answers."""
    bodies: list[bytes] = []
    lower = _statuses(notes)
    for _ in range(LEVELS):
        wanted = thread.unknown_above(lower)
        lower = []
        for at in range(0, len(wanted), BATCH):
            try:
                exchange = calls.statuses(wanted[at : at + BATCH])
            except AuthLost:
                raise
            except Permanent:
                # An instance before 4.3 has no such call, and a permission that is missing for it
                # is no reason to keep mentions back: rereading finds their place.
                return bodies
            bodies.append(exchange.body)
            lower += readable(listed(exchange))
        thread.add(lower)
    return bodies


def _statuses(notes: Iterable[Note]) -> list[Status]:
    return readable(note.status for note in notes if note.status is not None)


def _distinct(records: Iterable[Comment | Unreadable]) -> list[Comment | Unreadable]:
    """Return each post once: one that answers and quotes us comes with two notifications."""
    found: dict[str | bytes, Comment | Unreadable] = {}
    for one in records:
        found.setdefault(one.native_id if isinstance(one, Comment) else one.raw, one)
    return list(found.values())


def _is_by(one: Comment | Unreadable, me: str) -> bool:
    return isinstance(one, Comment) and one.author is not None and one.author.id == me


def _round(cursor: str | None) -> tuple[str, str] | None:
    """Return our own id and the post before which a round goes on; None where a round begins."""
    held = read_object(cursor)
    me, before = held.get("me"), held.get("before")
    if not isinstance(me, str) or not isinstance(before, str):
        return None
    return (me, before) if ID.fullmatch(me) and ID.fullmatch(before) else None
