"""Reads the records of an Instagram account: comments, the answers inside them, and mentions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from connectors.fields import id_of, inner, need_id, record, text_of, time_of, url_of
from connectors.meta.graph import after_of, told_in
from connectors.meta.round import Branch, Told
from connectors.meta.walk import Walk
from connectors.slices import Slice
from moderation.model import Author, Comment, ItemKind, ItemRef, Post, Standing, Unreadable

REPLY_FIELDS: Final = "id,text,timestamp,username,from,hidden,like_count,parent_id,media{id}"
REPLIES_LIMIT: Final = 50
COMMENT_FIELDS: Final = f"{REPLY_FIELDS},replies.limit({REPLIES_LIMIT}){{{REPLY_FIELDS}}}"
MEDIA_FIELDS: Final = (
    "id,caption,permalink,timestamp,comments_count,media_product_type,is_comment_enabled"
)
TAG_FIELDS: Final = "id,caption,permalink,timestamp,username,media_type,media_url"
# What an account may see of what others wrote with its name in it; "hidden" is not among it.
MENTIONED_COMMENT_FIELDS: Final = "id,text,timestamp,username,like_count,media{id,permalink}"
MENTIONED_MEDIA_FIELDS: Final = "id,caption,timestamp,username,media_type,media_url"

# Unconfirmed: a comment has no address of its own in the API; this is where Instagram shows one.
LINK_INSTAGRAM_COMMENT: Final = "https://www.instagram.com/p/{shortcode}/c/{comment_id}/"

_POST_LINK: Final = re.compile(
    r"https://www\.instagram\.com/(?:p|reel|tv)/([A-Za-z0-9_-]{5,40})/?", re.ASCII
)
_COMMENT_ID: Final = re.compile(r"[0-9]{1,40}", re.ASCII)


class Sort(StrEnum):
    """What an item is to the Graph API, which wants other calls for each."""

    COMMENT = "comment"
    TAGGED = "tagged"
    MENTIONED_COMMENT = "mentioned_comment"
    MENTIONED_MEDIA = "mentioned_media"


def sort_of(ref: ItemRef) -> Sort:
    """Return what an item is, from the fields that came with it; without any, a comment."""
    told = told_of(ref)
    if "comment_id" in told or ("text" in told and "timestamp" in told and "hidden" not in told):
        return Sort.MENTIONED_COMMENT
    if "media_id" in told:
        return Sort.MENTIONED_MEDIA
    if "media_type" in told or "caption" in told:
        return Sort.TAGGED if "permalink" in told else Sort.MENTIONED_MEDIA
    return Sort.COMMENT


def post_link(url: str) -> str:
    """Return a delivered address when it surely leads to a post on Instagram, else nothing."""
    return url if _POST_LINK.fullmatch(url) else ""


def comment_link(permalink: str, comment_id: str) -> str:
    """Return where a comment can be seen: under its post's address, or the post itself."""
    post = _POST_LINK.fullmatch(permalink)
    if post is None or not _COMMENT_ID.fullmatch(comment_id):
        return post_link(permalink)
    return LINK_INSTAGRAM_COMMENT.format(shortcode=post[1], comment_id=comment_id)


def author_of(told: Mapping[str, Any]) -> Author | None:
    """Return who wrote it; where only a name is told, the name stands for the id."""
    who = inner(told, "from")
    handle = text_of(who, "username") or text_of(told, "username")
    author_id = id_of(who, "id") or id_of({"username": handle}, "username")
    return Author(author_id, handle) if author_id else None


def standing_of(told: Mapping[str, Any]) -> Standing:
    """Return whether the public sees it."""
    hidden = told.get("hidden")
    if not isinstance(hidden, bool):
        return Standing.UNKNOWN
    return Standing.HIDDEN if hidden else Standing.VISIBLE


