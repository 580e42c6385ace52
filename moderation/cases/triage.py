"""What is found out first: who is affected and how, who wrote it, and what about the police."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from moderation import audit, holds
from moderation.access import Actor
from moderation.cases.codes import Consent, Entry, Question
from moderation.cases.dates import local_day
from moderation.cases.facts import answers
from moderation.cases.members import Power, add_safeguarding, require
from moderation.cases.opening import ENDED, known_staff
from moderation.cases.record import fresh, said, write, written_before
from moderation.errors import InvalidInput
from moderation.scope import see_case
from moderation.tables import CaseRow, HoldReason
from moderation.taxonomy import PerpetratorType, Severity
from moderation.when import london_day


@dataclass(frozen=True, slots=True)
class Triage:
    """What is found out first. Empty texts and None leave what is recorded as it is.

    spoken_on is the day a person spoke to the person affected; without it contact_note says why
    nobody has. possible_crime is "yes", "no" or "unsure".
    """

    severity: Severity
    perpetrator_type: PerpetratorType
    summary: str = ""
    affected_staff_id: str | None = None
    affected_person: str = ""
    spoken_on: date | None = None
    contact_note: str = ""
    safeguarding: bool | None = None
    safeguarding_note: str = ""
    conflict_check: str = ""
    whistleblowing: str = ""
    possible_crime: str = ""


@dataclass(frozen=True, slots=True)
class Police:
    """What the person affected wants, and what was decided about the police and why."""

    consent: Consent
    decision: str


_FOUND: Final = (
    "affected_person",
    "affected_staff_id",
    "conflict_check",
    "contact_note",
    "perpetrator_type",
    "safeguarding_answer",
    "severity",
    "summary",
)


def save_triage(
    session: Session,
    ref: str,
    found: Triage,
    *,
    revision: int,
    form_id: str,
    actor: Actor,
    now: datetime,
) -> CaseRow:
    """Keep what triage found out so far; it may be saved as often as needed.

    Raises Conflict for a stale page and InvalidInput for a day in the future.
    """
    case = see_case(session, actor, ref, lock=True)
    require(session, case, actor, Power.WORK)
    if written_before(session, form_id, actor):
        return case
    _still_open(case)
    staff_id = known_staff(session, case.org_id, found.affected_staff_id)
    fresh(case, revision)
    changed = _apply(case, found, staff_id, local_day(now))
    new = _new_answers(session, case, found)
    write(session, case, Entry.TRIAGE, ", ".join(changed), form_id=form_id, actor=actor, now=now)
    for n, (question, body) in enumerate(new.items()):
        write(session, case, question, body, form_id=f"{form_id}:{n}", actor=actor, now=now)
    audit.append(
        session,
        "case.triage",
        f"case:{case.id}",
        actor=actor,
        at=now,
        detail={"changed": changed, "answers": sorted(new)},
    )
    if found.safeguarding:
        add_safeguarding(session, case, actor=actor, now=now)
    return case


def _apply(case: CaseRow, found: Triage, staff_id: str | None, today: date) -> list[str]:
    """Set what triage found and return which columns changed, by name."""
    before = {name: getattr(case, name) for name in _FOUND}
    case.severity = int(found.severity)
    case.perpetrator_type = found.perpetrator_type
    case.affected_staff_id = staff_id
    case.affected_person = found.affected_person.strip()[:200]
    case.summary = _answer(found.summary) or case.summary
    case.contact_note = _answer(_contact(found, today)) or case.contact_note
    case.safeguarding_answer = _answer(_safeguarding(found)) or case.safeguarding_answer
    case.conflict_check = _answer(found.conflict_check) or case.conflict_check
    return [name for name in _FOUND if getattr(case, name) != before[name]]


def _answer(text: str) -> str:
    return said(text, "An answer") if text.strip() else ""


def _contact(found: Triage, today: date) -> str:
    note = found.contact_note.strip()
    if found.spoken_on is None:
        return f"Not spoken to yet: {note}" if note else ""
    if found.spoken_on > today:
        raise InvalidInput("The day you spoke to the person affected is in the future.")
    return f"Spoken to on {london_day(found.spoken_on)}. {note}".strip()


def _safeguarding(found: Triage) -> str:
    if found.safeguarding is None:
        return ""
    answer = "Yes." if found.safeguarding else "No."
    return f"{answer} {found.safeguarding_note.strip()}".strip()


def _new_answers(session: Session, case: CaseRow, found: Triage) -> dict[Question, str]:
    if found.possible_crime not in ("", "yes", "no", "unsure"):
        raise InvalidInput("Say yes, no or not sure to whether any of it could be a crime.")
    held = answers(session, case.id)
    given = {
        Question.WHISTLEBLOWING: found.whistleblowing.strip(),
        Question.POSSIBLE_CRIME: found.possible_crime,
    }
    return {
        question: said(text, "An answer")
        for question, text in given.items()
        if text and text != held.get(question)
    }


def save_police(
    session: Session,
    ref: str,
    police: Police,
    *,
    revision: int,
    form_id: str,
    actor: Actor,
    now: datetime,
) -> CaseRow:
    """Keep whether the person affected agrees to a police report, and what was decided and why."""
    case = see_case(session, actor, ref, lock=True)
    require(session, case, actor, Power.WORK)
    if written_before(session, form_id, actor):
        return case
    _still_open(case)
    decision = police.decision.strip()
    if decision:
        decision = said(decision, "The decision about the police", minimum=15)
    fresh(case, revision)
    case.police_consent = police.consent.value
    case.police_decision = decision or case.police_decision
    line = write(session, case, Entry.POLICE, decision, form_id=form_id, actor=actor, now=now)
    audit.append(
        session,
        "case.police",
        f"case:{case.id}",
        actor=actor,
        at=now,
        detail={"consent": police.consent.value, "note": line.id},
    )
    if decision:
        on_it = holds.Held(case.org_id, case_id=case.id)
        holds.begin_by_itself(session, on_it, HoldReason.POLICE, cause=f"note:{line.id}", now=now)
    return case


def _still_open(case: CaseRow) -> None:
    if case.state in ENDED:
        raise InvalidInput("This case has ended. Open it again before you change it.")
