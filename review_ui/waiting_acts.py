"""What is sent about an action that waits for its evidence: take it back, done by hand instead."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from moderation.access import Right
from moderation.actions import on_capture
from review_ui import forms, shell, viewing
from review_ui.item_acts import ACT_REASON
from review_ui.shell import needs

pages = Blueprint("waiting_acts", __name__, url_prefix="/waiting/<int:asked_id>")

_ACTING = (Right.HIDE, Right.REPORT, Right.PROPOSE_BLOCK, Right.DELETE)


@pages.post("/withdraw")
@needs(*_ACTING)
def withdraw(asked_id: int) -> Response:
    """Take it back before it happens."""
    with shell.transaction() as session:
        asked = on_capture.withdraw(session, asked_id, actor=shell.actor(), now=shell.now())
        item_id = on_capture.item_of(session, asked)
    flash("It was taken back. Nothing happens on the platform.", "success")
    return _back(item_id)


@pages.post("/by-hand")
@needs(*_ACTING)
def by_hand(asked_id: int) -> Response:
    """Keep that a person did it on the platform, where the capture failed."""
    with shell.transaction() as session:
        asked = on_capture.done_by_hand(
            session,
            asked_id,
            reason=forms.reason(request.form, minimum=ACT_REASON),
            actor=shell.actor(),
            now=shell.now(),
            reference=request.form.get("reference", "").strip(),
        )
        item_id = on_capture.item_of(session, asked)
    flash("Recorded as done by hand.", "success")
    return _back(item_id)


def _back(item_id: int) -> Response:
    view = viewing.from_form(request.form)
    address = url_for("item.show", item_id=item_id, **viewing.query_of(view))
    return redirect(address, code=303)
