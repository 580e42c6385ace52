"""What goes into a pack: the evidence of an item, a record or a case, within a scope."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from moderation.access import Actor, Right, system
from moderation.errors import EvidenceMissing, InvalidInput, NotFound
from moderation.lifecycle import EvidenceState
from moderation.scope import see_case, see_item, visible_items
from moderation.tables import (
    AccountRow,
    CaseItemRow,
    CaseRow,
    EvidenceAdditionRow,
    EvidenceRow,
    ItemRow,
    PlatformActionRow,
)

_OPERATOR: Final = "command-line"
CASE_REF: Final = re.compile(r"C-[0-9A-Z]{4,16}")
_ITEM: Final = re.compile(r"(?:ITEM:)?([0-9]{1,18})")
_EVIDENCE: Final = re.compile(r"EV-[0-9]{4}-[0-9]{6,18}")
_HOW_TO_NAME: Final = (
    "Name a case (C-7KQ2M9D4), an item (item:123 or 123) or an evidence record (EV-2026-000123)."
)
_AT_ONCE: Final = 500
_NOT_THERE: Final = "There is no such {what}, or it is not yours to see."


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One evidence record that may go into a pack; record is None where none was ever wanted."""

    item: ItemRow
    account: AccountRow
    record: EvidenceRow | None

    def is_kept(self, as_of: datetime) -> bool:
        """Say whether there are sealed bytes, captured by then and not erased since."""
        record = self.record
        return (
            record is not None
            and record.state is EvidenceState.CAPTURED
            and record.erased_at is None
            and record.captured_at is not None
            and record.captured_at <= as_of
        )


@dataclass(frozen=True, slots=True)
class Contents:
    """What a pack is of. name is its folder, about its object in the audit chain.

    Exhibits stand in the order of time. additions are files that people added to its items, and
    objects the names under which the audit chain speaks of all of it.
    """

    name: str
    about: str
    org_id: str
    captured: tuple[Exhibit, ...]
    missing: tuple[Exhibit, ...]
    objects: tuple[str, ...]
    additions: tuple[EvidenceAdditionRow, ...] = ()
    case: CaseRow | None = None


def operator(org_id: str) -> Actor:
    """Return the actor of the command line, audited as system:command-line.

    It packs anything of its organisation: whoever has a shell on the machine and the database's
    address reads the tables anyway, so a refusal here would protect nothing.
    """
    return system(_OPERATOR, org_id)


def contents(session: Session, what: str, actor: Actor, as_of: datetime) -> Contents:
    """Return what a pack of this would hold, as it stood at a time.

    Raises InvalidInput when what names nothing, NotFound when it is not there or not the actor's
    to see, EvidenceMissing when nothing of it is captured yet.
    """
    name = what.strip().upper()
    if CASE_REF.fullmatch(name):
        return _of_case(session, name, actor, as_of)
    if found := _ITEM.fullmatch(name):
        item = _item(session, int(found[1]), actor)
        one = _Asked(f"item-{item.id}", f"item:{item.id}", as_of)
        return _collect(session, one, ItemRow.id == item.id)
    if _EVIDENCE.fullmatch(name):
        return _of_record(session, name, actor, as_of)
    raise InvalidInput(_HOW_TO_NAME)


