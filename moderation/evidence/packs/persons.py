"""Whose data a subject access request is about, and which items hold it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import ColumnElement, exists, func, or_, select

from moderation.access import Actor
from moderation.errors import InvalidInput, NotFound
from moderation.tables import (
    AccountRow,
    CaseItemRow,
    CaseMemberRow,
    CaseRow,
    EvidenceRow,
    ItemRow,
    StaffRow,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_FORM: Final = re.compile(r"(author|author-id|staff|case):(.{1,200})", re.DOTALL)
_HOW_TO_NAME: Final = (
    "Name the person: author:@handle, author-id:123 (the platform's id), staff:NM-1, or "
    "case:C-7KQ2M9D4 for the person whom a case is about."
)
_NOBODY: Final = "We hold nothing about that person, or it is not yours to see."


@dataclass(frozen=True, slots=True)
class Person:
    """One person as the record knows them: an author of items, or a member of staff.

    handles and ids are those of an author, staff_id and name those of a member of staff; about is
    the name in the audit chain, which holds no name of a person.
    """

    handles: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    staff_id: str | None = None
    name: str = ""
    case_id: int | None = None

    @property
    def is_author(self) -> bool:
        """Say whether this is somebody who wrote to the organisation."""
        return bool(self.handles or self.ids)


def person_named(session: Session, asked: str, actor: Actor) -> Person:
    """Return the person that a request names. Raises InvalidInput and NotFound."""
    found = _FORM.fullmatch(asked.strip())
    if found is None:
        raise InvalidInput(_HOW_TO_NAME)
    kind, value = found[1], found[2].strip()
    if kind == "staff":
        return _staff(session, actor.org_id, value)
    if kind == "case":
        return _of_case(session, actor, value.upper())
    handle = value if kind == "author" else ""
    return _author(session, actor.org_id, handle, value if kind == "author-id" else "")


def _author(session: Session, org_id: str, handle: str, native_id: str) -> Person:
    """Return an author with every handle and id under which the items of either name them."""
    if handle:
        plain = handle.lstrip("@").casefold()
        which: ColumnElement[bool] = func.lower(ItemRow.author_handle).in_((plain, f"@{plain}"))
    else:
        which = ItemRow.author_ref == native_id
    rows = session.execute(
        select(ItemRow.author_handle, ItemRow.author_ref, ItemRow.author_name)
        .where(ItemRow.org_id == org_id, which)
        .distinct()
    ).all()
    if not rows:
        raise NotFound(_NOBODY)
    return Person(
        handles=tuple(sorted({row.author_handle for row in rows if row.author_handle})),
        ids=tuple(sorted({row.author_ref for row in rows if row.author_ref})),
        name=", ".join(sorted({row.author_name for row in rows if row.author_name})),
    )


def _staff(session: Session, org_id: str, staff_id: str) -> Person:
    name = session.scalar(
        select(StaffRow.full_name).where(StaffRow.org_id == org_id, StaffRow.staff_id == staff_id)
    )
    known = name or session.scalar(
        select(exists().where(ItemRow.org_id == org_id, ItemRow.target_staff_id == staff_id))
    )
    if not known:
        raise NotFound(_NOBODY)
    return Person(staff_id=staff_id, name=name or "")


def _of_case(session: Session, actor: Actor, ref: str) -> Person:
    case = session.scalar(
        select(CaseRow).where(
            CaseRow.ref == ref, CaseRow.org_id == actor.org_id, ~_kept_from(actor)
        )
    )
    if case is None:
        raise NotFound(_NOBODY)
    if case.affected_staff_id:
        whole = _staff(session, actor.org_id, case.affected_staff_id)
        return Person(staff_id=whole.staff_id, name=whole.name, case_id=case.id)
    return Person(name=case.affected_person, case_id=case.id)


def cases_of(session: Session, person: Person, actor: Actor) -> Sequence[CaseRow]:
    """Return the cases in which this person is the one affected, save those kept from the actor."""
    if person.case_id is not None:
        which = CaseRow.id == person.case_id
    elif person.staff_id:
        which = CaseRow.affected_staff_id == person.staff_id
    else:
        return ()
    return session.scalars(
        select(CaseRow)
        .where(CaseRow.org_id == actor.org_id, which, ~_kept_from(actor))
        .order_by(CaseRow.id)
    ).all()


def items_of(session: Session, person: Person, org_id: str) -> Sequence[tuple[ItemRow, AccountRow]]:
    """Return the items that this person wrote, or that are aimed at them, oldest first."""
    rows = session.execute(
        select(ItemRow, AccountRow)
        .join(AccountRow, AccountRow.id == ItemRow.account_id)
        .where(ItemRow.org_id == org_id, _which(person))
        .order_by(ItemRow.occurred_at, ItemRow.id)
    )
    return [(item, account) for item, account in rows]


def records_of(session: Session, item_ids: Sequence[int]) -> dict[int, list[EvidenceRow]]:
    """Return the evidence records of some items by item."""
    found: dict[int, list[EvidenceRow]] = {}
    for start in range(0, len(item_ids), 500):
        rows = session.scalars(
            select(EvidenceRow)
            .where(EvidenceRow.item_id.in_(item_ids[start : start + 500]))
            .order_by(EvidenceRow.id)
        )
        for row in rows:
            found.setdefault(row.item_id, []).append(row)
    return found


def _which(person: Person) -> ColumnElement[bool]:
    if person.is_author:
        # An id is one account's for good; a handle alone counts where the platform gave no id.
        by_id = ItemRow.author_ref.in_(person.ids)
        by_handle = ItemRow.author_handle.in_(person.handles) & ItemRow.author_ref.is_(None)
        return or_(by_id, by_handle)
    if person.case_id is not None:
        return ItemRow.id.in_(
            select(CaseItemRow.item_id).where(CaseItemRow.case_id == person.case_id)
        )
    return ItemRow.target_staff_id == person.staff_id


def _kept_from(actor: Actor) -> ColumnElement[bool]:
    return exists().where(
        CaseMemberRow.case_id == CaseRow.id,
        CaseMemberRow.user_id == actor.user_id,
        CaseMemberRow.barred.is_(True),
    )
