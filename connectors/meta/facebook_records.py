"""Reads the records of a Facebook Page: comments, visitors' posts, mentions and reviews."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from connectors.fields import id_of, inner, need_id, record, text_of, time_of, url_of
from connectors.meta.graph import told_in
from connectors.meta.round import Told
from connectors.reasons import NAME_LIMIT, Poison
from connectors.slices import Slice
from moderation.model import Author, Comment, ItemKind, ItemRef, Post, Standing, Unreadable

COMMENT_FIELDS: Final = (
    "id,message,created_time,permalink_url,from{id,name},parent{id},is_hidden,can_hide,can_remove,"
    "can_comment,is_private,comment_count,like_count,message_tags,attachment"
)
POST_FIELDS: Final = (
    "id,message,updated_time,created_time,permalink_url,from,status_type,is_hidden,is_published,"
    "full_picture,comments.filter(stream).summary(true).limit(0)"
)
MENTION_FIELDS: Final = "id,message,created_time,permalink_url,from,full_picture"
REVIEW_FIELDS: Final = (
    "created_time,has_rating,has_review,rating,recommendation_type,review_text,reviewer{id,name},"
    "open_graph_story{id}"
)


class Sort(StrEnum):
    """What an item is to the Graph API, which wants other calls for each."""

    COMMENT = "comment"
    POST = "post"
    MENTION = "mention"
    REVIEW = "review"


def sort_of(ref: ItemRef) -> Sort:
    """Return what an item is, from the fields that were asked for when it came."""
    return sort_in(told_in(ref.raw))


def sort_in(told: Mapping[str, Any]) -> Sort:
    """Return what sort of record has these fields; without any, a comment, which most are."""
    if "reviewer" in told or "has_review" in told or "recommendation_type" in told:
        return Sort.REVIEW
    if not told or "comment_id" in told or "comment_count" in told or "can_remove" in told:
        return Sort.COMMENT
    if "comments" in told or "status_type" in told or "verb" in told:
        return Sort.POST
    return Sort.MENTION


def author_of(told: Mapping[str, Any], name: str = "from") -> Author | None:
    """Return who wrote it, None where the platform withholds it."""
    who = inner(told, name)
    author_id = id_of(who, "id")
    return Author(author_id, name=text_of(who, "name")[:NAME_LIMIT]) if author_id else None


def standing_of(told: Mapping[str, Any]) -> Standing:
    """Return whether the public sees it."""
    hidden = told.get("is_hidden")
    if not isinstance(hidden, bool):
        return Standing.UNKNOWN
    return Standing.HIDDEN if hidden else Standing.VISIBLE


def _media(*addresses: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for address in addresses if address))


def comment_of(told: Mapping[str, Any], raw: bytes, post: Post | None) -> Comment:
    """Return a comment below a post. Raises Poison."""
    parent = id_of(inner(told, "parent"), "id")
    attached = inner(told, "attachment")
    return Comment(
        need_id(told),
        text_of(told, "message"),
        raw,
        created_at=time_of(told, "created_time"),
        author=author_of(told),
        post=post,
        parent_id=parent or None,
        url=url_of(told, "permalink_url"),
        kind=ItemKind.REPLY if parent else ItemKind.COMMENT,
        standing=standing_of(told),
        media=_media(
            url_of(inner(attached, "media", "image"), "src"),
            url_of(inner(attached, "media"), "source"),
        ),
    )


def post_of(told: Mapping[str, Any], raw: bytes, kind: ItemKind) -> Comment:
    """Return somebody else's post: on the Page, or elsewhere with its name in it. Raises Poison."""
    return Comment(
        need_id(told),
        text_of(told, "message"),
        raw,
        created_at=time_of(told, "created_time"),
        author=author_of(told),
        url=url_of(told, "permalink_url"),
        kind=kind,
        standing=standing_of(told),
        media=_media(url_of(told, "full_picture")),
    )


def review_of(told: Mapping[str, Any], raw: bytes) -> Comment:
    """Return a review. It has no id of its own: that of its story stands for it. Raises Poison."""
    return Comment(
        id_of(inner(told, "open_graph_story"), "id") or _id_of_review(told),
        text_of(told, "review_text"),
        raw,
        created_at=time_of(told, "created_time"),
        author=author_of(told, "reviewer"),
        kind=ItemKind.REVIEW,
    )


def _id_of_review(told: Mapping[str, Any]) -> str:
    """Name a review without a story, as some are, by who wrote it and when."""
    when = told.get("created_time")
    if not isinstance(when, str):
        raise Poison("The review has neither an id nor a time.")
    who = id_of(inner(told, "reviewer"), "id")
    return "review-" + hashlib.sha256(f"{who}|{when}".encode("utf-8", "replace")).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads what one Page is shown; page_id tells its own posts from those of visitors."""

    page_id: str

    def comment(self, piece: Slice, post: Post | None) -> Comment | Unreadable:
        """Read one comment."""
        return record(piece, lambda told, raw: comment_of(told, raw, post))

    def mention(self, piece: Slice) -> Comment | Unreadable:
        """Read one post elsewhere that names the Page."""
        return record(piece, lambda told, raw: post_of(told, raw, ItemKind.MENTION))

    def review(self, piece: Slice) -> Comment | Unreadable:
        """Read one review."""
        return record(piece, review_of)

    def visitor_post(self, piece: Slice) -> Comment | Unreadable:
        """Read one post by a visitor on the Page."""
        return record(piece, lambda told, raw: post_of(told, raw, ItemKind.VISITOR_POST))

    def told(self, piece: Slice, *, adverts: bool = False) -> Told:
        """Read one post of a listing.

        Below adverts that are also ordinary posts nothing is read: the other listing has them.
        """
        read = self.visitor_post(piece)
        if isinstance(read, Unreadable):
            mark = hashlib.sha256(piece.raw).hexdigest()[:16]
            return Told(Post(f"?{mark}"), mark, record=read, below=False)
        told = told_in(piece.raw)
        count = inner(told, "comments", "summary").get("total_count")
        counted = count if isinstance(count, int) else 0
        moved = time_of(told, "updated_time")
        at = moved.timestamp() if moved else 0.0
        return Told(
            Post(read.native_id, read.text, read.url),
            f"{counted}.{at:.0f}",
            made=read.created_at.timestamp() if read.created_at else 0.0,
            moved=at,
            comments=counted,
            record=None if adverts or self._is_own(read) else read,
            below=not (adverts and told.get("is_published") is True),
        )

    def _is_own(self, read: Comment) -> bool:
        return read.author is not None and read.author.id == self.page_id
