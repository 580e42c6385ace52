"""A mail that somebody added, as plain text: its main headers and its words, never its HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from itertools import islice
from typing import Any, Final

# A stranger wrote it, so only the beginning is read: neither a million parts nor endless words
# may keep a page busy. The file itself is kept and sealed whole.
_READ: Final = 512 * 1024
_PARTS: Final = 100
_LONGEST: Final = 20_000
_LONGEST_HEADER: Final = 1_000
_SHOWN: Final = ("From", "Reply-To", "To", "Cc", "Date", "Subject", "Message-ID")


@dataclass(frozen=True, slots=True)
class MailShown:
    """What a page shows of a mail: (name, value) of its headers, its words, what else it holds.

    Everything in it is a stranger's. words is empty for a mail of HTML alone; cut says that there
    is more than is shown. files are the names of its attachments as the sender gave them.
    """

    headers: tuple[tuple[str, str], ...]
    words: str
    files: tuple[str, ...]
    cut: bool


def shown(data: bytes) -> MailShown:
    """Return what can be shown of a mail; nothing that it holds makes this raise."""
    beginning = data[:_READ]
    try:
        message = message_from_bytes(beginning, policy=compat32)
        parts = list(islice(message.walk(), _PARTS))
    except RecursionError:
        # A mail in a mail in a mail, a thousand deep, is made to break its reader.
        message = BytesHeaderParser(policy=compat32).parsebytes(beginning)
        parts = []
    words = next((text for part in parts if (text := _plain(part))), "")
    return MailShown(
        headers=tuple(_headers(message)),
        words=words[:_LONGEST],
        files=tuple(_files(parts)),
        cut=len(data) > _READ or len(words) > _LONGEST or len(parts) == _PARTS,
    )


def _headers(message: Message) -> Iterator[tuple[str, str]]:
    for name in _SHOWN:
        for value in islice(message.get_all(name, []), 3):
            yield name, _decoded(value)[:_LONGEST_HEADER]


def _files(parts: list[Message]) -> Iterator[str]:
    for part in parts:
        name: Any = part.get_param("filename", header="content-disposition")
        if name:
            yield _decoded(name[2] if isinstance(name, tuple) else name)[:_LONGEST_HEADER]


def _plain(part: Message) -> str:
    """Return the words of a part of plain text that is not a file of its own."""
    if part.get_content_type() != "text/plain" or part.get_content_disposition() == "attachment":
        return ""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset: Any = part.get_param("charset") or "utf-8"
    return _text(payload, charset if isinstance(charset, str) else "utf-8")


def _decoded(value: object) -> str:
    """Return a header's value in words, whatever its sender claims that it is written in."""
    raw = str(value)[: 4 * _LONGEST_HEADER]
    try:
        pieces = decode_header(raw)
    except (HeaderParseError, ValueError):
        pieces = [(raw, None)]
    said = "".join(
        piece if isinstance(piece, str) else _text(piece, charset or "ascii")
        for piece, charset in pieces
    )
    return " ".join(_keepable(said).split())


def _text(data: bytes, charset: str) -> str:
    try:
        said = data.decode(charset, "replace")
    except (LookupError, ValueError):
        said = data.decode("utf-8", "replace")
    return _keepable(said)


def _keepable(said: str) -> str:
    """Return a text without what no page and no database can hold."""
    return said.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")
