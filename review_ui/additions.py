"""Own evidence: add a screenshot, a mail or a phone log to an item, and look at what was added."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from moderation import audit
from moderation.access import Right
from moderation.errors import InvalidInput
from moderation.evidence import additions, file_types, mail_shown
from moderation.evidence.additions import Brought
from moderation.evidence.keeping import vault_of
from moderation.evidence.mail_shown import MailShown
from moderation.evidence.seal import SigningKey
from moderation.evidence.sealing import seal_files
from moderation.queries.addition_page import addition_page, subject_of
from moderation.tables import AdditionKind, EvidenceAdditionRow
from moderation.when import LONDON
from review_ui import forms, shell, viewing
from review_ui.shell import needs

pages = Blueprint("additions", __name__)

# The form around the file is small; what else a page may be sent is far smaller (app.py).
LARGEST_BODY: Final = file_types.LARGEST + 64 * 1024
LONGEST_TEXT: Final = 20_000
_CLOCK: Final = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", re.ASCII)
_PICTURES: Final = ("image/",)


@pages.url_value_preprocessor
def _allow_a_file(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Take a large body on this one address, and from nobody who may not add a file.

    This runs before the form's token is looked for, which is what reads the body.
    """
    person = shell.person()
    if endpoint == "additions.add" and person and person.actor.may(Right.CAPTURE):
        request.max_content_length = LARGEST_BODY


@pages.post("/items/<int:item_id>/additions")
@needs(Right.CAPTURE)
def add(item_id: int) -> Response:
    """Seal a person's file and keep it with the item's evidence."""
    actor, now = shell.actor(), shell.now()
    with shell.reading() as session:
        item, account = subject_of(session, item_id, actor=actor)
        form_id = forms.form_id(request.form)
        again = additions.added_before(session, item.id, form_id) is not None
    file = _brought(now)
    if not again:
        sealed = seal_files(
            additions.files(file, item, account, actor=actor, now=now),
            vault_of(shell.settings()),
            SigningKey.of(shell.settings().keys_dir),
        )
        with shell.transaction() as session:
            row = additions.add(
                session, item_id, file, sealed, form_id=form_id, actor=actor, now=now
            )
            flash(f"The file was sealed and added as {row.ref}.", "success")
    query = viewing.query_of(viewing.from_form(request.form))
    address = url_for("item.show", item_id=item_id, _anchor="own-evidence", **query)
    return redirect(address, code=303)


@pages.get("/evidence/additions/<int:addition_id>")
@needs(Right.SEE_ITEMS, Right.SEE_ITEMS_WITH_REASON, Right.WORK_CASE)
def show(addition_id: int) -> str:
    """Show where a file came from and, of a mail or a text, what it says: as text alone."""
    actor = shell.actor()
    with shell.reading() as session:
        page = addition_page(session, addition_id, actor=actor)
    shown = _shown(page.row)
    if shown.read:
        _keep_reading(page.row)
    return render_template(
        "addition.html",
        page=page,
        row=page.row,
        shown=shown,
        authorities=shell.store().authorities,
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page of an addition shows of the file itself; read says that it was opened."""

    mail: MailShown | None = None
    text: str = ""
    cut: bool = False
    picture: bool = False
    read: bool = False


def _shown(row: EvidenceAdditionRow) -> Shown:
    if row.erased_at is not None:
        return Shown()
    if row.media_type.startswith(_PICTURES):
        return Shown(picture=True)
    if row.media_type not in {"message/rfc822", "text/plain"}:
        return Shown()
    data = vault_of(shell.settings()).get(row.file_sha256)
    if row.media_type == "message/rfc822":
        return Shown(mail=mail_shown.shown(data), read=True)
    text = file_types.as_text(data)
    return Shown(text=text[:LONGEST_TEXT], cut=len(text) > LONGEST_TEXT, read=True)


def _keep_reading(row: EvidenceAdditionRow) -> None:
    with shell.transaction() as session:
        audit.append(
            session,
            "evidence_addition.read",
            f"evidence_addition:{row.id}",
            actor=shell.actor(),
            at=shell.now(),
            reason=shell.actor().look_reason,
            detail={"item": row.item_id},
        )


def _brought(now: datetime) -> Brought:
    """Return the file of the form. Raises InvalidInput that says what to correct."""
    sent = request.files.get("file")
    kind = forms.choice(request.form, "kind", AdditionKind, label="What is it?")
    if kind not in additions.BROUGHT:
        raise InvalidInput("Choose what it is from the list.")
    return additions.brought(
        kind,
        sent.read() if sent is not None else b"",
        (sent.filename or "") if sent is not None else "",
        obtained_at=_obtained_at(),
        obtained_how=forms.text(request.form, "how", minimum=3, label="How did you get it?"),
        now=now,
    )


def _obtained_at() -> datetime | None:
    """Return the moment that a clock in the United Kingdom showed; None where no day is given."""
    on = forms.maybe_day(request.form, "got", label="When did you get it?")
    typed = request.form.get("clock", "").strip()
    if on is None:
        if typed:
            raise InvalidInput("Enter the day on which you got it, or leave out the time too.")
        return None
    found = _CLOCK.fullmatch(typed) if typed else None
    if typed and found is None:
        raise InvalidInput("Write the time in hours and minutes, for example 14:30.")
    clock = time(int(found[1]), int(found[2])) if found else time()
    return datetime.combine(on, clock, LONDON).astimezone(UTC)
