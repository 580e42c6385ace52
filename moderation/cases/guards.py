"""What must be on record before a case may go on: pure rules, each answer a sentence for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from moderation.cases.codes import CLOSING, CLOSING_NO_CASE, Question
from moderation.lifecycle import CaseEvent, CaseState
from moderation.taxonomy import INTERNAL_AUTHORS, PerpetratorType, Severity


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at. support_answered: the person said yes or no to some support."""

    state: CaseState
    severity: int
    perpetrator_type: PerpetratorType = PerpetratorType.UNKNOWN
    contact_note: str = ""
    safeguarding_answer: str = ""
    conflict_check: str = ""
    police_decision: str = ""
    support_answered: bool = False
    answers: Mapping[Question, str] = field(default_factory=dict)


_CLOSING_SAYS: Final[dict[Question, str]] = {
    Question.DEBRIEF: "Say whether a de-brief was offered to the people affected.",
    Question.UNRESOLVED: "Say what is still unresolved, or that nothing is.",
    Question.ADJUSTMENTS: ("Say that adjustments have ended, or who looks after them from now on."),
    Question.RETENTION: "Say how long this case is to be kept.",
    Question.TOLD: "Say what the person who reported it and the person affected were told.",
}


def missing(event: CaseEvent, facts: Facts) -> tuple[str, ...]:
    """Return what is still to be recorded before the event, each as one sentence; empty if ready.

    Whether the state allows the event at all is the lifecycle's matter.
    """
    rule = _RULES.get(event)
    return () if rule is None else tuple(rule(facts))


def police_decision_needed(facts: Facts) -> bool:
    """Say whether somebody must decide about the police before the case has an outcome."""
    possible_crime = facts.answers.get(Question.POSSIBLE_CRIME, "no") != "no"
    return facts.severity >= Severity.S4 or possible_crime


def _triage(facts: Facts) -> list[str]:
    gaps = []
    if not facts.contact_note:
        gaps.append("Record that a person has spoken to the person affected, or why not.")
    if not facts.safeguarding_answer:
        gaps.append("Answer the safeguarding question.")
    if not facts.conflict_check:
        gaps.append("Record the check for conflicts of interest.")
    if Question.POSSIBLE_CRIME not in facts.answers:
        gaps.append("Say whether any of it could be a crime.")
    internal = facts.perpetrator_type in INTERNAL_AUTHORS
    if internal and not facts.answers.get(Question.WHISTLEBLOWING):
        gaps.append(
            "Record the whistleblowing check: could the author be raising a wrongdoing or a risk?"
        )
    return gaps


def _support(facts: Facts) -> list[str]:
    if facts.support_answered:
        return []
    return ["Offer support and record whether it was accepted or declined."]


def _outcome(facts: Facts) -> list[str]:
    gaps = _support(facts)
    if police_decision_needed(facts) and not facts.police_decision:
        gaps.append("Record the decision about the police, whichever way it went.")
    return gaps


def _closing(facts: Facts) -> list[str]:
    asked = CLOSING_NO_CASE if facts.state is CaseState.NO_CASE else CLOSING
    return [_CLOSING_SAYS[question] for question in asked if not facts.answers.get(question)]


_RULES: Final[dict[CaseEvent, Callable[[Facts], list[str]]]] = {
    CaseEvent.FINISH_TRIAGE: _triage,
    CaseEvent.PUT_SUPPORT_IN_PLACE: _support,
    CaseEvent.TAKE_ACTION: _support,
    CaseEvent.RECORD_OUTCOME: _outcome,
    CaseEvent.CLOSE: _closing,
}
