"""What was said of the items of the last days, read from the record batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Row, Text, and_, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from moderation.access import Actor
from moderation.model import Hit, ItemKind, Signal
from moderation.scope import visible_items
from moderation.tables import (
    DecisionOutcome,
    DecisionRow,
    ItemRow,
    ItemVersionRow,
    PatternItemRow,
    PostRow,
    ProposalRow,
    SignalRow,
)
from moderation.taxonomy import Abuse

BATCH: Final = 2_000

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
Reading: TypeAlias = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True, slots=True)
class Found:
    """What a person found of the words that were read."""

    outcome: DecisionOutcome
    category: Abuse | None


@dataclass(frozen=True, slots=True)
class Stored:
    """The last words of an item that were read, and what was said of them then.

    found is what a person found of these very words last. pinned says that the item is before
    people for what the record knows beside the words: a pattern, or words edited away.
    """

    item_id: int
    version_seq: int
    seen_at: datetime
    kind: ItemKind
    outcome: str
    signals: tuple[Signal, ...]
    pinned: bool
    found: Found | None


def count(session: Session, actor: Actor, since: datetime) -> int:
    """Return how many of the actor's items were read since then."""
    query = select(func.count()).where(_in_scope(actor, since), ItemRow.outcome.is_not(None))
    return session.scalar(query) or 0


def batches(
    reading: Reading, actor: Actor, since: datetime, quiet_below: float
) -> Iterator[list[Stored]]:
    """Yield the actor's items seen since then, oldest first, each batch in a session of its own.

    Nothing stays open between two batches, so that whoever writes is never kept waiting. Left out
    are items that are clear whatever happens: nobody has decided about them, no rule fired, and no
    model gave a share of abuse from quiet_below on.
    """
    after = (since, 0)
    while True:
        with reading() as session:
            rows = _items(session, actor, since, after)
            found = _stored(session, _that_matter(session, rows, quiet_below))
        if not rows:
            return
        after = (rows[-1].seen_at, rows[-1].id)
        yield found


def words_of(session: Session, items: Sequence[Stored]) -> dict[int, tuple[str, str]]:
    """Return the words that were read of each item, and those of the post above them."""
    wanted = {one.item_id: one.version_seq for one in items}
    rows = session.execute(
        select(ItemVersionRow.item_id, ItemVersionRow.seq, ItemVersionRow.body, PostRow.body)
        .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
        .join(PostRow, PostRow.id == ItemRow.post_id, isouter=True)
        .where(ItemVersionRow.item_id.in_(list(wanted)))
    )
    return {
        item_id: (body or "", post or "")
        for item_id, seq, body, post in rows
        if wanted[item_id] == seq
    }


def _in_scope(actor: Actor, since: datetime) -> ColumnElement[bool]:
    """Say of an item that the actor sees it, and that its words were not erased."""
    kept = exists().where(ItemVersionRow.item_id == ItemRow.id, ItemVersionRow.erased_at.is_(None))
    return and_(
        ItemRow.org_id == actor.org_id,
        visible_items(actor),
        ItemRow.restricted.is_(False),
        ItemRow.seen_at >= since,
        kept,
    )


def _items(
    session: Session, actor: Actor, since: datetime, after: tuple[datetime, int]
) -> Sequence[AnyRow]:
    at, item_id = after
    later = or_(ItemRow.seen_at > at, and_(ItemRow.seen_at == at, ItemRow.id > item_id))
    return session.execute(
        select(ItemRow.id, ItemRow.seen_at, ItemRow.kind, ItemRow.outcome)
        .where(_in_scope(actor, max(since, at)), later)
        .order_by(ItemRow.seen_at, ItemRow.id)
        .limit(BATCH)
    ).all()


def _that_matter(session: Session, rows: Sequence[AnyRow], quiet_below: float) -> list[AnyRow]:
    """Return the items that are not clear now, or of which a person or a detector said something.

    An item without an outcome has not been read yet.
    """
    said = or_(
        SignalRow.codes.is_(None),
        SignalRow.codes["abuse"].as_float() >= quiet_below,
        cast(SignalRow.codes, Text).contains('"check.'),
        cast(SignalRow.hits, Text) != "[]",
    )
    clear = [row.id for row in rows if row.outcome == "clear"]
    heard = set(
        session.scalars(select(SignalRow.item_id).where(SignalRow.item_id.in_(clear), said))
    )
    heard.update(session.scalars(select(DecisionRow.item_id).where(DecisionRow.item_id.in_(clear))))
    return [row for row in rows if row.outcome and (row.outcome != "clear" or row.id in heard)]


def _stored(session: Session, rows: Sequence[AnyRow]) -> list[Stored]:
    """Put beside the items what was said and found of them."""
    ids = [row.id for row in rows]
    proposals = {
        row.item_id: row
        for row in session.execute(
            select(ProposalRow.item_id, ProposalRow.version_seq, ProposalRow.outcome)
            .where(ProposalRow.item_id.in_(ids))
            .order_by(ProposalRow.item_id, ProposalRow.version_seq)
        )
    }
    signals = _signals(session, ids)
    decisions = _decisions(session, ids)
    patterns = set(
        session.scalars(select(PatternItemRow.item_id).where(PatternItemRow.item_id.in_(ids)))
    )
    return [
        Stored(
            item_id=row.id,
            version_seq=(read := proposals[row.id]).version_seq,
            seen_at=row.seen_at,
            kind=row.kind,
            outcome=read.outcome,
            signals=tuple(signals.get((row.id, read.version_seq), ())),
            pinned=read.outcome == "flag" and (row.id in patterns or read.version_seq > 1),
            found=decisions.get((row.id, read.version_seq)),
        )
        for row in rows
        if row.id in proposals
    ]


def _signals(session: Session, ids: Sequence[int]) -> dict[tuple[int, int], list[Signal]]:
    rows = session.execute(
        select(
            SignalRow.item_id,
            SignalRow.version_seq,
            SignalRow.detector,
            SignalRow.scores,
            SignalRow.hits,
            SignalRow.words,
            SignalRow.unscored,
            SignalRow.codes,
        ).where(SignalRow.item_id.in_(ids))
    )
    found: dict[tuple[int, int], list[Signal]] = {}
    for item_id, seq, detector, scores, hits, words, unscored, codes in rows:
        signal = Signal(
            detector,
            scores,
            tuple(Hit(*hit) for hit in hits) if hits else (),
            tuple(words),
            unscored,
            _codes(codes),
        )
        found.setdefault((item_id, seq), []).append(signal)
    return found


def _codes(kept: dict[str, float] | None) -> dict[str, float]:
    """Return the shares as they were said: what was too small to keep is nought, not unknown."""
    return {"abuse": 0.0, **kept} if kept else {}


def _decisions(session: Session, ids: Sequence[int]) -> dict[tuple[int, int], Found]:
    rows = session.execute(
        select(
            DecisionRow.item_id, DecisionRow.version_seq, DecisionRow.outcome, DecisionRow.category
        )
        .where(DecisionRow.item_id.in_(ids))
        .order_by(DecisionRow.at, DecisionRow.id)
    )
    return {(row.item_id, row.version_seq): Found(row.outcome, row.category) for row in rows}
