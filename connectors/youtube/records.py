"""Makes comments of what YouTube's lists hold, one record at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from connectors.contract import Malformed
from connectors.fields import id_of, inner, need_id, record, text_of, time_of, url_of
from connectors.reasons import ID_LIMIT, NO_ID, NO_TEXT, Poison
from connectors.slices import Slice
from connectors.times import read_time
from moderation.model import Author, Comment, ItemKind, Post, Standing, Unreadable

PUBLISHED, HELD, SPAM, REJECTED = "published", "heldForReview", "likelySpam", "rejected"
STANDINGS: Final = {
    PUBLISHED: Standing.VISIBLE,
    HELD: Standing.HELD,
    SPAM: Standing.HELD,
    REJECTED: Standing.HIDDEN,
}

# Unconfirmed: these two patterns of addresses.
LINK_VIDEO: Final = "https://www.youtube.com/watch?v={video}"
LINK_COMMENT: Final = "https://www.youtube.com/watch?v={video}&lc={comment}"

VIDEO_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
COMMENT_ID: Final = re.compile(r"[A-Za-z0-9_.-]{1,128}", re.ASCII)
_COUNT: Final = re.compile(rb"[0-9]{1,7}")


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of a comment from beside its own record, which may leave it out."""

    video: str = ""
    parent: str = ""
    standing: Standing = Standing.UNKNOWN


@dataclass(frozen=True, slots=True)
class Thread:
    """One comment thread of a list, cut but not yet read.

    replies are the few that came with it; total is how many there are in all. updated_at is when
    the top-level comment was last written.
    """

    id: str
    video: str
    total: int
    at: datetime | None
    updated_at: datetime | None
    top: Slice
    replies: tuple[Slice, ...]

    @property
    def lacks_replies(self) -> bool:
        """Say whether it has more replies than came with it, and an id to ask for them with."""
        return self.total > len(self.replies) and bool(COMMENT_ID.fullmatch(self.id))

    def records(self, standing: Standing) -> list[Comment | Unreadable]:
        """Return the top-level comment and then the replies that came with it, oldest first."""
        below = Beside(self.video, self.id, standing)
        top = comment_of(self.top, Beside(self.video, standing=standing))
        return [top, *(comment_of(piece, below) for piece in reversed(self.replies))]


def thread_of(piece: Slice) -> Thread | Unreadable:
    """Cut a thread. What cannot be read is set aside with its reason."""
    try:
        return _cut(piece) or _aside(piece)
    except Malformed:
        return _aside(piece)


def _cut(piece: Slice) -> Thread | None:
    # Each value is cut out once: a page has a hundred threads.
    parts = piece.members()
    snippet = _members(parts.get("snippet"))
    top = snippet.get("topLevelComment")
    inside = _members(top)
    thread_id = text_in(inside.get("id")) or text_in(parts.get("id"))
    if top is None or not thread_id:
        return None
    about = _members(inside.get("snippet"))
    replies = tuple(parts["replies"].at("comments")) if "replies" in parts else ()
    count = snippet.get("totalReplyCount")
    return Thread(
        thread_id,
        text_in(snippet.get("videoId")),
        int(count.raw) if count and _COUNT.fullmatch(count.raw) else len(replies),
        read_time(text_in(about.get("publishedAt"))),
        read_time(text_in(about.get("updatedAt"))),
        top,
        replies,
    )


def _members(piece: Slice | None) -> dict[str, Slice]:
    return piece.members() if piece is not None and piece.raw.startswith(b"{") else {}


def _aside(piece: Slice) -> Unreadable:
    try:
        piece.read()
    except Poison as err:
        return Unreadable(piece.raw, str(err))
    return Unreadable(piece.raw, NO_ID)


def word(piece: Slice, *path: str) -> str:
    """Return a short text at the end of a path without reading the rest; empty when none."""
    return text_in(piece.get(*path))


def text_in(piece: Slice | None) -> str:
    """Return the short text that a value is; empty when it is none."""
    if piece is None or not piece.raw.startswith(b'"') or len(piece.raw) > 6 * ID_LIMIT:
        return ""
    try:
        told = json.loads(piece.raw)
    except ValueError:
        return ""
    return told if isinstance(told, str) and len(told) <= ID_LIMIT else ""


def comment_of(piece: Slice, beside: Beside) -> Comment | Unreadable:
    """Return one comment resource as a comment, or as unreadable with its reason."""

    def built(read: Mapping[str, Any], raw: bytes) -> Comment:
        return _build(read, raw, beside)

    return record(piece, built)


def _build(read: Mapping[str, Any], raw: bytes, beside: Beside) -> Comment:
    native_id = need_id(read)
    snippet = inner(read, "snippet")
    if not snippet:
        raise Poison(NO_TEXT)
    video = id_of(snippet, "videoId") or beside.video
    parent = id_of(snippet, "parentId") or beside.parent or None
    picture = url_of(snippet, "imageUrl")
    return Comment(
        native_id,
        # The original is there only where YouTube lets us see it.
        text_of(snippet, "textOriginal") or text_of(snippet, "textDisplay"),
        raw,
        created_at=time_of(snippet, "publishedAt"),
        author=author_of(snippet),
        post=Post(video, url=link(LINK_VIDEO, video)) if video else None,
        parent_id=parent,
        url=link(LINK_COMMENT, video, native_id),
        kind=ItemKind.REPLY if parent else ItemKind.COMMENT,
        standing=STANDINGS.get(id_of(snippet, "moderationStatus"), beside.standing),
        media=(picture,) if picture else (),
    )


def author_of(snippet: Mapping[str, Any]) -> Author | None:
    """Return who wrote it; None where YouTube gives no channel of the author."""
    author_id = id_of(inner(snippet, "authorChannelId"), "value")
    if not author_id:
        return None
    name = text_of(snippet, "authorDisplayName")
    return Author(
        author_id,
        name.removeprefix("@") if name.startswith("@") else "",
        name,
        profile=url_of(snippet, "authorChannelUrl"),
        avatar=url_of(snippet, "authorProfileImageUrl"),
    )


def link(pattern: str, video: str, comment: str = "") -> str:
    """Return an address made of ids; empty when one of them is not what an id looks like."""
    if not VIDEO_ID.fullmatch(video) or (comment and not COMMENT_ID.fullmatch(comment)):
        return ""
    return pattern.format(video=video, comment=comment)
