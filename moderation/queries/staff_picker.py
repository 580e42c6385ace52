"""Picking a member of staff in a form: what to offer, and whom a typed answer means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from moderation.access import Actor, Right
from moderation.errors import InvalidInput
from moderation.tables import StaffRow

OFFERED_MOST: Final = 500
_WITH_ID: Final = re.compile(r"[^()]{0,200}\(([^()]{1,80})\)")


@dataclass(frozen=True, slots=True)
class Choice:
    """One member of staff as offered: "Dana Price (NM-0042)" and their role."""

    staff_id: str
    full_name: str
    role: str

    @property
    def label(self) -> str:
        """Return what stands in the field once this person is chosen."""
        return f"{self.full_name} ({self.staff_id})"


def offered(session: Session, actor: Actor) -> Sequence[Choice]:
    """Return the directory by name, at most OFFERED_MOST; others can still be typed."""
    actor.require(Right.DECIDE)
    rows = session.execute(
        select(StaffRow.staff_id, StaffRow.full_name, StaffRow.role)
        .where(StaffRow.org_id == actor.org_id, StaffRow.active.is_(True))
        .order_by(StaffRow.full_name, StaffRow.staff_id)
        .limit(OFFERED_MOST)
    )
    return [Choice(row.staff_id, row.full_name, row.role) for row in rows]


def meant(session: Session, actor: Actor, typed: str) -> str | None:
    """Return the staff_id that a typed answer means; None for an empty one.

    A number in brackets, a bare number or a full name will do. Raises InvalidInput when nobody is
    meant, or more than one person.
    """
    given = " ".join(typed.split())
    if not given:
        return None
    with_id = _WITH_ID.fullmatch(given)
    wanted = with_id.group(1) if with_id else given
    found = session.scalars(
        select(StaffRow.staff_id)
        .where(
            StaffRow.org_id == actor.org_id,
            or_(StaffRow.staff_id == wanted, func.lower(StaffRow.full_name) == given.lower()),
        )
        .limit(2)
    ).all()
    if len(found) > 1:
        msg = "Two members of staff share this name. Choose one from the list, with the number."
        raise InvalidInput(msg)
    if not found:
        msg = "Nobody in the staff directory has this name or number. Choose from the list."
        raise InvalidInput(msg)
    return found[0]
