"""Makes comments of X's posts, whichever of its two spellings X writes.

X renamed parts of its answers in 2026: referenced_tweets became referenced_posts, note_tweet
note_post, edit_history_tweet_ids edit_history_post_ids. Both are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from connectors.fields import id_of, inner, need_id, oldest_first, record, text_of, time_of, url_of
from connectors.reasons import Poison
from connectors.slices import Slice
from connectors.x.answers import Answer, readable
from moderation.model import Author, Comment, ItemKind, Post, Unreadable

ID: Final = re.compile(r"[0-9]{1,19}", re.ASCII)
HANDLE: Final = re.compile(r"[A-Za-z0-9_]{1,30}", re.ASCII)

# Unconfirmed: X's addresses that work without the author's name, and survive its change.
LINK_POST: Final = "https://x.com/i/status/{id}"
LINK_POST_OF: Final = "https://x.com/{handle}/status/{id}"
LINK_AUTHOR: Final = "https://x.com/i/user/{id}"


@dataclass(frozen=True, slots=True)
class Above:
    """A post that others answer or quote."""

    author_id: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What an answer holds beside its posts: authors by id, and the posts they refer to, by id."""

    authors: Mapping[str, Author]
    posts: Mapping[str, Above]


def is_id(value: object) -> bool:
    """Say whether this is an id as X gives them."""
    return isinstance(value, str) and ID.fullmatch(value) is not None


def plain_id(post: Mapping[str, Any], name: str) -> str:
    """Return an id as X gives them, empty where there is none."""
    value = post.get(name)
    return value if isinstance(value, str) and is_id(value) else ""


def newest(ids: Iterable[str]) -> str:
    """Return the highest id, compared as a number; empty where there is none."""
    return max((one for one in ids if is_id(one)), key=int, default="")


def comments_of(answer: Answer, account_id: str) -> tuple[Comment | Unreadable, ...]:
    """Return what others wrote in a page of posts, oldest first; the account's own are left out."""
    beside = beside_of(answer)
    # X gives the newest first, so what has the same time stands the other way round too.
    records = [comment_of(piece, beside, account_id) for piece in reversed(answer.posts)]
    return oldest_first(one for one in records if not _is_by(one, account_id))


def comment_of(piece: Slice, beside: Beside, account_id: str) -> Comment | Unreadable:
    """Return one post as a comment, its raw bytes those of the post alone."""
    return record(piece, lambda post, raw: _build(post, raw, beside, account_id))


def beside_of(answer: Answer) -> Beside:
    """Read what came along with the posts; what cannot be read there is as if it were absent."""
    authors = [_author(readable(user)) for user in answer.users]
    posts = [readable(post) for post in answer.above]
    return Beside(
        {author.id: author for author in authors if author.id},
        {post["id"]: _above(post) for post in posts if is_id(post.get("id"))},
    )


def referenced(post: Mapping[str, Any]) -> dict[str, str]:
    """Return the id of the post that this one answers ("replied_to") or quotes ("quoted")."""
    given = post.get("referenced_tweets") or post.get("referenced_posts") or []
    found = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    return {str(one.get("type")): plain_id(one, "id") for one in found}


def history(post: Mapping[str, Any]) -> list[str]:
    """Return the ids under which a post was published, the first one first: an edit makes one."""
    given = post.get("edit_history_tweet_ids") or post.get("edit_history_post_ids") or []
    ids = [one for one in given if is_id(one)] if isinstance(given, list) else []
    return ids if post.get("id") in ids else []


def is_elsewhere(post: Mapping[str, Any], account_id: str) -> bool:
    """Say whether a reply surely stands in a conversation that another account started."""
    to = plain_id(post, "in_reply_to_user_id")
    return bool(to) and to != account_id and _is_direct(post)


def is_under_ours(post: Mapping[str, Any], account_id: str) -> bool:
    """Say whether a reply surely stands in a conversation that this account started."""
    return plain_id(post, "in_reply_to_user_id") == account_id and _is_direct(post)


def link_to(post_id: str, handle: str = "") -> str:
    """Return the address of a post, empty where its id is none of X's."""
    if not is_id(post_id):
        return ""
    known = HANDLE.fullmatch(handle) is not None
    return (LINK_POST_OF if known else LINK_POST).format(id=post_id, handle=handle)


def _build(post: Mapping[str, Any], raw: bytes, beside: Beside, account_id: str) -> Comment:
    post_id = need_id(post)
    author = _author_of(post, beside)
    return Comment(
        native_id=(history(post) or [post_id])[0],
        text=_text(post),
        raw=raw,
        created_at=time_of(post, "created_at"),
        author=author,
        post=_post_above(post, beside, account_id),
        parent_id=referenced(post).get("replied_to") or None,
        url=link_to(post_id, author.handle if author else ""),
        kind=_kind(post, account_id),
        media=_media(post),
    )


def _is_by(one: Comment | Unreadable, account_id: str) -> bool:
    return isinstance(one, Comment) and one.author is not None and one.author.id == account_id


def _is_direct(post: Mapping[str, Any]) -> bool:
    """Say whether a reply answers the post that the conversation began with."""
    root = plain_id(post, "conversation_id")
    return root != "" and referenced(post).get("replied_to") == root


def _text(post: Mapping[str, Any]) -> str:
    """Return the whole text: beyond 280 characters "text" is cut, and the note holds all of it."""
    notes = (inner(post, "note_tweet"), inner(post, "note_post"))
    return next((text for note in notes if (text := text_of(note, "text"))), text_of(post, "text"))


def _kind(post: Mapping[str, Any], account_id: str) -> ItemKind:
    refers = referenced(post)
    if "replied_to" in refers:
        if is_elsewhere(post, account_id):
            return ItemKind.MENTION
        return ItemKind.COMMENT if is_under_ours(post, account_id) else ItemKind.REPLY
    return ItemKind.QUOTE if "quoted" in refers else ItemKind.MENTION


def _post_above(post: Mapping[str, Any], beside: Beside, account_id: str) -> Post | None:
    """Return the account's own post that this one answers or quotes, None where it is another's.

    A reply to a reply does not say who started its conversation: it is taken for ours.
    """
    refers = referenced(post)
    if "replied_to" in refers:
        root = "" if is_elsewhere(post, account_id) else plain_id(post, "conversation_id")
        return _post(root, beside) if root else None
    quoted = refers.get("quoted", "")
    ours = beside.posts.get(quoted, Above()).author_id == account_id
    return _post(quoted, beside) if ours else None


def _post(post_id: str, beside: Beside) -> Post:
    return Post(post_id, beside.posts.get(post_id, Above()).text, link_to(post_id))


def _above(post: Mapping[str, Any]) -> Above:
    try:
        return Above(plain_id(post, "author_id"), _text(post))
    except Poison:
        return Above()


def _author_of(post: Mapping[str, Any], beside: Beside) -> Author | None:
    author_id = id_of(post, "author_id")
    return beside.authors.get(author_id, Author(author_id)) if author_id else None


def _author(user: Mapping[str, Any]) -> Author:
    names = (user.get(name) for name in ("username", "name"))
    handle, name = (value if isinstance(value, str) else "" for value in names)
    return Author(str(user.get("id") or ""), handle, name)


def _media(post: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the addresses of pictures and videos, which X gives among the links of the text."""
    links = inner(post, "entities").get("urls")
    found = [one for one in links if isinstance(one, dict)] if isinstance(links, list) else []
    addresses = (url_of(one, "expanded_url") for one in found if one.get("media_key"))
    return tuple(dict.fromkeys(address for address in addresses if address))
