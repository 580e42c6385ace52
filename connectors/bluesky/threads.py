"""Cuts a thread into its posts by exact bytes, in one pass however deep it is.

A thread of app.bsky.feed.getPostThread stands nested in itself, up to a thousand deep. Cutting it
level by level would read its end as often as it is deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from connectors.contract import Malformed
from connectors.slices import CUT_OFF, OTHER_SHAPE, Slice

_STRING: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_MARK: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|["\[\]{}]', re.DOTALL)
_PLAIN: Final = re.compile(rb"[^,:\[\]{}\s]+")
_GAP: Final = re.compile(rb"[\s,:]*")
_OPEN: Final = frozenset(b"[{")
_CLOSE: Final = frozenset(b"]}")
_PAIRS: Final = frozenset((b"[]", b"{}"))
_QUOTE: Final = b'"'[0]
_ARRAY: Final = b"["[0]
_OBJECT: Final = b"{"[0]


@dataclass(frozen=True, slots=True)
class Node:
    """One place of a thread: its post, or None where the platform withholds it or has none.

    cut says that the answer ends here without saying whether anything is below.
    """

    post: Slice | None
    cut: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """The places of a thread, its top first, and its gate, which names the hidden answers."""

    nodes: list[Node]
    gate: Slice | None


def thread_of(body: bytes) -> Thread:
    """Return the thread that an answer shows. Raises Malformed when it shows none."""
    raw = body.strip()
    cutter = _Cutter(raw)
    answer = dict(cutter.members(0))
    if b"thread" not in answer:
        raise Malformed(OTHER_SHAPE)
    waiting, nodes = [answer[b"thread"]], []
    while waiting:
        parts = dict(cutter.members(waiting.pop()))
        replies = parts.get(b"replies")
        # The last one in is the first one out, so that the order of the answer is kept.
        waiting += reversed([] if replies is None else list(cutter.items(replies)))
        nodes.append(Node(cutter.piece(parts.get(b"post")), cut=replies is None))
    return Thread(nodes, cutter.piece(answer.get(b"threadgate")))


class _Cutter:
    """Knows of each bracket of a text where its partner stands."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._ends: dict[int, int] = {}
        opened: list[int] = []
        for token in _MARK.finditer(raw):
            at = token.start()
            if raw[at] in _OPEN:
                opened.append(at)
            elif raw[at] in _CLOSE:
                if not opened or bytes((raw[opened[-1]], raw[at])) not in _PAIRS:
                    raise Malformed(CUT_OFF)
                self._ends[opened.pop()] = at
            elif token.end() == at + 1:
                raise Malformed(CUT_OFF)
        if opened or self._ends.get(0) != len(raw) - 1:
            raise Malformed(CUT_OFF)

    def members(self, start: int) -> Iterator[tuple[bytes, int]]:
        """Yield the names of an object and where their values begin; nothing of another value."""
        if self._raw[start] != _OBJECT:
            return
        values = self._values(start)
        for name in values:
            told = self._raw[name + 1 : self._end(name) - 1]
            yield told, next(values, name)

    def items(self, start: int) -> Iterator[int]:
        """Yield where the elements of an array begin; nothing of another value."""
        return self._values(start) if self._raw[start] == _ARRAY else iter(())

    def piece(self, start: int | None) -> Slice | None:
        """Return the value that begins there."""
        return None if start is None else Slice(self._raw[start : self._end(start)])

    def _values(self, start: int) -> Iterator[int]:
        """Yield where the values of an array begin, or an object's names and values in turn."""
        close = self._ends[start]
        at = self._after_gap(start + 1)
        while at < close:
            yield at
            at = self._after_gap(self._end(at))

    def _end(self, start: int) -> int:
        if start in self._ends:
            return self._ends[start] + 1
        pattern = _STRING if self._raw[start] == _QUOTE else _PLAIN
        found = pattern.match(self._raw, start)
        if found is None:
            raise Malformed(CUT_OFF)
        return found.end()

    def _after_gap(self, at: int) -> int:
        found = _GAP.match(self._raw, at)
        return found.end() if found else at
