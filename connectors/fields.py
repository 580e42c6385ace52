"""Reads fields of a platform's record that may be absent, of another type, or hostile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from connectors.reasons import ID_LIMIT, NO_ID, TEXT_LIMIT, URL_LIMIT, Poison
from connectors.slices import Slice
from connectors.times import read_time
from moderation.model import Comment, Unreadable

_LONG_AGO: Final = float("-inf")


def record(
    piece: Slice, build: Callable[[Mapping[str, Any], bytes], Comment]
) -> Comment | Unreadable:
    """Build a comment from one value of an answer. Never raises: poison comes with its reason."""
    try:
        return build(piece.read(), piece.raw)
    except Poison as err:
        return Unreadable(piece.raw, str(err))


def oldest_first(records: Iterable[Comment | Unreadable]) -> tuple[Comment | Unreadable, ...]:
    """Return records in the order of their times; what has no time stands first."""

    def when(one: Comment | Unreadable) -> float:
        at = one.created_at if isinstance(one, Comment) else None
        return at.timestamp() if at else _LONG_AGO

    return tuple(sorted(records, key=when))


def inner(record: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    """Return the object at the end of a path of names; an empty one where the path ends early."""
    at: Any = record
    for name in path:
        at = at.get(name) if isinstance(at, Mapping) else None
    return at if isinstance(at, Mapping) else {}


def need_id(record: Mapping[str, Any], name: str = "id") -> str:
    """Return an id as text. Raises Poison when there is none that could be kept."""
    value = id_of(record, name)
    if not value:
        raise Poison(NO_ID)
    return value


def id_of(record: Mapping[str, Any], name: str) -> str:
    """Return an id as text, whatever type the platform gives it; empty when there is none."""
    value = record.get(name)
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    told = str(value)
    if len(told) > ID_LIMIT:
        raise Poison(f"The {name} is longer than {ID_LIMIT:,} characters.")
    return told


def text_of(record: Mapping[str, Any], name: str) -> str:
    """Return a text; empty where there is none, as for a picture alone. Raises Poison."""
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Poison(f"The {name} is not text.")
    if len(value) > TEXT_LIMIT:
        raise Poison(f"The {name} is longer than {TEXT_LIMIT:,} characters.")
    return value


def url_of(record: Mapping[str, Any], name: str) -> str:
    """Return an address that begins with https:// or http://; anything else is no address."""
    value = record.get(name)
    if not isinstance(value, str) or len(value) > URL_LIMIT:
        return ""
    return value if value.startswith(("https://", "http://")) else ""


def time_of(record: Mapping[str, Any], name: str) -> datetime | None:
    """Return a time in UTC, or None where there is none that can be read."""
    return read_time(record.get(name))
