"""Signing in and out with a local account: one answer for every failure, and slow guessing."""

from __future__ import annotations

import re
from typing import Final

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from moderation import audit, people, signing_in
from moderation.access import Actor
from review_ui import failures, sessions, shell

pages = Blueprint("sign_in", __name__)

# An address on this site: one slash, then nothing that a browser could read as another host.
_ONWARD: Final = re.compile(r"/(?![/\\])[A-Za-z0-9_\-./?=&%+~,]*")
_TOO_MANY: Final = (
    "There were too many tries from here. Wait 15 minutes, then try again. If you have forgotten "
    "your password, ask an administrator for a new one."
)
_WRONG: Final = "The e-mail address or the password is not right, or the account is closed."


@pages.get("/sign-in")
def show() -> Response:
    """Show the form; a person who is signed in goes on."""
    if shell.person() is not None:
        return redirect(onward(request.args.get("next", "/")), code=303)
    return _form(200)


@pages.post("/sign-in")
def submit() -> Response:
    """Check address and password. The try is counted before the check, outside any lock."""
    email = request.form.get("email", "")[:254]
    password = request.form.get("password", "")[: people.PASSWORD_MAXIMUM]
    source = request.remote_addr or "unknown"
    with shell.transaction() as session:
        allowed = signing_in.may_try(session, email, source, shell.now())
    if not allowed:
        return failures.page(429, _TOO_MANY)
    actor = _check(email, password, source)
    if actor is None:
        return _form(401, _WRONG, email)
    sessions.sign_in(actor)
    return redirect(onward(request.form.get("next", "/")), code=303)


@pages.post("/sign-out")
def leave() -> Response:
    """End the session in the record; a copied cookie is dead from then on."""
    actor = shell.actor()
    with shell.transaction() as session:
        audit.append(session, "user.sign_out", f"user:{actor.user_id}", actor=actor, at=shell.now())
    sessions.sign_out()
    return redirect(url_for("sign_in.show"), code=303)


def onward(address: str) -> str:
    """Return an address on this site to go on to; the start page for anything else."""
    return address if _ONWARD.fullmatch(address) else "/"


def _check(email: str, password: str, source: str) -> Actor | None:
    """Return who signed in. Checking takes as long for an address that nobody has."""
    with shell.reading() as session:
        found = signing_in.candidate(session, email)
    if not people.password_fits(found.password_hash, password) or found.user_id is None:
        return None
    with shell.transaction() as session:
        return signing_in.succeed(session, found, email, source, password, now=shell.now())


def _form(status: int, says: str = "", email: str = "") -> Response:
    asked = request.form.get("next") or request.args.get("next", "/")
    shown = render_template("sign_in.html", says=says, email=email, next=onward(asked))
    return make_response(shown, status)
