"""Notes and steps on a case, added and never changed, and further items that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from moderation import audit, holds
from moderation.access import Actor, Right, Role
from moderation.cases.codes import Consent, Entry, Step
from moderation.cases.dates import local_day
from moderation.cases.members import Power, require
from moderation.cases.opening import put_item
from moderation.cases.record import fresh, said, write, written_before
from moderation.errors import EvidenceMissing, InvalidInput
from moderation.lifecycle import EvidenceState
from moderation.scope import see_case, see_item
from moderation.tables import CaseItemRow, CaseNoteRow, CaseRow, EvidenceRow, HoldReason, ItemRow
from moderation.taxonomy import Abuse
from moderation.when import london_day

# Nobody makes contact with the author of these: it can put the person affected in danger.
NO_CONTACT: Final = (Abuse.THREAT_SERIOUS, Abuse.MENACE, Abuse.HARASSMENT_COURSE)
_TO_THE_AUTHOR: Final = frozenset({Step.MEETING, Step.REMOVAL_REQUEST})


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was taken. until is the last day of an adjustment.

    risk_to_life is the reason why a report to the police goes out without the agreement of the
    person affected.
    """

    step: Step
    words: str
    on: date
    until: date | None = None
    risk_to_life: str = ""


def add_note(
    session: Session, ref: str, body: str, *, form_id: str, actor: Actor, now: datetime
) -> CaseNoteRow:
    """Add a note; the same form sent twice is one note."""
    case = see_case(session, actor, ref, lock=True)
    require(session, case, actor, Power.WORK)
    before = written_before(session, form_id, actor)
    if before is not None:
        return before
    words = said(body, "The note", minimum=3)
    line = write(session, case, Entry.NOTE, words, form_id=form_id, actor=actor, now=now)
    _trace(session, case, "case.note", line, actor, now)
    return line


def record_step(
    session: Session, ref: str, done: Done, *, form_id: str, actor: Actor, now: datetime
) -> CaseNoteRow:
    """Record a step; the same form sent twice is one step.

    Raises EvidenceMissing for a removal request before capture, and InvalidInput for contact with
    an author who threatens or stalks, a police report without agreement, or an adjustment
    without an end.
    """
    case = see_case(session, actor, ref, lock=True)
    require(session, case, actor, Power.WORK)
    before = written_before(session, form_id, actor)
    if before is not None:
        return before
    words = said(done.words, "What was done", minimum=5)
    today = local_day(now)
    if done.on > today:
        raise InvalidInput("The day of the step is in the future. Record it once it is done.")
    if done.step in _TO_THE_AUTHOR:
        _author_may_be_contacted(session, case, done.step)
    if done.step is Step.POLICE_REPORT:
        words += _police_ground(case, done, actor)
    if done.step is Step.ADJUSTMENT:
        words = f"Until {london_day(_end(case, done, today))}: {words}"
    body = f"{london_day(done.on)}. {words}"
    line = write(session, case, done.step, body, form_id=form_id, actor=actor, now=now)
    _trace(session, case, "case.step", line, actor, now)
    if done.step is Step.POLICE_REPORT:
        on_it = holds.Held(case.org_id, case_id=case.id)
        holds.begin_by_itself(session, on_it, HoldReason.POLICE, cause=f"note:{line.id}", now=now)
    return line


def attach_item(
    session: Session, ref: str, item_id: int, *, revision: int, actor: Actor, now: datetime
) -> CaseRow:
    """Put a further item into a case, if the actor may see both; again it changes nothing."""
    case = see_case(session, actor, ref, lock=True)
    require(session, case, actor, Power.WORK)
    item = see_item(session, actor, item_id, lock=True)
    belongs = exists().where(CaseItemRow.case_id == case.id, CaseItemRow.item_id == item.id)
    if session.scalar(select(belongs)):
        return case
    fresh(case, revision)
    put_item(session, case, item, actor=actor, now=now)
    audit.append(
        session, "case.item", f"case:{case.id}", actor=actor, at=now, detail={"item": item.id}
    )
    return case


def contact_barred(session: Session, case: CaseRow) -> bool:
    """Say whether an item of the case is a threat or a course of harassment."""
    found = exists().where(
        CaseItemRow.case_id == case.id,
        ItemRow.id == CaseItemRow.item_id,
        ItemRow.category.in_(NO_CONTACT),
    )
    return bool(session.scalar(select(found)))


def _author_may_be_contacted(session: Session, case: CaseRow, step: Step) -> None:
    if contact_barred(session, case):
        raise InvalidInput(
            "This case holds a threat or a course of harassment, so nobody makes contact with the "
            "author: no meeting and no request to remove it. Consider the police instead."
        )
    if step is Step.REMOVAL_REQUEST and _uncaptured(session, case):
        raise EvidenceMissing(
            "Capture the evidence of every item in this case first: once the author is asked to "
            "remove it, it may be gone."
        )


def _uncaptured(session: Session, case: CaseRow) -> bool:
    captured = exists().where(
        EvidenceRow.item_id == CaseItemRow.item_id, EvidenceRow.state == EvidenceState.CAPTURED
    )
    found = exists().where(CaseItemRow.case_id == case.id, ~captured)
    return bool(session.scalar(select(found)))


def _police_ground(case: CaseRow, done: Done, actor: Actor) -> str:
    """Return the words that say on what ground the report was made."""
    if case.police_consent == Consent.YES.value:
        return " (With the agreement of the person affected.)"
    may = actor.may(Right.CLOSE_CASE) or actor.role is Role.SAFEGUARDING_LEAD
    if not done.risk_to_life.strip() or not may:
        raise InvalidInput(
            "The person affected has not agreed to a report to the police. Record their agreement "
            "first. Only for a risk to life may the HR lead or the safeguarding lead report "
            "without it, with the reason."
        )
    why = said(done.risk_to_life, "The risk to life", minimum=15)
    return f" (Without agreement, for a risk to life: {why})"


def _end(case: CaseRow, done: Done, today: date) -> date:
    """Return an adjustment's last day, and look at the case again no later than that."""
    if done.until is None or done.until < today:
        raise InvalidInput(
            "An adjustment needs its last day, today or later, so that it is reviewed."
        )
    if case.review_on is None or done.until < case.review_on:
        case.review_on = done.until
    return done.until


def _trace(
    session: Session, case: CaseRow, verb: str, line: CaseNoteRow, actor: Actor, now: datetime
) -> None:
    audit.append(
        session,
        verb,
        f"case:{case.id}",
        actor=actor,
        at=now,
        detail={"note": line.id, "kind": line.kind},
    )
