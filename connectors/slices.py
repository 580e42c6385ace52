"""Cuts a JSON answer into its values by exact bytes, so that one bad value spoils no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from connectors.contract import Malformed
from connectors.strict_json import read_object

# A text as a whole, or one mark of the structure; what lies between are numbers and words. A
# quotation mark alone is a text that does not end.
_TOKEN: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|["\[\]{},:]', re.DOTALL)
_DECODER: Final = json.JSONDecoder(strict=False)
_SPACE: Final = re.compile(r"[ \t\r\n]*")
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
        try:
            return [Slice(value) for _, value in _quick(self.raw)]
        except (ValueError, RecursionError):
            return [Slice(self.raw[start:end].strip()) for start, end, _ in _parts(self.raw)]

    def members(self) -> dict[str, Slice]:
        """Return the members of an object; of a name that stands twice, the last one."""
        if not self.raw.startswith(b"{"):
            raise Malformed(OTHER_SHAPE)
        try:
            return {name: Slice(value) for name, value in _quick(self.raw)}
        except (ValueError, RecursionError):
            return {
                _name(self.raw[start:colon]): Slice(self.raw[colon + 1 : end].strip())
                for start, end, colon in _parts(self.raw)
            }

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
    try:
        json.loads(raw, strict=False)
    except (ValueError, RecursionError):
        for _ in _parts(raw):
            pass
    return Slice(raw)


def _quick(raw: bytes) -> list[tuple[str, bytes]]:
    """Return each part of an array or object with its name ("" in an array), by the fast decoder.

    Raises ValueError or RecursionError where one value cannot be decoded; _parts() can cut such an
    array or object all the same.
    """
    text = raw.decode("utf-8")
    is_object = text[0] == "{"
    found = []
    at = _after_space(text, 1)
    while text[at : at + 1] not in ("]", "}"):
        name = ""
        if is_object:
            name, at = _DECODER.raw_decode(text, at)
            at = _after_space(text, _expect(text, _after_space(text, at), ":"))
        _, end = _DECODER.raw_decode(text, at)
        found.append((str(name), text[at:end].encode("utf-8")))
        at = _after_space(text, end)
        if text[at : at + 1] == ",":
            at = _after_space(text, at + 1)
    if at != len(text) - 1 or text[0] + text[at] not in ("[]", "{}"):
        raise ValueError(CUT_OFF)
    return found


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _expect(text: str, at: int, mark: str) -> int:
    if text[at : at + 1] != mark:
        raise ValueError(CUT_OFF)
    return at + 1


def _name(raw: bytes) -> str:
    return raw.strip().strip(b'"').decode("utf-8", "replace")


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
