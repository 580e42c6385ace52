"""The organisation's accounts: how well each is read, and pausing, resuming, checking one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from moderation import accounts
from moderation.access import Right
from moderation.accounts import checking
from moderation.accounts import health as account_health
from review_ui import account_words, forms, shell
from review_ui.shell import needs

pages = Blueprint("accounts", __name__, url_prefix="/accounts")


@pages.get("")
@needs(Right.SEE_ACCOUNTS)
def show() -> str:
    """List every account with its health."""
    with shell.reading() as session:
        found = account_health.health(session, actor=shell.actor(), now=shell.now())
    return render_template(
        "accounts.html",
        accounts=account_words.shown(found, shell.permissions(), shell.now()),
        may_manage=shell.actor().may(Right.MANAGE_ACCOUNTS),
        may_see_quarantine=shell.actor().may(Right.SEE_QUARANTINE),
    )


@pages.post("/<key>/pause")
@needs(Right.MANAGE_ACCOUNTS)
def pause(key: str) -> Response:
    """Stop reading an account, with the reason."""
    reason = forms.reason(request.form)
    with shell.transaction() as session:
        row = accounts.pause(session, key, reason=reason, actor=shell.actor(), now=shell.now())
    flash(f"{row.name} is paused. Nothing is lost: it goes on where it was left.", "success")
    return redirect(url_for("accounts.show"), code=303)


@pages.post("/<key>/resume")
@needs(Right.MANAGE_ACCOUNTS)
def resume(key: str) -> Response:
    """Read an account again."""
    with shell.transaction() as session:
        row = accounts.resume(session, key, actor=shell.actor(), now=shell.now())
    flash(f"{row.name} will be read again within a minute.", "success")
    return redirect(url_for("accounts.show"), code=303)


@pages.post("/<key>/check")
@needs(Right.MANAGE_ACCOUNTS)
def check(key: str) -> Response:
    """Have the worker ask the platform who we are there and what we may do."""
    with shell.transaction() as session:
        row = checking.ask(session, key, actor=shell.actor(), now=shell.now())
    flash(f"The access to {row.name} is being checked. Open the page again in a moment.", "message")
    return redirect(url_for("accounts.show"), code=303)
