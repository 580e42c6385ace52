"""Gather what the guards look at, and keep the answers to the questions that they ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor
from moderation.cases.codes import CLOSING, Question
from moderation.cases.guards import Facts
from moderation.cases.members import Power, require
from moderation.cases.record import fresh, said, write, written_before
from moderation.lifecycle import CaseEvent
from moderation.scope import see_case
from moderation.tables import CaseNoteRow, CaseRow, SupportRow, SupportStatus

_ANSWERED: Final = (SupportStatus.ACCEPTED, SupportStatus.DECLINED, SupportStatus.DONE)


def gather(session: Session, case: CaseRow) -> Facts:
    """Return what is on record of a case, as the guards need it."""
    answered = session.scalar(
        select(func.count())
        .select_from(SupportRow)
        .where(SupportRow.case_id == case.id, SupportRow.status.in_(_ANSWERED))
    )
    return Facts(
        state=case.state,
        severity=case.severity,
        perpetrator_type=case.perpetrator_type,
        contact_note=case.contact_note,
        safeguarding_answer=case.safeguarding_answer,
        conflict_check=case.conflict_check,
        police_decision=case.police_decision,
        support_answered=bool(answered),
        answers=answers(session, case.id),
    )


def answers(session: Session, case_id: int) -> dict[Question, str]:
    """Return the latest answer to each question.

    Answers about closing count for one closing only: those given before the case was opened
    again are history.
    """
    reopened = session.scalar(
        select(func.max(CaseNoteRow.id)).where(
            CaseNoteRow.case_id == case_id, CaseNoteRow.kind == CaseEvent.REOPEN.value
        )
    )
    rows = session.execute(
        select(CaseNoteRow.id, CaseNoteRow.kind, CaseNoteRow.body)
        .where(
            CaseNoteRow.case_id == case_id,
            CaseNoteRow.kind.in_([question.value for question in Question]),
        )
        .order_by(CaseNoteRow.id)
    )
    latest: dict[Question, str] = {}
    for row in rows:
        question = Question(row.kind)
        if question not in CLOSING or row.id > (reopened or 0):
            latest[question] = row.body
    return latest


def answer_closing(
    session: Session,
    ref: str,
    given: Mapping[Question, str],
    *,
    revision: int,
    form_id: str,
    actor: Actor,
    now: datetime,
) -> CaseRow:
    """Keep answers of the closing checklist; an empty one leaves what is recorded as it is."""
    case = see_case(session, actor, ref, lock=True)
    require(session, case, actor, Power.WORK)
    if written_before(session, f"{form_id}:0", actor):
        return case
    held = answers(session, case.id)
    new = {
        question: said(given[question], "An answer")
        for question in CLOSING
        if given.get(question, "").strip() not in ("", held.get(question, ""))
    }
    if not new:
        return case
    fresh(case, revision)
    for n, (question, body) in enumerate(new.items()):
        write(session, case, question, body, form_id=f"{form_id}:{n}", actor=actor, now=now)
    audit.append(
        session,
        "case.closing_answers",
        f"case:{case.id}",
        actor=actor,
        at=now,
        detail={"questions": sorted(new)},
    )
    return case
