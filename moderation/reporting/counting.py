"""Counts of the week's items: what was read, what the machine made of it, what people found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Subquery, case, func, select
from sqlalchemy.orm import Session

from moderation.reporting.clauses import FLAG, UNSCORED, in_scope, last_decisions, within
from moderation.reporting.week import Week
from moderation.tables import DecisionOutcome, ItemRow, ProposalRow

NO_CATEGORY: Final = "none"

Tables = dict[str, dict[str, dict[str, int]]]


@dataclass(slots=True)
class Counts:
    """Totals by name, and tables of them by dimension and code."""

    totals: Counter[str] = field(default_factory=Counter)
    tables: dict[str, dict[str, Counter[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Counter))
    )

    def add(self, name: str, count: int, **places: str) -> None:
        """Add to a total, and to its table of each dimension that is named."""
        self.totals[name] += count
        for dimension, code in places.items():
            self.tables[name][dimension][code] += count


def count_read(session: Session, org_id: str, week: Week, counts: Counts) -> None:
    """Count what was read in the week and what the machine made of it by now."""
    best = _best_proposals(org_id, week)
    columns = [column for column in best.c if column is not best.c.place]
    rows: Iterable[Any] = session.execute(
        select(*columns, func.count()).where(best.c.place == 1).group_by(*columns)
    )
    for account_id, number, outcome, severity, category, target, count in rows:
        places = {"account": str(account_id), "day": week.days[number].isoformat()}
        counts.add("read", count, **places)
        if outcome == FLAG:
            counts.add("flagged", count, **places, **_kind(severity, category, target))
        elif outcome == UNSCORED:
            counts.add("not_scored", count, **places)
        elif outcome is None:
            counts.add("still_to_score", count)


def count_found(session: Session, org_id: str, week: Week, counts: Counts) -> None:
    """Count what people found in the week: the last decision of the week on each item."""
    last = last_decisions(org_id, week.starts, week.ends)
    day = _day_of(last.c.at, week)
    columns = (
        last.c.account_id,
        day,
        last.c.outcome,
        last.c.severity,
        last.c.category,
        last.c.target_type,
    )
    inner = select(*columns).where(last.c.place == 1).subquery()
    rows: Iterable[Any] = session.execute(select(*inner.c, func.count()).group_by(*inner.c))
    for account_id, number, outcome, severity, category, target, count in rows:
        places = {"account": str(account_id), "day": week.days[number].isoformat()}
        more = _kind(severity, category, target) if outcome is DecisionOutcome.ABUSE else {}
        counts.add(outcome.value, count, **places, **more)


def tables_of(counts: Counts, names: Iterable[str]) -> Tables:
    """Return the tables as plain values, for the figures that have them."""
    return {
        name: {dimension: dict(cells) for dimension, cells in counts.tables[name].items()}
        for name in names
    }


def _kind(severity: int, category: Any, target: Any) -> dict[str, str]:
    return {
        "severity": f"S{severity}",
        "category": category.value if category is not None else NO_CATEGORY,
        "target": target.value if target is not None else NO_CATEGORY,
    }


def _day_of(column: Any, week: Week) -> ColumnElement[int]:
    """Return 0 to 6 for the local day; by its bounds, so that both engines know summer time."""
    bounds: Sequence[datetime] = week.midnights[1:7]
    return case(*((column < bound, n) for n, bound in enumerate(bounds)), else_=6).label("day")


def _best_proposals(org_id: str, week: Week) -> Subquery:
    """Number the proposals of each item of the week; place 1 is what put it before people.

    A version that was flagged outranks one that was not: editing the words away later does not
    undo that somebody had to look. An item without any proposal has one row of nothing.
    """
    rank = case((ProposalRow.outcome == FLAG, 0), (ProposalRow.outcome == UNSCORED, 1), else_=2)
    place = func.row_number().over(
        partition_by=ItemRow.id,
        order_by=(rank, ProposalRow.severity.desc(), ProposalRow.version_seq.desc()),
    )
    return (
        select(
            ItemRow.account_id,
            _day_of(ItemRow.seen_at, week),
            ProposalRow.outcome,
            ProposalRow.severity,
            ProposalRow.category,
            ProposalRow.target_type,
            place.label("place"),
        )
        .join(ProposalRow, ProposalRow.item_id == ItemRow.id, isouter=True)
        .where(in_scope(org_id), within(ItemRow.seen_at, week))
        .subquery()
    )
