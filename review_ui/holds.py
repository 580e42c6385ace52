"""Holds on an item and on a case: the panel that their pages show, and what its buttons do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from moderation import holds
from moderation.access import Right
from moderation.tables import HoldReason, LegalHoldRow, UserRow
from review_ui import forms, shell
from review_ui.shell import needs

pages = Blueprint("holds", __name__)


@dataclass(frozen=True, slots=True)
class Panel:
    """What a page shows of holds: the rows, who begun them, what this person may do, and where."""

    rows: Sequence[LegalHoldRow]
    people: dict[str, str]
    action: str
    may_begin: bool
    may_end: bool

    @property
    def live(self) -> bool:
        """Say whether any of them still stops the clock."""
        return any(row.ended_at is None for row in self.rows)


def on_item(item_id: int) -> Panel:
    """Return the panel of an item that the person may see."""
    with shell.reading() as session:
        rows = holds.on_item(session, item_id, actor=shell.actor())
    return _panel(rows, url_for("holds.begin_on_item", item_id=item_id))


def on_case(ref: str) -> Panel:
    """Return the panel of a case that the person is a member of."""
    with shell.reading() as session:
        rows = holds.on_case(session, ref, actor=shell.actor())
    return _panel(rows, url_for("holds.begin_on_case", ref=ref))


@pages.post("/items/<int:item_id>/hold")
@needs(Right.BEGIN_HOLD)
def begin_on_item(item_id: int) -> Response:
    """Begin a hold on an item."""
    _begin(item_id)
    return redirect(url_for("item.show", item_id=item_id), code=303)


@pages.post("/cases/<string:ref>/hold")
@needs(Right.BEGIN_HOLD)
def begin_on_case(ref: str) -> Response:
    """Begin a hold on a case and all its items."""
    _begin(ref)
    return redirect(url_for("cases.show", ref=ref), code=303)


@pages.post("/holds/<int:hold_id>/end")
@needs(Right.END_HOLD)
def end(hold_id: int) -> Response:
    """End a hold with the reason."""
    with shell.transaction() as session:
        holds.end(
            session,
            hold_id,
            reason=forms.reason(request.form),
            actor=shell.actor(),
            now=shell.now(),
        )
    flash("The hold has ended. Its clock decides again.", "success")
    return _back()


@pages.post("/holds/<int:hold_id>/review")
@needs(Right.END_HOLD)
def review(hold_id: int) -> Response:
    """Keep that the hold is still needed."""
    with shell.transaction() as session:
        holds.review(session, hold_id, actor=shell.actor(), now=shell.now())
    flash("Recorded: it is still needed. Look again in 90 days.", "success")
    return _back()


def _begin(what: int | str) -> None:
    with shell.transaction() as session:
        holds.begin(
            session,
            what,
            forms.choice(request.form, "why", HoldReason, label="Why"),
            note=forms.reason(request.form),
            form_id=forms.form_id(request.form),
            actor=shell.actor(),
            now=shell.now(),
        )
    flash("A hold is on it: nothing of it is erased until the hold ends.", "success")


def _panel(rows: Sequence[LegalHoldRow], action: str) -> Panel:
    actor = shell.actor()
    with shell.reading() as session:
        found = session.execute(
            select(UserRow.id, UserRow.name).where(UserRow.org_id == actor.org_id)
        )
        people = {f"user:{row.id}": row.name for row in found}
    may_begin, may_end = actor.may(Right.BEGIN_HOLD), actor.may(Right.END_HOLD)
    return Panel(rows, people, action, may_begin, may_end)


def _back() -> Response:
    """Go back to where the form stood: the page of the item or case, or that of retention."""
    item = forms.maybe_integer(request.form, "item")
    if item is not None:
        return redirect(url_for("item.show", item_id=item), code=303)
    case = forms.text(request.form, "case", maximum=40)
    if case:
        return redirect(url_for("cases.show", ref=case), code=303)
    return redirect(url_for("retention.show"), code=303)
