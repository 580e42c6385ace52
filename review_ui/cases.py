"""The pages of HR cases: the list, opening one, and the page of one case."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from moderation.access import Right
from moderation.cases import listing, members, notes, opening, reading, working
from moderation.cases.codes import SUPPORT_GROUPS
from moderation.cases.reading import CasePage
from moderation.errors import NotFound
from moderation.queries import staff_picker
from moderation.tables import HoldReason, SupportStatus
from moderation.taxonomy import Severity
from review_ui import case_words, contact_form, forms, holds, shell
from review_ui.contact_form import Form
from review_ui.sheet import Sheet
from review_ui.shell import needs

pages = Blueprint("cases", __name__, url_prefix="/cases")

ANSWER: Final = 5000
"""Characters that an answer on a case's page may have."""


P = ParamSpec("P")
R = TypeVar("R")


def members_only(view: Callable[P, R]) -> Callable[P, R]:
    """Answer a role that can be a member of no case as if the case did not exist.

    Which cases a person of the other roles may see is the scope's matter.
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not shell.actor().may(Right.WORK_CASE):
            raise NotFound("There is no such case, or it is not yours to see.")
        return view(*args, **kwargs)

    return guarded


@pages.get("")
@needs(Right.WORK_CASE)
def show_all() -> str:
    """List the person's own cases, overdue reviews first."""
    ended = request.args.get("ended") == "yes"
    with shell.transaction() as session:
        found = listing.list_cases(
            session,
            shell.actor(),
            ended=ended,
            now=shell.now(),
            page=forms.maybe_integer(request.args, "page") or 1,
        )
    return render_template("cases.html", found=found, lines=found.lines, ended=ended)


@pages.get("/new")
@needs(Right.PROPOSE_CASE)
def new() -> str:
    """Show the form that opens a case, about an item or by hand."""
    return _form(forms.maybe_integer(request.args, "item"), Form(), Sheet())


@pages.post("/new")
@needs(Right.PROPOSE_CASE)
def create() -> Response | tuple[str, int]:
    """Open the case, or say what is to be corrected."""
    actor = shell.actor()
    item_id = forms.maybe_integer(request.form, "item")
    with shell.reading() as session:
        said, sheet = contact_form.read_opening(
            request.form, lambda typed: staff_picker.meant(session, actor, typed)
        )
    if said is None:
        return _form(item_id, request.form, sheet), 400
    with shell.transaction() as session:
        case = opening.open_case(
            session,
            item_id,
            said,
            form_id=forms.form_id(request.form),
            actor=actor,
            now=shell.now(),
        )
        ref, mine = case.ref, listing.is_mine(session, actor, case.ref)
    if mine:
        flash(f"Case {ref} is open.", "success")
        return redirect(url_for("cases.show", ref=ref), code=303)
    flash(f"Passed to HR. Reference {ref}.", "success")
    return redirect(url_for("item.show", item_id=item_id) if item_id else "/", code=303)


@pages.get("/<string:ref>")
@members_only
def show(ref: str) -> str:
    """Show one case to a member; every look leaves a line."""
    return render(
        ref,
        "case.html",
        asks_more=working.needs_reason,
        held=holds.on_case(ref),
        hold_reasons=list(HoldReason),
    )


@pages.post("/<string:ref>/note")
@members_only
def note(ref: str) -> Response:
    """Add a note, which stays as it is."""
    with shell.transaction() as session:
        notes.add_note(
            session,
            ref,
            forms.text(request.form, "note", minimum=3, maximum=ANSWER, label="The note"),
            form_id=forms.form_id(request.form),
            actor=shell.actor(),
            now=shell.now(),
        )
    flash("The note was added.", "success")
    return back(ref)


def look(ref: str) -> CasePage:
    """Return the case for a page of it, with the line that says who read it."""
    with shell.transaction() as session:
        return reading.view(session, shell.actor(), ref, now=shell.now())


def render(ref: str, template: str, **more: Any) -> str:
    """Read one case and return a page of it."""
    return draw(look(ref), template, **more)


def draw(page: CasePage, template: str, **more: Any) -> str:
    """Return a page of a case that was read."""
    return render_template(
        template,
        page=page,
        case=page.case,
        say=case_words.say,
        line_word=case_words.line,
        verb=case_words.verb,
        outcome_word=case_words.outcome,
        source_word=case_words.source,
        answer_word=case_words.answer,
        consent_word=case_words.consent,
        groups=SUPPORT_GROUPS,
        group_words=case_words.SUPPORT_GROUP,
        statuses=list(SupportStatus),
        severities=sorted(Severity, reverse=True),
        **more,
    )


def back(ref: str) -> Response:
    """Go back to the page of the case."""
    return redirect(url_for("cases.show", ref=ref), code=303)


def _form(item_id: int | None, typed: Form, sheet: Sheet) -> str:
    actor = shell.actor()
    with shell.reading() as session:
        item = None if item_id is None else reading.item_in_brief(session, actor, item_id)
        people = members.possible_members(session, actor.org_id)
        staff = staff_picker.offered(session, actor)
    return render_template(
        "case_new.html",
        item=item,
        typed=typed,
        faults=sheet.faults,
        wrong=sheet.by_field(),
        people=people,
        staff=staff,
        aimed_at=next((one.label for one in staff if item and one.staff_id == item.staff_id), ""),
        chosen=set(typed.getlist("conflicted")),
        for_hr=actor.may(Right.OPEN_CASE),
        severities=sorted(Severity, reverse=True),
    )
