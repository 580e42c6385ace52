"""Reads how large a picture says that it is, without decoding any of it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from moderation.evidence.pictures.sniffing import GIF, JPEG, PNG, WEBP, kind_of

_START_OF_SCAN: Final = 0xDA
# Frames of every way of coding but the tables (C4, CC) and the extension (C8).
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_MOST_PARTS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Measure:
    """A picture's width and height in pixels, and how many frames it has."""

    width: int
    height: int
    frames: int = 1

    @property
    def pixels(self) -> int:
        """Return the pixels of one frame."""
        return self.width * self.height


def measure(data: bytes) -> Measure | None:
    """Return how large a picture is; None where it does not say, or for what is no picture."""
    kind = kind_of(data)
    read = _READERS.get(kind.media_type) if kind else None
    if read is None:
        return None
    try:
        found = read(data)
    except (struct.error, IndexError):
        return None
    return found if found is not None and found.width > 0 and found.height > 0 else None


def _png(data: bytes) -> Measure | None:
    """Read https://www.w3.org/TR/png-3/, sections 11.2.1 and 11.3.6.1."""
    if data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", data, 16)
    frames = 1
    for name, at, _ in _chunks(data, 8, ">I4s", trailer=4):
        if name == b"acTL":
            frames = max(1, struct.unpack_from(">I", data, at)[0])
        if name == b"IDAT":
            break
    return Measure(width, height, frames)


def _jpeg(data: bytes) -> Measure | None:
    """Read https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B, up to the first frame."""
    at = 2
    for _ in range(_MOST_PARTS):
        while data[at] != 0xFF or data[at + 1] in (0x00, 0xFF):
            at += 1
        marker = data[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return Measure(width, height)
        if marker == _START_OF_SCAN:
            return None
        at += 2 if marker in _BARE else 2 + struct.unpack_from(">H", data, at + 2)[0]
    return None


def _gif(data: bytes) -> Measure | None:
    """Read https://www.w3.org/Graphics/GIF/spec-gif89a.txt; its frames count."""
    width, height, packed = struct.unpack_from("<HHB", data, 6)
    at, frames = 13 + _table(packed), 0
    while at < len(data) and data[at] != 0x3B:
        if data[at] == 0x2C:
            frames += 1
            left, top, wide, high, packed = struct.unpack_from("<HHHHB", data, at + 1)
            width, height = max(width, left + wide), max(height, top + high)
            at = _after_blocks(data, at + 11 + _table(packed))
        elif data[at] == 0x21:
            at = _after_blocks(data, at + 2)
        else:
            break
    return Measure(width, height, max(1, frames))


def _table(packed: int) -> int:
    return 3 << ((packed & 7) + 1) if packed & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1


def _webp(data: bytes) -> Measure | None:
    """Read https://developers.google.com/speed/webp/docs/riff_container."""
    found, frames = None, 0
    for name, at, _ in _chunks(data, 12, "<4sI", padded=True):
        if name == b"VP8X":
            wide, high = data[at + 4 : at + 7], data[at + 7 : at + 10]
            found = (1 + int.from_bytes(wide, "little"), 1 + int.from_bytes(high, "little"))
        elif name == b"ANMF":
            frames += 1
        elif name == b"VP8L" and found is None:
            bits = struct.unpack_from("<I", data, at + 1)[0]
            found = (1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
        elif name == b"VP8 " and found is None:
            wide_s, high_s = struct.unpack_from("<HH", data, at + 6)
            found = (wide_s & 0x3FFF, high_s & 0x3FFF)
    return Measure(*found, max(1, frames)) if found else None


def _chunks(
    data: bytes, at: int, form: str, *, trailer: int = 0, padded: bool = False
) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, place and length of each chunk of a file that is made of them."""
    for _ in range(_MOST_PARTS):
        if at + 8 > len(data):
            return
        first, second = struct.unpack_from(form, data, at)
        name, length = (first, second) if isinstance(first, bytes) else (second, first)
        yield name, at + 8, length
        at += 8 + length + trailer + (length & 1 if padded else 0)


_READERS: Final[dict[str, Callable[[bytes], Measure | None]]] = {
    PNG.media_type: _png,
    JPEG.media_type: _jpeg,
    GIF.media_type: _gif,
    WEBP.media_type: _webp,
}
