"""The posts behind the stand-in for X, kept so that ten thousand of them are found quickly."""

from __future__ import annotations

import json
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

# X's ids are milliseconds since this moment, shifted, so that later ones are higher.
EPOCH_MS = 1_288_834_974_657
SHORT = 280


def id_at(at: datetime) -> int:
    """Return the lowest id of a moment."""
    return max(0, int(at.timestamp() * 1000) - EPOCH_MS) << 22


def stamp(at: datetime) -> str:
    """Return a time as X writes it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


@dataclass
class Post:
    """One post. versions are its ids and texts, the first one's first; raw replaces its record."""

    author: str
    at: datetime
    versions: list[tuple[int, str]]
    conversation: int = 0
    parent: int | None = None
    to: str | None = None
    quoted: int | None = None
    names_us: bool = False
    withheld: bool = False
    protected: bool = False
    removed: bool = False
    picture: bool = False
    hidden_at: datetime | None = None
    raw: bytes | None = None

    @property
    def first(self) -> int:
        """Return the id that it was published under."""
        return self.versions[0][0]

    @property
    def now(self) -> int:
        """Return the id of its last edit."""
        return self.versions[-1][0]


@dataclass
class World:
    """All posts, by every id that they ever had, and in the lists that X answers from."""

    account: str
    posts: dict[int, Post] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    mentions: list[int] = field(default_factory=list)
    own: list[int] = field(default_factory=list)
    below: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    quoting: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def user(self, handle: str) -> str:
        """Return the id of an author, making one where there is none."""
        return self.users.setdefault(handle, str(7_000 + len(self.users)))

    def add(self, author: str, text: str, at: datetime, **more: Any) -> Post:
        """Publish a post."""
        post = Post(author, at, [(self._free(at), text)], **more)
        post.conversation = post.conversation or post.first
        self.posts[post.first] = post
        self._file(post)
        return post

    def edit(self, post: Post, text: str, at: datetime) -> None:
        """Publish another version: X gives it an id of its own."""
        self._unfile(post)
        post.versions.append((self._free(max(at, post.at + timedelta(milliseconds=1))), text))
        self.posts[post.now] = post
        self._file(post)

    def remove(self, post: Post) -> None:
        """Delete a post."""
        post.removed = True
        self._unfile(post)

    def _lists(self, post: Post) -> Iterator[list[int]]:
        ours = post.author == self.account
        if ours and post.parent is None:
            yield self.own
        if post.names_us and not ours:
            yield self.mentions
        yield self.below[post.conversation]
        if post.quoted:
            yield self.quoting[post.quoted]

    def _file(self, post: Post) -> None:
        for ids in self._lists(post):
            insort(ids, post.now)

    def _unfile(self, post: Post) -> None:
        for ids in self._lists(post):
            at = bisect_left(ids, post.now)
            if at < len(ids) and ids[at] == post.now:
                del ids[at]

    def _free(self, at: datetime) -> int:
        id_ = id_at(at)
        while id_ in self.posts:
            id_ += 1
        return id_


def record_of(post: Post, version: int, name: str, fields: set[str]) -> bytes:
    """Return a post's record with the fields that were asked for; name is its spelling."""
    if post.raw is not None:
        return post.raw
    text = next(text for id_, text in post.versions if id_ == version)
    full = {
        "attachments": {"media_keys": [f"3_{post.first}"]} if post.picture else None,
        "author_id": post.author,
        "conversation_id": str(post.conversation),
        "created_at": stamp(post.at),
        "edit_controls": {"edits_remaining": 5, "is_edit_eligible": True},
        "entities": {"urls": [_picture(version)]} if post.picture else None,
        "in_reply_to_user_id": post.to,
        "lang": "en",
        f"note_{name}": {"text": text} if len(text) > SHORT else None,
        f"referenced_{name}s": _referred(post),
    }
    shown = {field: value for field, value in full.items() if field in fields and value is not None}
    always = {
        "id": str(version),
        "text": text[:SHORT],
        f"edit_history_{name}_ids": [str(id_) for id_, _ in post.versions],
    }
    return json.dumps({**always, **shown}, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _referred(post: Post) -> list[dict[str, str]] | None:
    kinds = {"replied_to": post.parent, "quoted": post.quoted}
    return [{"type": kind, "id": str(id_)} for kind, id_ in kinds.items() if id_] or None


def _picture(version: int) -> dict[str, Any]:
    return {
        "start": 0,
        "end": 23,
        "url": "https://t.co/stand-in",
        "expanded_url": f"https://x.com/i/status/{version}/photo/1",
        "display_url": "pic.x.com/stand-in",
        "media_key": f"3_{version}",
    }
