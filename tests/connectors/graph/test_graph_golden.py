"""Answers as the platform gives them, kept in files, and the comments that they become."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.meta.deliveries import read_instagram_delivery, read_page_delivery
from connectors.meta.facebook_records import Reader
from connectors.meta.graph import listing
from connectors.meta.instagram_records import media_of, tagged, thread_of
from connectors.meta.walk import Record
from connectors.wire import Exchange
from moderation.model import Post

DATA = Path(__file__).parents[2] / "data" / "connectors"
GOLDEN = {
    (name, case["what"]): case
    for name in ("facebook_page", "instagram")
    for case in json.loads((DATA / f"{name}.json").read_text())
}
READER = Reader("1001")


def read(what: str, body: bytes, post: Post) -> list[Record | None]:
    """Return the records that an answer of this sort becomes."""
    if what.startswith("a delivery"):
        reader = read_page_delivery if b'"page"' in body else read_instagram_delivery
        return [one.record for one in reader(body)]
    pieces = listing(Exchange("GET", "/", 200, {}, body)).pieces
    readers: dict[str, Any] = {
        "comments on a post": lambda piece: [READER.comment(piece, post)],
        "posts on the Page": lambda piece: [READER.told(piece).record],
        "mentions": lambda piece: [READER.mention(piece)],
        "reviews": lambda piece: [READER.review(piece)],
        "comments with answers": lambda piece: thread_of(piece, post).records,
        "tagged posts": lambda piece: [tagged(piece)],
        "posts of the account": lambda piece: [media_of(piece).record],
    }
    return [one for piece in pieces for one in readers[what](piece)]


def plain(record: Record | None) -> dict[str, Any] | None:
    """Return a record as JSON could hold it, without what is empty."""
    if record is None:
        return None
    told = {one.name: getattr(record, one.name) for one in fields(record)}
    return {name: _plain(value) for name, value in told.items() if value not in (None, "", ())}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    if hasattr(value, "__dataclass_fields__"):
        told = {one.name: getattr(value, one.name) for one in fields(value)}
        # Neither Facebook nor Instagram tells of these two.
        return {name: one for name, one in told.items() if name not in ("profile", "avatar")}
    return value


@pytest.mark.parametrize(("name", "what"), GOLDEN)
def test_an_answer_becomes_the_comments_that_were_kept(name: str, what: str) -> None:
    case = GOLDEN[name, what]
    post = Post(**case.get("post", {"id": ""}))
    found = read(what, case["answer"].encode(), post)
    assert [plain(one) for one in found] == case["records"]
