"""What is sent about one action on a platform: approve, withdraw, undo, done by hand."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from moderation import actions
from moderation.access import Right
from review_ui import forms, shell, viewing
from review_ui.item_acts import ACT_REASON
from review_ui.shell import needs

pages = Blueprint("action_acts", __name__, url_prefix="/actions/<int:action_id>")


@pages.post("/approve")
@needs(Right.APPROVE_BLOCK)
def approve(action_id: int) -> Response:
    """Let a proposed block go ahead."""
    with shell.transaction() as session:
        actions.approve(session, action_id, actor=shell.actor(), now=shell.now())
        item_id = actions.see_action(session, action_id, actor=shell.actor()).item_id
    flash("The block was approved. It is queued now.", "message")
    return _back(item_id)


@pages.post("/withdraw")
@needs(Right.PROPOSE_BLOCK, Right.APPROVE_BLOCK)
def withdraw(action_id: int) -> Response:
    """Take back a proposal, or what waits for a person."""
    with shell.transaction() as session:
        actions.withdraw(session, action_id, reason=_reason(), actor=shell.actor(), now=shell.now())
        item_id = actions.see_action(session, action_id, actor=shell.actor()).item_id
    flash("It was withdrawn.", "success")
    return _back(item_id)


@pages.post("/undo")
@needs(Right.HIDE, Right.APPROVE_BLOCK)
def undo(action_id: int) -> Response:
    """Ask for the opposite: show again, unblock."""
    with shell.transaction() as session:
        opposite = actions.undo(
            session,
            action_id,
            reason=_reason(),
            form_id=forms.form_id(request.form),
            actor=shell.actor(),
            now=shell.now(),
        )
        item_id = opposite.item_id
    flash("Undoing was asked for. It is not done yet: the page says how it stands.", "message")
    return _back(item_id)


@pages.post("/by-hand")
@needs(Right.HIDE, Right.REPORT, Right.DELETE, Right.PROPOSE_BLOCK)
def by_hand(action_id: int) -> Response:
    """Keep that a person did it on the platform itself."""
    with shell.transaction() as session:
        actions.done_by_hand(
            session,
            action_id,
            reason=_reason(),
            actor=shell.actor(),
            now=shell.now(),
            reference=request.form.get("reference", "").strip(),
        )
        item_id = actions.see_action(session, action_id, actor=shell.actor()).item_id
    flash("Recorded as done by hand.", "success")
    return _back(item_id)


def _reason() -> str:
    return forms.reason(request.form, minimum=ACT_REASON)


def _back(item_id: int) -> Response:
    view = viewing.from_form(request.form)
    address = url_for("item.show", item_id=item_id, **viewing.query_of(view))
    return redirect(address, code=303)
