"""How the stand-in for Bluesky shows its world: posts, threads, and what hiding leaves of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.standins.bluesky_world import POSTGATE, THREADGATE, Posted, World, key_of, told

DEEPEST = 1000


class Views:
    """What a reader is shown; signed_in is the account itself, whose blocks count for it alone."""

    def __init__(
        self,
        world: World,
        is_settled: Callable[[datetime], bool],
        *,
        signed_in: bool,
        deepest: int = DEEPEST,
    ) -> None:
        self._world = world
        self._is_settled = is_settled
        self._signed_in = signed_in
        self._deepest = deepest
        self._blocked = set(world.blocks(is_settled)) if signed_in else set()

    def is_withheld(self, uri: str) -> bool:
        """Say whether a post exists and is kept from this reader by a block."""
        return self._world.is_shown(uri) and self._world.posts[uri].author in self._blocked

    def profile(self, did: str) -> dict[str, Any]:
        """Return what is told of an author."""
        handle = self._world.handles.get(did, "handle.invalid")
        shown: dict[str, Any] = {"did": did, "handle": handle, "labels": []}
        if self._signed_in:
            shown["viewer"] = {"muted": False, "blockedBy": False}
        return shown

    def post(self, uri: str) -> dict[str, Any] | None:
        """Return one post, or None where this reader is shown none."""
        if not self._world.is_shown(uri) or self.is_withheld(uri):
            return None
        post = self._world.posts[uri]
        view: dict[str, Any] = {
            "uri": uri,
            "cid": post.cid,
            "author": self.profile(post.author),
            "record": post.value,
            "replyCount": len([one for one in post.below if self._world.is_shown(one)]),
            "repostCount": 0,
            "likeCount": 0,
            "quoteCount": len([one for one in post.quotes if self._world.is_shown(one)]),
            "indexedAt": told(post.at),
            "labels": [],
        }
        if post.quoted:
            view["embed"] = {
                "$type": "app.bsky.embed.record#view",
                "record": self._embedded(post),
            }
        gate = self.gate(uri)
        if gate and not post.reply:
            view["threadgate"] = gate
        return view

    def gate(self, root: str) -> dict[str, Any] | None:
        """Return a thread's gate as readers have it."""
        value = self._world.seen(THREADGATE, key_of(root), self._is_settled)
        if value is None or not root.startswith(f"at://{self._world.did}/"):
            return None
        uri = f"at://{self._world.did}/{THREADGATE}/{key_of(root)}"
        held = self._world.held(THREADGATE, key_of(root))
        return {"uri": uri, "cid": held.cid if held else "", "record": value, "lists": []}

    def hidden(self, root: str) -> set[str]:
        """Return the answers that a thread's gate hides from readers by now."""
        gate = self.gate(root)
        return set(gate["record"].get("hiddenReplies", [])) if gate else set()

    def thread(self, uri: str, depth: int) -> dict[str, Any]:
        """Return a thread as the older call shows it: what is hidden stands among the rest."""
        top = self._node(uri)
        level = [(top, uri)]
        for _ in range(min(depth, self._deepest)):
            below = []
            for node, at in level:
                if "post" in node:
                    children = [(self._node(one), one) for one in self._world.posts[at].below]
                    known = [(one, place) for one, place in children if one]
                    node["replies"] = [one for one, _ in known]
                    below += known
            level = below
        answer: dict[str, Any] = {"thread": top}
        gate = self.gate(self._world.root_of(uri))
        return answer | ({"threadgate": gate} if gate else {})

    def thread_v2(self, anchor: str) -> dict[str, Any]:
        """Return an anchor and its answers as the newer call shows them, without the hidden."""
        hidden = self.hidden(self._world.root_of(anchor))
        below = [one for one in self._world.posts[anchor].below if self.post(one)]
        shown = [anchor, *(one for one in below if one not in hidden)]
        return {
            "hasOtherReplies": any(one in hidden for one in below),
            "thread": [self._item(one, int(one != anchor), hidden=False) for one in shown],
        }

    def others_v2(self, anchor: str) -> dict[str, Any]:
        """Return the hidden answers to an anchor itself."""
        hidden = self.hidden(self._world.root_of(anchor))
        below = [one for one in self._world.posts[anchor].below if one in hidden and self.post(one)]
        return {"thread": [self._item(one, 1, hidden=True) for one in below]}

    def _item(self, uri: str, depth: int, *, hidden: bool) -> dict[str, Any]:
        value = {
            "$type": "app.bsky.unspecced.defs#threadItemPost",
            "post": self.post(uri),
            "moreParents": False,
            "moreReplies": 0,
            "opThread": False,
            "hiddenByThreadgate": hidden,
            "mutedByViewer": False,
        }
        return {"uri": uri, "depth": depth, "value": value}

    def _node(self, uri: str) -> dict[str, Any]:
        if self.is_withheld(uri):
            author = {"did": self._world.posts[uri].author}
            kind = "app.bsky.feed.defs#blockedPost"
            return {"$type": kind, "uri": uri, "blocked": True, "author": author}
        view = self.post(uri)
        return {"$type": "app.bsky.feed.defs#threadViewPost", "post": view} if view else {}

    def _embedded(self, post: Posted) -> dict[str, Any]:
        quoted = post.quoted
        gate = self._world.seen(POSTGATE, key_of(quoted), self._is_settled) or {}
        if post.uri in gate.get("detachedEmbeddingUris", []):
            kind = "app.bsky.embed.record#viewDetached"
            return {"$type": kind, "uri": quoted, "detached": True}
        if not self._world.is_shown(quoted):
            kind = "app.bsky.embed.record#viewNotFound"
            return {"$type": kind, "uri": quoted, "notFound": True}
        one = self._world.posts[quoted]
        return {
            "$type": "app.bsky.embed.record#viewRecord",
            "uri": quoted,
            "cid": one.cid,
            "author": self.profile(one.author),
            "value": one.value,
            "indexedAt": told(one.at),
        }
