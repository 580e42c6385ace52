"""What a pack tells of each item: the words, the decision and the actions, read in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.evidence.contents import Contents, Exhibit
from moderation.tables import (
    AccountRow,
    DecisionRow,
    EvidenceRow,
    ItemRow,
    ItemVersionRow,
    PlatformActionRow,
    PostRow,
)

_AT_ONCE: Final = 500
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Occasion:
    """One item of a pack; number counts them in time, exhibits are its records' numbers.

    text is the last that had words, None where none ever had. decision is the latest.
    """

    number: int
    item: ItemRow
    account: AccountRow
    post: PostRow | None
    text: str | None
    decision: DecisionRow | None
    actions: tuple[PlatformActionRow, ...]
    exhibits: tuple[tuple[int, EvidenceRow], ...]

    @property
    def author(self) -> str:
        """Return the author as shown: handle and name, or that the platform gave neither."""
        item = self.item
        shown = " · ".join(part for part in (item.author_handle, item.author_name) if part)
        return shown or "not supplied by the platform"


def occasions(session: Session, chosen: Contents, as_of: datetime) -> tuple[Occasion, ...]:
    """Return the items of a pack in the order of their exhibits, captured or not.

    Words, decisions and actions are those that there were at the time.
    """
    numbers: dict[int, list[tuple[int, EvidenceRow]]] = defaultdict(list)
    for number, exhibit in enumerate(chosen.captured, start=1):
        if exhibit.record is not None:
            numbers[exhibit.item.id].append((number, exhibit.record))
    seen: dict[int, Exhibit] = {}
    for exhibit in sorted((*chosen.captured, *chosen.missing), key=in_time):
        seen.setdefault(exhibit.item.id, exhibit)
    ids = list(seen)
    posts = sorted({exhibit.item.post_id for exhibit in seen.values() if exhibit.item.post_id})
    texts = latest_texts(session, ids, as_of)
    decisions = {
        row.item_id: row for row in _of_items(session, DecisionRow, ids) if row.at <= as_of
    }
    actions: dict[int, list[PlatformActionRow]] = defaultdict(list)
    for row in _of_items(session, PlatformActionRow, ids):
        if row.requested_at <= as_of:
            actions[row.item_id].append(row)
    known = {row.id: row for row in _rows(session, PostRow, PostRow.id, posts)}
    return tuple(
        Occasion(
            number=number,
            item=exhibit.item,
            account=exhibit.account,
            post=known.get(exhibit.item.post_id or 0),
            text=texts.get(exhibit.item.id),
            decision=decisions.get(exhibit.item.id),
            actions=tuple(actions[exhibit.item.id]),
            exhibits=tuple(numbers[exhibit.item.id]),
        )
        for number, exhibit in enumerate(seen.values(), start=1)
    )


def in_time(exhibit: Exhibit) -> tuple[datetime, int, int]:
    """Return the key that orders exhibits: when it happened, then which item and version."""
    version = exhibit.record.version_seq if exhibit.record else 0
    return exhibit.item.occurred_at, exhibit.item.id, version


def latest_texts(session: Session, item_ids: Sequence[int], as_of: datetime) -> dict[int, str]:
    """Return the last words that each item had by a time, if it had any."""
    found: dict[int, str] = {}
    for some in chunks(item_ids):
        last = (
            select(ItemVersionRow.item_id, func.max(ItemVersionRow.seq).label("seq"))
            .where(
                ItemVersionRow.item_id.in_(some),
                ItemVersionRow.body.is_not(None),
                ItemVersionRow.seen_at <= as_of,
            )
            .group_by(ItemVersionRow.item_id)
            .subquery()
        )
        rows = session.execute(
            select(ItemVersionRow.item_id, ItemVersionRow.body).join(
                last,
                (last.c.item_id == ItemVersionRow.item_id) & (last.c.seq == ItemVersionRow.seq),
            )
        )
        found.update({item_id: body for item_id, body in rows if body is not None})
    return found


def chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield ids in lists short enough for one statement."""
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _of_items(session: Session, table: Any, ids: Sequence[int]) -> Iterable[Any]:
    return _rows(session, table, table.item_id, ids)


def _rows(session: Session, table: type[Row], column: Any, ids: Sequence[int]) -> Iterable[Row]:
    for some in chunks(ids):
        yield from session.scalars(
            select(table).where(column.in_(some)).order_by(column, _key(table))
        )


def _key(table: Any) -> Any:
    return table.id
