"""What a file is by its own bytes, whatever it is called, and which kinds people may add."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from email.policy import compat32
from enum import StrEnum
from typing import Final

from moderation.errors import InvalidInput

_MIB: Final = 1024 * 1024


class Family(StrEnum):
    """What people call the kinds of file that may be added."""

    PICTURE = "picture"
    DOCUMENT = "document"
    VIDEO = "video"
    SOUND = "sound"
    MAIL = "mail"
    TEXT = "text"
    PAGE = "saved page"


# Bytes. A file is held in memory once while it is sealed, so no cap is above what a small server
# spares; each is several times what a phone makes: a screenshot is 1 to 5 MB, a minute of screen
# recording 10 to 20, a voicemail 1. A text of 2 MB is a phone log of years.
CAPS: Final = {
    Family.PICTURE: 20 * _MIB,
    Family.DOCUMENT: 25 * _MIB,
    Family.VIDEO: 25 * _MIB,
    Family.SOUND: 25 * _MIB,
    Family.MAIL: 25 * _MIB,
    Family.TEXT: 2 * _MIB,
    Family.PAGE: 25 * _MIB,
}
LARGEST: Final = max(CAPS.values())


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file: what it is on the wire, and how the name that we give it ends."""

    family: Family
    media_type: str
    ending: str


_PNG: Final = FileType(Family.PICTURE, "image/png", "png")
_MAIL: Final = FileType(Family.MAIL, "message/rfc822", "eml")
_PAGE: Final = FileType(Family.PAGE, "multipart/related", "mhtml")
_TEXT: Final = FileType(Family.TEXT, "text/plain", "txt")
_MP3: Final = FileType(Family.SOUND, "audio/mpeg", "mp3")
_BY_START: Final[tuple[tuple[re.Pattern[bytes], FileType], ...]] = tuple(
    (re.compile(start, re.DOTALL), kind)
    for start, kind in (
        (rb"\x89PNG\r\n\x1a\n....IHDR", _PNG),
        (rb"\xff\xd8\xff", FileType(Family.PICTURE, "image/jpeg", "jpg")),
        (rb"GIF8[79]a", FileType(Family.PICTURE, "image/gif", "gif")),
        (rb"RIFF....WEBP", FileType(Family.PICTURE, "image/webp", "webp")),
        (rb"%PDF-\d", FileType(Family.DOCUMENT, "application/pdf", "pdf")),
        (rb"....ftypM4[ABP]", FileType(Family.SOUND, "audio/mp4", "m4a")),
        (rb"....ftypqt  ", FileType(Family.VIDEO, "video/quicktime", "mov")),
        (rb"....ftyp3g", FileType(Family.VIDEO, "video/3gpp", "3gp")),
        (
            rb"....ftyp(?:isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|dash)",
            FileType(Family.VIDEO, "video/mp4", "mp4"),
        ),
        (rb"RIFF....WAVE", FileType(Family.SOUND, "audio/wav", "wav")),
        (rb"OggS", FileType(Family.SOUND, "audio/ogg", "ogg")),
        (rb"#!AMR", FileType(Family.SOUND, "audio/amr", "amr")),
        (rb"ID3[\x02-\x04]|\xff[\xf2\xf3\xfa\xfb]", _MP3),
    )
)
# What people often have instead, and what to do then.
_INSTEAD: Final[tuple[tuple[bytes, str], ...]] = (
    (rb"\xd0\xcf\x11\xe0", "an Outlook message or an old Office file. Save a mail as .eml, or "
     "print it to a PDF"),
    (rb"PK\x03\x04", "a zip or an Office file. Add what is in it one by one, or print it to a PDF"),
    (rb"....ftyp(?:hei|hev|mif1|avif)", "a picture that not every computer can open. Save it as "
     "JPEG or PNG"),
)  # fmt: skip
_IN_CODE: Final = (
    "This is a web page or a drawing in code, which could run in somebody’s browser. Take a "
    "screenshot, or print it to a PDF, then add that."
)
_HEADERS: Final = 64 * 1024
_HEADER_FIRST: Final = re.compile(rb"[!-9;-~]{1,100}:")
# What no text holds: controls apart from tabulators, line ends and page breaks.
_NO_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")


def type_of(data: bytes) -> FileType:
    """Return what a file is. Raises InvalidInput, in words that help, for what is not taken."""
    for start, kind in _BY_START:
        if start.match(data):
            return kind
    headed = _headed(data)
    if headed is not None:
        return headed
    for beginning, says in _INSTEAD:
        if re.match(beginning, data, re.DOTALL):
            msg = f"This is {says}, then add that."
            raise InvalidInput(msg)
    said = as_text(data)
    if said.lstrip().startswith("<"):
        raise InvalidInput(_IN_CODE)
    if said:
        return _TEXT
    msg = (
        "Watchroom does not know what this file is. It takes pictures (PNG, JPEG, GIF, WebP), PDF, "
        "video and sound of a phone, mails saved as .eml, and plain text such as a phone log."
    )
    raise InvalidInput(msg)


def require_size(kind: FileType, data: bytes) -> None:
    """Raise InvalidInput for a file above the cap of its family."""
    cap = CAPS[kind.family]
    if len(data) > cap:
        msg = (
            f"The file has {len(data) / _MIB:.1f} MB. Of a {kind.family.value}, "
            f"{cap // _MIB} MB is the most that Watchroom takes."
        )
        raise InvalidInput(msg)


def as_text(data: bytes) -> str:
    """Return what a plain text says; nothing for what is no text."""
    readers: tuple[Callable[[], str], ...] = (
        lambda: data.decode("utf-16") if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "",
        lambda: data.decode("utf-8-sig"),
        lambda: data.decode("cp1252"),
    )
    for read in readers:
        try:
            said = read()
        except UnicodeDecodeError:
            continue
        if said and not _NO_TEXT.search(said):
            return said
    return ""


def _headed(data: bytes) -> FileType | None:
    """Return what starts as a mail does, with headers, a sender among them, and a trace.

    A browser saves a page in the same form, and says in a header of its own where it was.
    """
    if not _HEADER_FIRST.match(data):
        return None
    head = BytesHeaderParser(policy=compat32).parsebytes(data[:_HEADERS])
    traces = ("Date", "Received", "Message-ID", "Return-Path")
    if "From" not in head or not any(name in head for name in traces):
        return None
    return _PAGE if "Snapshot-Content-Location" in head else _MAIL
