"""What the week's criticism and complaints were about: themes as counts, never a quotation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from moderation.reporting.clauses import in_scope, last_decisions, within
from moderation.reporting.themes import Themes
from moderation.reporting.week import Week
from moderation.tables import DecisionOutcome, ItemRow, ItemVersionRow, ProposalRow, VersionKind
from moderation.taxonomy import NotAbuse

_CLASSES: Final = (NotAbuse.CRITICISM, NotAbuse.COMPLAINT)
_CHUNK: Final = 500


def count_criticism(
    session: Session, org_id: str, week: Week, themes: Themes, *, now: datetime
) -> tuple[int, dict[str, int]]:
    """Return how many items of the week were criticism or complaint, and the themes they touch.

    An item counts when it was read in the week and its latest proposal says so, unless a person
    has found something else by now; a person's finding adds it likewise.
    """
    found = _found(session, org_id, week, now)
    ids = {item_id for item_id in _proposed(session, org_id, week) if item_id not in found}
    ids |= {item_id for item_id, is_criticism in found.items() if is_criticism}
    return len(ids), themes.count(_texts(session, sorted(ids)))


def _found(session: Session, org_id: str, week: Week, now: datetime) -> dict[int, bool]:
    """Return whether a person's last word on each decided item of the week was criticism."""
    last = last_decisions(org_id, week.starts, now)
    is_criticism = and_(last.c.outcome == DecisionOutcome.NOT_ABUSE, last.c.not_abuse.in_(_CLASSES))
    rows = session.execute(
        select(last.c.item_id, case((is_criticism, 1), else_=0)).where(
            last.c.place == 1, within(last.c.seen_at, week)
        )
    )
    return {item_id: bool(says_so) for item_id, says_so in rows}


def _proposed(session: Session, org_id: str, week: Week) -> Iterator[int]:
    """Return the items of the week whose latest proposal is criticism or a complaint."""
    place = func.row_number().over(
        partition_by=ProposalRow.item_id, order_by=ProposalRow.version_seq.desc()
    )
    latest = (
        select(ProposalRow.item_id, ProposalRow.not_abuse, place.label("place"))
        .join(ItemRow, ItemRow.id == ProposalRow.item_id)
        .where(in_scope(org_id), within(ItemRow.seen_at, week))
        .subquery()
    )
    yield from session.scalars(
        select(latest.c.item_id).where(latest.c.place == 1, latest.c.not_abuse.in_(_CLASSES))
    )


def _texts(session: Session, ids: Sequence[int]) -> Iterator[str]:
    """Return the last words of each item, a chunk at a time so that memory stays flat."""
    left = iter(ids)
    while chunk := list(islice(left, _CHUNK)):
        rows = session.execute(
            select(ItemVersionRow.item_id, ItemVersionRow.body)
            .where(ItemVersionRow.item_id.in_(chunk), ItemVersionRow.kind != VersionKind.DELETED)
            .order_by(ItemVersionRow.item_id, ItemVersionRow.seq)
        )
        last_words = {item_id: body or "" for item_id, body in rows}
        yield from last_words.values()
