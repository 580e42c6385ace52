"""The pack for a platform: what breaks which of its rules, where, with nothing about our people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from moderation.access import Right
from moderation.evidence.packs.clauses import in_words
from moderation.evidence.packs.occasions import Occasion, occasions
from moderation.evidence.packs.shape import (
    Detail,
    Kind,
    Matter,
    Parts,
    Subject,
)
from moderation.evidence.packs.telling import (
    IN_ONE,
    document,
    further,
    goes_on,
    how_to_check,
    json_of,
    occasion_facts,
    rows_of,
)
from moderation.evidence.packs.withholding import Rule
from moderation.evidence.packs.words import both_clocks, plural
from moderation.evidence.printing.parts import (
    Bullets,
    Heading,
    PageBreak,
    Paragraph,
    Part,
    Quote,
    Table,
)
from moderation.evidence.record import HANDLING
from moderation.evidence.tabling import table
from moderation.model import ActionKind
from moderation.tables import PackKind
from moderation.taxonomy import TargetType

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_HIT: Final = {
    TargetType.NAMED_STAFF: "a member of our staff, who is named in it",
    TargetType.IDENTIFIABLE_STAFF: "a member of our staff, who can be recognised from it",
    TargetType.STAFF_GROUP: "a group of our staff",
    TargetType.MEMBER_OF_PUBLIC: "a member of the public",
    TargetType.GROUP_BY_CHARACTERISTIC: "people because of who they are",
}
_KEEP: Final = (
    "Please keep this item and what you hold about the account that wrote it, including what only "
    "you can see, until we or the police tell you that it is no longer needed."
)
_COLUMNS: Final = ("number", "address", "item_id_at_platform", "author_as_shown", "author_id")
_MORE: Final = ("posted_utc", "first_seen_utc", "rule", "aimed_at", "words", "reported_before")


def _parts(session: Session, matter: Matter) -> Parts:
    if matter.contents is None:
        return Parts()
    found = occasions(session, matter.contents, matter.now)
    rows = [
        {
            **row,
            "rule": _rule(matter, one),
            "aimed_at": _aimed_at(one),
            "reported_before": _reported(one),
        }
        for row, one in zip(rows_of(found), found, strict=True)
    ]
    parts = document(
        matter,
        "Report of content that breaks your rules",
        f"To {matter.asked.recipient}, from {matter.organisation}",
        _told(matter, found),
    )
    return Parts(
        documents={
            "report.pdf": parts,
            **further(matter, "report", found, lambda some: _items(matter, some)),
        },
        files={
            "report.txt": _to_paste(matter, found),
            "report.csv": table((*_COLUMNS, *_MORE, "records", "folders"), rows),
            "report.json": json_of(matter, "items", rows),
        },
    )


def _told(matter: Matter, found: Sequence[Occasion]) -> Iterator[Part]:
    yield Paragraph(
        f"{matter.organisation} reports {plural(len(found), 'item')} below its own posts. "
        f"Our reference is {matter.asked.ref}; please name it in your answer."
    )
    yield Bullets(
        (
            f"Who may report it: {matter.detail('who_must_report', 'we do, as the page owner')}.",
            f"How urgent it is: {matter.detail('urgency', 'as soon as you can')}.",
            _KEEP,
        )
    )
    yield from goes_on("report", found)
    yield from _items(matter, found[:IN_ONE])
    yield from how_to_check(matter)


def _items(matter: Matter, found: Sequence[Occasion]) -> Iterator[Part]:
    for one in found:
        if one is not found[0]:
            yield PageBreak()
        yield Heading(f"Item {one.number}")
        yield Quote(matter.detail("words") or one.text or "(no words)")
        yield Table(
            f"Item {one.number}",
            ("What", "As recorded"),
            (
                *occasion_facts(one),
                ("Breaks", _rule(matter, one)),
                ("Aimed at", _aimed_at(one)),
                ("Reported before", _reported(one)),
            ),
            (1, 3),
        )


def _rule(matter: Matter, one: Occasion) -> str:
    return matter.detail("clause") or in_words(one.account.platform, one.item.category)


def _aimed_at(one: Occasion) -> str:
    target = one.item.target_type
    return _HIT.get(target, "nobody in particular") if target else "nobody in particular"


def _reported(one: Occasion) -> str:
    """Return our earlier reports of an item by what the platform called them."""
    told = [
        f"{both_clocks(action.first_sent_at or action.requested_at)}"
        + (f", reference {action.reference}" if action.reference else "")
        for action in one.actions
        if action.kind is ActionKind.REPORT
    ]
    return "; ".join(told) or "no"


def _to_paste(matter: Matter, found: Sequence[Occasion]) -> bytes:
    """Return the report as plain text, for the platform's own form."""
    lines = [f"Report {matter.asked.ref} by {matter.organisation}", ""]
    for one in found:
        lines += [
            f"Item {one.number}: {one.item.url or 'no address'}",
            f"Id: {one.item.native_id}",
            f"Author: {one.author} (id {one.item.author_ref or 'not supplied'})",
            f"Posted: {both_clocks(one.item.posted_at, 'not supplied')}",
            f"Breaks: {_rule(matter, one)}",
            f"Aimed at: {_aimed_at(one)}",
            f"Words: {matter.detail('words') or one.text or '(no words)'}",
            "",
        ]
    return "\n".join([*lines, _KEEP, ""]).encode("utf-8", "backslashreplace")


KIND: Final = Kind(
    name=PackKind.PLATFORM,
    title="REPORT TO A PLATFORM",
    rights={Subject.CASE: Right.WORK_CASE, Subject.ITEM: Right.REPORT},
    what=(
        "A report of content that breaks the platform's own rules, with the address and the id of "
        "each item, the rule, the words, and the sealed bytes as the platform gave them."
    ),
    inside=(
        ("report.pdf", "the report, a page for each item"),
        ("report.txt", "the same as plain text, to paste into a form"),
        ("report.csv, report.json", "the same as tables"),
    ),
    outside=(
        "Names and data of our staff beyond what the items themselves say in public.",
        "What machines read into the texts, and what people here thought of them.",
        "The audit trail of the organisation, and files that its people added.",
    ),
    parts=_parts,
    rule=Rule(
        parts=(
            "actions_before",
            "collection.wanted_by",
            "thread",
        ),
        files=(HANDLING,),
    ),
    details={
        "platform": Detail("which platform, where the items stand on several", most=40),
        "clause": Detail("the clause of the terms that is broken, as it stands today"),
        "words": Detail("the offending words, where only some of them are", most=5000),
        "who_must_report": Detail("who may report it: the page owner, the person, the account"),
        "urgency": Detail("how urgent it is, and why"),
    },
)
