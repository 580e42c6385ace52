"""For auditors: the audit lines without content, and the reason that opens items to them."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from moderation import audit
from moderation.access import Right
from moderation.queries import history
from review_ui import forms, sessions, shell
from review_ui.shell import needs
from review_ui.sign_in import onward

pages = Blueprint("audit_log", __name__, url_prefix="/audit")


@pages.get("")
@needs(Right.SEE_AUDIT)
def show() -> str:
    """Show one page of lines, newest first."""
    verb = request.args.get("verb", "")[:60]
    about = request.args.get("about", "")[:80]
    before = forms.maybe_integer(request.args, "before")
    with shell.reading() as session:
        lines = history.audit_lines(session, shell.actor(), before=before, verb=verb, about=about)
    return render_template("audit.html", lines=lines, verb=verb, about=about)


@pages.get("/reason")
@needs(Right.SEE_ITEMS_WITH_REASON)
def ask_reason() -> str:
    """Ask why an auditor wants to read items."""
    return render_template("audit_reason.html", next=onward(request.args.get("next", "/queue")))


@pages.post("/reason")
@needs(Right.SEE_ITEMS_WITH_REASON)
def give_reason() -> Response:
    """Keep the reason for half an hour, and in the audit chain for good."""
    reason = forms.reason(request.form)
    with shell.transaction() as session:
        audit.append(
            session,
            "item.look_reason",
            f"user:{shell.actor().user_id}",
            actor=shell.actor(),
            at=shell.now(),
            reason=reason,
        )
    sessions.give_look_reason(reason, shell.now())
    return redirect(onward(request.form.get("next", url_for("queue.show"))), code=303)
