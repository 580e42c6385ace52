"""Actions that wait for their evidence: ask for one, take it back, or do it by hand instead."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor, Right
from moderation.actions.following import REFERENCE_LIMIT
from moderation.actions.grounds import RIGHT_FOR, require_none_running, standing_decision
from moderation.errors import Conflict, EvidenceMissing, NotFound
from moderation.lifecycle import EvidenceState
from moderation.model import ActionKind
from moderation.scope import see_item, visible_items
from moderation.tables import (
    ActionOnCaptureRow,
    AdditionKind,
    EvidenceAdditionRow,
    EvidenceRow,
    ItemRow,
    ItemVersionRow,
)

EDITED: Final = "The words were edited after this was asked for. Look at them and decide again."
TAKEN_BACK: Final = "It was taken back before its evidence was captured."
BY_HAND: Final = (
    "The capture failed, so a person did it on the platform itself, with evidence of their own "
    "added first. What they saw afterwards: {reason}"
)


def wait_for(
    session: Session,
    evidence: EvidenceRow,
    kind: ActionKind,
    *,
    reason: str,
    form_id: str,
    actor: Actor,
    now: datetime,
    by_hand: str = "",
) -> ActionOnCaptureRow:
    """Keep that an action was asked for and follows as soon as this evidence is captured.

    The evidence is of the item's present words, not captured yet, and locked by the caller: the
    capture that ends next then finds this row. Raises Conflict as a request does.
    """
    actor.require(RIGHT_FOR[kind])
    item = see_item(session, actor, evidence.item_id, lock=True)
    if standing_decision(session, item).version_seq != evidence.version_seq:
        raise Conflict(EDITED)
    require_none_running(session, item, kind)
    _require_none_waiting(session, evidence.id, kind)
    asked = ActionOnCaptureRow(
        evidence_id=evidence.id,
        kind=kind,
        reason=reason,
        by_hand=by_hand,
        requested_by=actor.user_id,
        requested_at=now,
        form_id=form_id,
    )
    session.add(asked)
    session.flush()
    line(session, asked, "ask", actor, now, reason=reason, item=item.id, evidence=evidence.id)
    return asked


def asked_before(session: Session, item_id: int, form_id: str) -> ActionOnCaptureRow | None:
    """Return what this form asked for about this item already."""
    return session.scalar(
        select(ActionOnCaptureRow)
        .join(EvidenceRow, EvidenceRow.id == ActionOnCaptureRow.evidence_id)
        .where(ActionOnCaptureRow.form_id == form_id, EvidenceRow.item_id == item_id)
    )


def withdraw(session: Session, asked_id: int, *, actor: Actor, now: datetime) -> ActionOnCaptureRow:
    """Take back what waits; a lead may take back what others asked for."""
    asked = see_asked(session, asked_id, actor=actor, lock=True)
    if asked.requested_by != actor.user_id:
        actor.require(Right.APPROVE_BLOCK)
    _require_waiting(asked)
    asked.settled_at, asked.says = now, TAKEN_BACK
    line(session, asked, "withdraw", actor, now)
    return asked


def done_by_hand(
    session: Session,
    asked_id: int,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    reference: str = "",
) -> ActionOnCaptureRow:
    """Keep that a person did on the platform what waits for a capture that failed.

    Raises EvidenceMissing until somebody has added a file of their own to the evidence of these
    words, and Conflict while the capture is still under way.
    """
    asked = see_asked(session, asked_id, actor=actor, lock=True)
    actor.require(RIGHT_FOR[asked.kind])
    _require_waiting(asked)
    evidence = session.scalars(select(EvidenceRow).where(EvidenceRow.id == asked.evidence_id)).one()
    if evidence.state is not EvidenceState.FAILED:
        msg = "The capture is still under way. It is done as soon as the evidence is captured."
        raise Conflict(msg)
    _require_own_evidence(session, evidence)
    asked.settled_at, asked.done_by = now, actor.user_id
    said = f"{reason} ({reference[:REFERENCE_LIMIT]})" if reference else reason
    asked.says = BY_HAND.format(reason=said)
    line(session, asked, "do_by_hand", actor, now, reason=said)
    return asked


def see_asked(
    session: Session, asked_id: int, *, actor: Actor, lock: bool = False
) -> ActionOnCaptureRow:
    """Return what was asked for about an item that the actor may see; NotFound otherwise."""
    query = (
        select(ActionOnCaptureRow)
        .join(EvidenceRow, EvidenceRow.id == ActionOnCaptureRow.evidence_id)
        .join(ItemRow, ItemRow.id == EvidenceRow.item_id)
        .where(ActionOnCaptureRow.id == asked_id, visible_items(actor))
    )
    if lock:
        query = query.with_for_update(of=ActionOnCaptureRow)
    asked = session.scalar(query)
    if asked is None:
        msg = "There is no such action, or it is not yours to see."
        raise NotFound(msg)
    return asked


def item_of(session: Session, asked: ActionOnCaptureRow) -> int:
    """Return the id of the item that it is about."""
    return session.scalars(
        select(EvidenceRow.item_id).where(EvidenceRow.id == asked.evidence_id)
    ).one()


def line(
    session: Session,
    asked: ActionOnCaptureRow,
    verb: str,
    actor: Actor,
    now: datetime,
    reason: str = "",
    **more: int,
) -> None:
    """Add the line that says what became of it."""
    audit.append(
        session,
        f"action_on_capture.{verb}",
        f"action_on_capture:{asked.id}",
        actor=actor,
        at=now,
        reason=reason,
        detail={"kind": asked.kind.value, **more},
    )


def _require_none_waiting(session: Session, evidence_id: int, kind: ActionKind) -> None:
    waiting = session.scalar(
        select(ActionOnCaptureRow.id).where(
            ActionOnCaptureRow.evidence_id == evidence_id,
            ActionOnCaptureRow.kind == kind,
            ActionOnCaptureRow.settled_at.is_(None),
        )
    )
    if waiting is not None:
        msg = (
            f"Somebody asked for this {kind.value} already; it is done as soon as the evidence is "
            "captured."
        )
        raise Conflict(msg)


def _require_waiting(asked: ActionOnCaptureRow) -> None:
    if asked.settled_at is not None:
        msg = "It is settled already: the page says how it went. Nothing was changed."
        raise Conflict(msg)


def _require_own_evidence(session: Session, evidence: EvidenceRow) -> None:
    """Raise EvidenceMissing unless a person added something since these words were seen."""
    seen_at = (
        select(ItemVersionRow.seen_at)
        .where(
            ItemVersionRow.item_id == evidence.item_id,
            ItemVersionRow.seq == evidence.version_seq,
        )
        .scalar_subquery()
    )
    added = exists().where(
        EvidenceAdditionRow.item_id == evidence.item_id,
        EvidenceAdditionRow.erased_at.is_(None),
        EvidenceAdditionRow.added_at >= seen_at,
        # A browser's picture may be of the words before.
        EvidenceAdditionRow.kind != AdditionKind.LIVE_PAGE,
    )
    if not session.scalar(select(added)):
        msg = (
            "Add your own evidence first, for example a screenshot: once it is taken down on the "
            "platform, nobody can see it again."
        )
        raise EvidenceMissing(msg)
