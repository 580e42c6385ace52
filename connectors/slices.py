"""Cuts a JSON answer into its values by exact bytes, so that one bad value spoils no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from connectors.contract import Malformed
from connectors.strict_json import read_object

# A text as a whole, or one mark of the structure; what lies between are numbers and words. A
# quotation mark alone is a text that does not end.
_TOKEN: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|["\[\]{},:]', re.DOTALL)
_OPEN: Final = frozenset(b"[{")
_CLOSE: Final = frozenset(b"]}")
_PAIRS: Final = (b"[]", b"{}")
_QUOTE, _COMMA, _COLON = b'",:'
_BOM: Final = b"\xef\xbb\xbf"

CUT_OFF: Final = "The platform's answer was cut off or is not JSON."
OTHER_SHAPE: Final = "The platform's answer has another shape than its documentation says."


@dataclass(frozen=True, slots=True)
class Slice:
    """One JSON value as its exact bytes; it is read only when somebody asks."""

    raw: bytes

    def items(self) -> list[Slice]:
        """Return the elements of an array. Raises Malformed when this is none."""
        if not self.raw.startswith(b"["):
            raise Malformed(OTHER_SHAPE)
        return [Slice(self.raw[start:end].strip()) for start, end, _ in _parts(self.raw)]

    def members(self) -> dict[str, Slice]:
        """Return the members of an object; of a name that stands twice, the last one."""
        if not self.raw.startswith(b"{"):
            raise Malformed(OTHER_SHAPE)
        found = {}
        for start, end, colon in _parts(self.raw):
            name = self.raw[start:colon].strip().strip(b'"').decode("utf-8", "replace")
            found[name] = Slice(self.raw[colon + 1 : end].strip())
        return found

    def get(self, *path: str) -> Slice | None:
        """Return the value at the end of a path of names, or None where the path ends early."""
        at: Slice | None = self
        for name in path:
            if at is None or not at.raw.startswith(b"{"):
                return None
            at = at.members().get(name)
        return at

    def at(self, *path: str) -> list[Slice]:
        """Return the elements of the array at the end of a path, none where there is no array."""
        found = self.get(*path)
        return found.items() if found is not None and found.raw.startswith(b"[") else []

    def read(self) -> dict[str, Any]:
        """Return the object. Raises Poison with the reason when it cannot be read."""
        return read_object(self.raw)


def whole(body: bytes) -> Slice:
    """Return an answer's body as one value. Raises Malformed when it is cut off or no JSON."""
    raw = body.removeprefix(_BOM).strip()
    if raw[:1] not in (b"{", b"["):
        raise Malformed(CUT_OFF)
    for _ in _parts(raw):
        pass
    return Slice(raw)


def _parts(raw: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and the colon's place (or -1) of each part of an array or an object.

    Raises Malformed, at the end at the latest, unless raw is exactly one array or object.
    """
    start, colon, end = 1, -1, -1
    for depth, at in _marks(raw):
        mark = raw[at]
        if depth == 0:
            end = at
        elif depth == 1 and mark == _COMMA:
            yield start, at, colon
            start, colon = at + 1, -1
        elif depth == 1 and mark == _COLON and colon < 0:
            colon = at
    if end != len(raw) - 1 or raw[:1] + raw[end:] not in _PAIRS:
        raise Malformed(CUT_OFF)
    if raw[start:end].strip():
        yield start, end, colon


def _marks(raw: bytes) -> Iterator[tuple[int, int]]:
    """Yield the depth and the place of each mark up to the one that closes the value."""
    depth = 0
    for token in _TOKEN.finditer(raw):
        at = token.start()
        mark = raw[at]
        if mark in _OPEN:
            depth += 1
        elif mark in _CLOSE:
            depth -= 1
            if depth == 0:
                yield depth, at
                return
        elif token.end() == at + 1 and mark == _QUOTE:
            raise Malformed(CUT_OFF)
        elif mark != _QUOTE:
            yield depth, at
