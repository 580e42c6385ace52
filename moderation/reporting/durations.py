"""How long items waited for a first look, a first decision and an action that took effect."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from moderation.reporting.clauses import FLAG, UNSCORED, in_scope, within
from moderation.reporting.figures import Spread
from moderation.reporting.week import Week
from moderation.tables import DecisionRow, ItemRow, PlatformActionRow, ProposalRow

# What took longer than this is no longer a matter of speed, and stands among what waits.
LOOK_BACK: Final = timedelta(days=28)


def spread(pairs: Iterable[tuple[datetime, datetime]]) -> Spread:
    """Return the median and the nearest-rank 90th percentile in whole seconds; zeros for none.

    A pair that runs backwards, as after a clock was put right, counts as no time at all.
    """
    lengths = sorted(max(0.0, (end - begin).total_seconds()) for begin, end in pairs)
    if not lengths:
        return Spread()
    rank = math.ceil(0.9 * len(lengths)) - 1
    return Spread(len(lengths), round(statistics.median(lengths)), round(lengths[rank]))


def times(session: Session, org_id: str, week: Week) -> dict[str, Spread]:
    """Return "first_look", "decision" and "action" for what reached that point in the week.

    All are counted from when Watchroom read the item, round the clock, nights and weekends too.
    """
    return {
        "first_look": spread(_first_looks(session, org_id, week)),
        "decision": spread(_first_decisions(session, org_id, week)),
        "action": spread(_first_effects(session, org_id, week)),
    }


def _first_looks(session: Session, org_id: str, week: Week) -> Iterable[tuple[datetime, datetime]]:
    query = select(ItemRow.seen_at, ItemRow.first_look_at).where(
        in_scope(org_id),
        ItemRow.seen_at >= week.starts - LOOK_BACK,
        ItemRow.seen_at < week.ends,
        within(ItemRow.first_look_at, week),
        exists().where(
            ProposalRow.item_id == ItemRow.id, ProposalRow.outcome.in_((FLAG, UNSCORED))
        ),
    )
    return ((seen, looked) for seen, looked in session.execute(query) if looked is not None)


def _first_decisions(
    session: Session, org_id: str, week: Week
) -> Iterable[tuple[datetime, datetime]]:
    in_week = select(DecisionRow.item_id).where(
        DecisionRow.org_id == org_id, within(DecisionRow.at, week)
    )
    first = (
        select(DecisionRow.item_id, func.min(DecisionRow.at).label("at"))
        .where(DecisionRow.item_id.in_(in_week))
        .group_by(DecisionRow.item_id)
        .subquery()
    )
    query = (
        select(ItemRow.seen_at, first.c.at)
        .join(first, first.c.item_id == ItemRow.id)
        .where(in_scope(org_id), within(first.c.at, week))
    )
    return ((seen, decided) for seen, decided in session.execute(query))


def _first_effects(
    session: Session, org_id: str, week: Week
) -> Iterable[tuple[datetime, datetime]]:
    query = (
        select(ItemRow.seen_at, func.min(PlatformActionRow.verified_at))
        .join(PlatformActionRow, PlatformActionRow.item_id == ItemRow.id)
        .where(
            in_scope(org_id),
            PlatformActionRow.org_id == org_id,
            PlatformActionRow.requested_at >= week.starts - LOOK_BACK,
            PlatformActionRow.requested_at < week.ends,
            within(PlatformActionRow.verified_at, week),
        )
        .group_by(ItemRow.id, ItemRow.seen_at)
    )
    return ((seen, done) for seen, done in session.execute(query) if done is not None)
