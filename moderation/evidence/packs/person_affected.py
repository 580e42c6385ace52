"""The kit for the person affected: what was kept, how to report it oneself, who can help."""

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
    done_about,
    further,
    goes_on,
    how_to_check,
    json_of,
    occasion_facts,
    rows_of,
)
from moderation.evidence.packs.withholding import Rule
from moderation.evidence.packs.words import day_of, platform, plural
from moderation.evidence.printing.parts import (
    Bullets,
    Document,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Part,
    Quote,
    Table,
)
from moderation.evidence.record import HANDLING
from moderation.evidence.tabling import table
from moderation.tables import PackKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_HELP: Final = (
    "In danger now: 999. Not an emergency: 101, or the website of your police force.",
    "The person named in this pack at your organisation, your manager, or somebody you trust.",
    "Your trade union, if you are a member of one.",
    "Victim Support, whether or not you report to the police.",
    "The Cyber Helpline, for your accounts and devices.",
    "Report Harmful Content, when a platform did not act on your report.",
    "The National Stalking Helpline, when it does not stop or somebody seems to follow you.",
    "The Revenge Porn Helpline, when intimate pictures are shared or threatened to be.",
    "Samaritans, at any hour: 116 123.",
)
_BEFORE: Final = (
    "You do not have to look at any of it again. Somebody else can do all of this with you, or for "
    "you where the platform lets them.",
    "Do not answer the author. Do not delete anything of your own: it may be needed.",
    "Report each item by itself. Keep the number or the mail that the platform sends you.",
    "If the platform asks what the matter is, the words under each item below may help.",
)
_STEPS: Final[dict[str, tuple[str, ...]]] = {
    "facebook": (
        "Open the address of the item while you are signed in.",
        "Press the three dots beside it, then Report.",
        "Choose what it is, and say that it is about you when you are asked.",
        "Look for the answer under Help and support, Support inbox.",
    ),
    "instagram": (
        "Open the post and find the comment.",
        "Swipe it to the left, or press and hold it, then press Report.",
        "Choose what it is, and say that it is about you when you are asked.",
        "Look for the answer in Settings, Help, Support requests.",
    ),
    "x": (
        "Open the address of the post while you are signed in.",
        "Press the three dots above it, then Report post.",
        "Choose what it is, and say that it is aimed at you when you are asked.",
        "The answer comes by mail and among your notifications.",
    ),
    "youtube": (
        "Open the address of the comment while you are signed in.",
        "Press the three dots beside it, then Report.",
        "Choose what it is. For private details there is a form of its own, the privacy complaint.",
    ),
    "bluesky": (
        "Open the address of the post while you are signed in.",
        "Press the three dots below it, then Report post.",
        "Choose what it is and write in a sentence that it is about you.",
    ),
    "mastodon": (
        "Open the address of the post while you are signed in.",
        "Press the three dots below it, then Report.",
        "Choose what it is, and let the report go to the author's server too.",
    ),
}
_OTHERWISE: Final = (
    "This did not come through a platform that we read. Whoever runs the service (the telephone "
    "company, the mail provider) can be asked by the holder of the account it came to.",
)


def _parts(session: Session, matter: Matter) -> Parts:
    if matter.contents is None:
        return Parts()
    found = occasions(session, matter.contents, matter.now)
    rows = rows_of(found)
    return Parts(
        documents={
            "kit.pdf": _kit(matter, found),
            **further(matter, "items", found, _items),
        },
        files={
            "items.csv": table(tuple(rows[0]), rows),
            "items.json": json_of(matter, "items", rows),
        },
    )


def _kit(matter: Matter, found: Sequence[Occasion]) -> Document:
    return document(
        matter,
        "What was said about you, and what you can do",
        f"From {matter.organisation}",
        _told(matter, found),
    )


def _told(matter: Matter, found: Sequence[Occasion]) -> Iterator[Part]:
    yield Note(
        "The first pages hold no abusive words. They begin on the page that says so, and you can "
        "leave those pages to somebody else."
    )
    yield Paragraph(
        f"We kept {plural(len(found), 'item')} that {'is' if len(found) == 1 else 'are'} about "
        "you, with the bytes as the platform gave them, so that nothing is lost if the author "
        "takes them down."
    )
    if matter.detail("supporter"):
        yield Paragraph(f"You can talk it through with {matter.detail('supporter')}.")
    yield Heading("Reporting it yourself")
    yield Bullets(_BEFORE)
    for code in sorted({one.account.platform for one in found}):
        yield Heading(f"On {platform(code)}" if code in _STEPS else platform(code), level=2)
        yield Bullets(_STEPS.get(code, _OTHERWISE), numbered=code in _STEPS)
    yield Paragraph(
        "Platforms move their buttons. Should one not be where this says, look in the platform's "
        "help for the word “report”."
    )
    yield Heading("The police")
    yield Paragraph(
        "You can report to the police yourself at any time, whatever the organisation does. Take "
        "this pack with you: they can check it without us."
    )
    yield Heading("Who can help")
    yield Bullets(_HELP)
    yield from how_to_check(matter)
    yield PageBreak()
    yield Heading("The items, with their words")
    yield from goes_on("items", found)
    yield from _items(found[:IN_ONE])


def _items(found: Sequence[Occasion]) -> Iterator[Part]:
    for one in found:
        yield Heading(f"Item {one.number}, {day_of(one.item.occurred_at)}", level=2)
        yield Quote(one.text or "(no words)")
        yield Table(f"Item {one.number}", ("What", "As recorded"), occasion_facts(one), (1, 3))
        yield Bullets(
            (
                f"What you can say: it breaks {in_words(one.account.platform, one.item.category)}.",
                f"What we did: {done_about(one)}",
            )
        )


KIND: Final = Kind(
    name=PackKind.PERSON_AFFECTED,
    title="KIT FOR THE PERSON AFFECTED",
    rights={Subject.CASE: Right.WORK_CASE, Subject.ITEM: Right.CAPTURE},
    what=(
        "What was said about one person, for that person: how to report it oneself, who can help, "
        "and the sealed records, so that they can be shown to others."
    ),
    inside=(
        ("kit.pdf", "what was kept, steps for each platform, who can help"),
        ("items.csv, items.json", "the items as tables"),
    ),
    outside=(
        "What machines read into the texts, and what people here thought of them.",
        "The conversation around each item beyond what its card shows: it is other people's.",
        "What HR does about the author, and files that other people added.",
    ),
    parts=_parts,
    rule=Rule(parts=("thread",), files=(HANDLING,)),
    details={"supporter": Detail("who can sit with the person, by name", most=200)},
)
