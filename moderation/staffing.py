"""Keeps the staff directory: an import replaces it, and says who is new, changed and gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor, Right
from moderation.errors import InvalidInput
from moderation.model import StaffMember
from moderation.tables import StaffRow

STAFF_ID_LIMIT: Final = 80


@dataclass(frozen=True, slots=True)
class Changes:
    """What a directory changes, or would change: staff ids, in the order of the file.

    left are those whom the file no longer names; elsewhere counts lines of other organisations,
    which are left out. unchanged counts the rest.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    left: tuple[str, ...]
    unchanged: int
    elsewhere: int

    @property
    def total(self) -> int:
        """Return how many people the directory names."""
        return len(self.new) + len(self.changed) + self.unchanged


def load_staff(session: Session, org_id: str) -> tuple[StaffMember, ...]:
    """Return the people who work at an organisation now, by staff id; leavers are left out."""
    rows = session.scalars(
        select(StaffRow)
        .where(StaffRow.org_id == org_id, StaffRow.active.is_(True))
        .order_by(StaffRow.staff_id)
    )
    return tuple(_member(row) for row in rows)


def directory(session: Session, *, actor: Actor) -> tuple[StaffMember, ...]:
    """Return the directory of the actor's organisation, for whoever may manage it."""
    _may_manage(actor)
    return load_staff(session, actor.org_id)


def compare(session: Session, members: Sequence[StaffMember], *, actor: Actor) -> Changes:
    """Return what replace() would change, and change nothing. Raises InvalidInput as it does."""
    _may_manage(actor)
    own, elsewhere = _own(members, actor.org_id)
    return _changes(own, elsewhere, _rows(session, actor.org_id))


def replace(
    session: Session, members: Sequence[StaffMember], *, actor: Actor, now: datetime
) -> Changes:
    """Make the file the organisation's directory.

    Lines with another organisation's code are left out, those without a code taken as its own.
    People whom it no longer names stay in the record as leavers, because items and cases point at
    them; one who is named again is back. The same file again changes nothing.

    Raises InvalidInput when the file names nobody of this organisation, or holds a value that
    cannot be stored.
    """
    _may_manage(actor)
    own, elsewhere = _own(members, actor.org_id)
    rows = _rows(session, actor.org_id, lock=True)
    changes = _changes(own, elsewhere, rows)
    for staff_id in changes.left:
        rows[staff_id].active = False
    for member in own:
        row = rows.get(member.staff_id)
        if row is None:
            row = StaffRow(org_id=actor.org_id, staff_id=member.staff_id)
            session.add(row)
        _write(row, member)
    session.flush()
    if changes.new or changes.changed or changes.left:
        counts = {
            "new": len(changes.new),
            "changed": len(changes.changed),
            "left": len(changes.left),
        }
        audit.append(session, "staff.replace", "staff", actor=actor, at=now, detail=counts)
    return changes


def _own(members: Sequence[StaffMember], org_id: str) -> tuple[list[StaffMember], int]:
    """Return this organisation's lines and how many are of others."""
    own = [m for m in members if m.org.casefold() in {"", org_id.casefold()}]
    if not own:
        others = sorted({m.org for m in members})[:5]
        says = f"; its lines are of: {', '.join(others)}" if others else ""
        raise InvalidInput(
            f"The staff directory names nobody of the organisation {org_id}{says}. Put {org_id} "
            "into its column org, or leave that column empty."
        )
    _check(own)
    return own, len(members) - len(own)


def _check(members: Sequence[StaffMember]) -> None:
    seen: set[str] = set()
    for number, member in enumerate(members, start=1):
        if len(member.staff_id) > STAFF_ID_LIMIT:
            raise InvalidInput(
                f"Person {number} of the staff directory has a staff_id of more than "
                f"{STAFF_ID_LIMIT} characters. Shorten it."
            )
        if member.staff_id in seen:
            raise InvalidInput(
                f"The staff directory has the staff_id {member.staff_id} more than once. "
                "Give each person one line."
            )
        seen.add(member.staff_id)
        if any("\x00" in value for value in _values(member)):
            raise InvalidInput(
                f"Person {number} of the staff directory has a NUL character in a value. Remove it."
            )


def _values(member: StaffMember) -> list[str]:
    return [
        member.staff_id,
        member.full_name,
        *member.aliases,
        member.role,
        member.station,
        *member.more,
        *member.more.values(),
    ]


def _rows(session: Session, org_id: str, *, lock: bool = False) -> dict[str, StaffRow]:
    query = select(StaffRow).where(StaffRow.org_id == org_id).order_by(StaffRow.id)
    return {
        row.staff_id: row for row in session.scalars(query.with_for_update() if lock else query)
    }


def _changes(own: Sequence[StaffMember], elsewhere: int, rows: Mapping[str, StaffRow]) -> Changes:
    named = {member.staff_id for member in own}
    working = {staff_id for staff_id, row in rows.items() if row.active}
    new = tuple(m.staff_id for m in own if m.staff_id not in working)
    changed = tuple(
        m.staff_id for m in own if m.staff_id in working and _differs(rows[m.staff_id], m)
    )
    return Changes(
        new=new,
        changed=changed,
        left=tuple(staff_id for staff_id in rows if staff_id in working - named),
        unchanged=len(own) - len(new) - len(changed),
        elsewhere=elsewhere,
    )


def _columns(member: StaffMember) -> dict[str, Any]:
    return {
        "full_name": member.full_name,
        "aliases": list(member.aliases),
        "role": member.role,
        "station": member.station,
        "public_role": member.public_role,
        "more": dict(member.more),
    }


def _differs(row: StaffRow, member: StaffMember) -> bool:
    return any(getattr(row, name) != value for name, value in _columns(member).items())


def _write(row: StaffRow, member: StaffMember) -> None:
    row.active = True
    for name, value in _columns(member).items():
        setattr(row, name, value)


def _member(row: StaffRow) -> StaffMember:
    return StaffMember(
        staff_id=row.staff_id,
        full_name=row.full_name,
        aliases=tuple(row.aliases),
        role=row.role,
        station=row.station,
        public_role=row.public_role,
        org=row.org_id,
        more=row.more,
    )


def _may_manage(actor: Actor) -> None:
    """Let the role's right decide; the command line stands beside the database and passes."""
    if actor.user_id is not None or actor.role is not None:
        actor.require(Right.MANAGE_STAFF)
