"""The methods of the stand-in for Bluesky: lists, threads, records and reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.standins.base import Answer, Request
from tests.standins.bluesky_protocol import LABELER, LISTS, Protocol, refused
from tests.standins.bluesky_views import Views
from tests.standins.bluesky_world import POSTS, Version, cid_of, key_of, told


class Methods(Protocol):
    """Answers each method; a handler is named as the last part of its method is."""

    def _listNotifications(self, request: Request, views: Views) -> Answer:  # noqa: N802
        wanted = set(request.query.get("reasons", []))
        shown = [one for one in self.world.notices if not wanted or one[2] in wanted]

        def view(one: tuple[datetime, str, str]) -> dict[str, Any] | None:
            _, uri, reason = one
            post = views.post(uri)
            if post is None or uri in views.hidden(self.world.root_of(uri)):
                return None
            kept = {name: post[name] for name in ("uri", "cid", "author", "record", "indexedAt")}
            return {**kept, "reason": reason, "isRead": False, "labels": []}

        return self._paged(request, "notifications", shown, view)

    def _searchPosts(self, request: Request, views: Views) -> Answer:  # noqa: N802
        words = request.one("q").lower()
        found = [
            (post.at, post.uri)
            for post in self.world.posts.values()
            if post.value and words in str(post.value.get("text")).lower()
        ]
        return self._paged(request, "posts", sorted(found), lambda one: views.post(one[1]))

    def _getQuotes(self, request: Request, views: Views) -> Answer:  # noqa: N802
        uri = request.one("uri")
        quotes = self.world.posts[uri].quotes if uri in self.world.posts else []
        found = sorted((self.world.posts[one].at, one) for one in quotes)
        answer = self._paged(request, "posts", found, lambda one: views.post(one[1]))
        return Answer({"uri": uri, **answer.body}) if answer.status == 200 else answer

    def _getPosts(self, request: Request, views: Views) -> Answer:  # noqa: N802
        uris = request.query.get("uris", [])
        if not 1 <= len(uris) <= 25:
            return refused("InvalidRequest", "Invalid app.bsky.feed.getPosts params")
        return Answer({"posts": [view for uri in uris if (view := views.post(uri))]})

    def _getPostThread(self, request: Request, views: Views) -> Answer:  # noqa: N802
        uri = request.one("uri")
        if not self.world.is_shown(uri):
            return refused("NotFound", f"Post not found: {uri}")
        return Answer(views.thread(uri, int(request.one("depth", "6"))))

    def _getPostThreadV2(self, request: Request, views: Views) -> Answer:  # noqa: N802
        anchor = request.one("anchor")
        if self.world.is_shown(anchor):
            return Answer(views.thread_v2(anchor))
        missing = {"$type": "app.bsky.unspecced.defs#threadItemNotFound"}
        item = {"uri": anchor, "depth": 0, "value": missing}
        return Answer({"hasOtherReplies": False, "thread": [item]})

    def _getPostThreadOtherV2(self, request: Request, views: Views) -> Answer:  # noqa: N802
        anchor = request.one("anchor")
        return Answer(views.others_v2(anchor) if self.world.is_shown(anchor) else {"thread": []})

    def _getRelationships(self, request: Request, _views: Views) -> Answer:  # noqa: N802
        blocks = self.world.blocks(self.is_settled)
        related = []
        for did in request.query.get("others", []):
            one = {"$type": "app.bsky.graph.defs#relationship", "did": did}
            related.append(one | ({"blocking": blocks[did]} if did in blocks else {}))
        return Answer({"actor": request.one("actor"), "relationships": related})

    def _getRecord(self, request: Request, _views: Views) -> Answer:  # noqa: N802
        repo, collection = request.one("repo"), request.one("collection")
        uri = f"at://{repo}/{collection}/{request.one('rkey')}"
        held: Version | None
        if collection == POSTS:
            post = self.world.posts.get(uri)
            held = post.versions[-1] if post and post.value else None
        else:
            held = self.world.held(collection, request.one("rkey"))
        if held is None or (collection != POSTS and repo != self.world.did):
            return refused("RecordNotFound", f"Could not locate record: {uri}")
        return Answer({"uri": uri, "cid": held.cid, "value": held.value})

    def _listRecords(self, request: Request, _views: Views) -> Answer:  # noqa: N802
        collection = request.one("collection")
        found: list[tuple[str, str]] = []
        if collection == POSTS:
            own = f"at://{self.world.did}/"
            uris = [one for one in self.world.posts if one.startswith(own)]
            found = [(key_of(uri), uri) for uri in uris if self.world.posts[uri].value]
        else:
            found = [
                (key, f"at://{self.world.did}/{kind}/{key}")
                for kind, key in self.world.records
                if kind == collection and self.world.held(kind, key)
            ]

        def view(one: tuple[str, str]) -> dict[str, Any]:
            key, uri = one
            held = self.world.held(collection, key) if collection != POSTS else None
            version = held or self.world.posts[uri].versions[-1]
            return {"uri": uri, "cid": version.cid, "value": version.value}

        return self._paged(request, "records", sorted(found), view)

    def _createRecord(self, _request: Request, body: Any) -> Answer:  # noqa: N802
        collection = body["collection"]
        if body["repo"] != self.world.did:
            return refused("AuthenticationRequired", "Authentication Required", 401)
        key = body.get("rkey") or self.world.key(self.clock.now())
        if self.world.held(collection, key):
            # The real server stumbles over the second record of a key in just this way.
            return refused("InternalServerError", "Internal Server Error", 500)
        return self._written(collection, key, body["record"])

    def _putRecord(self, _request: Request, body: Any) -> Answer:  # noqa: N802
        if body["repo"] != self.world.did:
            return refused("AuthenticationRequired", "Authentication Required", 401)
        held = self.world.held(body["collection"], body["rkey"])
        if "swapRecord" in body and (held.cid if held else None) != body["swapRecord"]:
            return refused("InvalidSwap", f"Record was at {held.cid if held else None}")
        return self._written(body["collection"], body["rkey"], body["record"])

    def _written(self, collection: str, key: str, record: dict[str, Any]) -> Answer:
        name, most = LISTS.get(collection, ("", 0))
        if name and len(record.get(name, [])) > most:
            return refused("InvalidRequest", f"Invalid {collection} record: {name} is too long")
        if record.get("$type") != collection:
            return refused("InvalidRequest", f"Invalid $type: expected {collection}")
        version = self.world.put(collection, key, record)
        uri = f"at://{self.world.did}/{collection}/{key}"
        commit = {"cid": cid_of(uri), "rev": self.world.key(self.clock.now())}
        told_back = {"uri": uri, "cid": version.cid, "commit": commit}
        return Answer({**told_back, "validationStatus": "valid"})

    def _deleteRecord(self, _request: Request, body: Any) -> Answer:  # noqa: N802
        if body["repo"] != self.world.did:
            return refused("AuthenticationRequired", "Authentication Required", 401)
        if self.world.held(body["collection"], body["rkey"]):
            self.world.put(body["collection"], body["rkey"], None)
        commit = {"cid": cid_of(body["rkey"]), "rev": self.world.key(self.clock.now())}
        return Answer({"commit": commit})

    def _createReport(self, request: Request, body: Any) -> Answer:  # noqa: N802
        if request.headers.get("atproto-proxy") != f"{LABELER}#atproto_labeler":
            return refused("InvalidRequest", "could not resolve proxy did service url")
        at = told(self.clock.now())
        kept = {name: body[name] for name in ("reasonType", "reason", "subject")}
        report = {"id": len(self.world.reports) + 1, **kept, "createdAt": at}
        report["reportedBy"] = self.world.did
        self.world.reports.append(report)
        return Answer(report)
