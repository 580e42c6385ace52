"""Keep a pattern: join the one it continues, or start it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.patterns.contacts import Patterns
from moderation.store import insert_for
from moderation.tables import ItemRow, PatternItemRow, PatternKind, PatternRow


def keep(
    session: Session,
    seen: PatternRow,
    item_ids: Sequence[int],
    window: timedelta,
    found: Patterns,
) -> None:
    """Join the pattern that this one continues, or start it, and link its items once."""
    running = session.scalar(
        select(PatternRow)
        .where(
            PatternRow.org_id == seen.org_id,
            PatternRow.kind == seen.kind,
            PatternRow.target_staff_id == seen.target_staff_id,
            PatternRow.author_ref.is_not_distinct_from(seen.author_ref),
            PatternRow.last_at >= seen.first_at - window,
            PatternRow.first_at <= seen.last_at + window,
        )
        .order_by(PatternRow.last_at.desc())
        .limit(1)
    )
    if running is None:
        session.add(seen)
        found.started.append(seen)
        running = seen
    session.flush()
    session.execute(
        insert_for(session, PatternItemRow).on_conflict_do_nothing(),
        [{"pattern_id": running.id, "item_id": item_id} for item_id in item_ids],
    )
    if running is not seen:
        _extend(session, running, seen)


def _extend(session: Session, running: PatternRow, seen: PatternRow) -> None:
    is_latest = seen.last_at >= running.last_at
    running.first_at = min(running.first_at, seen.first_at)
    running.last_at = max(running.last_at, seen.last_at)
    if running.kind is not PatternKind.MOBBING:
        if is_latest:
            running.occasions, running.says = seen.occasions, seen.says
        return
    members = session.execute(
        select(func.count(), func.count(ItemRow.author_ref.distinct()))
        .select_from(PatternItemRow)
        .join(ItemRow, ItemRow.id == PatternItemRow.item_id)
        .where(PatternItemRow.pattern_id == running.id)
    ).one()
    running.occasions, running.authors = members[0], members[1]
    running.says = f"{members[1]} people since {running.first_at:%d %B %Y}"
