"""Work a case: triage, the decision whether it is one, the way through its states, its review."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor
from moderation.cases.codes import Entry, outcomes_for
from moderation.cases.dates import AFTER_CLOSING, local_day, next_review
from moderation.cases.facts import gather
from moderation.cases.guards import missing
from moderation.cases.members import Power, require
from moderation.cases.record import fresh, said, write, written_before
from moderation.errors import InvalidInput
from moderation.lifecycle import CaseEvent, CaseState, next_state
from moderation.scope import see_case
from moderation.tables import CaseRow

_POWER: Final[dict[CaseEvent, Power]] = {
    CaseEvent.FIND_CASE: Power.JUDGE,
    CaseEvent.FIND_NO_CASE: Power.JUDGE,
    CaseEvent.RECORD_OUTCOME: Power.JUDGE,
    CaseEvent.CLOSE: Power.CLOSE,
    CaseEvent.REOPEN: Power.CLOSE,
}
# What cannot be undone by the next step needs its reason in words.
_NEEDS_REASON: Final = frozenset(
    {CaseEvent.FIND_NO_CASE, CaseEvent.FIND_CASE, CaseEvent.RECORD_OUTCOME, CaseEvent.REOPEN}
)


def power_for(event: CaseEvent) -> Power:
    """Return what a member needs to be able to do for this event."""
    return _POWER.get(event, Power.WORK)


def needs_reason(event: CaseEvent) -> bool:
    """Say whether the event is refused without a reason of at least 15 characters."""
    return event in _NEEDS_REASON


def move_on(
    session: Session,
    ref: str,
    event: CaseEvent,
    *,
    revision: int,
    form_id: str,
    actor: Actor,
    now: datetime,
    reason: str = "",
    told: str = "",
    outcome: str = "",
) -> CaseRow:
    """Move a case along one edge of its lifecycle, once, with everything on record that it needs.

    told says, for "no case", how the person who reported it learns that and how to ask again;
    outcome is one of outcomes_for(...). The reason stands on the case's record and not in the
    audit chain, which people outside the case may read.

    Raises IllegalTransition, Conflict for a stale page, NotAllowed, and InvalidInput that names
    everything that is still missing.
    """
    case = see_case(session, actor, ref, lock=True)
    require(session, case, actor, power_for(event))
    if written_before(session, form_id, actor):
        return case
    next_state("hr_case", case.state, event)
    words = _words(event, reason, told)
    gaps = missing(event, gather(session, case))
    if gaps:
        raise InvalidInput(f"Not yet. {' '.join(gaps)}")
    fresh(case, revision)
    _note_the_end(case, event, words, outcome, now)
    line = write(session, case, event, words, form_id=form_id, actor=actor, now=now)
    audit.move(session, case, event, actor=actor, at=now, reason=f"note:{line.id}")
    return case


def _words(event: CaseEvent, reason: str, told: str) -> str:
    words = said(reason, "The reason", minimum=15) if needs_reason(event) else reason.strip()
    if event is CaseEvent.FIND_NO_CASE:
        told = said(told, "How the person who reported it is told, and how to ask again,", 15)
        return f"{words}\n\nTold: {told}"
    return words


def _note_the_end(case: CaseRow, event: CaseEvent, words: str, outcome: str, now: datetime) -> None:
    """Set what goes with an end or a new beginning: the outcome and the days that follow."""
    today = local_day(now)
    if event is CaseEvent.RECORD_OUTCOME:
        if outcome not in outcomes_for(case.perpetrator_type):
            raise InvalidInput("Choose an outcome from the list for this sort of author.")
        case.outcome, case.outcome_note = outcome, words
    elif event is CaseEvent.FIND_NO_CASE:
        case.outcome_note = words
    elif event is CaseEvent.CLOSE:
        case.closed_at, case.review_on = now, today + AFTER_CLOSING
    elif event is CaseEvent.REOPEN:
        case.closed_at, case.review_on = None, next_review(today, today)


def set_review(
    session: Session,
    ref: str,
    on: date | None,
    *,
    revision: int,
    form_id: str,
    actor: Actor,
    now: datetime,
    note: str = "",
) -> CaseRow:
    """Record that the case was looked at and set the next day; None takes the usual next one.

    A closed case that was looked at once more has no further day.
    """
    case = see_case(session, actor, ref, lock=True)
    require(session, case, actor, Power.WORK)
    if written_before(session, form_id, actor):
        return case
    today = local_day(now)
    if on is not None and on <= today:
        raise InvalidInput("The next review needs a day after today.")
    fresh(case, revision)
    usual = (
        None if case.state is CaseState.CLOSED else next_review(local_day(case.opened_at), today)
    )
    case.review_on = on or usual
    write(session, case, Entry.REVIEWED, note.strip(), form_id=form_id, actor=actor, now=now)
    day = case.review_on.isoformat() if case.review_on else None
    audit.append(
        session, "case.review", f"case:{case.id}", actor=actor, at=now, detail={"next": day}
    )
    return case
