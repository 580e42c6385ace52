"""How the installation fares: work that failed and can be tried again, lanes that wait, mail."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from moderation import checkpoints, dead_letters, detector_health
from moderation.access import Right
from moderation.evidence import stamps
from moderation.evidence.care import reporting
from moderation.model import Failure
from moderation.reporting.mail_state import mail_state
from review_ui import shell
from review_ui.shell import needs

pages = Blueprint("upkeep", __name__, url_prefix="/health")

WORK: Final = {
    "alert": "A letter could not be sent",
    "act": "An action on a platform could not be carried out",
    "capture": "Evidence could not be captured",
    "audit_check": "The audit chain could not be checked",
    "checkpoint_file": "A checkpoint of the audit chain could not be written",
    "checkpoint_mail": "A checkpoint of the audit chain could not be sent",
    "classify": "Comments could not be read; they wait in the queue as not scored",
    "erase": "What was due could not be erased",
    "poll": "An account could not be read",
    "stamp": "A time stamp could not be had",
    "summary": "A weekly summary could not be made",
    "summary_mail": "A weekly summary could not be sent",
}

# What the nightly check of the sealed files found.
VAULT: Final = {
    "altered": "Altered after they were sealed",
    "missing": "Named by the record and not there",
    "unreadable": "Seals that cannot be read",
    "strange": "Not put there by Watchroom",
}

# How a model or a family of rules failed, as people read it.
FAILURES: Final = {
    Failure.BROKE: "It broke over a comment",
    Failure.TIMED_OUT: "It took too long",
    Failure.OUT_OF_MEMORY: "It ran out of memory",
    Failure.BAD_ANSWER: "Its answer could not be used",
    Failure.STOPPED: "It stopped",
    Failure.NOT_STARTED: "It did not start",
}


@pages.get("")
@needs(Right.SEE_HEALTH)
def show() -> str:
    """Show what failed, which models do, what waits too long, and how mail stands."""
    actor, now = shell.actor(), shell.now()
    with shell.reading() as session:
        dead = dead_letters.dead_jobs(session, actor=actor)
        waiting = dead_letters.waiting(session, actor=actor, now=now)
        detectors = detector_health.shown(session, actor=actor, now=now)
        chain, checkpoint = checkpoints.result(session, actor.org_id), checkpoints.latest(session)
        stamped = stamps.standing(session)
        vault = reporting.latest(session, actor.org_id)
        mail = mail_state(shell.settings(), session, actor.org_id)
    return render_template(
        "health.html",
        dead=dead,
        waiting=waiting,
        detectors=detectors,
        failures=FAILURES,
        chain=chain,
        checkpoint=checkpoint,
        authorities=[one.name for one in shell.settings().authorities],
        stamped=stamped,
        vault=vault,
        vault_words=VAULT,
        now=now,
        mail=mail,
        work=WORK,
        may_try=actor.may(Right.MANAGE_ACCOUNTS),
    )


@pages.post("/<int:job_id>/try-again")
@needs(Right.MANAGE_ACCOUNTS)
def try_again(job_id: int) -> Response:
    """Put one failed piece of work back in its lane."""
    with shell.transaction() as session:
        dead_letters.try_again(session, job_id, actor=shell.actor(), now=shell.now())
    flash("It is being tried again.", "success")
    return redirect(url_for("upkeep.show"), code=303)
