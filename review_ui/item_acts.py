"""What the buttons of the item page send: claim, decide, capture, act, undo, close, reopen."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from moderation import actions, review, settled
from moderation.access import Right
from moderation.errors import Conflict, InvalidInput
from moderation.lifecycle import ActionState
from moderation.model import ActionKind, Capability, How
from moderation.queries import staff_picker
from moderation.queries.item_page import item_page
from moderation.review import Finding
from moderation.tables import DecisionOutcome
from moderation.taxonomy import Abuse, HouseRule, NotAbuse, Severity, TargetType
from review_ui import forms, item, offers, shell, viewing, words
from review_ui.shell import needs

pages = Blueprint("item_acts", __name__, url_prefix="/items/<int:item_id>")

DELETE_WORD = "DELETE"
# Hiding, reporting and the like say why in the decision; a short word of their own is enough.
ACT_REASON = 3
BY_HAND = (
    "This is done by hand: follow the steps under “On the platform”, then say that it is done."
)


@pages.post("/claim")
@needs(Right.DECIDE)
def claim(item_id: int) -> Response:
    """Take the item, or take it over when that was said; the one who had it can see so."""
    with shell.transaction() as session:
        review.claim(
            session,
            item_id,
            actor=shell.actor(),
            now=shell.now(),
            take_over=forms.checked(request.form, "take_over"),
        )
    flash("You have this item for ten minutes. Others see your name on it.", "success")
    return _back(item_id)


@pages.post("/release")
@needs(Right.DECIDE)
def release(item_id: int) -> Response:
    """Give the item back."""
    with shell.transaction() as session:
        review.release(session, item_id, actor=shell.actor(), now=shell.now())
    flash("You gave the item back. Anybody may take it.", "success")
    return _back(item_id)


@pages.post("/decide")
@needs(Right.DECIDE)
def decide(item_id: int) -> Response:
    """Record what the person found; "next" goes on to the next item that waits in the same view."""
    actor = shell.actor()
    with shell.transaction() as session:
        review.decide(
            session,
            item_id,
            _finding(staff_picker.meant(session, actor, request.form.get("staff", ""))),
            revision=forms.revision(request.form),
            form_id=forms.form_id(request.form),
            actor=actor,
            now=shell.now(),
        )
    flash("Your decision was recorded.", "success")
    return _onward(item_id)


@pages.post("/capture")
@needs(Right.CAPTURE)
def capture(item_id: int) -> Response:
    """Ask for evidence; the worker seals it in a moment."""
    with shell.transaction() as session:
        row = review.want_capture(session, item_id, actor=shell.actor(), now=shell.now())
        reference = row.ref
    flash(f"Evidence {reference} was asked for. It is sealed in a moment.", "message")
    return _back(item_id)


@pages.post("/act/<any(hide, report, block, delete):kind>")
@needs(Right.HIDE, Right.REPORT, Right.PROPOSE_BLOCK, Right.DELETE)
def act(item_id: int, kind: str) -> Response:
    """Ask for one action on the platform; its evidence is captured already."""
    action = _confirmed(kind)
    can = _capability(item_id, action)
    with shell.transaction() as session:
        asked = actions.request(session, item_id, action, **_wish(can))
        waits = asked.state is ActionState.NEEDS_PERSON
    flash(BY_HAND if waits else _asked(action), "message")
    return _back(item_id)


@pages.post("/capture-then/<any(hide, report, block, delete):kind>")
@needs(Right.HIDE, Right.REPORT, Right.PROPOSE_BLOCK, Right.DELETE)
def capture_then(item_id: int, kind: str) -> Response:
    """Ask for the evidence and, in the same press, for the action that follows it."""
    action = _confirmed(kind)
    can = _capability(item_id, action)
    with shell.transaction() as session:
        review.capture_then(session, item_id, action, **_wish(can))
    flash(
        f"“{words.words(action)}” was asked for. It follows by itself as soon as the evidence is "
        "captured; until then you can take it back.",
        "message",
    )
    return _back(item_id)


def _confirmed(kind: str) -> ActionKind:
    """Return the action of an address. Deleting is final, so the word is typed."""
    action = ActionKind(kind)
    if action is ActionKind.DELETE and request.form.get("confirm", "").strip() != DELETE_WORD:
        msg = f"Deleting cannot be undone. Type {DELETE_WORD} in capital letters to go on."
        raise InvalidInput(msg)
    return action


def _wish(can: Capability) -> dict[str, Any]:
    """Return what the form says of an action, who sent it, and whether a person does it."""
    return {
        "reason": forms.reason(request.form, minimum=ACT_REASON),
        "form_id": forms.form_id(request.form),
        "actor": shell.actor(),
        "now": shell.now(),
        "by_hand": can.says if can.how is How.BY_HAND else "",
    }


def _capability(item_id: int, action: ActionKind) -> Capability:
    """Return how an action on this item goes. Raises Conflict when it does not go at all."""
    with shell.reading() as session:
        page = item_page(session, shell.actor(), item_id, now=shell.now())
    can = shell.capabilities(page.account, offers.ref_of(page))[action]
    if can.how is How.NO:
        raise Conflict(can.says)
    return can


@pages.post("/dismiss")
@needs(Right.DECIDE)
def dismiss(item_id: int) -> Response:
    """Close an item in hand."""
    with shell.transaction() as session:
        review.dismiss(
            session,
            item_id,
            reason=forms.reason(request.form, minimum=0),
            revision=forms.revision(request.form),
            actor=shell.actor(),
            now=shell.now(),
        )
    flash("The item was closed.", "success")
    return _onward(item_id)


@pages.post("/reopen")
@needs(Right.DECIDE)
def reopen(item_id: int) -> Response:
    """Put a closed item back in the queue."""
    with shell.transaction() as session:
        review.reopen(
            session,
            item_id,
            reason=forms.reason(request.form),
            revision=forms.revision(request.form),
            actor=shell.actor(),
            now=shell.now(),
        )
    flash("The item is waiting again.", "success")
    return _back(item_id)


@pages.post("/ask-again")
@needs(Right.DECIDE)
def ask_again(item_id: int) -> Response:
    """Have people asked again about the item's words."""
    with shell.transaction() as session:
        settled.ask_again(session, item_id, actor=shell.actor(), now=shell.now())
    flash("People are asked again when these words come up.", "success")
    return _back(item_id)


