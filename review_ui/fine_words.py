"""Words that are fine here: the list, what a new word would have changed, adding and removing."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from moderation.access import Right
from moderation.tuning import fine_words, in_force
from review_ui import flagging, forms, shell
from review_ui.shell import needs

pages = Blueprint("fine_words", __name__, url_prefix="/flagging/words")


@pages.get("")
@needs(Right.SEE_TUNING)
def show() -> str:
    """Show the list, and what a word would have done to the past where one is asked about."""
    actor, policy = shell.actor(), shell.policy()
    with shell.reading() as session:
        listed = fine_words.entries(session, actor=actor)
        removed = fine_words.entries(session, actor=actor, removed=True)
        as_now = in_force.policy_of(session, actor.org_id, policy)
    typed = request.args.get("words", "")
    words = fine_words.plain(typed) if "words" in request.args else ""
    known = words in as_now.harmless_words
    tried = replace(as_now, harmless_words=as_now.harmless_words | {words})
    return render_template(
        "fine_words.html",
        listed=listed,
        removed=removed,
        own=sorted(policy.harmless_words),
        typed=typed,
        words=words,
        known=known,
        trial=flagging.try_out(actor, as_now, tried) if words and not known else None,
        may_tune=actor.may(Right.TUNE),
        may_try=flagging.may_try(actor),
    )


@pages.post("/add")
@needs(Right.TUNE)
def add() -> Response:
    """Put a word on the list."""
    with shell.transaction() as session:
        words = fine_words.add(
            session,
            forms.text(request.form, "words", maximum=200, label="The word"),
            reason=forms.reason(request.form),
            actor=shell.actor(),
            now=shell.now(),
        )
    flash(
        f"“{words}” is on the list. Within half a minute every new item is read by it.", "success"
    )
    return redirect(url_for("fine_words.show"), code=303)


@pages.post("/<int:word_id>/remove")
@needs(Right.TUNE)
def remove(word_id: int) -> Response:
    """Take a word off the list."""
    with shell.transaction() as session:
        words = fine_words.remove(
            session,
            word_id,
            reason=forms.reason(request.form),
            actor=shell.actor(),
            now=shell.now(),
        )
    flash(f"“{words}” was taken off the list.", "success")
    return redirect(url_for("fine_words.show"), code=303)
