"""The pack for HR: one case with names, wishes and welfare, and links instead of the material."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from moderation.access import Right
from moderation.evidence.packs.affected import name_of, person_affected, targets
from moderation.evidence.packs.occasions import Occasion, occasions
from moderation.evidence.packs.shape import Kind, Matter, Parts, Subject
from moderation.evidence.packs.telling import (
    IN_ONE,
    document,
    done_about,
    further,
    gaps,
    goes_on,
    json_of,
    rows_of,
)
from moderation.evidence.packs.words import both_clocks, day_of, platform, say, severity
from moderation.evidence.printing.parts import (
    Bullets,
    Heading,
    Note,
    Paragraph,
    Part,
    Quote,
    Said,
    Table,
)
from moderation.evidence.tabling import table
from moderation.tables import CaseNoteRow, CaseRow, PackKind, SupportRow, UserRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_COLUMNS: Final = ("number", "link", "platform", "account", "address", "author_as_shown")
_MORE: Final = ("posted_utc", "first_seen_utc", "category", "severity", "reason", "done", "words")
_NOT_RECORDED: Final = "not recorded"


def _parts(session: Session, matter: Matter) -> Parts:
    chosen, case = matter.contents, matter.case
    if chosen is None or case is None:
        return Parts()
    found = occasions(session, chosen, matter.now)
    rows = [
        {**row, **_decided(one), "link": _link(matter, one), "done": done_about(one)}
        for row, one in zip(rows_of(found), found, strict=True)
    ]
    between = gaps(found)
    made = document(matter, f"Case {case.ref}", "For HR alone", _told(session, matter, case, found))
    return Parts(
        documents={
            "case.pdf": made,
            **further(matter, "occasions", found, lambda some: _occasions(matter, some, between)),
        },
        files={
            "occasions.csv": table((*_COLUMNS, *_MORE, "records"), rows),
            "occasions.json": json_of(matter, "occasions", rows),
        },
    )


def _told(
    session: Session, matter: Matter, case: CaseRow, found: Sequence[Occasion]
) -> Iterator[Part]:
    yield Note("This names people and speaks of their welfare. It leaves HR with nobody's pack.")
    yield Heading("The case")
    yield Table("The case", ("What", "As recorded"), _facts(session, matter, case, found), (1, 2))
    yield Heading("Occasions")
    yield from goes_on("occasions", found)
    yield from _occasions(matter, found[:IN_ONE], gaps(found))
    yield Heading("Support offered")
    support = _support(session, case)
    if support:
        yield Table("Support", ("What", "Where it stands", "Note", "Changed"), support)
    else:
        yield Paragraph("Nothing is recorded as offered.")
    yield Heading("The record of the case")
    notes = _notes(session, case)
    yield (
        Table("Record", ("When", "What", "By", "Words"), notes, (3, 2, 2, 7))
        if notes
        else (Paragraph("Nothing was written."))
    )


def _facts(
    session: Session, matter: Matter, case: CaseRow, found: Sequence[Occasion]
) -> tuple[tuple[str, ...], ...]:
    names = [name_of(session, case.org_id, staff_id) for staff_id in targets(matter)]
    return (
        ("Person affected", person_affected(session, matter) or _NOT_RECORDED),
        ("Staff at whom the items are aimed", ", ".join(names) or "nobody in particular"),
        ("Severity", severity(case.severity)),
        ("Where the case stands", say(case.state)),
        ("Who the author is", say(case.perpetrator_type)),
        ("Summary", case.summary or _NOT_RECORDED),
        ("Opened", day_of(case.opened_at)),
        ("Occasions", str(len(found))),
        ("What the person affected says to the police", say(case.police_consent)),
        ("Decided about the police", case.police_decision or _NOT_RECORDED),
        ("Safeguarding", case.safeguarding_answer or _NOT_RECORDED),
        ("Conflict of interest", case.conflict_check or _NOT_RECORDED),
        ("Contact with the person affected", case.contact_note or _NOT_RECORDED),
        ("Outcome", " ".join((say(case.outcome), case.outcome_note)).strip()),
    )


def _occasions(matter: Matter, found: Sequence[Occasion], between: Sequence[str]) -> Iterator[Part]:
    for one in found:
        decided, day = _decided(one), day_of(one.item.occurred_at)
        yield Heading(f"{one.number}. {day}, {between[one.number - 1]}", level=2)
        yield Quote(one.text or "(no words)")
        yield Bullets(
            (
                (f"{platform(one.account.platform)}, by ", Said(one.author)),
                f"Found to be: {decided['category']}, {decided['severity']}.",
                ("Because: ", Said(str(decided["reason"]) or _NOT_RECORDED)),
                f"Done: {done_about(one)}",
                f"To see all of it, sign in: {_link(matter, one)}. Each look is recorded.",
            )
        )


def _decided(one: Occasion) -> dict[str, Any]:
    decision = one.decision
    if decision is None:
        return {
            "category": "not decided yet",
            "severity": severity(one.item.severity),
            "reason": "",
        }
    code = decision.category or decision.not_abuse or decision.house_rule
    return {
        "category": say(code),
        "severity": severity(decision.severity),
        "reason": decision.reason,
    }


def _link(matter: Matter, one: Occasion) -> str:
    return f"{matter.base_url}/items/{one.item.id}"


def _support(session: Session, case: CaseRow) -> tuple[tuple[str, ...], ...]:
    rows = session.scalars(
        select(SupportRow).where(SupportRow.case_id == case.id).order_by(SupportRow.id)
    )
    return tuple(
        (say(row.code), say(row.status), row.note, both_clocks(row.changed_at)) for row in rows
    )


def _notes(session: Session, case: CaseRow) -> tuple[tuple[str, ...], ...]:
    rows = session.execute(
        select(CaseNoteRow, UserRow.name)
        .join(UserRow, UserRow.id == CaseNoteRow.author_id)
        .where(CaseNoteRow.case_id == case.id)
        .order_by(CaseNoteRow.id)
    )
    return tuple((both_clocks(row.at), say(row.kind), name, row.body) for row, name in rows)


KIND: Final = Kind(
    name=PackKind.HR,
    title="CASE FOR HR",
    rights={Subject.CASE: Right.WORK_CASE},
    what=(
        "One case as HR works it: who is affected, every occasion, what was decided and why, what "
        "was done, and the support that was offered. It names staff and speaks of their welfare."
    ),
    inside=(
        ("case.pdf", "the case, to read"),
        ("occasions.csv, occasions.json", "its occasions as tables"),
    ),
    outside=(
        "The sealed records with their pictures: the links lead there, and each look is recorded.",
        "What machines read into the texts.",
    ),
    parts=_parts,
)
