"""The draft of a section 9 statement: its declaration, its body, and the list of exhibits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from moderation.evidence.exhibits import folder_of
from moderation.evidence.packs.occasions import Occasion
from moderation.evidence.packs.shape import Matter
from moderation.evidence.packs.telling import (
    IN_ONE,
    LIMITS,
    document,
    done_about,
    goes_on,
    how_to_check,
    occasion_facts,
)
from moderation.evidence.packs.words import both_clocks, day_of, platform
from moderation.evidence.printing.parts import (
    Bullets,
    Code,
    Document,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Part,
    Quote,
    Said,
    SignatureLines,
    Strong,
    Table,
)

# A statement tells this many items in full; a reader of more is served by the timeline.
IN_FULL: Final = 25
DRAFT: Final = (
    "DRAFT FOR REVIEW. A machine put this together from the record. It is nobody's statement until "
    "the person named below has read every paragraph, changed what is wrong and signed it. Check "
    "the words of the declaration against the form that is in use."
)
DECLARATION: Final = (
    "This statement (consisting of ____ pages, each signed by me) is true to the best of my "
    "knowledge and belief and I make it knowing that, if it is tendered in evidence, I shall be "
    "liable to prosecution if I have wilfully stated in it anything which I know to be false, or "
    "do not believe to be true."
)


def exhibit_refs(matter: Matter, one: Occasion) -> str:
    """Return what the exhibits of an item are called in the statement, such as "JS/1, JS/2"."""
    return ", ".join(exhibit_ref(matter, number) for number, _ in one.exhibits)


def exhibit_ref(matter: Matter, number: int) -> str:
    """Return what one exhibit is called: the maker's initials and a number of its own."""
    first = int(matter.asked.details.get("first_exhibit", 1))
    return f"{matter.detail('initials', 'X')}/{first + number - 1}"


def initials_of(name: str) -> str:
    """Return the initials of a name for its exhibits: "JS" of "Jo Smith"; "X" where it has none."""
    letters = "".join(word[0] for word in name.upper().split() if word[0].isalpha())
    plain = "".join(letter for letter in letters if letter.isascii())
    return plain[:4] or "X"


def statement(matter: Matter, found: Sequence[Occasion], person: str) -> Document:
    """Return the draft; person is the person affected by name, or empty."""
    made = document(
        matter,
        "Witness statement",
        "Criminal Procedure Rules, rule 16.2; Criminal Justice Act 1967, section 9",
        _parts(matter, found, person),
    )
    return replace(made, is_draft=True, signed_pages=("Signature", "Date"))


def _parts(matter: Matter, found: Sequence[Occasion], person: str) -> Iterator[Part]:
    yield Note(DRAFT)
    yield Table(
        caption="The witness",
        columns=("What", "Who"),
        rows=(
            ("Statement of", matter.detail("maker")),
            ("Age", matter.detail("age", "over 18")),
            ("Occupation", matter.detail("occupation", "to be filled in")),
        ),
    )
    yield Paragraph(DECLARATION)
    yield SignatureLines(("Signature", "Date"))
    yield Heading("Statement")
    yield from _introduction(matter, person)
    for one in found[:IN_FULL]:
        yield from _told(matter, one)
    if len(found) > IN_FULL:
        yield Paragraph(
            f"There are {len(found) - IN_FULL} more items. I produce them in the same way. The "
            "document summary.pdf shows each of them in order of time, and timeline.json its exact "
            "words."
        )
    yield Paragraph(
        "How this affected anybody is for the person themselves to say, in a statement of their "
        "own, should they wish to make one."
    )
    yield SignatureLines(("Signature", "Date"))
    yield PageBreak()
    yield Heading("Exhibits")
    yield from goes_on("exhibits", found)
    yield exhibits(matter, found[:IN_ONE])
    yield from how_to_check(matter)
    yield Heading("Limits")
    yield Bullets(LIMITS)


def _introduction(matter: Matter, person: str) -> Iterator[Part]:
    ours = matter.organisation
    yield Paragraph(
        f"I am {matter.detail('maker')}"
        + (f", {matter.detail('occupation')}" if matter.detail("occupation") else "")
        + f", at {ours}. I make this statement from its records, which I have looked at."
    )
    yield Paragraph(
        f"{ours} uses software called Watchroom, which reads the comments and messages on its "
        "own accounts. It keeps the bytes as the platform gave them, with the time, and seals them "
        "with a signature, so that a later change can be seen. It decides nothing: a person looked "
        "at what is produced here."
    )
    if person:
        yield Paragraph(f"The person affected is {person}.")


def _told(matter: Matter, one: Occasion) -> Iterator[Part]:
    yield Heading(f"Item {one.number}", level=2)
    at = one.item.posted_at or one.item.seen_at
    yield Paragraph(
        (
            f"On {both_clocks(at)} an account shown as ",
            Said(one.author),
            f" wrote the following on {platform(one.account.platform)}. I do not know who operates "
            "this account.",
        )
    )
    yield Quote(one.text if one.text else "(no words)")
    yield Table(f"Item {one.number}", ("What", "As recorded"), occasion_facts(one), (1, 3))
    yield Paragraph(f"What was then done: {done_about(one)}")
    for number, row in one.exhibits:
        yield Paragraph(
            (
                f"I produce the sealed record {row.ref} as exhibit ",
                Strong(exhibit_ref(matter, number)),
                ". The SHA-256 of its manifest is ",
                Code(row.sha256 or ""),
                ".",
            )
        )


def exhibits(matter: Matter, found: Sequence[Occasion]) -> Table:
    """Return the list of the exhibits of some items."""
    return Table(
        caption="List of exhibits",
        columns=("Exhibit", "Record", "Folder", "Bytes", "Posted", "Captured", "SHA-256"),
        rows=tuple(
            (
                exhibit_ref(matter, number),
                row.ref,
                f"data/{folder_of(number)}",
                f"{row.size or 0:,}",
                day_of(one.item.posted_at),
                both_clocks(row.captured_at),
                (Code(row.sha256 or ""),),
            )
            for one in found
            for number, row in one.exhibits
        ),
        widths=(3, 5, 5, 3, 3, 6, 6),
    )
