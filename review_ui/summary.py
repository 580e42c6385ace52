"""The weekly summary: the list of weeks, and one week in the edition that the reader may see."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session

from moderation.access import Actor, Right
from moderation.errors import InvalidInput, NotFound
from moderation.reporting import editions, summary, wording
from moderation.reporting.editions import Edition, EditionKind
from moderation.reporting.mail_state import mail_state
from moderation.reporting.suppression import Cell
from moderation.reporting.week import Week
from review_ui import shell
from review_ui.shell import needs
from review_ui.week_chart import chart
from review_ui.week_words import code_says

pages = Blueprint("summary", __name__, url_prefix="/summary")


@pages.get("")
@needs(Right.SEE_SUMMARY, Right.SEE_WIDE_SUMMARY)
def weeks() -> str:
    """Show which weeks have a summary, and the running week to those who see the full edition."""
    asking = shell.actor()
    with shell.reading() as session:
        kept = summary.kept_weeks(session, asking)
        letters = mail_state(shell.settings(), session, asking.org_id)
    return render_template(
        "summary_weeks.html",
        weeks=kept,
        running=Week.of(shell.now()) if asking.may(Right.SEE_SUMMARY) else None,
        week_says=wording.week_says,
        mail_says=letters.says if asking.may(Right.SEE_HEALTH) else "",
    )


@pages.get("/<week_name>")
@needs(Right.SEE_SUMMARY, Right.SEE_WIDE_SUMMARY)
def show(week_name: str) -> str:
    """Show one week."""
    asking = shell.actor()
    kind = _kind(asking, request.args.get("edition", ""))
    with shell.reading() as session:
        edition = _edition(session, asking, Week.named(week_name), kind)
    return render_template(
        "summary.html",
        edition=edition,
        chart=chart(edition),
        both=asking.may(Right.SEE_SUMMARY),
        wording=wording,
        says=partial(_says, edition),
        code=partial(code_says, edition),
        made_at=datetime.fromisoformat(edition.made_at),
        single_rows=_single_rows(edition),
        theme_rows=[(name, _says(edition, cell)) for name, cell in edition.themes.items()],
    )


def _kind(asking: Actor, chosen: str) -> EditionKind:
    """Return the edition asked for, else the fullest that the actor may see.

    Raises NotAllowed for the full edition without its right, InvalidInput for an unknown one.
    """
    if chosen not in {"", *EditionKind}:
        msg = "There are two editions: full and wide."
        raise InvalidInput(msg)
    fullest = EditionKind.FULL if asking.may(Right.SEE_SUMMARY) else EditionKind.WIDE
    kind = EditionKind(chosen or fullest)
    asking.require(Right.SEE_SUMMARY if kind is EditionKind.FULL else Right.SEE_WIDE_SUMMARY)
    return kind


def _edition(session: Session, asking: Actor, week: Week, kind: EditionKind) -> Edition:
    """Return the kept week, or for the full edition the figures so far.

    The wide edition exists of kept weeks only: watched from day to day, its rounded figures would
    tell every single item by the moment they change.
    """
    figures = summary.kept(session, asking.org_id, week)
    if figures is None and kind is EditionKind.WIDE:
        msg = "This week has no summary for leaders yet. It is made on the Monday after the week."
        raise NotFound(msg)
    if figures is None:
        figures = summary.compute(session, asking.org_id, week, shell.policy(), now=shell.now())
    earlier = summary.before(session, asking.org_id, week)
    return (editions.full if kind is EditionKind.FULL else editions.wide)(figures, earlier)


def _single_rows(edition: Edition) -> list[tuple[str, str]]:
    """Return what stands beside the items: authors, patterns, cases and what is open."""
    rows = [(wording.SINGLE[name], _says(edition, cell)) for name, cell in edition.singles.items()]
    return rows + [
        (code_says(edition, "pattern", code), _says(edition, cell))
        for code, cell in edition.patterns.items()
    ]


def _says(edition: Edition, cell: Cell | None) -> str:
    return wording.cell_says(cell, edition.small_below)
