"""What is due now: the items and cases whose clock ran out and that nothing keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from moderation.lifecycle import CaseState, ItemState
from moderation.policy_parts import Retention
from moderation.retention import facts
from moderation.retention.classes import NEED_TWO, Verdict, of_case, of_item
from moderation.tables import CaseItemRow, CaseRow, ErasureRow, ItemRow, ItemVersionRow

BATCH: Final = 500
_KEPT: Final = ItemVersionRow.erased_at.is_(None)
_AT_REST: Final = (ItemState.CLEAR, ItemState.CLOSED)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some items of an organisation with what the rules say of each; last is where to go on."""

    verdicts: dict[int, Verdict]
    last: int


def verdicts(session: Session, item_ids: list[int], periods: Retention) -> dict[int, Verdict]:
    """Return what the rules say of each of these items."""
    read = facts.of_items(session, item_ids)
    return {item_id: of_item(found, periods) for item_id, found in read.items()}


def case_verdict(session: Session, case_id: int, periods: Retention) -> Verdict:
    """Return what the rules say of a case."""
    return of_case(facts.of_cases(session, [case_id])[case_id], periods)


def kept_items(
    session: Session, org_id: str, periods: Retention, *, after: int = 0
) -> Batch | None:
    """Return the next items at rest that still have words, by id; None behind the last."""
    ids = list(
        session.scalars(
            select(ItemVersionRow.item_id)
            .distinct()
            .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
            .where(
                _KEPT,
                ItemVersionRow.item_id > after,
                ItemRow.org_id == org_id,
                ItemRow.state.in_(_AT_REST),
            )
            .order_by(ItemVersionRow.item_id)
            .limit(BATCH)
        )
    )
    return Batch(verdicts(session, ids, periods), ids[-1]) if ids else None


def goes_by_itself(verdict: Verdict, now: datetime) -> bool:
    """Say whether the daily job may let go of it without asking anybody."""
    return verdict.is_due(now) and verdict.klass not in NEED_TWO


def due_cases(
    session: Session, org_id: str, periods: Retention, now: datetime
) -> Iterator[tuple[CaseRow, Verdict]]:
    """Yield the closed cases that are due and hold something that may go."""
    closed = session.scalars(
        select(CaseRow)
        .where(CaseRow.org_id == org_id, CaseRow.state == CaseState.CLOSED)
        .order_by(CaseRow.id)
    ).all()
    for case in closed:
        if _something_left(session, case, periods, now):
            verdict = case_verdict(session, case.id, periods)
            if verdict.is_due(now):
                yield case, verdict


def items_of(session: Session, case_id: int) -> list[int]:
    """Return the items of a case that still have words."""
    has_words = exists().where(ItemVersionRow.item_id == CaseItemRow.item_id, _KEPT)
    query = select(CaseItemRow.item_id).where(CaseItemRow.case_id == case_id, has_words)
    return list(session.scalars(query.order_by(CaseItemRow.item_id)))


def _something_left(session: Session, case: CaseRow, periods: Retention, now: datetime) -> bool:
    erased = session.scalar(
        select(
            exists().where(
                ErasureRow.about == f"case:{case.id}", ErasureRow.done_at >= case.closed_at
            )
        )
    )
    if not erased:
        return True
    left = verdicts(session, items_of(session, case.id), periods)
    return any(verdict.is_due(now) for verdict in left.values())
