"""How right the machine was: what people found, in a week, of what it flagged and what it left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Subquery, case, func, select
from sqlalchemy.orm import Session

from moderation.reporting.clauses import FLAG, UNSCORED, last_decisions
from moderation.reporting.counting import NO_CATEGORY, Counts
from moderation.reporting.week import Week
from moderation.tables import DecisionOutcome, ProposalRow
from moderation.taxonomy import Abuse


def count_measured(session: Session, org_id: str, week: Week, counts: Counts) -> None:
    """Count the items that people decided about in the week, by what the machine had made of them.

    flagged_decided and flagged_confirmed stand under the category that the machine gave, left_abuse
    under the one that the person found. What no model could read is on neither side.
    """
    said = _said_before(org_id, week)
    columns = (said.c.proposed, said.c.kind, said.c.outcome, said.c.category)
    rows: Iterable[Any] = session.execute(
        select(*columns, func.count()).where(said.c.first == 1).group_by(*columns)
    )
    for proposed, kind, outcome, category, count in rows:
        is_abuse = outcome is DecisionOutcome.ABUSE
        if proposed == FLAG:
            counts.add("flagged_decided", count, category=_code(kind))
            if is_abuse:
                counts.add("flagged_confirmed", count, category=_code(kind))
        elif proposed != UNSCORED:
            counts.add("left_decided", count)
            if is_abuse:
                counts.add("left_abuse", count, category=_code(category))


def _said_before(org_id: str, week: Week) -> Subquery:
    """Number what was proposed before each item's last decision; first 1 put it before people.

    A flag outranks the rest, as in the count of what was flagged: editing the words away later
    does not undo it.
    """
    last = last_decisions(org_id, week.starts, week.ends)
    rank = case((ProposalRow.outcome == FLAG, 0), (ProposalRow.outcome == UNSCORED, 1), else_=2)
    first = func.row_number().over(
        partition_by=last.c.item_id,
        order_by=(rank, ProposalRow.severity.desc(), ProposalRow.version_seq.desc()),
    )
    return (
        select(
            last.c.outcome,
            last.c.category,
            ProposalRow.outcome.label("proposed"),
            ProposalRow.category.label("kind"),
            first.label("first"),
        )
        .join(ProposalRow, ProposalRow.item_id == last.c.item_id)
        .where(last.c.place == 1, ProposalRow.at < last.c.at)
        .subquery()
    )


def _code(category: Abuse | None) -> str:
    return NO_CATEGORY if category is None else category.value
