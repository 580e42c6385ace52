"""Read a zip that nobody vouches for: no name leaves its folder and no file swells without end."""

from __future__ import annotations

import hashlib
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

from moderation.errors import InvalidInput

MAX_ENTRIES: Final = 200_000
MAX_BYTES: Final = 4 << 30
# Below this a file may shrink as far as it likes: a text of one repeated letter does.
SMALL: Final = 16 << 20
MAX_RATIO: Final = 100
MAX_HELD: Final = 64 << 20

_BLOCK: Final = 1 << 20
_PART: Final = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_NAME: Final = re.compile(rf"{_PART}(?:/{_PART})*/?")
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED: Final = 1
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)


class Unzipped:
    """A zip opened for reading, entry by entry, into memory alone: nothing is written to disk.

    faults names what is wrong with the list of entries; where there is any, do not read on.
    Raises InvalidInput when the file is not there or not a zip.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except FileNotFoundError as err:
            msg = f"There is no file {path}."
            raise InvalidInput(msg) from err
        except _UNREADABLE as err:
            msg = f"{path} is not a zip file that can be read, or it was cut short."
            raise InvalidInput(msg) from err
        entries = self._zip.infolist()
        self.faults = tuple(_faults(entries))
        self._entries = {entry.filename: entry for entry in entries if not entry.is_dir()}

    def __enter__(self) -> Unzipped:
        return self

    def __exit__(self, *_error: object) -> None:
        self._zip.close()

    @property
    def names(self) -> list[str]:
        """Return the names of the files, sorted; folders are not files."""
        return sorted(self._entries)

    def digest(self, name: str) -> str:
        """Return the SHA-256 of one file. Raises ValueError when it cannot be read whole."""
        found = hashlib.sha256()
        for block in self._blocks(name):
            found.update(block)
        return found.hexdigest()

    def read(self, name: str) -> bytes:
        """Return one small file; empty when there is none. Raises ValueError as digest() does."""
        entry = self._entries.get(name)
        if entry is None:
            return b""
        if entry.file_size > MAX_HELD:
            msg = "larger than any pack's"
            raise ValueError(msg)
        return b"".join(self._blocks(name))

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of one file without their line feeds."""
        rest = b""
        for block in self._blocks(name):
            *whole, rest = (rest + block).split(b"\n")
            yield from whole
            if len(rest) > _BLOCK:
                msg = "a line without end"
                raise ValueError(msg)
        if rest:
            yield rest

    def _blocks(self, name: str) -> Iterator[bytes]:
        try:
            with self._zip.open(self._entries[name]) as file:
                while block := file.read(_BLOCK):
                    yield block
        except _UNREADABLE as err:
            msg = "damaged"
            raise ValueError(msg) from err


def _faults(entries: list[zipfile.ZipInfo]) -> Iterator[str]:
    """Yield what is wrong with the list of entries, before a byte of any is unpacked."""
    if len(entries) > MAX_ENTRIES:
        yield f"the zip holds {len(entries)} entries, more than any pack"
        return
    if sum(entry.file_size for entry in entries) > MAX_BYTES:
        yield "the zip would unpack to more than any pack holds"
    seen: set[str] = set()
    for entry in entries:
        why = _fault(entry)
        if why:
            yield f"{ascii(entry.orig_filename)[1:-1][:200]}: {why}"
        folded = entry.filename.casefold()
        if folded in seen:
            yield f"{ascii(entry.filename)[1:-1][:200]}: in the zip twice"
        seen.add(folded)
    yield from _overlaps(entries)


def _fault(entry: zipfile.ZipInfo) -> str:
    """Return what is wrong with one entry, or nothing."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    checks = (
        (
            _NAME.fullmatch(entry.orig_filename) is None or entry.orig_filename != entry.filename,
            "not a name that a pack gives",
        ),
        (kind not in {0, stat.S_IFREG, stat.S_IFDIR}, "a link or a device, not a plain file"),
        (bool(entry.flag_bits & _ENCRYPTED), "encrypted"),
        (entry.compress_type not in _METHODS, "compressed in a way that packs do not use"),
        (
            entry.file_size > SMALL and entry.file_size > MAX_RATIO * entry.compress_size,
            "unpacks to far more than it holds",
        ),
    )
    return next((why for bad, why in checks if bad), "")


def _overlaps(entries: list[zipfile.ZipInfo]) -> Iterator[str]:
    """Yield entries that share bytes with the next: how a small zip unpacks to a vast one."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    for entry, following in pairwise(ordered):
        if entry.header_offset + entry.compress_size > following.header_offset:
            yield f"{ascii(entry.filename)[1:-1][:200]}: shares its bytes with another file"
