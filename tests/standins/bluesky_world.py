"""What lies behind the stand-in for Bluesky: accounts, repositories, and what readers are shown."""

from __future__ import annotations

import base64
import bisect
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

POSTS = "app.bsky.feed.post"
THREADGATE = "app.bsky.feed.threadgate"
POSTGATE = "app.bsky.feed.postgate"
BLOCKS = "app.bsky.graph.block"
NOTIFIED_UP_TO = 5
"""Levels above an answer whose authors are notified of it."""


def did_of(name: str) -> str:
    """Return a DID of the usual kind, made from a name."""
    digest = base64.b32encode(hashlib.sha256(name.encode()).digest()).decode().lower()
    return f"did:plc:{digest[:24]}"


def cid_of(text: str) -> str:
    """Return a content identifier in the usual form."""
    digest = base64.b32encode(hashlib.sha256(text.encode()).digest()).decode().lower()
    return f"bafyrei{digest[:52]}"


def key_of(uri: str) -> str:
    """Return a record's key, which is the end of its address."""
    return uri.rpartition("/")[2]


def told(at: datetime) -> str:
    """Return a time as Bluesky writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class Version:
    """What a record said from a time on; None from when it was deleted."""

    at: datetime
    value: dict[str, Any] | None
    cid: str


@dataclass
class Posted:
    """One post of anybody's."""

    uri: str
    author: str
    at: datetime
    versions: list[Version]
    reply: dict[str, str] | None = None
    quoted: str = ""
    taken_down: bool = False
    below: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)

    @property
    def value(self) -> dict[str, Any] | None:
        """Return the record as it stands in its author's repository."""
        return self.versions[-1].value

    @property
    def cid(self) -> str:
        """Return the present version's identifier."""
        return self.versions[-1].cid


class World:
    """Everybody's posts, and the records of the account that is watched."""

    def __init__(self, handle: str, now: Callable[[], datetime]) -> None:
        self.handle = handle
        self.did = did_of(handle)
        self.now = now
        self.posts: dict[str, Posted] = {}
        self.notices: list[tuple[datetime, str, str]] = []
        self.records: dict[tuple[str, str], list[Version]] = {}
        self.handles = {self.did: handle}
        self.suspended: set[str] = set()
        self.reports: list[dict[str, Any]] = []
        self._numbers = count(1)

    def write(
        self,
        author: str,
        text: Any,
        *,
        at: datetime | None = None,
        reply: dict[str, str] | None = None,
        quoted: str = "",
        mentions: bool = False,
        noticed: bool = True,
        **more: Any,
    ) -> str:
        """Let somebody write a post and return its address."""
        at = at or self.now()
        did = self.did if author == self.handle else did_of(author)
        self.handles.setdefault(did, author)
        uri = f"at://{did}/{POSTS}/{self.key(at)}"
        value: dict[str, Any] = {"$type": POSTS, "text": text, "createdAt": told(at), **more}
        if reply:
            value["reply"] = {name: self.ref(one) for name, one in reply.items()}
        if quoted:
            value["embed"] = {"$type": "app.bsky.embed.record", "record": self.ref(quoted)}
        if mentions:
            feature = {"$type": "app.bsky.richtext.facet#mention", "did": self.did}
            value["facets"] = [{"index": {"byteStart": 0, "byteEnd": 1}, "features": [feature]}]
        self.posts[uri] = Posted(
            uri, did, at, [Version(at, value, cid_of(uri))], reply=reply, quoted=quoted
        )
        if reply and reply["parent"] in self.posts:
            self.posts[reply["parent"]].below.append(uri)
        if quoted in self.posts:
            self.posts[quoted].quotes.append(uri)
        reason = self._reason(uri, mentions=mentions)
        if noticed and reason and did != self.did:
            bisect.insort(self.notices, (at, uri, reason))
        return uri

    def edit(self, uri: str, text: str) -> None:
        """Let an author change a post in place: the same address, another identifier."""
        post = self.posts[uri]
        value = {**(post.value or {}), "text": text}
        post.versions.append(Version(self.now(), value, cid_of(uri + text)))

    def delete(self, uri: str) -> None:
        """Let an author delete a post."""
        self.posts[uri].versions.append(Version(self.now(), None, ""))

    def key(self, at: datetime) -> str:
        """Return a record key that tells its time (https://atproto.com/specs/tid)."""
        number = (int(at.timestamp() * 1_000_000) << 10) | (next(self._numbers) % 1024)
        digits = "234567abcdefghijklmnopqrstuvwxyz"
        return "".join(digits[number >> shift & 31] for shift in range(60, -1, -5))

    def ref(self, uri: str) -> dict[str, str]:
        """Return a reference to a post, which need not exist any more."""
        post = self.posts.get(uri)
        return {"uri": uri, "cid": post.cid if post and post.cid else cid_of(uri)}

    def put(self, collection: str, key: str, value: dict[str, Any] | None) -> Version:
        """Write a record of the account's own, or delete it."""
        version = Version(self.now(), value, cid_of(f"{collection}{key}{value}"))
        self.records.setdefault((collection, key), []).append(version)
        return version

    def held(self, collection: str, key: str) -> Version | None:
        """Return a record of the account's own as its repository has it."""
        versions = self.records.get((collection, key), [])
        return versions[-1] if versions and versions[-1].value is not None else None

    def seen(
        self, collection: str, key: str, is_settled: Callable[[datetime], bool]
    ) -> dict[str, Any] | None:
        """Return a record of the account's own as readers have it by now."""
        versions = [one for one in self.records.get((collection, key), []) if is_settled(one.at)]
        return versions[-1].value if versions else None

    def blocks(self, is_settled: Callable[[datetime], bool] | None = None) -> dict[str, str]:
        """Return the addresses of the account's blocks by whom they block."""
        found = {}
        for collection, key in self.records:
            if collection == BLOCKS:
                held = self.held(collection, key)
                value = (
                    self.seen(collection, key, is_settled) if is_settled else held and held.value
                )
                if value:
                    found[value["subject"]] = f"at://{self.did}/{BLOCKS}/{key}"
        return found

    def is_shown(self, uri: str) -> bool:
        """Say whether a post can be seen by anybody at all."""
        post = self.posts.get(uri)
        return bool(
            post and post.value and not post.taken_down and post.author not in self.suspended
        )

    def root_of(self, uri: str) -> str:
        """Return the post that a thread begins with."""
        reply = self.posts[uri].reply
        return reply["root"] if reply else uri

    def _reason(self, uri: str, *, mentions: bool) -> str:
        post, at = self.posts[uri], uri
        for _ in range(NOTIFIED_UP_TO):
            reply = self.posts[at].reply if at in self.posts else None
            if reply is None:
                break
            at = reply["parent"]
            if at.startswith(f"at://{self.did}/"):
                return "reply"
        if post.quoted.startswith(f"at://{self.did}/"):
            return "quote"
        return "mention" if mentions else ""
