"""What only one kind of pack needs to be told, and the numbers that its exhibits get."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from moderation.errors import InvalidInput
from moderation.evidence.packs.choosing import Chosen
from moderation.evidence.packs.said import said
from moderation.evidence.packs.shape import Kind
from moderation.evidence.packs.statement import initials_of
from moderation.tables import DisclosureRow, PackKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_UNKNOWN: Final = "A pack of this kind has nothing called {}. There are: {}."


def checked_details(
    session: Session, kind: Kind, given: Mapping[str, str], chosen: Chosen, org_id: str
) -> dict[str, Any]:
    """Return the details as they are kept; empty ones are left out. Raises InvalidInput."""
    stray = sorted(given.keys() - kind.details.keys())
    if stray:
        raise InvalidInput(_UNKNOWN.format(stray[0], ", ".join(kind.details) or "none"))
    kept: dict[str, Any] = {}
    for name, detail in kind.details.items():
        text = given.get(name, "")
        if text.strip() or detail.needed:
            kept[name] = said(text, f"{name} ({detail.says})", detail.most)
    if kind.name is PackKind.POLICE:
        kept |= _exhibits(session, str(kept["maker"]), chosen, org_id)
    return kept


def _exhibits(session: Session, maker: str, chosen: Chosen, org_id: str) -> dict[str, Any]:
    """Return whose exhibits these are and the first number, which no other of theirs has.

    Numbers go by initials: two people who share them share one row of numbers.
    """
    initials = initials_of(maker)
    earlier = session.scalars(
        select(DisclosureRow.details).where(
            DisclosureRow.org_id == org_id, DisclosureRow.kind == PackKind.POLICE
        )
    )
    taken = [
        int(one.get("first_exhibit", 1)) + int(one.get("exhibits", 0))
        for one in earlier
        if one.get("initials") == initials
    ]
    count = len(chosen.contents.captured) if chosen.contents else 0
    return {"initials": initials, "first_exhibit": max(taken, default=1), "exhibits": count}
