"""Reads CSV as spreadsheets and exports write it, each row with its exact bytes."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from connectors import lines
from connectors.reading import Found, Line, next_line
from connectors.reasons import NOT_CSV, TOO_LONG_A_LINE
from moderation.errors import InvalidInput
from moderation.model import Unreadable

COLUMNS: Final = (
    "id",
    "text",
    "created_at",
    "author",
    "parent",
    "post",
    "url",
    "kind",
    "media",
    "change",
)
NEEDED: Final = ("id", "text")
SEPARATORS: Final = ",;\t"


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns, in order, and what stands between two values."""

    names: tuple[str, ...]
    separator: str


def read_header(path: Path, stream: BinaryIO) -> tuple[Header, int]:
    """Return the header at the stream's place and its length in bytes, blank lines before included.

    Raises InvalidInput that names the columns found when one that is needed is missing.
    """
    length = 0
    line = next_line(stream)
    while line is not None and not line.kept.strip():
        length += line.length
        line = next_line(stream)
    if line is None or line.cut:
        raise InvalidInput(f"{path} has no header line. The first line must name the columns.")
    written = line.bare.decode("utf-8", "replace")
    separator = max(SEPARATORS, key=written.count)
    names = _names(path, written, separator)
    _check(path, names)
    return Header(names, separator), length + line.length


def _names(path: Path, written: str, separator: str) -> tuple[str, ...]:
    try:
        values = next(csv.reader([written], delimiter=separator, strict=True))
    except csv.Error as err:
        raise InvalidInput(f"{path} has a header line that is not CSV ({err}).") from err
    return tuple("_".join(value.split()).casefold() for value in values)


def _check(path: Path, names: tuple[str, ...]) -> None:
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise InvalidInput(
            f"{path} has no column {' and no column '.join(missing)}. The first line must name the "
            f"columns; it names: {_shown(names)}."
        )
    twice = sorted({name for name in names if name in COLUMNS and names.count(name) > 1})
    if twice:
        raise InvalidInput(f"{path} names the column {', '.join(twice)} more than once.")


def _shown(names: tuple[str, ...]) -> str:
    """Return the names for a message, cut where what was taken for a header is none."""
    shown = ", ".join(name or "(empty)" for name in names[:20])
    return shown if len(shown) <= 200 else shown[:200] + "…"


def rows_of(stream: BinaryIO, header: Header) -> Iterator[Found]:
    """Yield the rows from the stream's place to its end; a broken one costs only its own line."""
    feed = _Feed(stream)
    reader = csv.reader(feed, delimiter=header.separator, strict=True)
    while True:
        feed.taken.clear()
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield _broken(feed)
        else:
            yield _row(feed.taken, values, header)


class _Feed:
    """Hands physical lines to the CSV reader, remembers which it took, and takes lines back."""

    def __init__(self, stream: BinaryIO) -> None:
        self.taken: list[Line] = []
        self._stream = stream
        self._returned: deque[Line] = deque()

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else next_line(self._stream)
        if line is None:
            raise StopIteration
        self.taken.append(line)
        # Bytes that are no UTF-8 pass as lone surrogates and are found in the row.
        return line.kept.decode("utf-8", "surrogateescape")

    def keep_only_first(self) -> Line:
        """Give all but the first line taken back, to be read again as rows of their own."""
        first, *rest = self.taken
        self._returned.extendleft(reversed(rest))
        return first


def _broken(feed: _Feed) -> Found:
    """Set one line aside: a quote left open would otherwise swallow the rows that follow."""
    line = feed.keep_only_first()
    reason = TOO_LONG_A_LINE if line.cut else NOT_CSV
    return Found(Unreadable(line.bare, reason), line.kept, line.length)


def _row(taken: list[Line], values: list[str], header: Header) -> Found:
    kept = b"".join(line.kept for line in taken)
    length = sum(line.length for line in taken)
    raw = kept.rstrip(b"\r\n")
    if any(line.cut for line in taken):
        return Found(Unreadable(raw, TOO_LONG_A_LINE), kept, length)
    if not any(value.strip() for value in values):
        return Found(None, kept, length)
    return Found(lines.from_row(header.names, values, raw), kept, length)
