"""The queue page: views with their counts, and one page of lines in the order of urgency."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from moderation.access import Right
from moderation.queries import beside
from moderation.queries import queue as reader
from moderation.queries.views import Standing
from moderation.taxonomy import Abuse, Severity
from review_ui import shell, viewing
from review_ui.shell import needs

pages = Blueprint("queue", __name__)


@pages.get("/queue")
@needs(Right.SEE_ITEMS, Right.SEE_ITEMS_WITH_REASON)
def show() -> str | Response:
    """Show one page of a view. An auditor says first why they look."""
    actor = shell.actor()
    if not actor.may(Right.SEE_ITEMS) and not actor.look_reason:
        return redirect(url_for("audit_log.ask_reason", next=shell.this_page()), code=303)
    view = viewing.from_query(request.args)
    with shell.reading() as session:
        counts = reader.counts(session, actor, view.standing)
        page = reader.page(
            session,
            actor,
            view,
            now=shell.now(),
            after=request.args.get("after"),
            before=request.args.get("before"),
        )
        accounts = beside.account_names(session, actor)
    return render_template(
        "queue.html",
        view=view,
        page=page,
        counts=counts,
        accounts=accounts,
        standings=list(Standing),
        severities=sorted(Severity, reverse=True),
        categories=list(Abuse),
        query=viewing.query_of(view),
        most_urgent=viewing.query_of(replace(view, oldest_first=False)),
        oldest=viewing.query_of(replace(view, oldest_first=True)),
        query_of=viewing.query_of,
    )
