"""Cuts an answer of X into its parts, once: the posts, what came along with them, the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connectors.reasons import Poison
from connectors.slices import Slice
from connectors.wire import Exchange


@dataclass(frozen=True, slots=True)
class Answer:
    """A good answer. data is what was asked for, posts its elements where it is a list.

    users and above came along with it: authors, and posts that others answer or quote.
    """

    exchange: Exchange
    data: Slice | None
    posts: list[Slice]
    users: list[Slice]
    above: list[Slice]
    meta: Slice | None
    errors: list[Slice]

    def told(self, name: str) -> str:
        """Return what X says of the page under this name; empty where it says nothing."""
        value = readable(self.meta).get(name) if self.meta is not None else None
        return value if isinstance(value, str) else ""


def read_answer(exchange: Exchange) -> Answer:
    """Return the parts of an answer. Raises Malformed when it is no JSON object."""
    members = exchange.json().members()
    data, beside = members.get("data"), _members(members.get("includes"))
    return Answer(
        exchange,
        data=None if data is None or data.raw == b"null" else data,
        posts=_items(data),
        users=_items(beside.get("users")),
        above=[*_items(beside.get("tweets")), *_items(beside.get("posts"))],
        meta=members.get("meta"),
        errors=_items(members.get("errors")),
    )


def readable(piece: Slice) -> dict[str, Any]:
    """Return an object, an empty one where it cannot be read."""
    try:
        return piece.read()
    except Poison:
        return {}


def _members(value: Slice | None) -> Mapping[str, Slice]:
    return value.members() if value is not None and value.raw.startswith(b"{") else {}


def _items(value: Slice | None) -> list[Slice]:
    return value.items() if value is not None and value.raw.startswith(b"[") else []
