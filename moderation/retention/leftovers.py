"""What stands beside the items: pages as received, quarantine, what was pushed, old authors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, func, select, update
from sqlalchemy.orm import Session

from moderation.policy_parts import Retention
from moderation.tables import (
    AccountRow,
    DeliveryRow,
    IngestPageRow,
    ItemRow,
    ItemVersionRow,
    PatternItemRow,
    PatternRow,
    QuarantineRow,
)

BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Swept:
    """How many rows a sweep emptied, and which files of the vault it let go of."""

    rows: int
    names: tuple[str, ...] = ()


def quarantine(session: Session, *, org_id: str, periods: Retention, now: datetime) -> Swept:
    """Empty records that a person set aside long enough ago; what waits for a person stays."""
    old = now - timedelta(days=periods.not_abuse)
    which = and_(
        QuarantineRow.org_id == org_id,
        QuarantineRow.resolved_at < old,
        QuarantineRow.erased_at.is_(None),
    )
    return _emptied(session, QuarantineRow, which, {"raw": b"", "erased_at": now})


def deliveries(session: Session, *, org_id: str, periods: Retention, now: datetime) -> Swept:
    """Empty what a platform pushed and was read; its hash stays, so that it comes in once."""
    old = now - timedelta(days=periods.pushed)
    mine = select(AccountRow.id).where(AccountRow.org_id == org_id)
    which = and_(
        DeliveryRow.account_id.in_(mine),
        DeliveryRow.read_at < old,
        func.length(DeliveryRow.raw) > 0,
    )
    return _emptied(session, DeliveryRow, which, {"raw": b""})


def pages(session: Session, *, org_id: str, periods: Retention, now: datetime) -> Swept:
    """Let go of pages as received once nothing that came with them is kept any more."""
    old = now - timedelta(days=periods.not_flagged)
    mine = select(AccountRow.id).where(AccountRow.org_id == org_id)
    holds_words = exists().where(
        ItemVersionRow.page_id == IngestPageRow.id, ItemVersionRow.erased_at.is_(None)
    )
    holds_records = exists().where(
        QuarantineRow.page_id == IngestPageRow.id, QuarantineRow.erased_at.is_(None)
    )
    which = and_(
        IngestPageRow.account_id.in_(mine),
        IngestPageRow.erased_at.is_(None),
        IngestPageRow.fetched_at < old,
        ~holds_words,
        ~holds_records,
    )
    rows = session.execute(
        select(IngestPageRow.id, IngestPageRow.raw_sha256)
        .where(which)
        .order_by(IngestPageRow.id)
        .limit(BATCH)
    ).all()
    _set(session, IngestPageRow, [row.id for row in rows], {"erased_at": now})
    return Swept(len(rows), tuple(row.raw_sha256 for row in rows if row.raw_sha256))


def authors(session: Session, *, org_id: str, window: timedelta, now: datetime) -> Swept:
    """Forget who wrote what has no words any more, once no pattern can count it."""
    has_words = exists().where(
        ItemVersionRow.item_id == ItemRow.id, ItemVersionRow.erased_at.is_(None)
    )
    which = and_(
        ItemRow.org_id == org_id,
        ItemRow.author_ref.is_not(None),
        ItemRow.occurred_at < now - window,
        ~has_words,
    )
    return _emptied(session, ItemRow, which, {"author_ref": None})


def patterns(session: Session, *, org_id: str, window: timedelta, now: datetime) -> Swept:
    """Forget whose pattern it was once none of its items has words and it can grow no more."""
    has_words = exists().where(
        PatternItemRow.pattern_id == PatternRow.id,
        ItemVersionRow.item_id == PatternItemRow.item_id,
        ItemVersionRow.erased_at.is_(None),
    )
    which = and_(
        PatternRow.org_id == org_id,
        PatternRow.last_at < now - window,
        PatternRow.author_ref.is_not(None),
        ~has_words,
    )
    return _emptied(session, PatternRow, which, {"author_ref": None})


def _emptied(
    session: Session, table: type[Any], which: ColumnElement[bool], values: dict[str, Any]
) -> Swept:
    ids = list(session.scalars(select(table.id).where(which).order_by(table.id).limit(BATCH)))
    _set(session, table, ids, values)
    return Swept(len(ids))


def _set(session: Session, table: type[Any], ids: Sequence[int], values: dict[str, Any]) -> None:
    if ids:
        session.execute(
            update(table)
            .where(table.id.in_(ids))
            .values(values)
            .execution_options(synchronize_session=False)
        )
