"""The start page: it takes a person to where their work begins."""

from __future__ import annotations

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from moderation.errors import NotAllowed
from review_ui import navigation, shell

pages = Blueprint("home", __name__)


@pages.get("/")
def show() -> Response:
    """Go to the first page of the person's menu."""
    person = shell.person()
    if person is None:
        msg = "Sign in first."
        raise NotAllowed(msg)
    return redirect(navigation.home(person), code=303)
