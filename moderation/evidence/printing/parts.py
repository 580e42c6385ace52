"""What a document is made of: headings, paragraphs, words quoted, tables, and lines to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Strong:
    """Words within a paragraph or a cell that stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A hash, an id, a command: set so that no two characters look alike; it may break anywhere.

    Within a paragraph or a cell, or as a part of its own.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody else's words within a paragraph or a cell, such as a name as it was shown.

    Whatever their direction, the words around them stay where they are.
    """

    text: str


Span = str | Strong | Code | Said
Text = Span | tuple[Span, ...]
"""One piece of text, or several in order; nothing is put between them."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 stands below the title of the document, 3 is the lowest."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Our own words; a line break in them stays one. A number is set in front, as in "3."."""

    text: Text
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words in full: all that hides is spelt out, and links open by no click.

    source says whose words they are or where they stand.
    """

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that breaks over pages and repeats its head on each.

    Every row has a cell for each column. widths are shares of the page's width, equal where empty.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, with numbers where the order matters."""

    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in a frame, for what must not be read past."""

    text: Text


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: PNG bytes that are already known to be safe; alt is for who cannot see it."""

    png: bytes
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class SignatureLines:
    """Lines to be filled in by hand, kept together: "Signature", "Date"."""

    labels: tuple[str, ...] = ("Signature", "Date")


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The start of a new page."""


Part = (
    Heading | Paragraph | Quote | Table | Bullets | Note | Image | Code | SignatureLines | PageBreak
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document; every text in it may be hostile.

    date is the day that it speaks of, written into the file: never the clock's. is_draft sets DRAFT
    across each page. signed_pages puts these labels, each with a line, at the foot of every page,
    as a statement under section 9 of the Criminal Justice Act 1967 has them.
    """

    title: str
    date: date
    parts: tuple[Part, ...]
    subtitle: str = ""
    language: str = "en-GB"
    footer: str = ""
    is_draft: bool = False
    signed_pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF. name is ours, never a platform's; no two of one document are alike.

    relationship is "source" (what the document was made from), "data", "alternative" or
    "supplement".
    """

    name: str
    data: bytes
    mime: str
    description: str
    relationship: str = "source"
