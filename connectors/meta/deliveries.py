"""Reads what Meta pushes to us: changes below a Page's posts, and Instagram comments and mentions.

A body holds up to a thousand changes, batched, repeated and in any order. It tells that something
happened; how an item stands now, only the platform itself says. Nothing here raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from connectors.contract import Delivered, Malformed
from connectors.fields import id_of, inner, need_id, record, text_of, time_of, url_of
from connectors.meta.facebook_records import author_of as page_author_of
from connectors.meta.graph import part
from connectors.meta.instagram_records import author_of as instagram_author_of
from connectors.reasons import Poison
from connectors.slices import CUT_OFF, OTHER_SHAPE, Slice, whole
from connectors.times import read_time
from moderation.model import (
    Change,
    Comment,
    ItemKind,
    Post,
    Standing,
    Unreadable,
)

CHANGES_MOST: Final = 1_000
TOO_MANY: Final = f"The delivery holds more than {CHANGES_MOST:,} changes."

# Unconfirmed: that hiding is told at all. Adding, editing and removing are documented.
FACEBOOK_WEBHOOK_VERBS: Final = frozenset({"add", "edited", "edit", "remove", "hide", "unhide"})
_STANDINGS: Final[Mapping[str, Standing]] = {"hide": Standing.HIDDEN, "unhide": Standing.VISIBLE}
# What is told of a Page besides: likes, shares, and its own albums and events.
_POSTS: Final = frozenset({"post", "status", "photo", "video", "share"})

Record = Comment | Unreadable
Read = Callable[[Slice, str], Record | None]


def read_page_delivery(body: bytes) -> tuple[Delivered, ...]:
    """Return what a delivery of the object "page" tells, oldest first."""
    return _read(body, "page", {"feed": _feed})


def read_instagram_delivery(body: bytes) -> tuple[Delivered, ...]:
    """Return what a delivery of the object "instagram" tells, oldest first."""
    return _read(body, "instagram", {"comments": _comment, "mentions": _mention})


def _read(body: bytes, expected: str, fields: Mapping[str, Read]) -> tuple[Delivered, ...]:
    try:
        outer = whole(body)
        if outer.get("object") != Slice(f'"{expected}"'.encode()):
            return (Delivered("", Unreadable(body, OTHER_SHAPE)),)
        changes = list(_changes(outer))
    except Malformed:
        return (Delivered("", Unreadable(body, CUT_OFF)),)
    told = [
        Delivered(account_id, read)
        for account_id, _, piece in sorted(changes[:CHANGES_MOST], key=lambda change: change[1])
        if (read := _told(piece, account_id, fields)) is not None
    ]
    if len(changes) > CHANGES_MOST:
        told.append(Delivered("", Unreadable(body, TOO_MANY)))
    return tuple(told)


def _changes(outer: Slice) -> Iterator[tuple[str, float, Slice]]:
    """Yield each change with its account's id and the time that its entry tells."""
    for entry in outer.at("entry"):
        if not entry.raw.startswith(b"{"):
            yield "", 0.0, entry
            continue
        account_id, at = _entry(entry)
        for change in entry.at("changes"):
            yield account_id, at, change


def _entry(entry: Slice) -> tuple[str, float]:
    members = entry.members()
    head = part(Slice(b'{"id":%s,"time":%s}' % tuple(_raw(members, n) for n in ("id", "time"))))
    at = read_time(head.get("time"))
    try:
        return id_of(head, "id"), at.timestamp() if at else 0.0
    except Poison:
        return "", 0.0


def _raw(members: Mapping[str, Slice], name: str) -> bytes:
    return members[name].raw if name in members else b"null"


def _told(change: Slice, account_id: str, fields: Mapping[str, Read]) -> Record | None:
    """Return what one change tells; None for what is no comment, such as a like."""
    if not change.raw.startswith(b"{"):
        return Unreadable(change.raw, OTHER_SHAPE)
    members = change.members()
    name = _raw(members, "field").decode("utf-8", "replace").strip('"')
    if name not in fields:
        return None
    value = members.get("value")
    if value is None:
        return Unreadable(change.raw, OTHER_SHAPE)
    return fields[name](value, account_id)


def _feed(value: Slice, page_id: str) -> Record | None:
    """Return a change below a Page's posts, or of a visitor's post; None for anything else."""
    told = part(value)
    item = told.get("item")
    if told and item != "comment":
        author = inner(told, "from").get("id")
        if item not in _POSTS or author == page_id:
            return None
    if told and told.get("verb") not in FACEBOOK_WEBHOOK_VERBS:
        return None
    return record(value, _feed_record)


def _feed_record(told: Mapping[str, Any], raw: bytes) -> Comment:
    if told.get("item") == "comment":
        found = _page_comment(told, raw)
    else:
        found = Comment(
            need_id(told, "post_id"), text_of(told, "message"), raw, kind=ItemKind.VISITOR_POST
        )
    verb = str(told.get("verb"))
    return replace(
        found,
        created_at=time_of(told, "created_time"),
        author=page_author_of(told),
        url=url_of(told, "permalink_url") or url_of(inner(told, "post"), "permalink_url"),
        change=Change.DELETED if verb == "remove" else Change.PRESENT,
        standing=_STANDINGS.get(verb, Standing.UNKNOWN),
    )


def _page_comment(told: Mapping[str, Any], raw: bytes) -> Comment:
    post_id, parent = id_of(told, "post_id"), id_of(told, "parent_id")
    # At the top level the parent that is told is the post itself.
    is_reply = parent not in {"", post_id}
    return Comment(
        need_id(told, "comment_id"),
        text_of(told, "message"),
        raw,
        post=Post(post_id) if post_id else None,
        parent_id=parent if is_reply else None,
        kind=ItemKind.REPLY if is_reply else ItemKind.COMMENT,
    )


def _comment(value: Slice, _user_id: str) -> Record:
    """Return an Instagram comment. Of edits and deletions nothing is told."""
    return record(value, _instagram_comment)


def _instagram_comment(told: Mapping[str, Any], raw: bytes) -> Comment:
    post_id, parent = id_of(inner(told, "media"), "id"), id_of(told, "parent_id")
    return Comment(
        need_id(told),
        text_of(told, "text"),
        raw,
        author=instagram_author_of(told),
        post=Post(post_id) if post_id else None,
        parent_id=parent or None,
        kind=ItemKind.REPLY if parent else ItemKind.COMMENT,
    )


def _mention(value: Slice, _user_id: str) -> Record:
    """Return a mention elsewhere: where it stands is told, its words are not."""
    return record(value, _mention_record)


def _mention_record(told: Mapping[str, Any], raw: bytes) -> Comment:
    native_id = id_of(told, "comment_id") or need_id(told, "media_id")
    return Comment(native_id, "", raw, kind=ItemKind.MENTION)
