"""The item page: the words, what surrounds them, why they are here, and what can be done."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from moderation import review, settled
from moderation.access import Actor, Right
from moderation.evidence import additions, comparing, file_types
from moderation.evidence.comparing import Compared
from moderation.evidence.printing import card
from moderation.lifecycle import ItemState
from moderation.model import ActionKind
from moderation.queries import history, queue, staff_picker
from moderation.queries.evidence_panel import evidence_panel
from moderation.queries.evidence_panel import mark as evidence_mark
from moderation.queries.item_page import ItemPage, item_page
from moderation.queries.removal import user_of
from moderation.queries.views import View, place_of
from moderation.tables import DecisionOutcome, HoldReason
from moderation.taxonomy import Abuse, HouseRule, NotAbuse, Severity, TargetType
from review_ui import evidence_words, forms, holds, offers, shell, viewing, words
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
        evidence = evidence_panel(session, actor, page)
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
        evidence=evidence,
        authorities=shell.store().authorities,
        part_words=evidence_words.PARTS,
        addition_kinds=[(kind.value, words.words(kind)) for kind in additions.BROUGHT],
        adder_of=lambda row: user_of(row.added_by),
        largest_mb=file_types.LARGEST // 1024**2,
        asked_for=_asked_for(page),
        edited=_last_edit(page),
        revealed=card.revealed(page.living.body or ""),
        tricks=card.notes_on(page.living.body or ""),
        held=holds.on_item(item_id),
        hold_reasons=list(HoldReason),
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


@pages.get("/<int:item_id>/mark")
@needs(Right.SEE_ITEMS, Right.SEE_ITEMS_WITH_REASON, Right.WORK_CASE)
def mark(item_id: int) -> Response:
    """Return a word that changes with what the page shows, so that an open page can say so."""
    with shell.reading() as session:
        said = evidence_mark(session, shell.actor(), item_id)
    return Response(f"{said}\n", mimetype="text/plain")


@pages.get("/<int:item_id>/compare")
@needs(Right.SEE_ITEMS, Right.SEE_ITEMS_WITH_REASON, Right.WORK_CASE)
def compare(item_id: int) -> str:
    """Show two versions of an edited item side by side, with the words that went and came."""
    actor = shell.actor()
    with shell.reading() as session:
        page = item_page(session, actor, item_id, now=shell.now())
        evidence = evidence_panel(session, actor, page)
    if _leaves_a_trace(page, actor):
        with shell.transaction() as session:
            review.look(session, item_id, actor=actor, now=shell.now())
    chosen = [forms.maybe_integer(request.args, name) for name in ("from", "to")]
    before, after = page.pair(*chosen)
    return render_template(
        "compare.html",
        page=page,
        item=page.item,
        before=before,
        after=after,
        compared=comparing.compare(before.body or "", after.body or ""),
        records={one.row.version_seq: one.row for one in evidence.records},
    )


def _asked_for(page: ItemPage) -> dict[str, ActionKind]:
    """Return which action a line of the history is about."""
    return {
        **{f"platform_action:{row.id}": row.kind for row in page.actions},
        **{f"action_on_capture:{row.id}": row.kind for row in page.asked},
    }


def _last_edit(page: ItemPage) -> Compared | None:
    """Return the latest edit with what went and what came; None where nothing was edited."""
    if len(page.worded) == 1:
        return None
    before, after = page.pair()
    return comparing.compare(before.body or "", after.body or "")


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
