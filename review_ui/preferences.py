"""How a person likes to read: texts blurred first, single keys on or off."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from moderation import people
from review_ui import forms, shell

pages = Blueprint("preferences", __name__)


@pages.get("/preferences")
def show() -> str:
    """Show the two choices."""
    return render_template("preferences.html")


@pages.post("/preferences")
def save() -> Response:
    """Keep the choices; they hold from the next page on."""
    with shell.transaction() as session:
        people.set_preferences(
            session,
            blur=forms.checked(request.form, "blur"),
            single_keys=forms.checked(request.form, "single_keys"),
            actor=shell.actor(),
        )
    flash("Your preferences were saved.", "success")
    return redirect(url_for("preferences.show"), code=303)
