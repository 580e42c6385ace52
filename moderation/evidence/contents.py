"""What goes into a pack: the evidence of an item, a record or a case, within a scope."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
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
    EvidenceRow,
    ItemRow,
    PlatformActionRow,
)

_OPERATOR: Final = "command-line"
_CASE: Final = re.compile(r"C-[0-9A-Z]{4,16}")
_ITEM: Final = re.compile(r"(?:ITEM:)?([0-9]{1,18})")
_EVIDENCE: Final = re.compile(r"EV-[0-9]{4}-[0-9]{6,18}")
_HOW_TO_NAME: Final = (
    "Name a case (C-7KQ2M9D4), an item (item:123 or 123) or an evidence record (EV-2026-000123)."
)
_NOT_THERE: Final = "There is no such {what}, or it is not yours to see."


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One evidence record that may go into a pack; record is None where none was ever wanted."""

    item: ItemRow
    account: AccountRow
    record: EvidenceRow | None

    @property
    def is_captured(self) -> bool:
        """Say whether there are sealed bytes."""
        return self.record is not None and self.record.state is EvidenceState.CAPTURED


@dataclass(frozen=True, slots=True)
class Contents:
    """What a pack is of. name is its folder, about its object in the audit chain."""

    name: str
    about: str
    org_id: str
    captured: tuple[Exhibit, ...]
    missing: tuple[Exhibit, ...]
    objects: tuple[str, ...]


def operator(org_id: str) -> Actor:
    """Return the actor of the command line, audited as system:command-line.

    It packs anything of its organisation: whoever has a shell on the machine and the database's
    address reads the tables anyway, so a refusal here would protect nothing.
    """
    return system(_OPERATOR, org_id)


def contents(session: Session, what: str, actor: Actor) -> Contents:
    """Return what a pack of this would hold.

    Raises InvalidInput when what names nothing, NotFound when it is not there or not the actor's
    to see, EvidenceMissing when nothing of it is captured yet.
    """
    name = what.strip().upper()
    if _CASE.fullmatch(name):
        return _of_case(session, name, actor)
    if found := _ITEM.fullmatch(name):
        item = _item(session, int(found[1]), actor)
        folder = f"item-{item.id}"
        return _collect(session, folder, f"item:{item.id}", ItemRow.id == item.id)
    if _EVIDENCE.fullmatch(name):
        return _of_record(session, name, actor)
    raise InvalidInput(_HOW_TO_NAME)


def _is_operator(actor: Actor) -> bool:
    return actor == operator(actor.org_id)


def _of_case(session: Session, ref: str, actor: Actor) -> Contents:
    if not _is_operator(actor):
        case = see_case(session, actor, ref)
        own = and_(_in_case(case), visible_items(actor))
        return _collect(session, ref, f"case:{case.id}", own)
    found = session.scalar(
        select(CaseRow).where(CaseRow.ref == ref, CaseRow.org_id == actor.org_id)
    )
    if found is None:
        raise NotFound(_NOT_THERE.format(what="case"))
    return _collect(session, ref, f"case:{found.id}", _in_case(found))


def _in_case(case: CaseRow) -> ColumnElement[bool]:
    return ItemRow.id.in_(select(CaseItemRow.item_id).where(CaseItemRow.case_id == case.id))


def _item(session: Session, item_id: int, actor: Actor) -> ItemRow:
    if not _is_operator(actor):
        actor.require(Right.CAPTURE)
        return see_item(session, actor, item_id)
    item = session.scalar(
        select(ItemRow).where(ItemRow.id == item_id, ItemRow.org_id == actor.org_id)
    )
    if item is None:
        raise NotFound(_NOT_THERE.format(what="item"))
    return item


def _of_record(session: Session, ref: str, actor: Actor) -> Contents:
    item_id = session.scalar(select(EvidenceRow.item_id).where(EvidenceRow.ref == ref))
    if item_id is None:
        raise NotFound(_NOT_THERE.format(what="evidence record"))
    item = _item(session, item_id, actor)
    return _collect(session, ref, f"item:{item.id}", ItemRow.id == item.id, ref)


def _collect(
    session: Session, name: str, about: str, which: ColumnElement[bool], ref: str | None = None
) -> Contents:
    """Return the evidence of some items in order of item and version, or of one record alone."""
    query = (
        select(ItemRow, AccountRow, EvidenceRow)
        .join(AccountRow, AccountRow.id == ItemRow.account_id)
        .join(EvidenceRow, EvidenceRow.item_id == ItemRow.id, isouter=True)
        .where(which)
        .order_by(ItemRow.id, EvidenceRow.version_seq)
    )
    if ref is not None:
        query = query.where(EvidenceRow.ref == ref)
    exhibits = [Exhibit(*row) for row in session.execute(query)]
    captured = tuple(exhibit for exhibit in exhibits if exhibit.is_captured)
    if not captured:
        msg = f"Nothing of {name} is captured yet. Capture the evidence first, then pack it."
        raise EvidenceMissing(msg)
    return Contents(
        name=name,
        about=about,
        org_id=captured[0].item.org_id,
        captured=captured,
        missing=tuple(exhibit for exhibit in exhibits if not exhibit.is_captured),
        objects=_objects(session, exhibits),
    )


def _objects(session: Session, exhibits: Sequence[Exhibit]) -> tuple[str, ...]:
    """Return the names under which the audit chain speaks of these items and their evidence."""
    item_ids = sorted({exhibit.item.id for exhibit in exhibits})
    actions = session.scalars(
        select(PlatformActionRow.id).where(PlatformActionRow.item_id.in_(item_ids))
    )
    records = [exhibit.record for exhibit in exhibits if exhibit.record is not None]
    return (
        *(f"item:{item_id}" for item_id in item_ids),
        *(f"evidence_record:{record.id}" for record in records),
        *(f"platform_action:{action_id}" for action_id in actions),
    )