def _finding(staff_id: str | None) -> Finding:
    """Return what the form says was found: of each outcome, only the answers that belong to it."""
    form = request.form
    outcome = forms.choice(form, "outcome", DecisionOutcome, label="What is it?")
    reason = forms.text(form, "reason")
    if outcome is DecisionOutcome.NOT_ABUSE:
        kind = forms.maybe_choice(form, "not_abuse", NotAbuse, label="What is it instead?")
        ask_no_more = forms.checked(form, "ask_no_more")
        return Finding(outcome, reason, not_abuse=kind, ask_no_more=ask_no_more)
    if outcome is DecisionOutcome.HOUSE_RULE:
        rule = forms.maybe_choice(form, "house_rule", HouseRule, label="Which house rule?")
        return Finding(outcome, reason, house_rule=rule)
    level = forms.maybe_integer(form, "severity", label="How severe is it?") or 0
    if level not in set(Severity):
        msg = "Choose how severe it is: low, moderate, high or critical."
        raise InvalidInput(msg)
    return Finding(
        outcome,
        reason,
        category=forms.maybe_choice(form, "category", Abuse, label="What kind of abuse?"),
        severity=Severity(level),
        target_type=forms.maybe_choice(form, "target", TargetType, label="At whom is it aimed?"),
        target_staff_id=staff_id,
    )


def _asked(action: ActionKind) -> str:
    if action is ActionKind.BLOCK:
        return "The block was proposed. Another lead approves or withdraws it."
    return (
        f"“{words.words(action)}” was asked for. It is not done yet: the page says how it stands."
    )


def _back(item_id: int) -> Response:
    view = viewing.from_form(request.form)
    address = url_for("item.show", item_id=item_id, **viewing.query_of(view))
    return redirect(address, code=303)


def _onward(item_id: int) -> Response:
    """Go to the next item of the view where "next" was pressed, else back to this one."""
    if request.form.get("then") != "next":
        return _back(item_id)
    view = viewing.from_form(request.form)
    with shell.reading() as session:
        address = item.onward(session, shell.actor(), view, request.form.get("place") or None)
    return redirect(address, code=303)
