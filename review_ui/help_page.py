"""Help: the keys, what the words mean, and whom to tell."""

from __future__ import annotations

from flask import Blueprint, render_template

from review_ui import keys

pages = Blueprint("help", __name__)


@pages.get("/help")
def show() -> str:
    """Show the keys, the order of work and whom to tell."""
    return render_template("help.html", keys=keys.SHEET)
