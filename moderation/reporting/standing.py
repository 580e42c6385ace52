"""Counts beside the items: what waits, authors and patterns, actions, cases; never who."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import and_, case, exists, func, select
from sqlalchemy.orm import Session

from moderation.lifecycle import ItemState
from moderation.reporting.clauses import FLAG, UNSCORED, in_scope, last_decisions, number, within
from moderation.reporting.counting import Counts
from moderation.reporting.week import Week
from moderation.tables import (
    CaseRow,
    DecisionOutcome,
    DecisionRow,
    ItemRow,
    PatternRow,
    PlatformActionRow,
    ProposalRow,
    QuarantineRow,
)

REPEAT_WINDOW: Final = timedelta(days=90)


def count_waiting(session: Session, org_id: str, week: Week, counts: Counts) -> None:
    """Count what waited for a person when the week ended, and what is in hand now.

    What waits now and began to wait before the end is counted as it is; what was first decided
    after the end, and had been put before people by then, is counted back in.
    """
    waiting = select(func.count()).where(
        in_scope(org_id), ItemRow.state == ItemState.REVIEW, ItemRow.waiting_since < week.ends
    )
    first = (
        select(DecisionRow.item_id, func.min(DecisionRow.at).label("at"))
        .where(
            DecisionRow.item_id.in_(
                select(DecisionRow.item_id).where(
                    DecisionRow.org_id == org_id, DecisionRow.at >= week.ends
                )
            )
        )
        .group_by(DecisionRow.item_id)
        .subquery()
    )
    decided_since = (
        select(func.count())
        .select_from(first)
        .join(ItemRow, ItemRow.id == first.c.item_id)
        .where(
            in_scope(org_id),
            first.c.at >= week.ends,
            ItemRow.seen_at < week.ends,
            ItemRow.state != ItemState.REVIEW,
            exists().where(
                ProposalRow.item_id == ItemRow.id,
                ProposalRow.outcome.in_((FLAG, UNSCORED)),
                ProposalRow.at < week.ends,
            ),
        )
    )
    in_hand = select(func.count()).where(
        in_scope(org_id), ItemRow.state == ItemState.IN_HAND, ItemRow.decided_at < week.ends
    )
    counts.totals["waiting"] = number(session, waiting) + number(session, decided_since)
    counts.totals["in_hand"] = number(session, in_hand)


def count_people_and_patterns(session: Session, org_id: str, week: Week, counts: Counts) -> None:
    """Count authors of confirmed abuse, those of them who came back, and patterns; never who."""
    last = last_decisions(org_id, week.ends - REPEAT_WINDOW, week.ends)
    per_author = (
        select(func.count().label("times"), func.max(last.c.at).label("at"))
        .where(
            last.c.place == 1,
            last.c.outcome == DecisionOutcome.ABUSE,
            last.c.author_ref.is_not(None),
        )
        .group_by(last.c.author_ref)
        .subquery()
    )
    counted = select(func.count(), func.sum(case((per_author.c.times > 1, 1), else_=0)))
    authors, repeats = session.execute(
        counted.select_from(per_author).where(per_author.c.at >= week.starts)
    ).one()
    counts.totals["authors"], counts.totals["repeat_authors"] = authors, repeats or 0
    kinds = session.execute(
        select(PatternRow.kind, func.count())
        .where(PatternRow.org_id == org_id, within(PatternRow.last_at, week))
        .group_by(PatternRow.kind)
    )
    for kind, count in kinds:
        counts.tables["patterns"]["kind"][kind.value] = count


def count_actions(session: Session, org_id: str, week: Week) -> list[tuple[str, str, int]]:
    """Return (kind, state, count) of the actions asked for in the week, as they stand now."""
    rows = session.execute(
        select(PlatformActionRow.kind, PlatformActionRow.state, func.count())
        .join(ItemRow, ItemRow.id == PlatformActionRow.item_id)
        .where(
            in_scope(org_id),
            PlatformActionRow.org_id == org_id,
            within(PlatformActionRow.requested_at, week),
        )
        .group_by(PlatformActionRow.kind, PlatformActionRow.state)
    )
    return sorted((kind.value, state.value, count) for kind, state, count in rows)


def count_cases(session: Session, org_id: str, week: Week, counts: Counts) -> None:
    """Count cases opened and closed in the week and open at its end; nothing else of a case."""
    ours = CaseRow.org_id == org_id
    still = CaseRow.closed_at.is_(None) | (CaseRow.closed_at >= week.ends)
    for name, which in (
        ("cases_opened", within(CaseRow.opened_at, week)),
        ("cases_closed", within(CaseRow.closed_at, week)),
        ("cases_open", and_(CaseRow.opened_at < week.ends, still)),
    ):
        counts.totals[name] = number(session, select(func.count()).where(ours, which))


def count_quarantined(session: Session, org_id: str, week: Week, counts: Counts) -> None:
    """Count records that could not be taken in at all."""
    counts.totals["quarantined"] = number(
        session,
        select(func.count()).where(QuarantineRow.org_id == org_id, within(QuarantineRow.at, week)),
    )
