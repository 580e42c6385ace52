"""The pack for a subject access request: all that is held about one person, others taken out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from moderation.access import Right
from moderation.evidence.packs.held import Held, held_about
from moderation.evidence.packs.persons import person_named
from moderation.evidence.packs.redacting import ACCOUNT, COLUMNS, Redactor, redactor
from moderation.evidence.packs.shape import Detail, Kind, Matter, Parts, Subject
from moderation.evidence.packs.telling import document, json_of
from moderation.evidence.packs.words import plural
from moderation.evidence.printing.parts import (
    Bullets,
    Heading,
    Note,
    Paragraph,
    Part,
    Quote,
    Table,
)
from moderation.evidence.tabling import table
from moderation.tables import HoldReason, PackKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_CHECK_FIRST: Final = (
    "Before this leaves the house, a person reads it once against review.csv: names were taken out "
    "by a list, and a nickname or a description is on no list.",
    "Consider whether something must stay back for a reason of its own: other people's rights, the "
    "prevention or detection of crime, legal privilege, planning by management. Note what and why.",
    "Some cases may be kept from the person who made this pack, and then they are not in it.",
)
MACHINES: Final = (
    "Watchroom reads each text with rules and with models that were trained on examples. A rule "
    "finds a form of words. A model gives a number between 0 and 1 for how much a text resembles "
    "those that people once called, for example, an insult. The number is no measure of the "
    "author, and no decision: from it comes a proposal, which puts the text before a person or "
    "leaves it alone. Nothing is hidden, reported or decided by a machine alone."
)


@dataclass(frozen=True, slots=True)
class _Told:
    """One thing that is held, as it is told: the same in the PDF, the table and the JSON."""

    heading: str
    rows: tuple[tuple[str, str], ...]
    words: tuple[str, ...] = ()

    def as_record(self) -> dict[str, Any]:
        return {"what": self.heading, "words": list(self.words), **dict(self.rows)}


def _parts(session: Session, matter: Matter) -> Parts:
    person = person_named(session, matter.asked.subject, matter.actor)
    held = held_about(session, person, matter.actor, matter.now)
    cut = redactor(session, matter.asked.org_id, held.own_names)
    items = [_item(cut, held, number) for number in range(len(held.items))]
    cases = [_case(cut, entry) for entry in held.cases]
    rows = [told.as_record() for told in (*items, *cases)]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    flat = [{**row, "words": "\n".join(row["words"])} for row in rows]
    review = cut.review()
    made = document(
        matter,
        "What we hold about you",
        f"{matter.organisation}, in answer to a request of "
        f"{matter.detail('received', 'the day named in our register')}",
        _document(matter, held, [*items, *cases]),
    )
    return Parts(
        documents={"held.pdf": made},
        files={
            "held.csv": table(columns, flat),
            "held.json": json_of(matter, "held", rows),
            "review.csv": table(COLUMNS, review),
        },
    )


def _document(matter: Matter, held: Held, told: Sequence[_Told]) -> Iterator[Part]:
    yield Note("What stands in square brackets was taken out because it is about somebody else.")
    yield Heading("In short")
    yield Bullets(
        (
            f"{plural(len(held.items), 'item')} and {plural(len(held.cases), 'case')}.",
            f"Where it came from: {', '.join(held.sources) or 'nowhere yet'}.",
            f"What it is for: {matter.detail('purpose', _PURPOSE)}",
            f"Who got it besides us: {', '.join(held.recipients) or 'nobody'}.",
            f"How long it is kept: {matter.detail('kept', _KEPT)}",
            "You can ask for what is wrong to be put right, object, or ask for it to be erased. "
            "You can complain to us, and to the Information Commissioner’s Office.",
        )
    )
    yield Heading("What machines do here")
    yield Paragraph(MACHINES)
    for one in told:
        yield Heading(one.heading)
        for words in one.words:
            yield Quote(words or "(no words)")
        yield Table(one.heading, ("What", "As recorded"), one.rows, (1, 3))


_PURPOSE: Final = "to protect staff from abuse, and to keep evidence of it."
_KEPT: Final = "as the organisation's published policy says for each kind of record."


def _item(cut: Redactor, held: Held, number: int) -> _Told:
    """Tell one item; what the person wrote themselves is theirs and stays as it is."""
    one = held.items[number]
    place = f"item {one.id}"
    own = held.person.is_author
    words = tuple(
        text if own else cut.clean(f"{place}, version {n}", text)
        for n, text in enumerate(one.texts, start=1)
    )
    rows = (
        [*one.facts, *one.authored] if own else [*one.facts, ("Author", cut.gone(place, ACCOUNT))]
    )
    rows += [(name, cut.clean(f"{place}, {name.lower()}", value)) for name, value in one.judged]
    return _Told(f"Item {number + 1}, {one.day}", tuple(rows), words)


def _case(cut: Redactor, entry: Mapping[str, str]) -> _Told:
    rows = tuple((name, cut.clean(f"case, {name.lower()}", value)) for name, value in entry.items())
    return _Told("A case about what happened to you", rows)


KIND: Final = Kind(
    name=PackKind.SUBJECT_ACCESS,
    title="ANSWER TO A SUBJECT ACCESS REQUEST",
    rights={Subject.PERSON: Right.ANSWER_SUBJECT_ACCESS},
    what="All that is held in Watchroom about one person, without what is about others.",
    inside=(
        ("held.pdf", "what is held, to read"),
        ("held.csv, held.json", "the same as tables"),
        ("review.csv", "where something about others was taken out; it holds none of it"),
    ),
    outside=(
        "What is about others: staff, other authors, people who work with Watchroom.",
        *_CHECK_FIRST,
    ),
    parts=_parts,
    holds=HoldReason.INFORMATION_REQUEST,
    details={
        "received": Detail("the day on which the request came", most=40),
        "purpose": Detail("what the data is for, as the organisation's notice says", most=2000),
        "kept": Detail("how long it is kept, as the organisation's policy says", most=2000),
    },
)