def comment_of(
    told: Mapping[str, Any], raw: bytes, post: Post | None, *, below: str = ""
) -> Comment:
    """Return a comment; below is the comment that it stands under in the answer. Raises Poison."""
    native_id = need_id(told)
    parent = id_of(told, "parent_id") or below
    return Comment(
        native_id,
        text_of(told, "text"),
        raw,
        created_at=time_of(told, "timestamp"),
        author=author_of(told),
        post=post,
        parent_id=parent or None,
        url=comment_link(post.url, native_id) if post else "",
        kind=ItemKind.REPLY if parent else ItemKind.COMMENT,
        standing=standing_of(told),
    )


def mentioned_comment_of(told: Mapping[str, Any], raw: bytes) -> Comment:
    """Return a comment elsewhere with the account's name in it. Raises Poison."""
    native_id = need_id(told)
    permalink = url_of(inner(told, "media"), "permalink")
    return Comment(
        native_id,
        text_of(told, "text"),
        raw,
        created_at=time_of(told, "timestamp"),
        author=author_of(told),
        url=comment_link(permalink, native_id),
        kind=ItemKind.MENTION,
    )


def tagged_of(told: Mapping[str, Any], raw: bytes) -> Comment:
    """Return somebody else's post with the account's name on it or in it. Raises Poison."""
    picture = url_of(told, "media_url")
    return Comment(
        need_id(told),
        text_of(told, "caption"),
        raw,
        created_at=time_of(told, "timestamp"),
        author=author_of(told),
        url=url_of(told, "permalink"),
        kind=ItemKind.MENTION,
        media=(picture,) if picture else (),
    )


def bare(piece: Slice, replies: Slice | None) -> Slice:
    """Return a comment without the answers inside it, so that poison there does not spoil it."""
    # What holds no quotation mark could stand inside a text as well, and holds no answers.
    if replies is None or b'"' not in replies.raw:
        return piece
    return Slice(piece.raw.replace(replies.raw, b"null", 1))


def told_of(ref: ItemRef) -> dict[str, Any]:
    """Return what an item's bytes say, without the answers inside them."""
    piece = Slice(ref.raw)
    return told_in(bare(piece, piece.get("replies")).raw) if ref.raw.startswith(b"{") else {}


@dataclass(frozen=True, slots=True)
class Thread:
    """A top-level comment, first, and the answers inside it; cut is set where some are missing."""

    records: tuple[Comment | Unreadable, ...]
    cut: Branch | None


def thread_of(piece: Slice, post: Post) -> Thread:
    """Read a top-level comment and its answers. Its bytes are kept with the answers inside them."""
    inside = piece.get("replies") if b'"replies"' in piece.raw else None
    top = record(bare(piece, inside), lambda told, _raw: comment_of(told, piece.raw, post))
    if isinstance(top, Unreadable):
        top = replace(top, raw=piece.raw)
    top_id = top.native_id if isinstance(top, Comment) else ""
    if inside is None or not inside.raw.startswith(b"{"):
        return Thread((top,), None)
    replies = [reply_of(reply, post, top_id) for reply in inside.at("data")]
    after = after_of(inside.members())
    cut = Branch(top_id, Walk(after=after)) if after and top_id else None
    return Thread((top, *replies), cut)


def reply_of(piece: Slice, post: Post, below: str) -> Comment | Unreadable:
    """Read one answer to a comment."""
    return record(piece, lambda told, raw: comment_of(told, raw, post, below=below))


def media_of(piece: Slice) -> Told:
    """Read one of the account's own posts."""
    told = told_in(piece.raw)
    media = record(piece, tagged_of)
    if isinstance(media, Unreadable):
        mark = hashlib.sha256(piece.raw).hexdigest()[:16]
        return Told(Post(f"?{mark}"), mark, record=media, below=False)
    count = told.get("comments_count")
    counted = count if isinstance(count, int) else 0
    return Told(
        Post(media.native_id, media.text, media.url),
        str(counted),
        made=media.created_at.timestamp() if media.created_at else 0.0,
        comments=counted,
    )


def tagged(piece: Slice) -> Comment | Unreadable:
    """Read one post that the account is tagged in."""
    return record(piece, tagged_of)


def mentioned_comment(piece: Slice) -> Comment | Unreadable:
    """Read one comment elsewhere that names the account."""
    return record(piece, mentioned_comment_of)
