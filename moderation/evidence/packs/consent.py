"""Consent of the person affected: given, overridden for a risk to life, or nobody's to give."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from moderation import audit
from moderation.access import Actor, Right
from moderation.errors import InvalidInput
from moderation.evidence.contents import CASE_REF
from moderation.evidence.packs.choosing import Chosen, require
from moderation.evidence.packs.said import said
from moderation.evidence.packs.shape import Kind
from moderation.scope import visible_cases
from moderation.tables import CaseRow
from moderation.taxonomy import PERSON_TARGETS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOT_NEEDED: Final = "not_needed"
GIVEN: Final = "given"
OVERRIDDEN: Final = "overridden"
_AGREED: Final = "yes"
_SHORTEST: Final = 15

_ASK: Final = (
    "The person affected has to agree to this pack. Say that consent was given, and when and how; "
    "or, for a risk to life, override it with the reason."
)
_CASE_SAYS_NO: Final = (
    "The case does not say that the person affected agrees. Record it in the case first, or, for a "
    "risk to life, override it with the reason."
)
_TOO_SHORT: Final = (
    f"The reason needs at least {_SHORTEST} characters: what the risk to life or of serious harm "
    "is, and who judged it."
)


def case_on_record(session: Session, named: str, actor: Actor, *, now: datetime) -> CaseRow | None:
    """Return the case of this name, for what it has on record of consent.

    It is a read of the case and leaves its line. None, without a line, where the name is that of no
    case that the actor may see.
    """
    ref = named.strip().upper()
    if CASE_REF.fullmatch(ref) is None:
        return None
    case = session.scalar(select(CaseRow).where(CaseRow.ref == ref, visible_cases(actor)))
    if case is not None:
        audit.append(session, "case.view", f"case:{case.id}", actor=actor, at=now)
    return case


def checked_consent(
    kind: Kind, consent: str, note: str, chosen: Chosen, actor: Actor
) -> tuple[str, str]:
    """Return consent and its note as they are kept.

    A case decides by what it has on record. Without one, the note says when and how consent was
    given. Raises InvalidInput, and NotAllowed for an override by a role that may not.
    """
    if not kind.needs_consent:
        return NOT_NEEDED, ""
    if consent == OVERRIDDEN:
        require(Right.OVERRIDE_CONSENT, actor)
        if len(note.strip()) < _SHORTEST:
            raise InvalidInput(_TOO_SHORT)
        return OVERRIDDEN, said(note, "The reason")
    if consent == GIVEN:
        return GIVEN, _agreed(note, chosen)
    if consent == NOT_NEEDED and not _concerns_somebody(chosen):
        return NOT_NEEDED, ""
    raise InvalidInput(_ASK)


def _agreed(note: str, chosen: Chosen) -> str:
    case = chosen.contents.case if chosen.contents else None
    if case is None:
        return said(note, "When and how consent was given")
    if case.police_consent != _AGREED:
        raise InvalidInput(_CASE_SAYS_NO)
    return note.strip()


def _concerns_somebody(chosen: Chosen) -> bool:
    """Say whether there is a person affected, who then has to agree."""
    found = chosen.contents
    if found is None:
        return False
    if found.case is not None and (found.case.affected_staff_id or found.case.affected_person):
        return True
    return any(one.item.target_type in PERSON_TARGETS for one in (*found.captured, *found.missing))
