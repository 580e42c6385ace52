"""Notes and steps are added once and never changed, and some steps are not to be taken."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from moderation.cases.codes import Consent, Step
from moderation.cases.members import Standing, change_standing
from moderation.cases.notes import Done, add_note, attach_item, record_step
from moderation.cases.triage import Police, save_police
from moderation.errors import Conflict, EvidenceMissing, InvalidInput, NotFound
from moderation.evidence.capture import captured
from moderation.evidence.sealing import Sealed
from moderation.tables import CaseItemRow, CaseNoteRow, EvidenceRow
from moderation.taxonomy import Abuse, Severity
from tests.moderation.cases.casework import AWAY, NOW, Casework

TODAY = date(2026, 11, 20)
PLAIN = (Step.CONTACT, Step.PLATFORM_REPORT, Step.MEETING, Step.REFERRAL, Step.DEBRIEF, Step.OTHER)


def step(
    casework: Casework, ref: str, done: Done, by: str = "hugh", form_id: str = ""
) -> CaseNoteRow:
    with casework.writing() as session:
        return record_step(
            session,
            ref,
            done,
            form_id=form_id or casework.form(),
            actor=casework.actor(by),
            now=NOW,
        )


def consent(casework: Casework, ref: str, answer: Consent) -> None:
    with casework.writing() as session:
        save_police(
            session,
            ref,
            Police(answer, ""),
            revision=casework.row(ref).revision,
            form_id=casework.form(),
            actor=casework.actor("hugh"),
            now=NOW,
        )


def test_a_note_sent_twice_is_one_note(casework: Casework) -> None:
    ref = casework.case("hugh")
    form_id = casework.form()
    for _ in range(2):
        with casework.writing() as session:
            add_note(
                session,
                ref,
                "She would like a call.",
                form_id=form_id,
                actor=casework.actor("hugh"),
                now=NOW,
            )
    with casework.store.reading() as session:
        notes = session.scalars(select(CaseNoteRow).where(CaseNoteRow.kind == "note")).all()
    assert [note.body for note in notes] == ["She would like a call."]
    assert len(casework.lines("case.note")) == 1


@pytest.mark.parametrize("kind", PLAIN)
def test_a_step_keeps_its_day_and_its_words(casework: Casework, kind: Step) -> None:
    ref = casework.case("hugh")
    line = step(casework, ref, Done(kind, "Done as agreed.", TODAY - timedelta(1)))
    assert (line.kind, line.body) == (kind.value, "19 November 2026. Done as agreed.")


def test_a_step_in_the_future_is_not_done_yet(casework: Casework) -> None:
    ref = casework.case("hugh")
    with pytest.raises(InvalidInput, match="future"):
        step(casework, ref, Done(Step.OTHER, "Will be done.", TODAY + timedelta(1)))


@pytest.mark.parametrize("category", [Abuse.THREAT_SERIOUS, Abuse.MENACE, Abuse.HARASSMENT_COURSE])
@pytest.mark.parametrize("kind", [Step.MEETING, Step.REMOVAL_REQUEST])
def test_nobody_makes_contact_with_an_author_who_threatens_or_stalks(
    casework: Casework, category: Abuse, kind: Step
) -> None:
    ref = casework.case("hugh", casework.item(category=category, severity=Severity.S3))
    with pytest.raises(InvalidInput, match="nobody makes contact"):
        step(casework, ref, Done(kind, "Invited him to a talk.", TODAY))


def test_a_removal_request_waits_for_captured_evidence(casework: Casework) -> None:
    ref = casework.case("hugh")
    ask = Done(Step.REMOVAL_REQUEST, "Asked her to remove it.", TODAY)
    with pytest.raises(EvidenceMissing, match="Capture"):
        step(casework, ref, ask)
    with casework.writing() as session:
        evidence = session.scalars(select(EvidenceRow)).one()
        sealed = Sealed(manifest_sha256="a" * 64, size=10, path="aa")
        captured(session, evidence.id, sealed, NOW, casework.actor("hugh"))
    assert step(casework, ref, ask).kind == "removal_request"


def test_a_police_report_rests_on_agreement_or_on_a_risk_to_life(casework: Casework) -> None:
    ref = casework.case("hugh")
    with casework.writing() as session:
        change_standing(
            session,
            ref,
            casework.id("asha"),
            Standing.MEMBER,
            reason="Works this case from now on.",
            form_id=casework.form(),
            actor=casework.actor("hugh"),
            now=NOW,
        )
    report = Done(Step.POLICE_REPORT, "Reported online.", TODAY)
    life = Done(
        Step.POLICE_REPORT, "Reported online.", TODAY, risk_to_life="He knows where she lives."
    )
    consent(casework, ref, Consent.NO)
    with pytest.raises(InvalidInput, match="has not agreed"):
        step(casework, ref, report)
    with pytest.raises(InvalidInput, match="has not agreed"):
        step(casework, ref, life, by="asha")
    assert "for a risk to life: He knows" in step(casework, ref, life).body
    consent(casework, ref, Consent.YES)
    assert "With the agreement" in step(casework, ref, report, by="asha").body


def test_an_adjustment_has_an_end_and_is_looked_at_by_then(casework: Casework) -> None:
    ref = casework.case("hugh")
    with pytest.raises(InvalidInput, match="last day"):
        step(casework, ref, Done(Step.ADJUSTMENT, "Works from home.", TODAY))
    until = TODAY + timedelta(3)
    line = step(casework, ref, Done(Step.ADJUSTMENT, "Works from home.", TODAY, until=until))
    assert line.body == "20 November 2026. Until 23 November 2026: Works from home."
    assert casework.row(ref).review_on == until


def attach(
    casework: Casework, ref: str, item_id: int, by: str, revision: int | None = None
) -> None:
    with casework.writing() as session:
        attach_item(
            session,
            ref,
            item_id,
            revision=revision or casework.row(ref).revision,
            actor=casework.actor(by),
            now=NOW,
        )


def test_a_further_item_brings_its_severity_and_its_capture(casework: Casework) -> None:
    ref = casework.case("hugh")
    second = casework.item(severity=Severity.S4)
    stale = casework.row(ref).revision
    attach(casework, ref, second, "hugh")
    attach(casework, ref, second, "hugh", stale)
    assert casework.row(ref).severity == 4
    with casework.store.reading() as session:
        assert len(session.scalars(select(CaseItemRow)).all()) == 2
        assert len(session.scalars(select(EvidenceRow)).all()) == 2
    with pytest.raises(Conflict):
        attach(casework, ref, casework.item(), "hugh", stale)


def test_only_items_that_the_member_may_see_can_be_attached(casework: Casework) -> None:
    ref = casework.case("asha")
    with pytest.raises(NotFound):
        attach(casework, ref, casework.item(org=AWAY), "hugh")
    mild = casework.item(severity=Severity.S1)
    with pytest.raises(NotFound):
        attach(casework, ref, mild, "asha")
    attach(casework, ref, mild, "hugh")
