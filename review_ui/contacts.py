"""Log a contact that no account of ours shows: a call, a mail, a letter, words said in person."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from moderation import contacts
from moderation.access import Right
from moderation.cases import listing, members
from moderation.contacts import CHANNELS, Wish
from moderation.evidence.keeping import vault_of
from moderation.queries import staff_picker
from review_ui import case_words, contact_form, forms, shell
from review_ui.contact_form import Form
from review_ui.sheet import Sheet
from review_ui.shell import needs

pages = Blueprint("contacts", __name__, url_prefix="/contacts")


@pages.get("/new")
@needs(Right.LOG_CONTACT)
def new() -> str:
    """Show the form."""
    return _form(Form(), Sheet())


@pages.post("/new")
@needs(Right.LOG_CONTACT)
def log() -> Response | tuple[str, int]:
    """Seal the contact and open its case, or say what is to be corrected."""
    actor, now = shell.actor(), shell.now()
    with shell.reading() as session:
        contact, sheet = contact_form.read_contact(
            request.form, lambda typed: staff_picker.meant(session, actor, typed), now
        )
    if contact is None:
        return _form(request.form, sheet), 400
    form_id = forms.form_id(request.form)
    raw = contacts.canonical(contact, form_id=form_id, actor=actor, now=now)
    vault_of(shell.settings()).put(raw)
    with shell.transaction() as session:
        case = contacts.log(session, contact, raw, form_id=form_id, actor=actor, now=now)
        ref, mine = case.ref, listing.is_mine(session, actor, case.ref)
    if mine:
        flash("The contact was logged. This is its case.", "success")
        return redirect(url_for("cases.show", ref=ref), code=303)
    flash(f"The contact was logged and passed to HR. Reference {ref}.", "success")
    return redirect(url_for("contacts.new"), code=303)


def _form(typed: Form, sheet: Sheet) -> str:
    actor = shell.actor()
    with shell.reading() as session:
        people = members.possible_members(session, actor.org_id)
        staff = staff_picker.offered(session, actor)
    return render_template(
        "contact_new.html",
        typed=typed,
        faults=sheet.faults,
        wrong=sheet.by_field(),
        people=people,
        staff=staff,
        chosen=set(typed.getlist("conflicted")),
        channels=CHANNELS,
        wishes=[(wish.value, case_words.say(wish)) for wish in Wish],
    )
