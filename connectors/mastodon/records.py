"""Makes comments of Mastodon's posts, and finds the post of ours that each of them answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from connectors.fields import id_of, inner, need_id, record, text_of, time_of, url_of
from connectors.mastodon.text import words_of
from connectors.reasons import Poison
from connectors.slices import Slice
from moderation.model import Author, Comment, ItemKind, ItemRef, Post, Standing, Unreadable

ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)
"""What an id may look like that is put into an address: Mastodon's are numbers, as text."""

NO_STATUS: Final = "The notification has no post."
SEEN_BY_ALL: Final = frozenset({"public", "unlisted"})
Status = Mapping[str, Any]


def id_in(record: Mapping[str, Any], name: str) -> str:
    """Return an id that is fit to stand in an address; empty when there is none."""
    try:
        value = id_of(record, name)
    except Poison:
        return ""
    return value if ID.fullmatch(value) else ""


def author_id(status: Status) -> str:
    """Return who wrote a post."""
    return id_in(inner(status, "account"), "id")


def readable(pieces: Iterable[Slice]) -> list[Status]:
    """Return those of some posts that can be read."""
    found: list[Status] = []
    for piece in pieces:
        try:
            found.append(piece.read())
        except Poison:
            continue
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post stands: as what, under which post of ours, and which reply it answers."""

    kind: ItemKind = ItemKind.MENTION
    post: Post | None = None
    parent_id: str | None = None


class Thread:
    """The posts at hand, from which it is told whether a post stands below one of ours."""

    def __init__(self, me: str, statuses: Iterable[Status]) -> None:
        self._me = me
        self._known: dict[str, Status] = {}
        # The nearest post of ours above each post that was asked about or gone past.
        self._above: dict[str, str] = {}
        self.add(statuses)

    def add(self, statuses: Iterable[Status]) -> None:
        """Take in more posts."""
        self._above.clear()
        for status in statuses:
            if native_id := id_in(status, "id"):
                self._known[native_id] = status

    def is_ours(self, status: Status) -> bool:
        """Say whether our account wrote it."""
        return author_id(status) == self._me

    def unknown_above(self, statuses: Iterable[Status]) -> list[str]:
        """Return the ids of what these posts answer, where it is not at hand; each once."""
        above = {
            id_in(status, "in_reply_to_id"): None for status in statuses if not self.is_ours(status)
        }
        return [native_id for native_id in above if native_id and native_id not in self._known]

    def place(self, status: Status, *, quotes: bool = False) -> Place:
        """Return where a post stands; quotes says that the platform told us so."""
        above = id_in(status, "in_reply_to_id")
        ours = self._nearest_of_ours(status)
        if ours and ours == above:
            return Place(ItemKind.COMMENT, self._post(ours))
        if ours:
            return Place(ItemKind.REPLY, self._post(ours), above)
        quoted = inner(status, "quote", "quoted_status")
        if quotes or self.is_ours(quoted):
            return Place(ItemKind.QUOTE, post_of(quoted), above or None)
        return Place(ItemKind.MENTION, None, above or None)

    def _nearest_of_ours(self, status: Status) -> str:
        """Return the nearest post of ours above a post; empty where none is known."""
        path: list[str] = []
        found, at = "", status
        while above := id_in(at, "in_reply_to_id"):
            if id_in(at, "in_reply_to_account_id") == self._me:
                found = above
                break
            # Each post is gone past once: a long quarrel is a thread as deep as it is long.
            if above in self._above or above not in self._known:
                found = self._above.get(above, "")
                break
            path.append(above)
            self._above[above] = ""
            at = self._known[above]
        self._above |= dict.fromkeys(path, found)
        return found

    def _post(self, native_id: str) -> Post:
        known = self._known.get(native_id)
        return (post_of(known) if known else None) or Post(native_id)


def post_of(status: Status) -> Post | None:
    """Return a post of ours as what others answer; None where there is none."""
    native_id = id_in(status, "id")
    if not native_id:
        return None
    try:
        text = words_of(status)
    except Poison:
        text = ""
    return Post(native_id, text, url_of(status, "url"))


def comment_of(status: Status, raw: bytes, place: Place) -> Comment:
    """Return a post as a comment. Raises Poison when it cannot be taken in."""
    return Comment(
        need_id(status),
        words_of(status),
        raw,
        created_at=time_of(status, "created_at"),
        author=_author(inner(status, "account")),
        post=place.post,
        parent_id=place.parent_id,
        url=url_of(status, "url"),
        kind=place.kind,
        standing=Standing.VISIBLE if status.get("visibility") in SEEN_BY_ALL else Standing.UNKNOWN,
        media=_media(status),
    )


def _author(account: Status) -> Author | None:
    author_id = id_of(account, "id")
    if not author_id:
        return None
    return Author(
        author_id,
        text_of(account, "acct"),
        text_of(account, "display_name"),
        profile=url_of(account, "url"),
        avatar=url_of(account, "avatar"),
    )


def record_of(piece: Slice, thread: Thread, *, quotes: bool = False) -> Comment | Unreadable:
    """Return one post of an answer as a record. Never raises."""
    return record(
        piece, lambda status, raw: comment_of(status, raw, thread.place(status, quotes=quotes))
    )


def as_held(status: Status, ref: ItemRef) -> Place:
    """Return where a post stands from what we hold of it: nothing more is asked."""
    above = id_in(status, "in_reply_to_id")
    quoted = inner(status, "quote", "quoted_status")
    if not ref.post_id:
        return Place(ItemKind.MENTION, None, above or None)
    if above == ref.post_id:
        return Place(ItemKind.COMMENT, Post(ref.post_id))
    if not above or id_in(quoted, "id") == ref.post_id:
        return Place(ItemKind.QUOTE, post_of(quoted) or Post(ref.post_id), above or None)
    return Place(ItemKind.REPLY, Post(ref.post_id), above)


def author_held(ref: ItemRef) -> str:
    """Return the author of an item from what we hold; empty when it is not known."""
    if ref.author_id and ID.fullmatch(ref.author_id):
        return ref.author_id
    return next((author_id(status) for status in readable([Slice(ref.raw)])), "")


def _media(status: Status) -> tuple[str, ...]:
    listed = status.get("media_attachments")
    found = (
        url_of(one, "url") or url_of(one, "remote_url")
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, Mapping)
    )
    return tuple(address for address in found if address)
