"""Takes Mastodon's notifications apart: each one's id and time, and the post that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.contract import Malformed
from connectors.fields import time_of
from connectors.mastodon.records import NO_STATUS, Thread, id_in, record_of
from connectors.mastodon.walk import Sight, sight
from connectors.reasons import NOT_AN_OBJECT, Poison
from connectors.slices import Slice
from moderation.model import Comment, Unreadable


@dataclass(frozen=True, slots=True)
class Note:
    """One notification. native_id is empty and at is None where they cannot be read."""

    raw: bytes
    native_id: str
    at: datetime | None
    is_quote: bool
    status: Slice | None
    reason: str = NO_STATUS

    def record(self, thread: Thread) -> Comment | Unreadable:
        """Return the post that the notification is about. Never raises."""
        if self.status is None:
            return Unreadable(self.raw, self.reason)
        return record_of(self.status, thread, quotes=self.is_quote)


def note_of(piece: Slice) -> Note:
    """Take one notification apart, so that poison in its post does not hide its id."""
    try:
        members = piece.members()
    except Malformed:
        return Note(piece.raw, "", None, is_quote=False, status=None, reason=NOT_AN_OBJECT)
    head: dict[str, Any] = {}
    for name in ("id", "type", "created_at"):
        if name in members:
            head |= _member(name, members[name])
    status = members.get("status")
    return Note(
        piece.raw,
        id_in(head, "id"),
        time_of(head, "created_at"),
        head.get("type") == "quote",
        status if status is not None and status.raw.startswith(b"{") else None,
    )


def sight_of(notes: Sequence[Note], link: str) -> Sight:
    """Return a page as the walk sees it."""
    return sight(((note.native_id, note.at) for note in notes), len(notes), link)


def _member(name: str, value: Slice) -> dict[str, Any]:
    try:
        return Slice(b'{"%b":%b}' % (name.encode(), value.raw)).read()
    except Poison:
        return {}
