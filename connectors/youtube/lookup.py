"""Looks up what became of one comment, by way of the lists that it may stand in.

YouTube gives no moderation status with a comment that is asked for by its id (its discovery
document says so), and it lists no rejected comments. So a comment is looked for in the three lists
there are, those of its video where the video is known: found in one, it has that status; found in
none, it was rejected or is gone, which cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final

from connectors.contract import Gone
from connectors.fields import id_of, inner, time_of
from connectors.reasons import Poison
from connectors.slices import Slice
from connectors.strict_json import read_object
from connectors.youtube.cursor import OVERLAP, reached
from connectors.youtube.errors import GONE
from connectors.youtube.lists import Lists
from connectors.youtube.records import HELD, PUBLISHED, SPAM, Thread, thread_of, word
from moderation.model import ActionKind, ItemRef

LOOK_PAGES: Final = 5
"""How many pages of one list are read for one comment; beyond that it cannot be said."""

# Unconfirmed: a reply's id is its thread's id, this mark, and an id of its own.
REPLY_MARK: Final = "."


class Nowhere(Enum):
    """Why no status can be given: it stands in no list, or the lists are too long to say so."""

    ABSENT = "absent"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Sought:
    """A comment that is looked for, and what its bytes say of where to look."""

    native_id: str
    video: str
    parent: str
    at: datetime | None


def sought(ref: ItemRef) -> Sought:
    """Return what a reference says of where to look; it may hold no bytes."""
    read = read_raw(ref)
    snippet = inner(read, "snippet")
    parent = id_of(snippet, "parentId")
    if not parent and REPLY_MARK in ref.native_id:
        parent = ref.native_id.split(REPLY_MARK, 1)[0]
    video = ref.post_id or id_of(snippet, "videoId")
    return Sought(ref.native_id, video, parent, time_of(snippet, "publishedAt"))


def read_raw(ref: ItemRef) -> dict[str, Any]:
    """Return what a reference's bytes say; nothing when they cannot be read."""
    try:
        return read_object(ref.raw) if ref.raw else {}
    except Poison:
        return {}


def in_effect(lists: Lists, ref: ItemRef, action: ActionKind) -> bool | None:
    """Say whether hiding, showing again or rejecting is in effect. Raises Gone."""
    what = sought(ref)
    if action is ActionKind.HIDE:
        return _hidden(lists, what)
    status = _status(lists, what, (PUBLISHED, HELD, SPAM))
    if status is Nowhere.UNSURE:
        return None
    if action is ActionKind.DELETE:
        return status is Nowhere.ABSENT
    if status is Nowhere.ABSENT:
        need(lists, ref)
    return status == PUBLISHED


def _hidden(lists: Lists, what: Sought) -> bool | None:
    status = _status(lists, what, (HELD, SPAM, PUBLISHED))
    if not isinstance(status, Nowhere):
        return status in {HELD, SPAM}
    if not lists.one(what.native_id).pieces:
        raise Gone(GONE)
    # The list of what is held need not show each reply. One that is still there, and that the list
    # of published replies does not show, is held.
    return True if status is Nowhere.ABSENT and what.parent else None


def need(lists: Lists, ref: ItemRef) -> Slice:
    """Return a comment by its id, still unread. Raises Gone when there is none."""
    pieces = lists.one(ref.native_id).pieces
    if not pieces:
        raise Gone(GONE)
    return pieces[0]


def _status(lists: Lists, what: Sought, order: tuple[str, ...]) -> str | Nowhere:
    nowhere = Nowhere.ABSENT
    for status in order:
        found = _in_list(lists, what, status)
        if not isinstance(found, Nowhere):
            return found
        if found is Nowhere.UNSURE:
            nowhere = found
    return nowhere


def _in_list(lists: Lists, what: Sought, status: str) -> str | Nowhere:
    after = ""
    for _ in range(LOOK_PAGES):
        if what.parent and status == PUBLISHED:
            got = lists.replies(what.parent, after)
            pieces = list(got.pieces)
            is_end = False
        else:
            got = lists.threads(status, after, what.video)
            threads = [one for one in map(thread_of, got.pieces) if isinstance(one, Thread)]
            pieces = list(_comments(threads))
            is_end = _is_past(threads, what)
        for piece in pieces:
            if word(piece, "id") == what.native_id:
                return word(piece, "snippet", "moderationStatus") or status
        after = got.after
        if got.is_lost:
            return Nowhere.UNSURE
        if is_end or not after:
            return Nowhere.ABSENT
    return Nowhere.UNSURE


def _comments(threads: list[Thread]) -> Iterator[Slice]:
    for thread in threads:
        yield thread.top
        yield from thread.replies


def _is_past(threads: list[Thread], what: Sought) -> bool:
    """Say whether threads are older than the one sought; a reply may stand in an older thread."""
    if what.at is None or what.parent:
        return False
    return reached(threads, (what.at - OVERLAP).timestamp())
