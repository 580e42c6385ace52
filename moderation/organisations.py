"""Organisations: make one, and find the one that a command means."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.errors import InvalidInput
from moderation.tables import OrganisationRow


def ensure(session: Session, org_id: str, *, now: datetime) -> OrganisationRow:
    """Return the organisation, made where it is the first one of this store.

    Raises InvalidInput for an unknown one where there are others: a typing error must not make a
    second organisation.
    """
    known = session.scalars(select(OrganisationRow)).all()
    for row in known:
        if row.id == org_id:
            return row
    if known:
        names = ", ".join(sorted(row.id for row in known))
        raise InvalidInput(f"There is no organisation {org_id} here. There is: {names}.")
    made = OrganisationRow(id=org_id, name=org_id.title(), created_at=now)
    session.add(made)
    session.flush()
    return made


def only(session: Session, org_id: str | None, default: str) -> str:
    """Return the organisation meant: the one named, the only one here, or the default's."""
    if org_id:
        return org_id
    known = session.scalars(select(OrganisationRow.id)).all()
    return known[0] if len(known) == 1 else default
