"""A card and a document to print, each with what a test wants to be different."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from moderation.evidence.printing.card import Card
from moderation.evidence.printing.parts import (
    Attachment,
    Bullets,
    Code,
    Document,
    Heading,
    Note,
    Paragraph,
    Quote,
    Said,
    SignatureLines,
    Strong,
    Table,
)

SHA256: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
DAY: Final = date(2026, 11, 20)
WORDS: Final = "You lot were a disgrace on Mill Lane."


def card_of(**changed: Any) -> Card:
    """Return a card of an ordinary comment, made in British summer time."""
    usual: dict[str, Any] = {
        "ref": "EV-2026-000123",
        "organisation": "Northmoor Fire and Rescue Service",
        "platform": "Facebook",
        "account": "Northmoor Fire",
        "address": "https://facebook.example/northmoorfire/posts/1?comment_id=1029384756",
        "author_name": "Ivo Example",
        "author_handle": "@ivo_example",
        "author_id": "100012345678901",
        "posted_at": datetime(2026, 6, 11, 14, 5, 7, tzinfo=UTC),
        "first_seen_at": datetime(2026, 6, 11, 14, 6, 2, tzinfo=UTC),
        "captured_at": datetime(2026, 6, 11, 14, 9, 30, tzinfo=UTC),
        "text": WORDS,
        "post_text": "Crews were called to a house fire on Mill Lane last night.",
    }
    return Card(**{**usual, **changed})


def document_of(text: str = WORDS, *, exhibits: int = 3, **changed: Any) -> Document:
    """Return a statement with something of everything, about one text."""
    rows = tuple(
        (f"JS/{number}", "Comment as captured", Said(text[:60]), Code(SHA256))
        for number in range(1, exhibits + 1)
    )
    usual: dict[str, Any] = {
        "title": "Draft witness statement",
        "subtitle": "Criminal Justice Act 1967, section 9",
        "date": DAY,
        "footer": "EV-2026-000123",
        "parts": (
            Note((Strong("Draft."), " No statement until it is signed.")),
            Heading("What I saw"),
            Paragraph(("The author was shown as ", Said(text[:40]), "."), number=1),
            Heading("The words", 2),
            Quote(text, "Facebook, comment 1029384756"),
            Bullets(("one", "two")),
            Bullets(("first", "second"), numbered=True),
            Table("Exhibits", ("Reference", "What", "Shown", "SHA-256"), rows, (2, 3, 3, 5)),
            Code("sha256sum --strict -c manifest-sha256.txt"),
            SignatureLines(),
        ),
    }
    return Document(**{**usual, **changed})


def attachment_of(data: bytes = b'{"a": 1}\n') -> Attachment:
    """Return a record to attach."""
    return Attachment("record.json", data, "application/json", "The record, as sealed")
