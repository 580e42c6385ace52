"""People, moderators and the watched account on a real network, each with calls of their own.

Nothing here is the connector's: what people and the public see is asked over plain HTTP.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Self, TypeVar

import httpx

from connectors.bluesky import connector as bluesky
from connectors.contract import Means
from moderation.model import Comment, ItemRef, Page
from tests.standins.means import CountingMeter, HeldSecrets

POSTS = "app.bsky.feed.post"
PATIENCE = 20.0
Told = TypeVar("Told")


def wait(ask: Callable[[], Told], what: str = "it", patience: float = PATIENCE) -> Told:
    """Ask again until the answer is something: the public's view follows after a moment."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if told := ask():
            return told
        time.sleep(0.03)
    raise AssertionError(f"{what} was not seen within {patience:.0f} s")


def written(at: datetime) -> str:
    """Return a time as records carry it."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class Ref:
    """A post and its version."""

    uri: str
    cid: str

    def strong(self) -> dict[str, str]:
        """Return it as records refer to it."""
        return {"uri": self.uri, "cid": self.cid}


class Network:
    """The servers, seen by nobody in particular and by the moderators."""

    def __init__(self, info: Mapping[str, Any]) -> None:
        self.info = info
        self._http = httpx.Client(trust_env=False, timeout=20.0)
        self._numbers = count(int(time.time()) % 100_000)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, server: str, name: str, token: str = "", **parameters: Any) -> httpx.Response:
        """Ask one server."""
        return self._call("GET", server, name, token, params=parameters)

    def do(self, server: str, name: str, body: Any, token: str = "") -> dict[str, Any]:
        """Call a procedure and return its answer."""
        answer = self._call("POST", server, name, token, json=body)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json() if answer.content else {}
        return told

    def as_moderator(self, server: str, method: str, name: str, **told: Any) -> Any:
        """Call with the moderators' password."""
        address = f"{self.info[server]}/xrpc/{name}"
        password = str(self.info["admin_password"])
        answer = self._http.request(method, address, auth=("admin", password), **told)
        assert answer.status_code == 200, answer.text
        return answer.json() if answer.content else {}

    def person(self, name: str) -> Person:
        """Open an account and wait until it can be seen."""
        return Person(self, f"{name}{next(self._numbers)}")

    def is_shown(self, uri: str) -> bool:
        """Say whether the public is shown a post."""
        return bool(self.get("appview", "app.bsky.feed.getPosts", uris=uri).json()["posts"])

    def in_thread(self, anchor: str) -> set[str]:
        """Return the posts of a thread as the public is shown it."""
        name = "app.bsky.unspecced.getPostThreadV2"
        told = self.get("appview", name, anchor=anchor, below=10, branchingFactor=100).json()
        return {item["uri"] for item in told.get("thread", [])}

    def hidden_below(self, parent: str) -> set[str]:
        """Return the answers that the public is told are hidden below a post."""
        name = "app.bsky.unspecced.getPostThreadOtherV2"
        told = self.get("appview", name, anchor=parent).json()
        return {
            item["uri"]
            for item in told.get("thread", [])
            if item["value"].get("hiddenByThreadgate")
        }

    def _call(self, method: str, server: str, name: str, token: str, **told: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self._http.request(
            method, f"{self.info[server]}/xrpc/{name}", headers=headers, **told
        )


class Person:
    """Somebody with an account."""

    def __init__(self, network: Network, name: str) -> None:
        self.network = network
        self.handle = f"{name}.test"
        self.password = f"password-of-{name}"
        account = {
            "handle": self.handle,
            "email": f"{name}@example.org",
            "password": self.password,
        }
        told = network.do("pds", "com.atproto.server.createAccount", account)
        self.did, self.token = str(told["did"]), str(told["accessJwt"])
        wait(self._is_known, f"The account {self.handle}")

    def post(self, text: str, *, at: datetime | None = None, **more: Any) -> Ref:
        """Publish a post."""
        record = {"$type": POSTS, "text": text, "createdAt": written(at or datetime.now(UTC))}
        return self.create(POSTS, {**record, **more})

    def posted(self, text: str, **more: Any) -> Ref:
        """Publish a post and wait until the public is shown it."""
        ref = self.post(text, **more)
        wait(lambda: self.network.is_shown(ref.uri), text)
        return ref

    def answer(self, root: Ref, text: str, parent: Ref | None = None, **more: Any) -> Ref:
        """Answer a post."""
        reply = {"root": root.strong(), "parent": (parent or root).strong()}
        return self.post(text, reply=reply, **more)

    def quote(self, quoted: Ref, text: str) -> Ref:
        """Quote a post."""
        embed = {"$type": "app.bsky.embed.record", "record": quoted.strong()}
        return self.post(text, embed=embed)

    def mention(self, whom: Person, text: str) -> Ref:
        """Name somebody so that they are notified."""
        feature = {"$type": "app.bsky.richtext.facet#mention", "did": whom.did}
        index = {"byteStart": 0, "byteEnd": len(whom.handle) + 1}
        facets = [{"index": index, "features": [feature]}]
        return self.post(f"@{whom.handle} {text}", facets=facets)

    def edit(self, ref: Ref, text: str) -> None:
        """Change a post in place."""
        key = ref.uri.rpartition("/")[2]
        record = {**self.record(POSTS, key)["value"], "text": text}
        body = {"repo": self.did, "collection": POSTS, "rkey": key, "record": record}
        self.network.do("pds", "com.atproto.repo.putRecord", body, self.token)

    def delete(self, uri: str) -> None:
        """Delete one of the own records."""
        collection, key = uri.split("/")[3:5]
        body = {"repo": self.did, "collection": collection, "rkey": key}
        self.network.do("pds", "com.atproto.repo.deleteRecord", body, self.token)

    def create(self, collection: str, record: dict[str, Any], key: str = "") -> Ref:
        """Write a record."""
        body = {"repo": self.did, "collection": collection, "record": record}
        body |= {"rkey": key} if key else {}
        told = self.network.do("pds", "com.atproto.repo.createRecord", body, self.token)
        return Ref(told["uri"], told["cid"])

    def record(self, collection: str, key: str) -> Any:
        """Return one of the own records."""
        name = "com.atproto.repo.getRecord"
        parameters = {"repo": self.did, "collection": collection, "rkey": key}
        return self.network.get("pds", name, self.token, **parameters).json()

    def blocks(self) -> list[str]:
        """Return whom the account blocks, once for each record."""
        name, collection = "com.atproto.repo.listRecords", "app.bsky.graph.block"
        told = self.network.get("pds", name, self.token, repo=self.did, collection=collection)
        return [one["value"]["subject"] for one in told.json()["records"]]

    def _is_known(self) -> bool:
        answer = self.network.get("appview", "app.bsky.actor.getProfile", actor=self.did)
        return answer.status_code == 200


class Watched(Person):
    """The account that is watched, with its connector over fresh secrets."""

    def __init__(self, network: Network, name: str = "fire") -> None:
        super().__init__(network, f"{name}{next(network._numbers)}")
        told = network.do(
            "pds", "com.atproto.server.createAppPassword", {"name": "watchroom"}, self.token
        )
        self.secrets = HeldSecrets(app_password=told["password"])
        self.connector = self.connect()

    def connect(self, **more: Any) -> bluesky.Bluesky:
        """Return a connector as after a restart."""
        settings = {
            "handle": self.handle,
            "service": self.network.info["pds"],
            "appview": self.network.info["appview"],
            "labeler": self.network.info["ozone_did"],
        }
        means = Means(Path(), self.secrets, CountingMeter())
        return bluesky.connect({**settings, **more}, means)

    def ref(self, post: Ref) -> ItemRef:
        """Return a post as an item of ours, as it stands now."""
        one = self.connector.fetch(ItemRef(post.uri))
        author = one.author.id if one.author else None
        return ItemRef(post.uri, one.url, author, one.post.id if one.post else "", one.raw)


def walk(connector: bluesky.Bluesky, feed: str, cursor: str | None) -> tuple[list[Page], str]:
    """Return all pages that follow a cursor at once, and the cursor behind them."""
    pages = [connector.poll(feed, cursor)]
    while pages[-1].more:
        pages.append(connector.poll(feed, pages[-1].cursor))
    return pages, pages[-1].cursor


def read_again(connector: bluesky.Bluesky) -> list[Page]:
    """Return the pages of a round over the last four weeks."""
    since = datetime.now(UTC) - timedelta(days=28)
    pages = [connector.reread(None, since)]
    while pages[-1].more:
        pages.append(connector.reread(pages[-1].cursor, since))
    return pages


def comments(pages: list[Page]) -> dict[str, Comment]:
    """Return the comments of some pages by their addresses."""
    return {
        one.native_id: one for page in pages for one in page.records if isinstance(one, Comment)
    }
