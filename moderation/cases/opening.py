"""Open a case: from an item, by hand, or by rule for a threat that cannot wait."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor, Right, system
from moderation.cases import founding, members
from moderation.cases.codes import Entry, Source
from moderation.cases.dates import local_day, next_review
from moderation.cases.record import person, said, write, written_before
from moderation.errors import InvalidInput
from moderation.evidence import capture
from moderation.lifecycle import CaseEvent, CaseState
from moderation.scope import see_item
from moderation.tables import (
    CaseItemRow,
    CaseNoteRow,
    CaseRow,
    ItemRow,
    StaffRow,
    UserRow,
)
from moderation.taxonomy import PerpetratorType, Severity
from moderation.versions import require_kept

# Crockford's base 32 has no I, L, O and U, so that a reference can be read out on the telephone.
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 8
ENDED: Final = (CaseState.NO_CASE, CaseState.CLOSED)


@dataclass(frozen=True, slots=True)
class Opening:
    """What the person who opens a case says.

    conflicted and independent_id are ids of user accounts: people who are involved and are kept
    out, and somebody who looks after the case beside or instead of the HR leads. another asks for
    a second case about an item that has one.
    """

    reason: str
    affected_staff_id: str | None = None
    affected_person: str = ""
    severity: Severity | None = None
    safeguarding: bool = False
    conflicted: frozenset[int] = frozenset()
    independent_id: int | None = None
    another: bool = False


def open_case(
    session: Session,
    item_id: int | None,
    opening: Opening,
    *,
    form_id: str,
    actor: Actor,
    now: datetime,
    source: Source | None = None,
) -> CaseRow:
    """Open a case about an item, or by hand where item_id is None, and return it.

    The same form sent twice is one case. An item that has an open case keeps it: what the second
    person says is added to that case. The caller shows no more of it than its reference, for the
    opener need not be a member. Raises NotFound, NotAllowed and InvalidInput.
    """
    actor.require(Right.PROPOSE_CASE)
    one_at_a_time(session, actor)
    line = written_before(session, form_id, actor)
    if line is not None:
        return _case_of(session, line)
    reason = said(opening.reason, "Why this should go to HR", minimum=15)
    item = None if item_id is None else see_item(session, actor, item_id, lock=True)
    held = None if item is None or opening.another else open_case_of(session, item.id, actor)
    if held is not None:
        return _add_words(session, held, opening, reason, form_id=form_id, actor=actor, now=now)
    by = source or (Source.QUEUE if item else Source.BY_HAND)
    return found(session, item, opening, by, form_id=form_id, actor=actor, now=now)


def found(
    session: Session,
    item: ItemRow | None,
    opening: Opening,
    source: Source,
    *,
    form_id: str,
    actor: Actor,
    now: datetime,
) -> CaseRow:
    """Make the case with its members, its first line and its alert; HR's own goes to triage.

    The caller has checked that the actor may open it and sees the item.
    """
    reason = said(opening.reason, "Why this should go to HR", minimum=15)
    users = founding.founders(
        session,
        actor,
        conflicted=opening.conflicted,
        independent_id=opening.independent_id,
        safeguarding=opening.safeguarding or (item is not None and item.urgent),
    )
    case = _new_case(session, item, opening, source, actor=actor, now=now)
    case.summary = reason
    write(session, case, Entry.OPENED, reason, form_id=form_id, actor=actor, now=now)
    _complete(session, case, item, actor=actor, now=now)
    members.enrol(session, case, users, opening.conflicted, actor=actor, now=now)
    if actor.may(Right.OPEN_CASE):
        audit.move(session, case, CaseEvent.START_TRIAGE, actor=actor, at=now)
    return case


def open_automatically(session: Session, item: ItemRow, *, now: datetime) -> CaseRow | None:
    """Open an unconfirmed case for an item that rules read as critical, in triage's transaction.

    An item that has ever had a case keeps it, so a second call changes nothing. None where the
    organisation has nobody who could work a case; the caller's alert still goes out.
    """
    actor = system("triage", item.org_id)
    held = session.scalar(
        select(CaseRow)
        .join(CaseItemRow, CaseItemRow.case_id == CaseRow.id)
        .where(CaseItemRow.item_id == item.id, CaseRow.org_id == item.org_id)
        .limit(1)
    )
    if held is not None:
        return held
    users = founding.founders_without_opener(session, item.org_id, safeguarding=item.urgent)
    if not users:
        return None
    case = _new_case(session, item, Opening(reason=""), Source.AUTOMATIC, actor=actor, now=now)
    _complete(session, case, item, actor=actor, now=now)
    members.enrol(session, case, users, (), actor=actor, now=now)
    return case


def open_case_of(session: Session, item_id: int, actor: Actor) -> CaseRow | None:
    """Return the case that an item is in, or None.

    A person who is kept out of a case learns nothing from this, not even that there is one.
    """
    return session.scalar(
        select(CaseRow)
        .join(CaseItemRow, CaseItemRow.case_id == CaseRow.id)
        .where(
            CaseItemRow.item_id == item_id,
            CaseRow.org_id == actor.org_id,
            CaseRow.state.not_in(ENDED),
            ~members.kept_out(actor),
        )
        .order_by(CaseRow.id)
        .limit(1)
    )


def put_item(
    session: Session, case: CaseRow, item: ItemRow, *, actor: Actor, now: datetime
) -> None:
    """Put an item into a case, want its evidence and raise the case's severity to the item's."""
    require_kept(session, item.id)
    session.add(CaseItemRow(case_id=case.id, item_id=item.id, added_at=now))
    case.severity = max(case.severity, item.severity)
    session.flush()
    capture.want(session, item.id, item.version, requested_by=actor.ref, now=now)


def known_staff(session: Session, org_id: str, staff_id: str | None) -> str | None:
    """Return the staff id if the directory holds it. Raises InvalidInput when it does not."""
    if not staff_id:
        return None
    row = session.scalar(
        select(StaffRow.staff_id).where(StaffRow.org_id == org_id, StaffRow.staff_id == staff_id)
    )
    if row is None:
        raise InvalidInput("The person affected is not in the staff directory. Choose again.")
    return row


def _new_case(
    session: Session,
    item: ItemRow | None,
    opening: Opening,
    source: Source,
    *,
    actor: Actor,
    now: datetime,
) -> CaseRow:
    staff_id = known_staff(session, actor.org_id, opening.affected_staff_id)
    if staff_id is None and not opening.affected_person.strip() and item is not None:
        staff_id = item.target_staff_id
    lowest = Severity(item.severity) if item else Severity.S2
    today = local_day(now)
    case = CaseRow(
        ref=_new_ref(session),
        org_id=actor.org_id,
        state=CaseState.REPORTED,
        source=source.value,
        severity=int(opening.severity if opening.severity is not None else lowest),
        affected_staff_id=staff_id,
        affected_person=opening.affected_person.strip()[:200],
        perpetrator_type=PerpetratorType.UNKNOWN,
        review_on=next_review(today, today),
        opened_by=actor.ref,
        opened_at=now,
    )
    session.add(case)
    session.flush()
    return case


def _complete(
    session: Session, case: CaseRow, item: ItemRow | None, *, actor: Actor, now: datetime
) -> None:
    detail = {"source": case.source, "severity": case.severity}
    audit.append(session, "case.open", f"case:{case.id}", actor=actor, at=now, detail=detail)
    if item is not None:
        put_item(session, case, item, actor=actor, now=now)


def _add_words(
    session: Session,
    case: CaseRow,
    opening: Opening,
    reason: str,
    *,
    form_id: str,
    actor: Actor,
    now: datetime,
) -> CaseRow:
    """Keep what a second person says of an item that is with HR already."""
    names = [
        user.name
        for user in members.possible_members(session, actor.org_id)
        if user.id in opening.conflicted
    ]
    asks = f" Asks that these people are kept out: {', '.join(names)}." if names else ""
    line = write(session, case, Entry.NOTE, reason + asks, form_id=form_id, actor=actor, now=now)
    if opening.safeguarding:
        members.add_safeguarding(session, case, actor=actor, now=now)
    detail = {"note": line.id, "kind": "proposed_again"}
    audit.append(session, "case.note", f"case:{case.id}", actor=actor, at=now, detail=detail)
    return case


def _new_ref(session: Session) -> str:
    while True:
        ref = "C-" + "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
        if not session.scalar(select(exists().where(CaseRow.ref == ref))):
            return ref


def _case_of(session: Session, line: CaseNoteRow) -> CaseRow:
    return session.scalars(select(CaseRow).where(CaseRow.id == line.case_id)).one()


def one_at_a_time(session: Session, actor: Actor) -> None:
    """Let a double click wait for the first press, so that it finds what that one wrote.

    The weak lock lets other transactions go on naming this person meanwhile.
    """
    session.execute(
        select(UserRow.id).where(UserRow.id == person(actor)).with_for_update(key_share=True)
    )
