"""What the week's criticism and complaints were about: themes as counts, never a quotation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from moderation.reporting.clauses import in_scope, last_decisions, within
from moderation.reporting.themes import Themes
from moderation.reporting.week import Week
from moderation.tables import DecisionOutcome, ItemRow, ItemVersionRow, ProposalRow, VersionKind
from moderation.taxonomy import NotAbuse

_CLASSES = (NotAbuse.CRITICISM, NotAbuse.COMPLAINT)


def count_criticism(
    session: Session, org_id: str, week: Week, themes: Themes, *, now: datetime
) -> tuple[int, dict[str, int]]:
    """Return how many items of the week were criticism or complaint, and the themes they touch.

    An item counts when it was read in the week and its latest proposal says so, unless a person
    has found something else by now; a person's finding adds it likewise.
    """
    texts = list(_texts(session, org_id, week, now))
    return len(texts), themes.count(texts)


def _texts(session: Session, org_id: str, week: Week, now: datetime) -> Iterator[str]:
    found = last_decisions(org_id, week.starts, now)
    is_found = exists().where(found.c.item_id == ItemRow.id)
    says_so = exists().where(
        found.c.item_id == ItemRow.id,
        found.c.place == 1,
        found.c.outcome == DecisionOutcome.NOT_ABUSE,
        found.c.not_abuse.in_(_CLASSES),
    )
    later = aliased(ProposalRow)
    latest = (
        select(func.max(later.version_seq)).where(later.item_id == ItemRow.id).scalar_subquery()
    )
    proposed = exists().where(
        ProposalRow.item_id == ItemRow.id,
        ProposalRow.version_seq == latest,
        ProposalRow.not_abuse.in_(_CLASSES),
    )
    version = aliased(ItemVersionRow)
    last_words = (
        select(func.max(version.seq))
        .where(version.item_id == ItemRow.id, version.kind != VersionKind.DELETED)
        .scalar_subquery()
    )
    bodies = session.scalars(
        select(ItemVersionRow.body)
        .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
        .where(
            in_scope(org_id),
            within(ItemRow.seen_at, week),
            ItemVersionRow.seq == last_words,
            or_(says_so, and_(proposed, ~is_found)),
        )
        .execution_options(yield_per=500)
    )
    return (body or "" for body in bodies)
