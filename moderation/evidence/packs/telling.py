"""Pieces that several kinds of pack tell alike: how to check, what the limits are, the times."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final

from moderation.evidence.exhibits import folder_of
from moderation.evidence.notation import as_json, utc
from moderation.evidence.packs.occasions import Occasion
from moderation.evidence.packs.shape import Matter
from moderation.evidence.packs.words import both_clocks, defanged, platform, say, standing
from moderation.evidence.printing.parts import (
    Bullets,
    Code,
    Document,
    Heading,
    Paragraph,
    Part,
    Said,
    Text,
)
from moderation.tables import Stamped
from moderation.when import london, london_day

IN_ONE: Final = 50
NOT_SUPPLIED: Final = "not supplied by the platform"
NO_CLAIM: Final = (
    "We do not know who operates the accounts named here, and nothing here is a finding that an "
    "offence was committed."
)
LIMITS: Final = (
    "This file and the pictures in the pack are renderings. The exhibit is the sealed bytes.",
    NO_CLAIM,
    "Times that the platform gave are the platform's; the others are from our own clock.",
    "What the platform did not supply is marked as such and was not looked for elsewhere.",
)


def document(matter: Matter, title: str, subtitle: str, parts: Iterable[Part]) -> Document:
    """Return a document of this pack, dated when the pack was asked for."""
    return Document(
        title=title,
        subtitle=subtitle,
        date=london(matter.now).date(),
        parts=tuple(parts),
        footer=f"{matter.asked.ref} · {matter.organisation}",
    )


def further(
    matter: Matter,
    stem: str,
    found: Sequence[Occasion],
    told: Callable[[Sequence[Occasion]], Iterable[Part]],
) -> dict[str, Document]:
    """Return the documents that go on where the first one ends, each about some of the items.

    A PDF of hundreds of pages is hard to open, and setting it takes memory that a case must not.
    """
    documents = {}
    for n, start in enumerate(range(IN_ONE, len(found), IN_ONE), start=2):
        some = found[start : start + IN_ONE]
        subtitle = f"Items {some[0].number} to {some[-1].number} of {len(found)}"
        parts = (Heading("Items"), *told(some))
        documents[f"{stem}-{n:02d}.pdf"] = document(matter, f"{stem}, part {n}", subtitle, parts)
    return documents


def goes_on(stem: str, found: Sequence[Occasion]) -> Iterator[Part]:
    """Say where the items stand that the first document has no room for."""
    if len(found) > IN_ONE:
        yield Paragraph(
            f"This shows the first {IN_ONE} of {len(found)} items. {stem}-02.pdf and those after "
            "it show the others."
        )


def how_to_check(matter: Matter) -> Iterator[Part]:
    """Tell how a stranger checks the pack, and with which fingerprint."""
    yield Heading("How to check this pack")
    yield Paragraph(
        "Unpack the zip. With a shell that has sha256sum and openssl, go into the folder and type "
        "the line below. It must end with ALL CHECKS PASSED. VERIFY.txt says how to do the same by "
        "hand, and how on Windows."
    )
    yield Code(f"bash verify.sh {matter.fingerprint}")
    yield Paragraph(
        "That is the fingerprint of the organisation's signing key. Compare it with the one that "
        "the organisation publishes: whoever forges a pack can put another key into it."
    )
    stamped = list(stamps_say(matter))
    if stamped:
        yield Bullets(tuple(stamped))


def stamps_say(matter: Matter) -> Iterator[str]:
    """Say which outside authorities vouch for the time of the records, and what is missing."""
    records = [one.record for one in matter.contents.captured] if matter.contents else []
    had: dict[str, int] = {}
    wanted = 0
    for record in records:
        if record is None:
            continue
        for stamp in matter.stamps.get((Stamped.EVIDENCE, record.id), ()):
            if stamp.state == "had":
                had[stamp.authority] = had.get(stamp.authority, 0) + 1
            else:
                wanted += 1
    for authority, count in sorted(had.items()):
        yield f"The authority {authority} stamped {count} of {len(records)} records with its time."
    if wanted:
        yield f"Stamps asked for and not had by then: {wanted}."
    if records and not had and not wanted:
        yield "No time-stamp authority is set up, so the times rest on our own clock."


def occasion_facts(one: Occasion) -> tuple[tuple[Text, ...], ...]:
    """Return what a reader outside needs to find and name one item."""
    item = one.item
    return (
        ("Where", (f"{platform(one.account.platform)}, account ", Said(one.account.name))),
        ("Web address", (Code(defanged(item.url) or "the platform gives none"),)),
        ("The platform's id of it", (Code(item.native_id),)),
        ("Author as shown", (Said(one.author),)),
        ("The platform's id of the author", (Code(item.author_ref or NOT_SUPPLIED),)),
        ("Posted, says the platform", both_clocks(item.posted_at, NOT_SUPPLIED)),
        ("First seen by us", both_clocks(item.seen_at)),
        *((f"Captured as {row.ref}", both_clocks(row.captured_at)) for _, row in one.exhibits),
    )


def done_about(one: Occasion) -> str:
    """Return what was done about an item on the platform, and when."""
    done = [
        f"{say(action.kind)}: {standing(action.state)}, {both_clocks(_last(action))}"
        for action in one.actions
    ]
    return "; ".join(done) or "Nothing was done on the platform by then."


def _last(action: Any) -> datetime | None:
    at: datetime | None = action.verified_at or action.first_sent_at or action.requested_at
    return at


def gaps(found: Sequence[Occasion]) -> list[str]:
    """Return how much time lies between each item and the one before it."""
    said = ["the first"]
    for before, after in pairwise(found):
        seconds = int((after.item.occurred_at - before.item.occurred_at).total_seconds())
        days, rest = divmod(max(seconds, 0), 86400)
        said.append(f"{days} d {rest // 3600} h {rest % 3600 // 60} min later")
    return said


def in_six_months(at: datetime) -> date:
    """Return the day six calendar months later, in London; of a shorter month its last day."""
    day = london(at).date()
    year, month = divmod(day.year * 12 + day.month - 1 + 6, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def time_limit(found: Sequence[Occasion]) -> list[str]:
    """Say when a time limit may run out. It is a calculation and no advice."""
    first, last = found[0].item.occurred_at, found[-1].item.occurred_at
    lines = [
        "Some offences can only be prosecuted within six months. This is arithmetic, not legal "
        "advice: the police and the prosecutor say which limit applies and from when it runs.",
        f"Six months after the first item here ({london_day(first)}) is "
        f"{london_day(in_six_months(first))}.",
    ]
    if last != first:
        lines.append(
            f"Six months after the latest ({london_day(last)}) is "
            f"{london_day(in_six_months(last))}."
        )
    return lines


def rows_of(found: Sequence[Occasion]) -> list[dict[str, Any]]:
    """Return the items as flat rows for CSV and JSON; texts are exact."""
    return [
        {
            "number": one.number,
            "platform": platform(one.account.platform),
            "account": one.account.name,
            "address": one.item.url,
            "item_id_at_platform": one.item.native_id,
            "author_as_shown": one.author,
            "author_id": one.item.author_ref,
            "posted_utc": utc(one.item.posted_at) if one.item.posted_at else None,
            "first_seen_utc": utc(one.item.seen_at),
            "words": one.text,
            "records": ", ".join(row.ref for _, row in one.exhibits),
            "folders": ", ".join(folder_of(number) for number, _ in one.exhibits),
        }
        for one in found
    ]


def json_of(matter: Matter, name: str, rows: Sequence[Any]) -> bytes:
    """Return the twin of a table as JSON, with which pack it belongs to."""
    return as_json({"pack": matter.asked.ref, "of": matter.organisation, name: list(rows)})
