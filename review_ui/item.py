"""The item page: the words, what surrounds them, why they are here, and what can be done."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from moderation import review, settled
from moderation.access import Actor, Right
from moderation.lifecycle import ItemState
from moderation.queries import history, queue, staff_picker
from moderation.queries.item_page import ItemPage, item_page
from moderation.queries.views import View, place_of
from moderation.tables import DecisionOutcome
from moderation.taxonomy import Abuse, HouseRule, NotAbuse, Severity, TargetType
from review_ui import offers, shell, viewing, words
from review_ui.shell import needs

pages = Blueprint("item", __name__, url_prefix="/items")

_LISTS = {
    # The chain keeps a decision's outcome as its code, where other lines keep a person's words.
    "outcome_words": {kind.value: words.words(kind).lower() for kind in DecisionOutcome},
    "abuses": list(Abuse),
    "not_abuses": list(NotAbuse),
    "house_rules": list(HouseRule),
    "levels": [(int(level), words.severity(level)) for level in Severity if level],
    "targets": list(TargetType),
}


@pages.get("/<int:item_id>")
@needs(Right.SEE_ITEMS, Right.SEE_ITEMS_WITH_REASON, Right.WORK_CASE)
def show(item_id: int) -> str | Response:
    """Show one item. The first look is kept; an auditor's look joins the audit chain."""
    actor = shell.actor()
    if actor.may(Right.SEE_ITEMS_WITH_REASON) and not actor.look_reason:
        return redirect(url_for("audit_log.ask_reason", next=shell.this_page()), code=303)
    view = viewing.from_query(request.args)
    with shell.reading() as session:
        page = item_page(session, actor, item_id, now=shell.now())
        around = queue.neighbours(session, actor, view, place_of(page.item, view))
        past = history.item_history(session, actor, page)
        staff = staff_picker.offered(session, actor) if actor.may(Right.DECIDE) else []
        words_settled = settled.settled(session, page.item, shell.now())
        may_settle = not settled.why_not(session, page.item)
    if _leaves_a_trace(page, actor):
        with shell.transaction() as session:
            review.look(session, item_id, actor=actor, now=shell.now())
    can = shell.capabilities(page.account, offers.ref_of(page))
    return render_template(
        "item.html",
        page=page,
        item=page.item,
        view=view,
        query=viewing.query_of(view),
        view_field=viewing.field_of(view),
        place=place_of(page.item, view) or "",
        earlier_id=around[0],
        later_id=around[1],
        history=past,
        asked_for={f"platform_action:{row.id}": row.kind for row in page.actions},
        staff=staff,
        words_settled=words_settled,
        may_settle=may_settle,
        offers=offers.offers(page, actor, can),
        can=can,
        undo_of=lambda action: offers.undo_of(action, page, actor, can),
        may=lambda name: actor.may(Right(name)),
        mine=page.holder is not None and page.holder.user_id == actor.user_id,
        closed=page.item.state in {ItemState.CLOSED, ItemState.CLEAR},
        **_LISTS,
    )


def _leaves_a_trace(page: ItemPage, actor: Actor) -> bool:
    """Say whether this look has to be written: most looks are second ones, and cost no write."""
    is_first = page.item.first_look_at is None and actor.may(Right.DECIDE)
    return is_first or page.item.restricted or not actor.may(Right.SEE_ITEMS)


def onward(session: Session, actor: Actor, view: View, place: str | None) -> str:
    """Return the address of the next item of a view that is free, or of the view when none is."""
    found = queue.next_free(session, actor, view, place, now=shell.now())
    if found is None:
        return url_for("queue.show", **viewing.query_of(view))
    return url_for("item.show", item_id=found, **viewing.query_of(view))
