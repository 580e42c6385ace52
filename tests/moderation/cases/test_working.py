"""The way of a case from triage to its end: guards, roles, stale pages and double presses."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest

from moderation.cases.codes import Consent, ExternalOutcome, InternalOutcome, Question, Support
from moderation.cases.facts import answer_closing, answers
from moderation.cases.members import Standing, change_standing
from moderation.cases.support import Line, plan
from moderation.cases.support import save as save_support
from moderation.cases.triage import Police, Triage, save_police, save_triage
from moderation.cases.working import move_on, set_review
from moderation.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed, NotFound
from moderation.lifecycle import CaseEvent, CaseState
from moderation.tables import CaseRow, SupportStatus
from moderation.taxonomy import PerpetratorType, Severity
from tests.moderation.cases.casework import LATER, NOW, Casework

TODAY = date(2026, 11, 20)
REASON = "This is aimed at her and goes on."
FOUND = Triage(
    severity=Severity.S2,
    perpetrator_type=PerpetratorType.PUBLIC,
    spoken_on=TODAY,
    safeguarding=False,
    conflict_check="Hugh checked: nobody involved.",
    possible_crime="no",
)
ACCEPTED = {Support.COUNSELLING: Line(SupportStatus.ACCEPTED, "Starts on Monday.")}
CLOSING = {
    Question.DEBRIEF: "Offered on 1 December and declined.",
    Question.UNRESOLVED: "Nothing.",
    Question.ADJUSTMENTS: "There were none.",
    Question.RETENTION: "One year after closing.",
    Question.TOLD: "Both were told that the page removed it.",
}


def triage(casework: Casework, ref: str, found: Triage = FOUND, by: str = "hugh") -> CaseRow:
    with casework.writing() as session:
        return save_triage(
            session,
            ref,
            found,
            revision=casework.row(ref).revision,
            form_id=casework.form(),
            actor=casework.actor(by),
            now=NOW,
        )


def move(casework: Casework, ref: str, event: CaseEvent, by: str = "hugh", **more: str) -> CaseRow:
    with casework.writing() as session:
        return move_on(
            session,
            ref,
            event,
            revision=casework.row(ref).revision,
            form_id=casework.form(),
            actor=casework.actor(by),
            now=LATER,
            **({"reason": REASON} | more),
        )


def support(casework: Casework, ref: str) -> None:
    with casework.writing() as session:
        save_support(
            session,
            ref,
            ACCEPTED,
            revision=casework.row(ref).revision,
            actor=casework.actor("hugh"),
            now=NOW,
        )


def closing(casework: Casework, ref: str) -> None:
    with casework.writing() as session:
        answer_closing(
            session,
            ref,
            CLOSING,
            revision=casework.row(ref).revision,
            form_id=casework.form(),
            actor=casework.actor("hugh"),
            now=NOW,
        )


def opened(casework: Casework) -> str:
    """A case that triage found to be one."""
    ref = casework.case("hugh")
    triage(casework, ref)
    move(casework, ref, CaseEvent.FINISH_TRIAGE)
    move(casework, ref, CaseEvent.FIND_CASE)
    return ref


def ended(casework: Casework) -> str:
    """A case with its outcome, in aftercare."""
    ref = opened(casework)
    support(casework, ref)
    move(casework, ref, CaseEvent.TAKE_ACTION)
    move(casework, ref, CaseEvent.RECORD_OUTCOME, outcome=ExternalOutcome.REMOVED_BY_PLATFORM.value)
    move(casework, ref, CaseEvent.START_AFTERCARE)
    return ref


def test_a_case_goes_all_the_way_and_every_step_is_one_line(casework: Casework) -> None:
    ref = ended(casework)
    closing(casework, ref)
    move(casework, ref, CaseEvent.START_REVIEW)
    case = move(casework, ref, CaseEvent.CLOSE)
    assert (case.state, case.outcome) == (CaseState.CLOSED, "removed_by_platform")
    assert case.closed_at == LATER
    assert case.review_on == TODAY + timedelta(days=91)
    events = [
        json.loads(line.body or "{}")["detail"]["after"]
        for line in casework.lines(*(f"hr_case.{event.value}" for event in CaseEvent))
    ]
    assert events == [
        "triage", "case_or_no_case", "open", "action", "outcome_recorded", "aftercare", "review",
        "closed",
    ]  # fmt: skip


def test_reasons_stand_on_the_case_and_not_in_the_chain(casework: Casework) -> None:
    opened(casework)
    lines = casework.lines("hr_case.find_case", "case.triage")
    assert len(lines) == 2
    assert all(REASON not in (line.body or "") for line in lines)
    assert all("nobody involved" not in (line.body or "") for line in lines)


def test_triage_cannot_finish_before_its_questions_are_answered(casework: Casework) -> None:
    ref = casework.case("hugh")
    with pytest.raises(InvalidInput) as refused:
        move(casework, ref, CaseEvent.FINISH_TRIAGE)
    for gap in ("spoken to", "safeguarding", "conflicts", "crime"):
        assert gap in str(refused.value)
    assert casework.row(ref).state is CaseState.TRIAGE


def test_nobody_spoken_to_is_enough_when_the_reason_is_given(casework: Casework) -> None:
    ref = casework.case("hugh")
    found = Triage(
        severity=Severity.S2,
        perpetrator_type=PerpetratorType.PUBLIC,
        contact_note="On leave until Monday.",
        safeguarding=False,
        conflict_check="Nobody.",
        possible_crime="no",
    )
    case = triage(casework, ref, found)
    assert case.contact_note == "Not spoken to yet: On leave until Monday."
    assert move(casework, ref, CaseEvent.FINISH_TRIAGE).state is CaseState.CASE_OR_NO_CASE


def test_a_day_in_the_future_is_no_day_somebody_was_spoken_to(casework: Casework) -> None:
    ref = casework.case("hugh")
    late = Triage(Severity.S2, PerpetratorType.PUBLIC, spoken_on=TODAY + timedelta(1))
    with pytest.raises(InvalidInput, match="future"):
        triage(casework, ref, late)


def test_a_safeguarding_yes_brings_the_safeguarding_lead_in(casework: Casework) -> None:
    ref = casework.case("hugh")
    with pytest.raises(NotFound):
        triage(casework, ref, by="sal")
    triage(casework, ref, Triage(Severity.S3, PerpetratorType.UNKNOWN, safeguarding=True))
    assert triage(casework, ref, by="sal").safeguarding_answer == "No."


def test_what_triage_leaves_out_stays_as_it_was(casework: Casework) -> None:
    ref = casework.case("hugh")
    triage(casework, ref)
    case = triage(casework, ref, Triage(Severity.S3, PerpetratorType.SERVICE_USER))
    assert case.contact_note == "Spoken to on 20 November 2026."
    assert case.conflict_check == "Hugh checked: nobody involved."
    assert (case.severity, case.perpetrator_type) == (3, PerpetratorType.SERVICE_USER)


def test_no_case_needs_a_reason_and_how_the_reporter_was_told(casework: Casework) -> None:
    ref = casework.case("hugh")
    triage(casework, ref)
    move(casework, ref, CaseEvent.FINISH_TRIAGE)
    with pytest.raises(InvalidInput, match="The reason"):
        move(casework, ref, CaseEvent.FIND_NO_CASE, reason="")
    with pytest.raises(InvalidInput, match="how to ask again"):
        move(casework, ref, CaseEvent.FIND_NO_CASE)
    told = "Dana was told by telephone, with my number."
    assert move(casework, ref, CaseEvent.FIND_NO_CASE, told=told).state is CaseState.NO_CASE
    with pytest.raises(InvalidInput, match="how long"):
        move(casework, ref, CaseEvent.CLOSE)


def test_support_must_be_answered_before_action(casework: Casework) -> None:
    ref = opened(casework)
    with pytest.raises(InvalidInput, match="Offer support"):
        move(casework, ref, CaseEvent.TAKE_ACTION)
    support(casework, ref)
    assert move(casework, ref, CaseEvent.TAKE_ACTION).state is CaseState.ACTION


def test_a_critical_case_has_no_outcome_before_the_police_decision(casework: Casework) -> None:
    ref = casework.case("hugh", severity=Severity.S4)
    triage(casework, ref, Triage(**{**as_dict(FOUND), "severity": Severity.S4}))
    move(casework, ref, CaseEvent.FINISH_TRIAGE)
    move(casework, ref, CaseEvent.FIND_CASE)
    support(casework, ref)
    move(casework, ref, CaseEvent.TAKE_ACTION)
    outcome = ExternalOutcome.POLICE_OUTCOME.value
    with pytest.raises(InvalidInput, match="about the police"):
        move(casework, ref, CaseEvent.RECORD_OUTCOME, outcome=outcome)
    with casework.writing() as session:
        save_police(
            session,
            ref,
            Police(Consent.YES, "Reported today at her wish."),
            revision=casework.row(ref).revision,
            form_id=casework.form(),
            actor=casework.actor("hugh"),
            now=NOW,
        )
    done = move(casework, ref, CaseEvent.RECORD_OUTCOME, outcome=outcome)
    assert done.state is CaseState.OUTCOME_RECORDED


def as_dict(found: Triage) -> dict:
    return {name: getattr(found, name) for name in Triage.__slots__}


@pytest.mark.parametrize("outcome", ["", "bad_faith", InternalOutcome.DISMISSAL.value])
def test_an_outcome_that_does_not_belong_to_the_author_is_refused(
    casework: Casework, outcome: str
) -> None:
    ref = opened(casework)
    support(casework, ref)
    with pytest.raises(InvalidInput, match="Choose an outcome"):
        move(casework, ref, CaseEvent.RECORD_OUTCOME, outcome=outcome)
    assert casework.row(ref).state is CaseState.OPEN


def test_closing_names_every_open_question_and_only_the_lead_closes(casework: Casework) -> None:
    ref = ended(casework)
    with pytest.raises(InvalidInput) as refused:
        move(casework, ref, CaseEvent.CLOSE)
    for gap in ("de-brief", "unresolved", "adjustments", "kept", "told"):
        assert gap in str(refused.value).lower()
    closing(casework, ref)
    with casework.writing() as session:
        change_standing(
            session,
            ref,
            casework.id("asha"),
            Standing.MEMBER,
            reason="Takes over the daily work.",
            form_id=casework.form(),
            actor=casework.actor("hugh"),
            now=NOW,
        )
    with pytest.raises(NotAllowed, match="HR lead"):
        move(casework, ref, CaseEvent.CLOSE, by="asha")
    assert move(casework, ref, CaseEvent.CLOSE).state is CaseState.CLOSED


def test_answers_before_a_reopening_do_not_close_the_case_again(casework: Casework) -> None:
    ref = ended(casework)
    closing(casework, ref)
    move(casework, ref, CaseEvent.CLOSE)
    case = move(casework, ref, CaseEvent.REOPEN)
    assert (case.state, case.closed_at) == (CaseState.REOPENED, None)
    with casework.store.reading() as session:
        assert not set(answers(session, case.id)) & set(CLOSING)
        assert answers(session, case.id)[Question.POSSIBLE_CRIME] == "no"


def test_a_step_that_the_state_does_not_have_is_refused(casework: Casework) -> None:
    ref = casework.case("hugh")
    with pytest.raises(IllegalTransition):
        move(casework, ref, CaseEvent.CLOSE)


def test_a_stale_page_changes_nothing(casework: Casework) -> None:
    ref = casework.case("hugh")
    stale = casework.row(ref).revision
    triage(casework, ref)
    before = casework.row(ref)
    actor = casework.actor("hugh")
    attempts = [
        lambda session: save_triage(
            session, ref, FOUND, revision=stale, form_id=casework.form(), actor=actor, now=NOW
        ),
        lambda session: save_police(
            session,
            ref,
            Police(Consent.NO, ""),
            revision=stale,
            form_id=casework.form(),
            actor=actor,
            now=NOW,
        ),
        lambda session: move_on(
            session,
            ref,
            CaseEvent.FINISH_TRIAGE,
            revision=stale,
            form_id=casework.form(),
            actor=actor,
            now=NOW,
        ),
        lambda session: save_support(session, ref, ACCEPTED, revision=stale, actor=actor, now=NOW),
        lambda session: set_review(
            session, ref, None, revision=stale, form_id=casework.form(), actor=actor, now=NOW
        ),
        lambda session: answer_closing(
            session, ref, CLOSING, revision=stale, form_id=casework.form(), actor=actor, now=NOW
        ),
    ]
    for attempt in attempts:
        with (
            pytest.raises(Conflict, match="after you opened the page"),
            casework.writing() as session,
        ):
            attempt(session)
    after = casework.row(ref)
    assert (after.revision, after.state) == (before.revision, before.state)


def test_a_double_press_is_one_step_and_no_error(casework: Casework) -> None:
    ref = casework.case("hugh")
    triage(casework, ref)
    revision, form_id = casework.row(ref).revision, casework.form()
    for _ in range(2):
        with casework.writing() as session:
            case = move_on(
                session,
                ref,
                CaseEvent.FINISH_TRIAGE,
                revision=revision,
                form_id=form_id,
                actor=casework.actor("hugh"),
                now=NOW,
            )
            assert case.state is CaseState.CASE_OR_NO_CASE
    assert len(casework.lines("hr_case.finish_triage")) == 1


def test_the_same_support_plan_twice_is_one_change(casework: Casework) -> None:
    ref = casework.case("hugh")
    revision = casework.row(ref).revision
    for _ in range(2):
        with casework.writing() as session:
            save_support(
                session, ref, ACCEPTED, revision=revision, actor=casework.actor("hugh"), now=NOW
            )
    assert len(casework.lines("case.support")) == 1
    with casework.store.reading() as session:
        held = plan(session, casework.row(ref).id)
    assert held[Support.COUNSELLING] == Line(SupportStatus.ACCEPTED, "Starts on Monday.")
    assert held[Support.TRADE_UNION] == Line()
    assert len(held) == len(Support)


def test_a_review_sets_the_next_day_and_refuses_one_that_has_passed(casework: Casework) -> None:
    ref = casework.case("hugh")
    assert casework.row(ref).review_on == TODAY + timedelta(7)

    def review(on: date | None, now: datetime = NOW) -> CaseRow:
        with casework.writing() as session:
            return set_review(
                session,
                ref,
                on,
                revision=casework.row(ref).revision,
                form_id=casework.form(),
                actor=casework.actor("hugh"),
                now=now,
            )

    with pytest.raises(InvalidInput, match="after today"):
        review(TODAY)
    assert review(date(2026, 11, 24)).review_on == date(2026, 11, 24)
    assert review(None, NOW + timedelta(8)).review_on == TODAY + timedelta(28)


@pytest.mark.parametrize("by", ["dana", "lee", "asha", "sal", "bo", "ina", "adam", "far.hugh"])
def test_nobody_but_a_member_works_a_case_and_all_get_the_same_answer(
    casework: Casework, by: str
) -> None:
    ref = casework.case("hugh")
    with pytest.raises(NotFound) as refused:
        triage(casework, ref, by=by)
    with pytest.raises(NotFound) as missing, casework.writing() as session:
        save_triage(
            session,
            "C-00000000",
            FOUND,
            revision=1,
            form_id=casework.form(),
            actor=casework.actor(by),
            now=NOW,
        )
    assert str(refused.value) == str(missing.value)
