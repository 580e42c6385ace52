"""What could not be taken in: the bytes as they came, the reason, and setting one aside."""

from __future__ import annotations

import codecs
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from moderation import quarantine
from moderation.access import Right
from review_ui import forms, harmless, shell
from review_ui.harmless import Piece
from review_ui.shell import needs

pages = Blueprint("quarantine", __name__, url_prefix="/quarantine")

_UNDECODED: Final = range(0xDC80, 0xDD00)
_NUL: Final = "\x00"


@pages.get("")
@needs(Right.SEE_QUARANTINE)
def show() -> str:
    """List records that wait, newest first, or those that were set aside."""
    settled = request.args.get("show") == "settled"
    before = forms.maybe_integer(request.args, "before")
    with shell.reading() as session:
        shelf = quarantine.shelf(session, actor=shell.actor(), before=before, settled=settled)
    return render_template(
        "quarantine.html",
        shelf=shelf,
        settled=settled,
        pieces={held.id: pieces(held.head) for held in shelf.records},
    )


@pages.post("/<int:quarantine_id>/set-aside")
@needs(Right.SEE_QUARANTINE)
def set_aside(quarantine_id: int) -> Response:
    """Keep that somebody looked and why nothing more is to be done."""
    reason = forms.reason(request.form)
    with shell.transaction() as session:
        quarantine.set_aside(
            session, quarantine_id, reason=reason, actor=shell.actor(), now=shell.now()
        )
    flash("The record was set aside. Its bytes are kept.", "success")
    return redirect(url_for("quarantine.show"), code=303)


def pieces(head: bytes) -> list[Piece]:
    """Return bytes as text in pieces; what no page can show stands there by its name alone.

    A character that is cut off at the end is left out.
    """
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(head)
    return [Piece("", _name(one)) if one.name else one for one in harmless.visible(text)]


def _name(one: Piece) -> str:
    if one.text == _NUL:
        return "NUL"
    code = ord(one.text)
    return f"byte {code - 0xDC00:02X}" if code in _UNDECODED else one.name
