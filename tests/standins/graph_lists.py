"""Lists as the Graph API gives them: in order of time, behind cursors bound to their query."""

from __future__ import annotations

import base64
import hashlib
import json
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
Key = tuple[float, int]


class Shelf(Generic[Thing]):
    """Things in order of their times; those of one time in the order in which they came."""

    def __init__(self) -> None:
        self._keys: list[Key] = []
        self._things: dict[Key, Thing] = {}

    def __len__(self) -> int:
        return len(self._keys)

    def put(self, key: Key, thing: Thing) -> None:
        """Add a thing at its place."""
        insort(self._keys, key)
        self._things[key] = thing

    def drop(self, key: Key) -> None:
        """Take a thing out."""
        if self._things.pop(key, None) is not None:
            del self._keys[bisect_left(self._keys, key)]

    def things(self) -> list[Thing]:
        """Return everything, oldest first."""
        return [self._things[key] for key in self._keys]

    def down(self, after: Key | None) -> Iterator[tuple[Key, Thing]]:
        """Walk from the newest, or from below a key, to the oldest."""
        at = len(self._keys) if after is None else bisect_left(self._keys, after)
        for place in range(at - 1, -1, -1):
            yield self._keys[place], self._things[self._keys[place]]

    def up(self, after: Key | None) -> Iterator[tuple[Key, Thing]]:
        """Walk from the oldest, or from above a key, to the newest."""
        at = 0 if after is None else bisect_right(self._keys, after)
        for place in range(at, len(self._keys)):
            yield self._keys[place], self._things[self._keys[place]]


def some(
    walk: Iterator[tuple[Key, Thing]], limit: int, shown: Callable[[Thing], bool]
) -> list[tuple[Key, Thing]]:
    """Return the first things of a walk that are shown."""
    found: list[tuple[Key, Thing]] = []
    if limit <= 0:
        return found
    for key, thing in walk:
        if shown(thing):
            found.append((key, thing))
            if len(found) == limit:
                break
    return found


def cursor_of(query: str, key: Key) -> str:
    """Return a cursor that is good for this query alone."""
    told = json.dumps([_digest(query), *key]).encode()
    return "QVFI" + base64.urlsafe_b64encode(told).decode().rstrip("=")


def key_of(query: str, cursor: str) -> Key:
    """Return where a cursor points to. Raises ValueError when it is not this query's."""
    if not cursor.startswith("QVFI"):
        raise ValueError(cursor)
    coded = cursor.removeprefix("QVFI")
    told = json.loads(base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)))
    digest, at, number = told
    if digest != _digest(query):
        raise ValueError(cursor)
    return at, number


def _digest(query: str) -> str:
    return hashlib.sha256(query.encode()).hexdigest()[:8]
