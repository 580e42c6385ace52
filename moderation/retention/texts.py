"""Every column that holds an item's or a case's words, and what erasing makes of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from moderation.tables import (
    ActionOnCaptureRow,
    CaseNoteRow,
    CaseRow,
    ContactMarkRow,
    DecisionRow,
    DisclosureRow,
    EvidenceAdditionRow,
    EvidenceMediaRow,
    EvidenceRow,
    ItemRow,
    ItemVersionRow,
    LegalHoldRow,
    PatternItemRow,
    PatternRow,
    PlatformActionRow,
    ProposalRow,
    SettledTextRow,
    SignalRow,
    SupportRow,
)

NOW: Final = object()
"""Stands for the time of the erasure among the values below."""


@dataclass(frozen=True, slots=True)
class Emptied:
    """Columns of one table that erasing sets; key is the column that says of which item or case."""

    table: type[Any]
    key: InstrumentedAttribute[Any]
    values: Mapping[str, object]
    where: ColumnElement[bool] | None = None


RECORDS: Final = (
    Emptied(
        EvidenceMediaRow,
        EvidenceMediaRow.evidence_id,
        {"url": "", "final_url": "", "erased_at": NOW},
        EvidenceMediaRow.erased_at.is_(None),
    ),
    Emptied(
        ActionOnCaptureRow,
        ActionOnCaptureRow.evidence_id,
        {"reason": "", "by_hand": "", "says": ""},
    ),
)
ITEMS: Final = (
    Emptied(ItemRow, ItemRow.id, {"author_handle": "", "author_name": "", "url": ""}),
    Emptied(
        ItemVersionRow,
        ItemVersionRow.item_id,
        {"body": None, "raw": b"", "media": [], "erased_at": NOW},
        ItemVersionRow.erased_at.is_(None),
    ),
    Emptied(SignalRow, SignalRow.item_id, {"words": [], "read_as": None, "unscored": ""}),
    Emptied(
        ProposalRow,
        ProposalRow.item_id,
        {"reasons": [], "target_why": "", "target_words": None},
    ),
    Emptied(DecisionRow, DecisionRow.item_id, {"reason": ""}),
    Emptied(PlatformActionRow, PlatformActionRow.item_id, {"reason": "", "says": ""}),
    Emptied(
        EvidenceAdditionRow,
        EvidenceAdditionRow.item_id,
        {"name": "", "obtained_how": "", "erased_at": NOW},
        EvidenceAdditionRow.erased_at.is_(None),
    ),
    Emptied(
        EvidenceRow,
        EvidenceRow.item_id,
        {"note": "", "erased_at": NOW},
        EvidenceRow.erased_at.is_(None),
    ),
    Emptied(LegalHoldRow, LegalHoldRow.item_id, {"note": "", "end_reason": ""}),
)
CASES: Final = (
    Emptied(
        CaseRow,
        CaseRow.id,
        {
            "affected_staff_id": None,
            "affected_person": "",
            "summary": "",
            "police_decision": "",
            "safeguarding_answer": "",
            "conflict_check": "",
            "contact_note": "",
            "outcome_note": "",
        },
    ),
    Emptied(CaseNoteRow, CaseNoteRow.case_id, {"body": ""}),
    Emptied(SupportRow, SupportRow.case_id, {"note": ""}),
    Emptied(LegalHoldRow, LegalHoldRow.case_id, {"note": "", "end_reason": ""}),
    Emptied(DisclosureRow, DisclosureRow.case_id, {"details": {}, "consent_note": ""}),
)
# What only finds others like it by a hash of its words goes as a whole.
_GONE: Final = (SettledTextRow, ContactMarkRow)


def empty_items(session: Session, item_ids: Sequence[int], now: datetime) -> None:
    """Empty every text of these items. The caller holds their lock and has checked each."""
    records = select(EvidenceRow.id).where(EvidenceRow.item_id.in_(item_ids)).scalar_subquery()
    for one in RECORDS:
        _empty(session, one, one.key.in_(records), now)
    for one in ITEMS:
        _empty(session, one, one.key.in_(item_ids), now)
    for table in _GONE:
        session.execute(
            delete(table)
            .where(table.item_id.in_(item_ids))
            .execution_options(synchronize_session=False)
        )
    _empty_patterns(session, item_ids)


def empty_case(session: Session, case_id: int, now: datetime) -> None:
    """Empty every text of a case; who saw it, when it was worked and how it ended stay."""
    for one in CASES:
        _empty(session, one, one.key == case_id, now)


def empty_media(session: Session, item_ids: Sequence[int], now: datetime) -> None:
    """Let go of the addresses of the pictures and videos of these items; their words stay."""
    records = select(EvidenceRow.id).where(EvidenceRow.item_id.in_(item_ids)).scalar_subquery()
    media = RECORDS[0]
    _empty(session, media, media.key.in_(records), now)


def _empty(session: Session, one: Emptied, which: ColumnElement[bool], now: datetime) -> None:
    values = {name: now if value is NOW else value for name, value in one.values.items()}
    query = update(one.table).where(which).values(values)
    if one.where is not None:
        query = query.where(one.where)
    session.execute(query.execution_options(synchronize_session=False))


def _empty_patterns(session: Session, item_ids: Sequence[int]) -> None:
    """Take the shared words out of a pattern once none of its items has words any more."""
    touched = select(PatternItemRow.pattern_id).where(PatternItemRow.item_id.in_(item_ids))
    alive = exists().where(
        PatternItemRow.pattern_id == PatternRow.id,
        ItemVersionRow.item_id == PatternItemRow.item_id,
        ItemVersionRow.erased_at.is_(None),
    )
    session.execute(
        update(PatternRow)
        .where(PatternRow.id.in_(touched), ~alive, func.length(PatternRow.says) > 0)
        .values(says="")
        .execution_options(synchronize_session=False)
    )