def is_operator(actor: Actor) -> bool:
    """Say whether this is whoever works at the command line."""
    return actor == operator(actor.org_id)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for: the folder's name, the audit chain's, the time, and the case of it."""

    name: str
    about: str
    as_of: datetime
    case: CaseRow | None = None


def _of_case(session: Session, ref: str, actor: Actor, as_of: datetime) -> Contents:
    case = case_of(session, ref, actor)
    own = _in_case(case, as_of)
    if not is_operator(actor):
        own = and_(own, visible_items(actor))
    return _collect(session, _Asked(ref, f"case:{case.id}", as_of, case), own)


def case_of(session: Session, ref: str, actor: Actor) -> CaseRow:
    """Return a case that the actor may pack. Raises NotFound."""
    if not is_operator(actor):
        return see_case(session, actor, ref)
    found = session.scalar(
        select(CaseRow).where(CaseRow.ref == ref, CaseRow.org_id == actor.org_id)
    )
    if found is None:
        raise NotFound(_NOT_THERE.format(what="case"))
    return found


def _in_case(case: CaseRow, as_of: datetime) -> ColumnElement[bool]:
    return ItemRow.id.in_(
        select(CaseItemRow.item_id).where(
            CaseItemRow.case_id == case.id, CaseItemRow.added_at <= as_of
        )
    )


def _item(session: Session, item_id: int, actor: Actor) -> ItemRow:
    if not is_operator(actor):
        actor.require(Right.CAPTURE)
        return see_item(session, actor, item_id)
    item = session.scalar(
        select(ItemRow).where(ItemRow.id == item_id, ItemRow.org_id == actor.org_id)
    )
    if item is None:
        raise NotFound(_NOT_THERE.format(what="item"))
    return item


def _of_record(session: Session, ref: str, actor: Actor, as_of: datetime) -> Contents:
    item_id = session.scalar(select(EvidenceRow.item_id).where(EvidenceRow.ref == ref))
    if item_id is None:
        raise NotFound(_NOT_THERE.format(what="evidence record"))
    item = _item(session, item_id, actor)
    one = _Asked(ref, f"item:{item.id}", as_of)
    return _collect(session, one, and_(ItemRow.id == item.id, EvidenceRow.ref == ref))


def _collect(session: Session, asked: _Asked, which: ColumnElement[bool]) -> Contents:
    """Return the evidence of some items in order of time and version, or of one record alone."""
    wanted = and_(EvidenceRow.item_id == ItemRow.id, EvidenceRow.wanted_at <= asked.as_of)
    query = (
        select(ItemRow, AccountRow, EvidenceRow)
        .join(AccountRow, AccountRow.id == ItemRow.account_id)
        .join(EvidenceRow, wanted, isouter=True)
        .where(which)
        .order_by(ItemRow.occurred_at, ItemRow.id, EvidenceRow.version_seq)
    )
    exhibits = [Exhibit(*row) for row in session.execute(query)]
    kept = tuple(exhibit for exhibit in exhibits if exhibit.is_kept(asked.as_of))
    if not kept:
        msg = f"Nothing of {asked.name} is captured yet. Capture the evidence first, then pack it."
        raise EvidenceMissing(msg)
    additions = _additions(session, sorted({one.item.id for one in kept}), asked.as_of)
    return Contents(
        name=asked.name,
        about=asked.about,
        org_id=kept[0].item.org_id,
        captured=kept,
        missing=tuple(exhibit for exhibit in exhibits if not exhibit.is_kept(asked.as_of)),
        objects=_objects(session, exhibits, additions),
        additions=additions,
        case=asked.case,
    )


def _additions(
    session: Session, item_ids: Sequence[int], as_of: datetime
) -> tuple[EvidenceAdditionRow, ...]:
    found: list[EvidenceAdditionRow] = []
    for start in range(0, len(item_ids), _AT_ONCE):
        found += session.scalars(
            select(EvidenceAdditionRow)
            .where(
                EvidenceAdditionRow.item_id.in_(item_ids[start : start + _AT_ONCE]),
                EvidenceAdditionRow.added_at <= as_of,
                EvidenceAdditionRow.erased_at.is_(None),
            )
            .order_by(EvidenceAdditionRow.id)
        )
    return tuple(found)


def _objects(
    session: Session, exhibits: Sequence[Exhibit], additions: Sequence[EvidenceAdditionRow]
) -> tuple[str, ...]:
    """Return the names under which the audit chain speaks of these items and their evidence."""
    item_ids = sorted({exhibit.item.id for exhibit in exhibits})
    actions: list[int] = []
    for start in range(0, len(item_ids), _AT_ONCE):
        some = item_ids[start : start + _AT_ONCE]
        actions += session.scalars(
            select(PlatformActionRow.id).where(PlatformActionRow.item_id.in_(some))
        )
    records = [exhibit.record for exhibit in exhibits if exhibit.record is not None]
    return (
        *(f"item:{item_id}" for item_id in item_ids),
        *(f"evidence_record:{record.id}" for record in records),
        *(f"evidence_addition:{row.id}" for row in additions),
        *(f"platform_action:{action_id}" for action_id in actions),
    )
