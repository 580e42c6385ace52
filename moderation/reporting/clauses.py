"""Clauses that the queries of a summary share: what counts, when, and the last word on an item."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, select
from sqlalchemy.orm import Session

from moderation.reporting.week import Week
from moderation.tables import DecisionRow, ItemRow

FLAG: Final = "flag"
UNSCORED: Final = "unscored"


def in_scope(org_id: str) -> ColumnElement[bool]:
    """Items that a summary counts: contacts that staff logged are their cases' business alone."""
    return and_(ItemRow.org_id == org_id, ItemRow.restricted.is_(False))


def within(column: Any, week: Week) -> ColumnElement[bool]:
    """Say that a time lies in the week."""
    return and_(column >= week.starts, column < week.ends)


def last_decisions(org_id: str, begins: datetime, ends: datetime) -> Subquery:
    """Number the decisions of each item between two times; place 1 is the last."""
    place = func.row_number().over(
        partition_by=DecisionRow.item_id, order_by=(DecisionRow.at.desc(), DecisionRow.id.desc())
    )
    return (
        select(
            DecisionRow.item_id,
            DecisionRow.outcome,
            DecisionRow.severity,
            DecisionRow.category,
            DecisionRow.not_abuse,
            DecisionRow.target_type,
            DecisionRow.at,
            ItemRow.account_id,
            ItemRow.author_ref,
            ItemRow.seen_at,
            place.label("place"),
        )
        .join(ItemRow, ItemRow.id == DecisionRow.item_id)
        .where(
            in_scope(org_id),
            DecisionRow.org_id == org_id,
            DecisionRow.at >= begins,
            DecisionRow.at < ends,
        )
        .subquery()
    )


def number(session: Session, query: Select[int]) -> int:
    """Return the one number that a query counts."""
    return session.execute(query).scalar_one()
