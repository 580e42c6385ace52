"""Reads lines from a byte stream in bounded memory, however long somebody made one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Final, NamedTuple

from moderation.model import Comment, Unreadable

LINE_LIMIT: Final = 2_000_000
"""Bytes of one line that are kept; what is longer cannot be taken in."""

PAGE_BYTES: Final = 8_000_000
"""A page ends at the record that brings it to this size, so that odd input costs little memory."""

_CHUNK: Final = 65_536


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line with its line feed.

    kept holds at most LINE_LIMIT bytes; length counts all of them. ended is False where the stream
    stops before a line feed.
    """

    kept: bytes
    length: int
    ended: bool

    @property
    def cut(self) -> bool:
        """Say whether bytes were left out."""
        return self.length > len(self.kept)

    @property
    def bare(self) -> bytes:
        """Return the line without its line end."""
        return self.kept.rstrip(b"\r\n")


class Found(NamedTuple):
    """What stood at one place of a stream: a record, or None for a blank line.

    kept holds the bytes read for it with their line ends; length counts the bytes it takes up.
    """

    record: Comment | Unreadable | None
    kept: bytes
    length: int


def next_line(stream: BinaryIO) -> Line | None:
    """Return the next line, or None at the end; leaves the stream behind the line."""
    kept = stream.readline(LINE_LIMIT)
    if not kept:
        return None
    length = len(kept)
    tail = kept
    while not tail.endswith(b"\n"):
        tail = stream.readline(_CHUNK)
        if not tail:
            return Line(kept, length, ended=False)
        length += len(tail)
    return Line(kept, length, ended=True)
