"""Tells by a file's first bytes what it is, whatever was said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of picture or video: its media type, and the ending of its name as we write it."""

    media_type: str
    ending: str

    @property
    def is_picture(self) -> bool:
        """Say whether it is a picture, which may be drawn, and not a video."""
        return self.media_type.startswith("image/")


PNG: Final = Kind("image/png", "png")
JPEG: Final = Kind("image/jpeg", "jpg")
GIF: Final = Kind("image/gif", "gif")
WEBP: Final = Kind("image/webp", "webp")
AVIF: Final = Kind("image/avif", "avif")
HEIC: Final = Kind("image/heic", "heic")
MP4: Final = Kind("video/mp4", "mp4")
QUICKTIME: Final = Kind("video/quicktime", "mov")
WEBM: Final = Kind("video/webm", "webm")

_STARTS: Final = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"\x1a\x45\xdf\xa3", WEBM),
)
# The brand of an ISO base media file: https://www.iso.org/standard/83102.html, section 4.3.
_BRANDS: Final = (
    ((b"avif", b"avis"), AVIF),
    ((b"heic", b"heix", b"mif1", b"msf1"), HEIC),
    ((b"qt  ",), QUICKTIME),
    ((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash"), MP4),
    ((b"M4V ", b"M4VP", b"3gp4", b"3gp5", b"MSNV"), MP4),
)


def kind_of(data: bytes) -> Kind | None:
    """Return what a file is; None for everything that is no picture or video that we know.

    A page, a drawing that is really a page (SVG) and a document are none.
    """
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[4:8] == b"ftyp":
        return next((kind for brands, kind in _BRANDS if data[8:12] in brands), None)
    return None
