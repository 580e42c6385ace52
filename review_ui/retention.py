"""The page of retention: what is due and why, what waits for two people, and what was erased."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from moderation import holds
from moderation.access import Right
from moderation.retention import proposals
from moderation.retention.classes import Klass, Stay
from moderation.retention.erasing import Rules
from moderation.retention.outlook import look_ahead
from moderation.tables import CaseRow, ErasureRow, LegalHoldRow, UserRow
from review_ui import forms, shell
from review_ui.shell import needs

pages = Blueprint("retention", __name__, url_prefix="/retention")

# The oldest two thousand items show what goes next, and cost a page no more than a moment.
BATCHES: Final = 4

CLASSES: Final = {
    Klass.NOT_FLAGGED: "Seen, not flagged",
    Klass.NOT_ABUSE: "Flagged or captured, and no abuse",
    Klass.SLIGHT: "Slight abuse, or a house rule",
    Klass.NO_CASE: "Abuse without a case",
    Klass.CASE: "Case about somebody from outside",
    Klass.INTERNAL_CASE: "Case about somebody who works here",
    Klass.POLICE: "With the police",
    Klass.SAFEGUARDING: "Safeguarding case",
    Klass.AUDIT: "Lines of the audit chain",
    Klass.BLOCK: "What a block rests on",
}
STAYS: Final = {
    Stay.WAITS: "It waits for a person",
    Stay.BUSY: "Evidence, an action or a pack of it is under way",
    Stay.OPEN_CASE: "Its case is open",
    Stay.HELD: "A hold is on it",
    Stay.BLOCKED: "A block rests on it",
    Stay.UNTIL_SAID: "It is kept until people propose its end",
}
_APPROVED: Final = "Two people have approved it now. It is erased as soon as Watchroom gets to it."


@pages.get("")
@needs(Right.SEE_RETENTION)
def show() -> str:
    """Show what goes next, what waits for somebody, and what has gone."""
    actor, rules = shell.actor(), _rules()
    with shell.reading() as session:
        waiting = proposals.listed(session, actor=actor)
        done = proposals.done(session, actor=actor)
        held = holds.to_review(session, actor=actor, now=shell.now())
        outlook = look_ahead(session, actor.org_id, rules.periods, shell.now(), batches=BATCHES)
        refs = _refs(session, held)
        people = _people(session, actor.org_id)
    return render_template(
        "retention.html",
        waiting=waiting,
        done=done,
        held=held,
        refs=refs,
        people=people,
        outlook=outlook,
        classes=CLASSES,
        stays=STAYS,
        class_of=lambda row: CLASSES[Klass(row.klass)],
        gone=_gone,
        periods=_periods(rules),
        rules=rules,
        ref_of_me=actor.ref,
        works_cases=actor.may(Right.WORK_CASE),
    )


@pages.post("/propose")
@needs(Right.APPROVE_ERASURE)
def propose() -> AnyResponse:
    """Propose the end of a closed case that has none by itself."""
    with shell.transaction() as session:
        row = proposals.propose_by_hand(
            session,
            forms.text(request.form, "case", minimum=3, maximum=40, label="The case"),
            _rules(),
            actor=shell.actor(),
            now=shell.now(),
        )
        number = row.id
    flash(f"The end of the case is proposed, as number {number}. Two people approve it.", "success")
    return _back()


@pages.post("/<int:erasure_id>/approve")
@needs(Right.APPROVE_ERASURE)
def approve(erasure_id: int) -> AnyResponse:
    """Approve the end of a case, as the first or the second person."""
    with shell.transaction() as session:
        row = proposals.approve(session, erasure_id, _rules(), actor=shell.actor(), now=shell.now())
        both = row.second_by is not None
    if both:
        flash(_APPROVED, "message")
    else:
        flash("You have approved it. It goes once a second person has.", "success")
    return _back()


@pages.post("/<int:erasure_id>/keep")
@needs(Right.APPROVE_ERASURE)
def keep(erasure_id: int) -> AnyResponse:
    """Keep the case after all, with a hold and the reason."""
    with shell.transaction() as session:
        proposals.cancel(
            session,
            erasure_id,
            reason=forms.reason(request.form),
            actor=shell.actor(),
            now=shell.now(),
        )
    flash("The case is kept: a hold is on it, to be looked at in 90 days.", "success")
    return _back()


@pages.get("/<int:erasure_id>/certificate")
@needs(Right.SEE_RETENTION)
def certificate(erasure_id: int) -> Response:
    """Hand out the certificate of one erasure as a text file."""
    with shell.reading() as session:
        said = proposals.certificate(session, erasure_id, actor=shell.actor())
    answer = Response(said, mimetype="text/plain")
    answer.headers["Content-Disposition"] = f"attachment; filename=erasure-{erasure_id}.txt"
    return answer


def _rules() -> Rules:
    policy = shell.policy()
    return Rules(policy.retention, policy.revision)


def _periods(rules: Rules) -> list[tuple[Klass, int, str]]:
    """Return each class with its days and the day from which they count."""
    days = rules.periods
    return [
        (Klass.NOT_FLAGGED, days.not_flagged, "the day it was seen"),
        (Klass.NOT_ABUSE, days.not_abuse, "the decision"),
        (Klass.SLIGHT, days.house_rule, "the decision"),
        (Klass.NO_CASE, days.no_case, "the author’s last occasion"),
        (Klass.CASE, days.case, "the day it was closed"),
        (Klass.INTERNAL_CASE, days.internal_case, "the day it was closed"),
        (Klass.SAFEGUARDING, days.safeguarding, "the day it was closed"),
        (Klass.BLOCK, days.block, "the day the block was lifted"),
        (Klass.AUDIT, days.audit, "the day of the line"),
    ]


def _gone(row: ErasureRow) -> tuple[int, str]:
    """Return of how many items something went, and the reference of the case, if it was one."""
    items = {one["item"] for one in row.erased if "item" in one}
    refs = [one["case"] for one in row.erased if "case" in one]
    return len(items), refs[0] if refs else ""


def _refs(session: Session, held: list[LegalHoldRow]) -> dict[int, str]:
    """Return the references of the cases that these holds are on; the holds are the person's."""
    ids = [row.case_id for row in held if row.case_id is not None]
    rows = session.execute(select(CaseRow.id, CaseRow.ref).where(CaseRow.id.in_(ids)))
    return {row.id: row.ref for row in rows}


def _people(session: Session, org_id: str) -> dict[str, str]:
    rows = session.execute(select(UserRow.id, UserRow.name).where(UserRow.org_id == org_id))
    return {f"user:{row.id}": row.name for row in rows}


def _back() -> AnyResponse:
    return redirect(url_for("retention.show"), code=303)
