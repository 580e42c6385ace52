"""The pack for the police: a draft statement, the course of conduct, and the sealed records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from moderation.access import Right
from moderation.evidence.exhibits import as_csv
from moderation.evidence.packs import statement
from moderation.evidence.packs.affected import person_affected
from moderation.evidence.packs.continuity import continuity_csv, continuity_parts
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
    LIMITS,
    document,
    done_about,
    further,
    gaps,
    goes_on,
    how_to_check,
    json_of,
    rows_of,
    time_limit,
)
from moderation.evidence.packs.withholding import Rule
from moderation.evidence.packs.words import clock_of, day_of, defanged, platform, plural, say
from moderation.evidence.printing.parts import (
    Bullets,
    Code,
    Document,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Part,
    Said,
    Table,
)
from moderation.evidence.record import HANDLING
from moderation.evidence.tabling import table
from moderation.evidence.trail import Shown
from moderation.tables import HoldReason, PackKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_CONSENT: Final = {
    "given": "The person affected agrees to this report.",
    "overridden": (
        "The person affected has not agreed. The organisation reports it all the same, because of "
        "a risk to life or of serious harm."
    ),
    "not_needed": "Nobody in particular is the person affected, so nobody was asked to agree.",
}
_COLUMNS: Final = ("exhibit", *("number", "platform", "account", "address", "item_id_at_platform"))
_MORE: Final = ("author_as_shown", "author_id", "posted_utc", "first_seen_utc", "words", "done")


def _parts(session: Session, matter: Matter) -> Parts:
    if matter.contents is None:
        return Parts()
    found = occasions(session, matter.contents, matter.now)
    person, between = person_affected(session, matter), gaps(found)
    rows = [
        {**row, "exhibit": statement.exhibit_refs(matter, one), "done": done_about(one)}
        for row, one in zip(rows_of(found), found, strict=True)
    ]
    return Parts(
        documents={
            "statement.pdf": statement.statement(matter, found, person),
            "summary.pdf": _summary(matter, found, person),
            **further(matter, "exhibits", found, lambda some: [statement.exhibits(matter, some)]),
            **further(matter, "timeline", found, lambda some: [_timeline(matter, some, between)]),
        },
        files={
            "exhibits.csv": as_csv(matter.contents),
            "timeline.csv": table((*_COLUMNS, *_MORE, "records", "folders"), rows),
            "timeline.json": json_of(matter, "occasions", rows),
            "continuity.csv": continuity_csv(matter),
        },
    )


def _summary(matter: Matter, found: Sequence[Occasion], person: str) -> Document:
    return document(
        matter,
        "Summary and course of conduct",
        f"For {matter.asked.recipient}",
        _summary_parts(matter, found, person),
    )


def _summary_parts(matter: Matter, found: Sequence[Occasion], person: str) -> Iterator[Part]:
    yield Note("Matters here are possible and alleged. The words shown can be abusive.")
    yield Heading("In brief")
    first, last = found[0].item.occurred_at, found[-1].item.occurred_at
    authors = {one.item.author_ref or one.author for one in found}
    matters = sorted({say(one.item.category) for one in found if one.item.category})
    yield Bullets(
        (
            f"{plural(len(found), 'item')} by {plural(len(authors), 'account')}, between "
            f"{day_of(first)} and {day_of(last)}.",
            f"Possible matters: {', '.join(matters) or 'none named'}.",
            f"Person affected: {person or 'nobody in particular'}.",
            _CONSENT.get(matter.asked.consent, _CONSENT["not_needed"]),
            *([f"In words: {matter.asked.consent_note}"] if matter.asked.consent_note else []),
            *_known(matter),
        )
    )
    yield Heading("A time limit may apply")
    yield Bullets(tuple(time_limit(found)))
    yield Heading("Every occasion, in order of time")
    yield Paragraph(
        "The times are those of the platform where it gave one, otherwise when we first saw the "
        "item. Gaps are shown because they matter; whether this is a course of conduct is for "
        "others to say. The exact words stand in the records and in timeline.json."
    )
    yield from goes_on("timeline", found)
    yield _timeline(matter, found[:IN_ONE], gaps(found))
    yield PageBreak()
    yield from continuity_parts(matter)
    yield from how_to_check(matter)
    yield Heading("Limits")
    yield Bullets((*LIMITS, *KIND.outside))


def _known(matter: Matter) -> list[str]:
    told = (
        ("urn", "Crime or incident reference"),
        ("risk", "Risk that we know of"),
        ("preference", "How the person affected would like to be contacted"),
        ("contact", "Contact at the organisation, which holds the data"),
    )
    return [f"{says}: {matter.detail(name)}" for name, says in told if matter.detail(name)]


def _timeline(matter: Matter, found: Sequence[Occasion], between: Sequence[str]) -> Table:
    return Table(
        caption="Occasions",
        columns=("Nr", "Day and time", "Gap", "Where", "Author as shown", "Words", "Exhibit"),
        rows=tuple(
            (
                str(one.number),
                f"{day_of(one.item.occurred_at)} {clock_of(one.item.occurred_at)}",
                between[one.number - 1],
                (f"{platform(one.account.platform)} ", Code(defanged(one.item.url))),
                (Said(one.author), f" (id {one.item.author_ref or 'not supplied'})"),
                (Said(_cut(one.text)),),
                statement.exhibit_refs(matter, one) or "not captured",
            )
            for one in found
        ),
        widths=(1, 3, 3, 4, 4, 7, 2),
    )


def _cut(text: str | None, most: int = 600) -> str:
    if text is None:
        return "no words"
    return text if len(text) <= most else f"{text[:most]} … (the rest stands in the record)"


KIND: Final = Kind(
    name=PackKind.POLICE,
    title="EVIDENCE FOR THE POLICE",
    rights={Subject.CASE: Right.PACK_FOR_POLICE, Subject.ITEM: Right.PACK_FOR_POLICE},
    what=(
        "A report of possible offences with the evidence: a draft statement for a witness to check "
        "and sign, every occasion in order of time, and the sealed records."
    ),
    inside=(
        ("statement.pdf", "a draft statement with the list of exhibits; nobody's until signed"),
        ("summary.pdf", "the course of conduct, the time limit, consent, and who handled what"),
        ("exhibits.csv", "the list of exhibits, one line each"),
        ("timeline.csv, timeline.json", "every occasion with its exact words"),
        ("continuity.csv", "each act on each exhibit, with its time"),
    ),
    outside=(
        "What machines read into the texts: it is no evidence. It can be asked for separately.",
        "Support, welfare and medical matters, and data of other staff.",
        "Why people of the organisation decided as they did, in their own words.",
        "What was not captured. The list of exhibits names each.",
    ),
    parts=_parts,
    rule=Rule(files=(HANDLING,)),
    shown=Shown(
        ("evidence.", "evidence_record.", "evidence_addition.", "platform_action."),
        with_reasons=False,
    ),
    with_additions=True,
    needs_consent=True,
    holds=HoldReason.POLICE,
    details={
        "maker": Detail("who will sign the statement", needed=True, most=120),
        "occupation": Detail("that person's occupation", most=120),
        "age": Detail('"over 18", or the age', most=20),
        "urn": Detail("the crime or incident reference", most=80),
        "risk": Detail("risk that is known of: address known, prior contact, weapons", most=2000),
        "preference": Detail("how the person affected would like to be contacted"),
        "contact": Detail("whom the police can ask at the organisation"),
    },
)
