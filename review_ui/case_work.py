"""What the members of a case find out and do: triage, support, the police, steps."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from flask import Blueprint, flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from moderation.access import Actor, Right
from moderation.cases import notes, support, triage
from moderation.cases.codes import Consent, Step, Support
from moderation.cases.notes import Done
from moderation.cases.support import Line
from moderation.cases.triage import Police, Triage
from moderation.errors import InvalidInput
from moderation.queries import staff_picker
from moderation.queries.staff_picker import Choice
from moderation.tables import SupportStatus
from moderation.taxonomy import PerpetratorType
from review_ui import case_words, contact_form, forms, shell
from review_ui.cases import ANSWER, back, members_only, render

pages = Blueprint("case_work", __name__, url_prefix="/cases/<string:ref>")


@pages.get("/triage")
@members_only
def ask_triage(ref: str) -> str:
    """Show what triage has to find out."""
    with shell.reading() as session:
        staff = _offered(session, shell.actor())
    return render(
        ref,
        "case_triage.html",
        staff=staff,
        crime=list(case_words.CRIME.items()),
        perpetrators=list(PerpetratorType),
    )


def _offered(session: Session, actor: Actor) -> Sequence[Choice]:
    """Return the staff to choose from; an independent contact from the board types the name."""
    return staff_picker.offered(session, actor) if actor.may(Right.DECIDE) else ()


@pages.post("/triage")
@members_only
def save_triage(ref: str) -> Response:
    """Keep what triage found so far."""
    form = request.form
    severity = contact_form.read_severity(form)
    if severity is None:
        raise InvalidInput("Choose how severe it is.")
    yes = {"yes": True, "no": False}
    with shell.transaction() as session:
        found = Triage(
            severity=severity,
            perpetrator_type=forms.choice(form, "perpetrator", PerpetratorType, label="the author"),
            summary=forms.text(form, "summary", maximum=ANSWER),
            affected_staff_id=staff_picker.meant(session, shell.actor(), form.get("staff", "")),
            affected_person=forms.text(form, "person", maximum=200),
            spoken_on=forms.maybe_day(form, "spoken", label="the day you spoke"),
            contact_note=forms.text(form, "contact", maximum=ANSWER),
            safeguarding=yes.get(form.get("safeguarding", "")),
            safeguarding_note=forms.text(form, "safeguarding_note", maximum=ANSWER),
            conflict_check=forms.text(form, "conflict", maximum=ANSWER),
            whistleblowing=forms.text(form, "whistleblowing", maximum=ANSWER),
            possible_crime=form.get("crime", ""),
        )
        triage.save_triage(
            session,
            ref,
            found,
            revision=forms.revision(form),
            form_id=forms.form_id(form),
            actor=shell.actor(),
            now=shell.now(),
        )
    flash("Triage was saved.", "success")
    return back(ref)


@pages.get("/support")
@members_only
def ask_support(ref: str) -> str:
    """Show the support plan."""
    return render(ref, "case_support.html")


@pages.post("/support")
@members_only
def save_support(ref: str) -> Response:
    """Keep what was offered and what the person said to it."""
    form = request.form
    lines = {
        code: Line(
            forms.choice(form, f"{code.value}-status", SupportStatus, label=case_words.say(code)),
            forms.text(form, f"{code.value}-note"),
        )
        for code in Support
    }
    with shell.transaction() as session:
        support.save(
            session,
            ref,
            lines,
            revision=forms.revision(form),
            actor=shell.actor(),
            now=shell.now(),
        )
    flash("The support plan was saved.", "success")
    return back(ref)


@pages.get("/police")
@members_only
def ask_police(ref: str) -> str:
    """Show the question about the police."""
    return render(ref, "case_police.html", consents=_pairs(Consent))


@pages.post("/police")
@members_only
def save_police(ref: str) -> Response:
    """Keep what the person affected wants and what was decided."""
    form = request.form
    police = Police(
        forms.choice(form, "consent", Consent, label="agreement"),
        forms.text(form, "decision", maximum=ANSWER),
    )
    with shell.transaction() as session:
        triage.save_police(
            session,
            ref,
            police,
            revision=forms.revision(form),
            form_id=forms.form_id(form),
            actor=shell.actor(),
            now=shell.now(),
        )
    flash("The decision about the police was saved.", "success")
    return back(ref)


@pages.get("/step")
@members_only
def ask_step(ref: str) -> str:
    """Show the form for a step that was taken."""
    return render(ref, "case_step.html", steps=_pairs(Step))


@pages.post("/step")
@members_only
def save_step(ref: str) -> Response:
    """Record a step that was taken."""
    form = request.form
    done = Done(
        step=forms.choice(form, "step", Step, label="what was done"),
        words=forms.text(form, "words", minimum=5, maximum=ANSWER, label="What was done"),
        on=forms.day(form, "on", label="the day"),
        until=forms.maybe_day(form, "until", label="the last day"),
        risk_to_life=forms.text(form, "risk_to_life"),
    )
    with shell.transaction() as session:
        notes.record_step(
            session,
            ref,
            done,
            form_id=forms.form_id(form),
            actor=shell.actor(),
            now=shell.now(),
        )
    flash("The step was recorded.", "success")
    return back(ref)


def _pairs(codes: type[StrEnum]) -> list[tuple[str, str]]:
    return [(code.value, case_words.say(code)) for code in codes]
