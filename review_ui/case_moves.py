"""How a case goes on: its moves, its closing, its reviews, its items and who sees it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.exceptions import NotFound as NoSuchPage
from werkzeug.wrappers import Response

from moderation.cases import facts, listing, members, notes, working
from moderation.cases.codes import CLOSING, CLOSING_NO_CASE, outcomes_for
from moderation.cases.members import Standing
from moderation.errors import Conflict
from moderation.lifecycle import CaseEvent, CaseState
from review_ui import case_words, forms, shell
from review_ui.cases import ANSWER, back, draw, look, members_only, render

pages = Blueprint("case_moves", __name__, url_prefix="/cases/<string:ref>")


@pages.get("/closing")
@members_only
def ask_closing(ref: str) -> str:
    """Show the questions that are answered before a case is closed."""
    return render(ref, "case_closing.html", closing=CLOSING, closing_no_case=CLOSING_NO_CASE)


@pages.post("/closing")
@members_only
def save_closing(ref: str) -> Response:
    """Keep the answers that were given."""
    given = {
        question: forms.text(request.form, question.value, maximum=ANSWER) for question in CLOSING
    }
    with shell.transaction() as session:
        facts.answer_closing(
            session,
            ref,
            given,
            revision=forms.revision(request.form),
            form_id=forms.form_id(request.form),
            actor=shell.actor(),
            now=shell.now(),
        )
    flash("The answers were saved.", "success")
    return back(ref)


@pages.get("/next/<string:event>")
@members_only
def ask_next(ref: str, event: str) -> str:
    """Show the form for a move that needs a reason."""
    wanted = _event(event)
    page = look(ref)
    way = next((way for way in page.ways_on if way.event is wanted), None)
    if way is None:
        raise Conflict("The case has moved on meanwhile. Go back to it and look again.")
    outcomes = outcomes_for(page.case.perpetrator_type)
    return draw(
        page,
        "case_next.html",
        way=way,
        outcomes=[(code.value, case_words.say(code)) for code in outcomes],
        asks_outcome=wanted is CaseEvent.RECORD_OUTCOME,
        asks_told=wanted is CaseEvent.FIND_NO_CASE,
    )


@pages.post("/next/<string:event>")
@members_only
def move(ref: str, event: str) -> Response:
    """Move the case along."""
    form = request.form
    with shell.transaction() as session:
        case = working.move_on(
            session,
            ref,
            _event(event),
            reason=forms.text(form, "reason", maximum=ANSWER),
            told=forms.text(form, "told", maximum=ANSWER),
            outcome=form.get("outcome", ""),
            revision=forms.revision(form),
            form_id=forms.form_id(form),
            actor=shell.actor(),
            now=shell.now(),
        )
        state: CaseState = case.state
    flash(f"The case is now: {case_words.say(state)}.", "success")
    return back(ref)


@pages.post("/review")
@members_only
def review(ref: str) -> Response:
    """Record that the case was looked at, and when the next time is."""
    form = request.form
    with shell.transaction() as session:
        working.set_review(
            session,
            ref,
            forms.maybe_day(form, "next", label="the next review"),
            note=forms.text(form, "review_note"),
            revision=forms.revision(form),
            form_id=forms.form_id(form),
            actor=shell.actor(),
            now=shell.now(),
        )
    flash("The review was recorded.", "success")
    return back(ref)


@pages.post("/items")
@members_only
def attach(ref: str) -> Response:
    """Put a further item into the case."""
    form = request.form
    with shell.transaction() as session:
        notes.attach_item(
            session,
            ref,
            forms.integer(form, "item", label="The item’s number"),
            revision=forms.revision(form),
            actor=shell.actor(),
            now=shell.now(),
        )
    flash("The item belongs to the case now. Its evidence is being captured.", "success")
    return back(ref)


@pages.get("/members")
@members_only
def ask_members(ref: str) -> str:
    """Show who sees the case and who is kept out."""
    return render(ref, "case_members.html")


@pages.post("/members")
@members_only
def save_members(ref: str) -> Response:
    """Let a person in, take one off, or keep one out."""
    form = request.form
    with shell.transaction() as session:
        members.change_standing(
            session,
            ref,
            forms.integer(form, "person", label="The person"),
            forms.choice(form, "standing", Standing, label="what to change"),
            reason=forms.reason(form, minimum=10),
            form_id=forms.form_id(form),
            actor=shell.actor(),
            now=shell.now(),
        )
        mine = listing.is_mine(session, shell.actor(), ref)
    flash("Who sees the case was changed.", "success")
    return back(ref) if mine else redirect(url_for("cases.show_all"), code=303)


def _event(code: str) -> CaseEvent:
    if code not in {event.value for event in CaseEvent}:
        raise NoSuchPage
    return CaseEvent(code)
