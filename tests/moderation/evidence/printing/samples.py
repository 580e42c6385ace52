"""Writes the pictures of the README: `python -m tests.moderation.evidence.printing.samples DIR`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

import typst

from moderation.evidence.printing import card, documents
from moderation.evidence.printing.fonts import installed
from moderation.evidence.printing.parts import (
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
from moderation.evidence.printing.sheet import Sheet
from tests.moderation.evidence.printing.making import DAY, SHA256, card_of

WORDS: Final = (
    "You lot were a disgrace on Mill Lane. Send the bill to p\u0430ypal, \u202e.flesreh hctaw "
    "retteb ehs\u202c \U0001f525\U0001f9d1\U0001f3fd\u200d\U0001f692"
)
STATEMENT: Final = Document(
    "Witness statement",
    DAY,
    (
        Note((Strong("Draft for review. "), "It is nobody's statement until it is signed.")),
        SignatureLines(),
        Heading("Statement"),
        Paragraph("I am a communications officer of Northmoor Fire and Rescue Service.", number=1),
        Paragraph(
            ("On 11 June 2026 at 15:05 BST this comment stood below a post of ours. Its author was "
             "shown as ", Said("Ivo Example"), ". I do not know who operates that account."),
            number=2,
        ),
        Quote(WORDS, "Facebook, comment 1029384756, first seen on 11 June 2026 at 14:06:02 UTC"),
        Paragraph(("I produce what was captured as exhibit ", Strong("JS/1"), "."), number=3),
        Heading("Exhibits"),
        Table(
            "Exhibits",
            ("Reference", "What it is", "File", "SHA-256"),
            tuple(
                (f"JS/{number}", what, Code(file), Code(SHA256))
                for number, (what, file) in enumerate(
                    (("The record of the comment", "data/items/0001/record.json"),
                     ("The platform's answer at the capture", "data/items/0001/raw.body"),
                     ("The card", "data/items/0001/card.png")), 1)
            ),
            (2, 4, 4, 5),
        ),
    ),
    subtitle="Criminal Procedure Rules, rule 16.2; Criminal Justice Act 1967, section 9",
    footer="EV-2026-000123",
    is_draft=True,
    signed_pages=("Signature", "Date"),
)  # fmt: skip


def pages(document: Document) -> list[bytes]:
    """Return each page of a document as a picture."""
    sheet = Sheet(installed().draws)
    data = {**sheet.document(document, ()), "families": installed().families}
    template = Path(documents.__file__).with_name(documents.TEMPLATE)
    made = typst.Compiler(
        template.read_bytes(),
        font_paths=installed().loaded,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    ).compile(format="png", ppi=110)
    return [made] if isinstance(made, bytes) else list(made or ())


def main(folder: Path) -> None:
    """Write a card and the first page of a statement."""
    shown = card_of(text=WORDS, notes=("The item was gone when we looked again.",))
    (folder / "card.png").write_bytes(card.png(shown))
    (folder / "statement.png").write_bytes(pages(STATEMENT)[0])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
