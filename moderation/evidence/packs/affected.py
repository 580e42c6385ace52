"""Who the person affected is: by name for those who need it, and never a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from moderation.evidence.packs.shape import Matter
from moderation.tables import StaffRow
from moderation.taxonomy import PERSON_TARGETS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_SEVERAL: Final = "more than one member of staff; ask the organisation who"


def person_affected(session: Session, matter: Matter) -> str:
    """Return the person affected by name: the case's, or the one at whom every item is aimed."""
    case = matter.case
    if case is not None and case.affected_staff_id:
        return name_of(session, matter.asked.org_id, case.affected_staff_id)
    if case is not None and case.affected_person:
        return case.affected_person
    aimed_at = targets(matter)
    if len(aimed_at) > 1:
        return _SEVERAL
    return name_of(session, matter.asked.org_id, aimed_at[0]) if aimed_at else ""


def targets(matter: Matter) -> list[str]:
    """Return the staff ids at whom the items of a pack are aimed."""
    if matter.contents is None:
        return []
    items = [one.item for one in (*matter.contents.captured, *matter.contents.missing)]
    return sorted(
        {
            item.target_staff_id
            for item in items
            if item.target_staff_id and item.target_type in PERSON_TARGETS
        }
    )


def name_of(session: Session, org_id: str, staff_id: str) -> str:
    """Return a member of staff by name, or by the id where the directory no longer has them."""
    found = session.scalar(
        select(StaffRow.full_name).where(StaffRow.org_id == org_id, StaffRow.staff_id == staff_id)
    )
    return found or f"the member of staff {staff_id}"
