"""The pack for a standards board: a quarter in figures and nameless lines, few of any hidden."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from moderation.access import Right
from moderation.errors import InvalidInput
from moderation.evidence.packs.shape import Kind, Matter, Parts, Subject
from moderation.evidence.packs.telling import document, json_of
from moderation.evidence.packs.words import plural, say, severity
from moderation.evidence.printing.parts import Heading, Note, Paragraph, Part, Table
from moderation.evidence.tabling import table
from moderation.reporting.suppression import THRESHOLD, publish, publish_count
from moderation.reporting.wording import cell_says
from moderation.tables import (
    CaseItemRow,
    CaseRow,
    DecisionOutcome,
    DecisionRow,
    ItemRow,
    PackKind,
    SupportRow,
    SupportStatus,
)
from moderation.taxonomy import PerpetratorType
from moderation.when import LONDON, london

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_QUARTER: Final = re.compile(r"(20[0-9]{2})-Q([1-4])")
_OUR_OWN: Final = (
    PerpetratorType.EMPLOYEE,
    PerpetratorType.TEMP_VOLUNTEER_SECONDEE_EPW,
    PerpetratorType.FORMER_EMPLOYEE,
    PerpetratorType.UNION_REP_IN_CAPACITY,
)
_ANSWERED: Final = (SupportStatus.ACCEPTED, SupportStatus.DECLINED, SupportStatus.DONE)
_COLUMNS: Final = ("matter", "open_for", "stage", "support_in_place", "outcome")
_WEEKS: Final = ((4, "up to 4 weeks"), (13, "up to a quarter"), (26, "up to half a year"))


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months of London's calendar, from begins up to ends."""

    name: str
    begins: datetime
    ends: datetime

    @classmethod
    def named(cls, name: str) -> Quarter:
        """Return a quarter by its name, such as "2026-Q4". Raises InvalidInput."""
        found = _QUARTER.fullmatch(name.strip().upper())
        if found is None:
            raise InvalidInput("Name a quarter, such as 2026-Q4.")
        year, n = int(found[1]), int(found[2])
        begins = datetime(year, 3 * n - 2, 1, tzinfo=LONDON)
        ends = datetime(year + n // 4, 3 * n % 12 + 1, 1, tzinfo=LONDON)
        return cls(found[0], begins.astimezone(UTC), ends.astimezone(UTC))


def _parts(session: Session, matter: Matter) -> Parts:
    quarter = Quarter.named(matter.asked.subject)
    org_id = matter.asked.org_id
    figures = list(_figures(session, org_id, quarter, matter.now))
    lines = _lines(session, org_id, quarter, matter.now)
    made = document(
        matter,
        f"Standards board, {quarter.name}",
        f"{matter.organisation}, by London's calendar",
        _told(figures, lines),
    )
    rows = [dict(zip(("what", "of", "number"), row, strict=True)) for row in figures]
    return Parts(
        documents={"board.pdf": made},
        files={
            "figures.csv": table(("what", "of", "number"), rows),
            "figures.json": json_of(matter, "figures", rows),
            "lines.csv": table(_COLUMNS, lines),
        },
    )


def _told(
    figures: Sequence[tuple[str, str, str]], lines: Sequence[Mapping[str, Any]]
) -> Iterator[Part]:
    yield Note(
        f"Counts below {THRESHOLD} are not shown, nor is any number that would give one away. "
        "Nobody is named here, and the words of no item are."
    )
    yield Heading("In figures")
    yield Table("Figures", ("What", "Of which", "Number"), tuple(figures))
    yield Heading("Cases in which the author works or worked here")
    if not lines:
        yield Paragraph(
            f"There were fewer than {THRESHOLD}, so none is described: a line would point at a "
            "person."
        )
        return
    yield Paragraph(f"{plural(len(lines), 'case')}, in an order that says nothing.")
    yield Table(
        "Cases",
        ("Matter", "Open for", "Stage", "Support in place", "Outcome"),
        tuple(tuple(str(line[name]) for name in _COLUMNS) for line in lines),
    )


def _figures(
    session: Session, org_id: str, quarter: Quarter, now: datetime
) -> Iterator[tuple[str, str, str]]:
    """Yield the figures as (what, of which, number as it may be shown)."""
    decided = session.execute(
        select(DecisionRow.item_id, DecisionRow.category, DecisionRow.severity)
        .where(
            DecisionRow.org_id == org_id,
            DecisionRow.outcome == DecisionOutcome.ABUSE,
            DecisionRow.at >= quarter.begins,
            DecisionRow.at < min(quarter.ends, now),
        )
        .order_by(DecisionRow.id)
    ).all()
    last = {row.item_id: row for row in decided}
    shown = publish(
        len(last),
        {
            "Kind": Counter(say(row.category) for row in last.values()),
            "Severity": Counter(severity(row.severity) for row in last.values()),
        },
    )
    yield "Items that a person found to be abuse", "all", cell_says(shown.total)
    for name, cells in shown.tables.items():
        for code, cell in sorted((cells or {}).items()):
            yield name, code, cell_says(cell)
    for says, column in (("opened", CaseRow.opened_at), ("closed", CaseRow.closed_at)):
        count = session.scalar(
            select(func.count())
            .select_from(CaseRow)
            .where(
                CaseRow.org_id == org_id, column >= quarter.begins, column < min(quarter.ends, now)
            )
        )
        yield f"Cases {says}", "all", cell_says(publish_count(count or 0))


def _lines(session: Session, org_id: str, quarter: Quarter, now: datetime) -> list[dict[str, str]]:
    """Return a line for each case about our own people, none where there are too few of them."""
    cases = session.scalars(
        select(CaseRow).where(
            CaseRow.org_id == org_id,
            CaseRow.perpetrator_type.in_(_OUR_OWN),
            CaseRow.opened_at < min(quarter.ends, now),
            (CaseRow.closed_at.is_(None)) | (CaseRow.closed_at >= quarter.begins),
        )
    ).all()
    if len(cases) < THRESHOLD:
        return []
    lines = [_line(session, case, min(quarter.ends, now)) for case in cases]
    return sorted(lines, key=lambda line: tuple(line.values()))


def _line(session: Session, case: CaseRow, until: datetime) -> dict[str, str]:
    category = session.scalar(
        select(ItemRow.category)
        .join(CaseItemRow, CaseItemRow.item_id == ItemRow.id)
        .where(CaseItemRow.case_id == case.id, ItemRow.category.is_not(None))
        .order_by(ItemRow.severity.desc(), ItemRow.id)
        .limit(1)
    )
    support = session.scalar(
        select(func.count())
        .select_from(SupportRow)
        .where(SupportRow.case_id == case.id, SupportRow.status.in_(_ANSWERED))
    )
    weeks = (london(case.closed_at or until) - london(case.opened_at)).days / 7
    return {
        "matter": say(category),
        "open_for": next((says for most, says in _WEEKS if weeks <= most), "longer"),
        "stage": say(case.state),
        "support_in_place": "yes" if support else "no",
        "outcome": say(case.outcome) if case.outcome else "none yet",
    }


KIND: Final = Kind(
    name=PackKind.STANDARDS_BOARD,
    title="REPORT TO A STANDARDS BOARD",
    rights={Subject.QUARTER: Right.PACK_FOR_BOARD},
    what=(
        "A quarter in figures, and a line without any name for each case in which the author works "
        "or worked at the organisation."
    ),
    inside=(
        ("board.pdf", "the report, to read"),
        ("figures.csv, figures.json", "its figures as tables"),
        ("lines.csv", "a line for each case, none where there are fewer than five"),
    ),
    outside=(
        "Names, words, addresses, dates of single cases, and every count below five.",
        "Support and medical matters.",
    ),
    parts=_parts,
)
