"""Reads a file of comments for import: JSON Lines or CSV, page by page, with the exact bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, Final

from connectors import lines
from connectors.looks import check_json_lines, check_text
from connectors.reading import PAGE_BYTES, Found, next_line
from connectors.reasons import TOO_LONG_A_LINE
from connectors.rows import Header, read_header, rows_of
from moderation.errors import InvalidInput
from moderation.model import Comment, Page, Unreadable

PAGE_RECORDS: Final = 500

_HEAD: Final = 65_536
_BOM: Final = b"\xef\xbb\xbf"


class Format(StrEnum):
    """How the records of a file are written."""

    JSONL = "jsonl"
    CSV = "csv"


_BY_ENDING: Final = {
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".json": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file that has passed the checks: nothing about it as a whole stands against an import.

    starts is the byte at which its records begin, size its bytes in all, and sha256 names its
    content, so that an import that was broken off can go on where it stopped. header is None for
    JSON Lines.
    """

    path: Path
    format: Format
    size: int
    sha256: str
    starts: int
    header: Header | None = None


def open_file(path: Path, fmt: Format | None = None) -> Source:
    """Check a file as a whole, and read its header where it is CSV.

    Without fmt the ending of the name decides. Raises InvalidInput, in one line that says what to
    do, when it is missing, a folder, empty, not text, or has not the columns that are needed.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise InvalidInput(f"{path} is not a file on disk. Save it as one first.")
        with path.open("rb") as stream:
            return _examine(path, fmt or _format_of(path), stream)
    except OSError as err:
        raise InvalidInput(f"{path} {_trouble(err)}") from err


def pages(source: Source, start: int = 0) -> Iterator[Page]:
    """Yield pages of up to PAGE_RECORDS records from byte start on, which a page's cursor gave.

    A page's cursor is the byte behind it. The first page also holds the bytes before the first
    record, and each page's bytes follow those of the page before without a gap; only of a line
    above LINE_LIMIT the rest is left out. Raises InvalidInput when the file has gone meanwhile.
    """
    try:
        with source.path.open("rb") as stream:
            yield from _pages(source, stream, start)
    except OSError as err:
        raise InvalidInput(f"{source.path} {_trouble(err)}") from err


def _examine(path: Path, fmt: Format, stream: BufferedReader) -> Source:
    head = stream.read(_HEAD)
    check_text(path, head)
    starts, header = len(_BOM) if head.startswith(_BOM) else 0, None
    if fmt is Format.JSONL:
        check_json_lines(path, head[starts:])
    else:
        stream.seek(starts)
        header, length = read_header(path, stream)
        starts += length
    stream.seek(0)
    sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return Source(path, fmt, stream.tell(), sha256, starts, header)


def _format_of(path: Path) -> Format:
    fmt = _BY_ENDING.get(path.suffix.casefold())
    if fmt is None:
        raise InvalidInput(
            f"{path} does not say by its ending what it holds. Give --format jsonl or --format csv."
        )
    return fmt


def _trouble(err: OSError) -> str:
    if isinstance(err, FileNotFoundError):
        return "does not exist. Check the name and the folder."
    if isinstance(err, IsADirectoryError):
        return "is a folder. Name one file in it."
    if isinstance(err, PermissionError):
        return "may not be read by this user. Change its permissions or copy it."
    return f"cannot be read ({err.strerror or type(err).__name__}). Check the disk, then try again."


def _pages(source: Source, stream: BinaryIO, start: int) -> Iterator[Page]:
    raw = [stream.read(source.starts)] if start < source.starts else []
    at = max(start, source.starts)
    stream.seek(at)
    records: list[Comment | Unreadable] = []
    size = 0
    for found in _records(source, stream):
        raw.append(found.kept)
        size, at = size + len(found.kept), at + found.length
        if found.record is not None:
            records.append(found.record)
        if len(records) >= PAGE_RECORDS or size >= PAGE_BYTES:
            yield Page(tuple(records), str(at), b"".join(raw))
            records, raw, size = [], [], 0
    if records:
        yield Page(tuple(records), str(at), b"".join(raw))


def _records(source: Source, stream: BinaryIO) -> Iterator[Found]:
    if source.header is not None:
        yield from rows_of(stream, source.header)
        return
    while (line := next_line(stream)) is not None:
        record: Comment | Unreadable | None = None
        if line.cut:
            record = Unreadable(line.bare, TOO_LONG_A_LINE)
        elif line.kept.strip():
            record = lines.from_json(line.bare)
        yield Found(record, line.kept, line.length)
