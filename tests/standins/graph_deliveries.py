"""What Meta pushes: signed bodies of changes, batched, repeated and out of order."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.standins.graph_bodies import encoded
from tests.standins.graph_things import Comment, Media, PagePost, Person, Remark, Thing

SIGNATURE = "X-Hub-Signature-256"


@dataclass(frozen=True)
class Delivery:
    """One body as it is pushed, with its headers. The signature is over these very bytes."""

    body: bytes
    headers: dict[str, str]


def delivery(kind: str, account_id: str, changes: Iterable[Any], at: int, secret: str) -> Delivery:
    """Return a delivery of some changes to one account, in this order."""
    entry = {"id": account_id, "time": at, "changes": list(changes)}
    return signed(encoded({"object": kind, "entry": [entry]}), secret)


def signed(body: bytes, secret: str) -> Delivery:
    """Return a body with the signature of the app whose secret this is."""
    made = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return Delivery(body, {SIGNATURE: f"sha256={made}", "Content-Type": "application/json"})


def change(thing: Thing, verb: str) -> dict[str, Any]:
    """Return one change as its platform tells it."""
    if isinstance(thing, Comment):
        return {"field": "feed", "value": _comment(thing, verb)}
    if isinstance(thing, PagePost):
        return {"field": "feed", "value": _post(thing, verb)}
    if isinstance(thing, Remark) and thing.media and thing.media.text == "Their own post.":
        value = {"media_id": thing.media.id, "comment_id": thing.id}
        return {"field": "mentions", "value": value}
    if isinstance(thing, Remark):
        return {"field": "comments", "value": _remark(thing)}
    if isinstance(thing, Media):
        return {"field": "mentions", "value": {"media_id": thing.id}}
    raise ValueError(thing.kind)


def _comment(comment: Comment, verb: str) -> dict[str, Any]:
    post_id = comment.post.id if comment.post else ""
    value = {
        "item": "comment",
        "verb": verb,
        "comment_id": comment.id,
        "post_id": post_id,
        "parent_id": comment.parent.id if comment.parent else post_id,
        "created_time": int(comment.made.timestamp()),
        **_from(comment.author),
    }
    return value if verb == "remove" else {**value, "message": comment.text}


def _post(post: PagePost, verb: str) -> dict[str, Any]:
    return {
        "item": "status",
        "verb": verb,
        "post_id": post.id,
        "message": post.text,
        "created_time": int(post.made.timestamp()),
        **_from(post.author),
    }


def _remark(remark: Remark) -> dict[str, Any]:
    value: dict[str, Any] = {"id": remark.id, "text": remark.text}
    if remark.author:
        value["from"] = {"id": remark.author.id, "username": remark.author.name}
    if remark.media:
        value["media"] = {"id": remark.media.id, "media_product_type": "FEED"}
    if remark.parent:
        value["parent_id"] = remark.parent.id
    return value


def _from(author: Person | None) -> dict[str, Any]:
    return {"from": {"id": author.id, "name": author.name}} if author else {}
