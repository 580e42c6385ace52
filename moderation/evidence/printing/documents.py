"""Sets a document as a PDF that can be read aloud in order (PDF/UA-1) and that lasts (PDF/A-3a)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from moderation.evidence.printing import printable, typesetting
from moderation.evidence.printing.fonts import installed
from moderation.evidence.printing.parts import Attachment, Document, Image, Note
from moderation.evidence.printing.sheet import Sheet

TEMPLATE: Final = "document.typ"
CLAIMS: Final = ("PDF/UA-1", "PDF/A-3a")
NOT_DRAWN: Final = "A picture could not be drawn here. Its file is sealed with the record."
_STANDARDS: Final = ("ua-1", "a-3a")


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF and what may be said of it.

    claims are the standards that it keeps, none where it could only be made without. spelt_out says
    that everything outside ASCII is spelt out in it.
    """

    data: bytes
    claims: tuple[str, ...] = CLAIMS
    spelt_out: bool = False


def pdf(document: Document, attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the document as a PDF; printed() says as well what may be claimed of it."""
    return printed(document, attachments).data


def printed(document: Document, attachments: Sequence[Attachment] = ()) -> Printed:
    """Return the document as a PDF with the attachments inside it.

    Raises nothing, whatever the texts and pictures hold. What the standards refuse is tried again
    with everything outside ASCII spelt out, and at last without the standards and the pictures.
    The same input gives the same bytes.
    """
    draws = installed().draws
    try:
        return Printed(_set(document, attachments, draws, _STANDARDS))
    except typesetting.Refused:
        pass
    plain = printable.is_plain
    try:
        return Printed(_set(document, attachments, plain, _STANDARDS), spelt_out=True)
    except typesetting.Refused:
        bare = _without_pictures(document)
        return Printed(_set(bare, attachments, plain, ()), claims=(), spelt_out=True)


def _set(
    document: Document,
    attachments: Sequence[Attachment],
    draws: printable.Draws,
    standards: Sequence[str],
) -> bytes:
    sheet = Sheet(draws)
    data = sheet.document(document, attachments)
    return typesetting.pdf(TEMPLATE, data, installed(), sheet.files, standards)


def _without_pictures(document: Document) -> Document:
    parts = (Note(NOT_DRAWN) if isinstance(part, Image) else part for part in document.parts)
    return replace(document, parts=tuple(parts))
