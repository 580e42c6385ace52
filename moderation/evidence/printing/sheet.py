"""Writes a document down as its template reads it, with every text made printable."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod
from typing import Any, Final

from moderation.evidence.printing import printable
from moderation.evidence.printing.parts import (
    Attachment,
    Bullets,
    Code,
    Document,
    Heading,
    Image,
    Note,
    PageBreak,
    Paragraph,
    Part,
    Quote,
    Said,
    SignatureLines,
    Span,
    Strong,
    Table,
    Text,
)

DEFANGED: Final = "Links are written with hxxp and brackets, so that none opens by a click."
UNTITLED: Final = "(no title)"
_RUN: Final = 40
_RUN_IN_A_CELL: Final = 12
_RUN_OF_CODE: Final = 32
_KINDS: Final = {str: "plain", Strong: "strong", Code: "code", Said: "plain"}

Piece = dict[str, Any]


class Sheet:
    """One document on its way to the template. files are what stands beside it, by name."""

    def __init__(self, draws: printable.Draws) -> None:
        self.files: dict[str, bytes] = {}
        self._draws = draws

    def document(self, document: Document, attachments: Sequence[Attachment]) -> Piece:
        """Return everything that the template needs of a document."""
        language, _, region = document.language.partition("-")
        day = document.date
        return {
            "title": self._named(document.title),
            "subtitle": self._line(document.subtitle),
            "language": language,
            "region": region,
            "date": [day.year, day.month, day.day],
            "footer": self._line(document.footer),
            "is_draft": document.is_draft,
            "signed_pages": [self._line(label) for label in document.signed_pages],
            "parts": [self._part(part) for part in document.parts],
            "attachments": [self._attachment(attachment) for attachment in attachments],
        }

    @singledispatchmethod
    def _part(self, part: Part) -> Piece:
        raise TypeError(part)

    @_part.register
    def _(self, part: Heading) -> Piece:
        level = min(max(part.level, 1), 3)
        return {"kind": "heading", "level": level, "text": self._named(part.text)}

    @_part.register
    def _(self, part: Paragraph) -> Piece:
        return {"kind": "paragraph", "number": part.number, "text": self._text(part.text)}

    @_part.register
    def _(self, part: Quote) -> Piece:
        safe = printable.defanged(part.text)
        return {
            "kind": "quote",
            "lines": self._passage(safe).split("\n"),
            "right": printable.runs_from_the_right(safe),
            "source": self._line(part.source),
            "note": DEFANGED if safe != part.text else "",
        }

    @_part.register
    def _(self, part: Table) -> Piece:
        return {
            "kind": "table",
            "caption": self._line(part.caption),
            "columns": [self._line(column) for column in part.columns],
            "rows": [[self._text(cell, _RUN_IN_A_CELL) for cell in row] for row in part.rows],
            "widths": part.widths or [1] * len(part.columns),
        }

    @_part.register
    def _(self, part: Bullets) -> Piece:
        items = [self._text(item) for item in part.items]
        return {"kind": "bullets", "items": items, "numbered": part.numbered}

    @_part.register
    def _(self, part: Note) -> Piece:
        return {"kind": "note", "text": self._text(part.text)}

    @_part.register
    def _(self, part: Image) -> Piece:
        return {
            "kind": "image",
            "file": self._file(part.png, "png"),
            "alt": self._line(part.alt) or "Picture",
            "caption": self._line(part.caption),
        }

    @_part.register
    def _(self, part: Code) -> Piece:
        shown = printable.printable(part.text, self._draws, run=_RUN_OF_CODE)
        return {"kind": "code", "lines": shown.split("\n")}

    @_part.register
    def _(self, part: SignatureLines) -> Piece:
        return {"kind": "signature", "labels": [self._line(label) for label in part.labels]}

    @_part.register
    def _(self, part: PageBreak) -> Piece:
        return {"kind": "page_break"}

    def _attachment(self, attachment: Attachment) -> Piece:
        return {
            "file": self._file(attachment.data, "bin"),
            "name": self._line(attachment.name),
            "mime": attachment.mime,
            "description": self._line(attachment.description),
            "relationship": attachment.relationship,
        }

    def _file(self, data: bytes, ending: str) -> str:
        name = f"{len(self.files) + 1}.{ending}"
        self.files[name] = data
        return name

    def _text(self, text: Text, run: int = _RUN) -> list[Piece]:
        spans = text if isinstance(text, tuple) else (text,)
        return [self._span(span, run) for span in spans]

    def _span(self, span: Span, run: int) -> Piece:
        words = span if isinstance(span, str) else span.text
        wide = _RUN_OF_CODE if isinstance(span, Code) else run
        shown = printable.printable(words, self._draws, run=wide)
        kind = _KINDS[type(span)]
        if isinstance(span, Said) and printable.runs_to_the_left(shown):
            kind = "from_right" if printable.runs_from_the_right(shown) else "from_left"
        return {"kind": kind, "text": shown}

    def _passage(self, text: str) -> str:
        return printable.printable(text, self._draws)

    def _named(self, text: str) -> str:
        """Return a heading; an empty one would lead a reader who listens nowhere."""
        return self._line(text) if text.strip() else UNTITLED

    def _line(self, text: str) -> str:
        return printable.one_line(text, self._draws, cap=1000)
