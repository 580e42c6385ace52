"""Follows a file that grows: reads whole lines from a cursor, and notices when it was replaced."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from connectors import lines
from connectors.reading import Found, Line, next_line
from connectors.reasons import TOO_LONG_A_LINE
from moderation.model import Comment, Unreadable

_HEAD: Final = 1_024
_TAIL: Final = 4_096
_CURSOR: Final = re.compile(r"([0-9]{1,18}) ([0-9a-f]{32})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Start:
    """Where to read on; afresh says that the file is not the one that the cursor came from."""

    offset: int
    afresh: bool


def cursor_at(stream: BinaryIO, offset: int) -> str:
    """Return a cursor: the byte to read on from, and a guard over bytes before it."""
    return f"{offset} {_guard(stream, offset)}"


def start_at(stream: BinaryIO, cursor: str | None) -> Start:
    """Return where to read on: at the cursor when its bytes still stand, else at the beginning."""
    told = _CURSOR.fullmatch(cursor or "")
    if told is None:
        return Start(0, afresh=True)
    offset = int(told[1])
    same = offset <= stream.seek(0, 2) and _guard(stream, offset) == told[2]
    return Start(offset, afresh=False) if same else Start(0, afresh=True)


def _guard(stream: BinaryIO, offset: int) -> str:
    stream.seek(0)
    seen = hashlib.sha256(stream.read(min(offset, _HEAD)))
    stream.seek(max(0, offset - _TAIL))
    seen.update(stream.read(min(offset, _TAIL)))
    return seen.hexdigest()[:32]


def found_from(stream: BinaryIO, offset: int) -> Iterator[Found]:
    """Yield what stands behind offset, and leave an unfinished last line for the next time.

    A last line without its line feed counts as finished once it is a whole JSON object, which no
    further byte could make another: a feed whose writer ends without one loses nothing.
    """
    stream.seek(offset)
    while (line := next_line(stream)) is not None:
        record = _record(line)
        if not line.ended and not isinstance(record, Comment):
            return
        yield Found(record, line.kept, line.length)


def _record(line: Line) -> Comment | Unreadable | None:
    if line.cut:
        return Unreadable(line.bare, TOO_LONG_A_LINE)
    return lines.from_json(line.bare) if line.kept.strip() else None
