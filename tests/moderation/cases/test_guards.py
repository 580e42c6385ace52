"""Each guard names what is missing, and lets pass what is complete."""

from __future__ import annotations

from dataclasses import replace

import pytest

from moderation.cases.codes import CLOSING, Question, outcomes_for
from moderation.cases.guards import Facts, missing, police_decision_needed
from moderation.lifecycle import CaseEvent, CaseState
from moderation.taxonomy import PerpetratorType

READY = Facts(
    state=CaseState.TRIAGE,
    severity=2,
    contact_note="Spoken to on 20 November 2026.",
    safeguarding_answer="No.",
    conflict_check="Nobody.",
    police_decision="Not reported: she does not want it.",
    support_answered=True,
    answers=dict.fromkeys(Question, "Answered.") | {Question.POSSIBLE_CRIME: "no"},
)


def without(question: Question, facts: Facts = READY) -> Facts:
    return replace(
        facts, answers={q: said for q, said in facts.answers.items() if q is not question}
    )


@pytest.mark.parametrize("event", list(CaseEvent))
def test_nothing_is_missing_from_a_complete_case(event: CaseEvent) -> None:
    assert missing(event, READY) == ()


@pytest.mark.parametrize(
    ("event", "facts", "says"),
    [
        (CaseEvent.FINISH_TRIAGE, replace(READY, contact_note=""), "spoken to the person"),
        (CaseEvent.FINISH_TRIAGE, replace(READY, safeguarding_answer=""), "safeguarding"),
        (CaseEvent.FINISH_TRIAGE, replace(READY, conflict_check=""), "conflicts of interest"),
        (CaseEvent.FINISH_TRIAGE, without(Question.POSSIBLE_CRIME), "could be a crime"),
        (
            CaseEvent.FINISH_TRIAGE,
            replace(without(Question.WHISTLEBLOWING), perpetrator_type=PerpetratorType.EMPLOYEE),
            "whistleblowing check",
        ),
        (CaseEvent.PUT_SUPPORT_IN_PLACE, replace(READY, support_answered=False), "Offer support"),
        (CaseEvent.TAKE_ACTION, replace(READY, support_answered=False), "Offer support"),
        (CaseEvent.RECORD_OUTCOME, replace(READY, support_answered=False), "Offer support"),
        (
            CaseEvent.RECORD_OUTCOME,
            replace(READY, severity=4, police_decision=""),
            "about the police",
        ),
        (
            CaseEvent.RECORD_OUTCOME,
            replace(READY, police_decision="", answers={Question.POSSIBLE_CRIME: "unsure"}),
            "about the police",
        ),
        *((CaseEvent.CLOSE, without(question), "Say") for question in CLOSING),
    ],
)
def test_one_gap_is_named_alone(event: CaseEvent, facts: Facts, says: str) -> None:
    gaps = missing(event, facts)
    assert len(gaps) == 1
    assert says in gaps[0]


def test_a_moderate_matter_that_is_no_crime_needs_no_police_decision() -> None:
    assert not police_decision_needed(READY)
    assert missing(CaseEvent.RECORD_OUTCOME, replace(READY, police_decision="")) == ()


def test_an_outside_author_needs_no_whistleblowing_check() -> None:
    assert missing(CaseEvent.FINISH_TRIAGE, without(Question.WHISTLEBLOWING)) == ()


def test_closing_no_case_asks_only_how_long_it_is_kept_and_who_was_told() -> None:
    found_none = replace(READY, state=CaseState.NO_CASE, answers={})
    assert len(missing(CaseEvent.CLOSE, found_none)) == 2
    assert len(missing(CaseEvent.CLOSE, replace(found_none, state=CaseState.REVIEW))) == 5


@pytest.mark.parametrize("author", list(PerpetratorType))
def test_only_a_matter_about_ones_own_people_can_end_in_their_procedure(
    author: PerpetratorType,
) -> None:
    inside = author in {
        PerpetratorType.EMPLOYEE,
        PerpetratorType.TEMP_VOLUNTEER_SECONDEE_EPW,
        PerpetratorType.FORMER_EMPLOYEE,
        PerpetratorType.UNION_REP_IN_CAPACITY,
    }
    outcomes = {outcome.value for outcome in outcomes_for(author)}
    assert ("dismissal" in outcomes) is inside
    assert "removed_by_platform" in outcomes
    assert "bad_faith" not in outcomes
