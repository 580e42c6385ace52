"""The written record of a case: lines that are added and never changed, and their checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Actor
from moderation.errors import Conflict, InvalidInput, NotAllowed
from moderation.tables import CaseNoteRow, CaseRow

if TYPE_CHECKING:
    from datetime import datetime
    from enum import StrEnum

MAX_TEXT = 10_000
_FORM_ID = range(8, 57)


def person(actor: Actor) -> int:
    """Return the id of the person who acts. Raises NotAllowed for a part of the system."""
    if actor.user_id is None:
        raise NotAllowed("Only a person who is signed in can do this.")
    return actor.user_id


def said(text: str, what: str, minimum: int = 1) -> str:
    """Return a text without its outer spaces.

    Raises InvalidInput that names what is missing or how long it may be.
    """
    kept = text.strip()
    if len(kept) < minimum:
        needs = "is empty" if minimum == 1 else f"needs at least {minimum} characters"
        raise InvalidInput(f"{what} {needs}.")
    if len(kept) > MAX_TEXT:
        raise InvalidInput(f"{what} is longer than {MAX_TEXT:,} characters. Shorten it.")
    if "\0" in kept:
        raise InvalidInput(f"{what} holds a character that cannot be stored. Type it again.")
    return kept


def written_before(session: Session, form_id: str, actor: Actor) -> CaseNoteRow | None:
    """Return the line that this form wrote already, so that a second press does nothing more.

    Raises InvalidInput when the form carries no usable id of its own.
    """
    if len(form_id) not in _FORM_ID:
        raise InvalidInput(
            "The form was sent without its id. Open the page again and send it once."
        )
    return session.scalar(
        select(CaseNoteRow).where(
            CaseNoteRow.form_id == form_id, CaseNoteRow.author_id == person(actor)
        )
    )


def write(
    session: Session,
    case: CaseRow,
    kind: StrEnum,
    body: str,
    *,
    form_id: str,
    actor: Actor,
    now: datetime,
) -> CaseNoteRow:
    """Add one line to the record of a case and return it with its id."""
    line = CaseNoteRow(
        case_id=case.id,
        kind=kind.value,
        body=body,
        author_id=person(actor),
        form_id=form_id,
        at=now,
    )
    session.add(line)
    session.flush()
    return line


def fresh(case: CaseRow, revision: int) -> None:
    """Count one more change of the case. Raises Conflict when the page that asks is out of date."""
    if case.revision != revision:
        raise Conflict(
            "Somebody changed this case after you opened the page, so nothing was saved. "
            "Open the case again, look at what changed and send your change once more."
        )
    case.revision += 1
