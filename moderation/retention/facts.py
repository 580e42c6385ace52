"""Read from the record what the rules of retention look at, for many items or cases at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from moderation.holds import held_items, live
from moderation.lifecycle import ActionState, CaseState, DisclosureState, EvidenceState, ItemState
from moderation.model import ActionKind
from moderation.retention.classes import CaseFacts, Found, ItemFacts
from moderation.tables import (
    ActionOnCaptureRow,
    CaseItemRow,
    CaseRow,
    DecisionRow,
    DisclosureRow,
    EvidenceRow,
    HoldReason,
    ItemRow,
    ItemVersionRow,
    LegalHoldRow,
    PatternItemRow,
    PatternRow,
    PlatformActionRow,
    SupportRow,
    SupportStatus,
)
from moderation.taxonomy import INTERNAL_AUTHORS, Abuse

_WAITS: Final = frozenset({ItemState.NEW, ItemState.REVIEW, ItemState.IN_HAND})
_UNDER_WAY: Final = (
    ActionState.PROPOSED,
    ActionState.PLANNED,
    ActionState.SENT,
    ActionState.NEEDS_PERSON,
)
_IN_EFFECT: Final = (ActionState.VERIFIED, ActionState.ACCEPTED, ActionState.DONE_BY_HAND)
# A claim for harassment or injury may follow where these were alleged, or where somebody was away.
CLAIMS: Final = (Abuse.HARASSMENT_COURSE, Abuse.DISCRIMINATORY_ABUSE, Abuse.SEXUAL_ABUSE)
ABSENCE: Final = ("absence_contact", "return_to_work", "occupational_health")
_TAKEN_UP: Final = (SupportStatus.ACCEPTED, SupportStatus.DONE)


def of_items(
    session: Session, item_ids: Sequence[int], *, without_case: int | None = None
) -> dict[int, ItemFacts]:
    """Return the facts of each item that is there, as if it did not belong to one case."""
    rows = session.execute(
        select(ItemRow.id, ItemRow.state, func.max(ItemVersionRow.seen_at).label("seen_at"))
        .join(ItemVersionRow, ItemVersionRow.item_id == ItemRow.id)
        .where(ItemRow.id.in_(item_ids))
        .group_by(ItemRow.id, ItemRow.state)
    )
    made = {row.id: ItemFacts(seen_at=row.seen_at, waits=row.state in _WAITS) for row in rows}
    in_cases = partial(_in_cases, without_case=without_case)
    for part in (_decisions, _evidence, _actions, _packs, _patterns, _blocks, _holds, in_cases):
        for item_id, more in part(session, list(made)).items():
            made[item_id] = replace(made[item_id], **more)
    return made


def of_cases(session: Session, case_ids: Sequence[int]) -> dict[int, CaseFacts]:
    """Return the facts of each case that is there."""
    held = defaultdict(set)
    for case_id, reason in session.execute(
        select(LegalHoldRow.case_id, LegalHoldRow.reason).where(
            live(), LegalHoldRow.case_id.in_(case_ids)
        )
    ):
        held[case_id].add(reason)
    rows = session.execute(
        select(
            CaseRow.id,
            CaseRow.state,
            CaseRow.closed_at,
            CaseRow.perpetrator_type,
            CaseRow.safeguarding_answer,
            or_(_alleges_harassment(), _speaks_of_absence()).label("claim"),
            _pack_under_way().label("busy"),
        ).where(CaseRow.id.in_(case_ids))
    )
    return {
        row.id: CaseFacts(
            closed_at=row.closed_at if row.state is CaseState.CLOSED else None,
            internal=row.perpetrator_type in INTERNAL_AUTHORS,
            safeguarding=row.safeguarding_answer.startswith("Yes"),
            claim=bool(row.claim),
            held=bool(held[row.id]),
            police=HoldReason.POLICE in held[row.id],
            busy=bool(row.busy),
        )
        for row in rows
    }


Parts = dict[int, dict[str, Any]]


def _decisions(session: Session, ids: list[int]) -> Parts:
    last = (
        select(func.max(DecisionRow.id))
        .where(DecisionRow.item_id.in_(ids))
        .group_by(DecisionRow.item_id)
    )
    rows = session.execute(
        select(
            DecisionRow.item_id, DecisionRow.outcome, DecisionRow.severity, DecisionRow.at
        ).where(DecisionRow.id.in_(last))
    )
    return {
        row.item_id: {
            "found": Found(row.outcome.value),
            "severity": row.severity,
            "decided_at": row.at,
        }
        for row in rows
    }


def _evidence(session: Session, ids: list[int]) -> Parts:
    waits = EvidenceRow.state == EvidenceState.WANTED
    asked = exists().where(
        ActionOnCaptureRow.evidence_id == EvidenceRow.id, ActionOnCaptureRow.settled_at.is_(None)
    )
    rows = session.execute(
        select(
            EvidenceRow.item_id,
            func.max(func.coalesce(EvidenceRow.captured_at, EvidenceRow.wanted_at)),
            func.count().filter(or_(waits, asked)),
        )
        .where(EvidenceRow.item_id.in_(ids))
        .group_by(EvidenceRow.item_id)
    )
    return {
        item_id: {"wanted_at": at, **({"busy": True} if under_way else {})}
        for item_id, at, under_way in rows
    }


def _actions(session: Session, ids: list[int]) -> Parts:
    busy = session.scalars(
        select(PlatformActionRow.item_id).where(
            PlatformActionRow.item_id.in_(ids), PlatformActionRow.state.in_(_UNDER_WAY)
        )
    )
    return {item_id: {"busy": True} for item_id in busy}


def _packs(session: Session, ids: list[int]) -> Parts:
    names = {f"item:{item_id}": item_id for item_id in ids}
    asked = session.scalars(
        select(DisclosureRow.about).where(
            DisclosureRow.about.in_(list(names)), DisclosureRow.state == DisclosureState.ASKED
        )
    )
    return {names[about]: {"busy": True} for about in asked}


def _patterns(session: Session, ids: list[int]) -> Parts:
    rows = session.execute(
        select(PatternItemRow.item_id, func.max(PatternRow.last_at))
        .join(PatternRow, PatternRow.id == PatternItemRow.pattern_id)
        .where(PatternItemRow.item_id.in_(ids))
        .group_by(PatternItemRow.item_id)
    )
    return {item_id: {"last_occasion": at} for item_id, at in rows}


def _blocks(session: Session, ids: list[int]) -> Parts:
    """Return of each item whether a block rests on it, or when the last one was lifted."""
    rows = session.execute(
        select(
            PlatformActionRow.item_id,
            PlatformActionRow.kind,
            func.coalesce(
                PlatformActionRow.verified_at,
                PlatformActionRow.first_sent_at,
                PlatformActionRow.requested_at,
            ).label("at"),
        )
        .where(
            PlatformActionRow.item_id.in_(ids),
            PlatformActionRow.kind.in_((ActionKind.BLOCK, ActionKind.UNBLOCK)),
            PlatformActionRow.state.in_(_IN_EFFECT),
        )
        .order_by(PlatformActionRow.id)
    )
    return {item_id: _block(kind, at) for item_id, kind, at in rows}


def _block(kind: ActionKind, at: datetime) -> dict[str, Any]:
    if kind is ActionKind.BLOCK:
        return {"blocked": True}
    return {"blocked": False, "unblocked_at": at}


def _holds(session: Session, ids: list[int]) -> Parts:
    return {
        item_id: {"held": True, "police": HoldReason.POLICE in reasons}
        for item_id, reasons in held_items(session, ids).items()
    }


def _in_cases(session: Session, ids: list[int], *, without_case: int | None) -> Parts:
    pairs = session.execute(
        select(CaseItemRow.item_id, CaseItemRow.case_id)
        .where(CaseItemRow.item_id.in_(ids), CaseItemRow.case_id.is_distinct_from(without_case))
        .order_by(CaseItemRow.case_id)
    ).all()
    cases = of_cases(session, [case_id for _, case_id in pairs])
    found: dict[int, list[CaseFacts]] = defaultdict(list)
    for item_id, case_id in pairs:
        found[item_id].append(cases[case_id])
    return {item_id: {"cases": tuple(facts)} for item_id, facts in found.items()}


def _alleges_harassment() -> ColumnElement[bool]:
    return exists().where(
        CaseItemRow.case_id == CaseRow.id,
        ItemRow.id == CaseItemRow.item_id,
        ItemRow.category.in_(CLAIMS),
    )


def _speaks_of_absence() -> ColumnElement[bool]:
    return exists().where(
        SupportRow.case_id == CaseRow.id,
        SupportRow.code.in_(ABSENCE),
        SupportRow.status.in_(_TAKEN_UP),
    )


def _pack_under_way() -> ColumnElement[bool]:
    return exists().where(
        DisclosureRow.case_id == CaseRow.id, DisclosureRow.state == DisclosureState.ASKED
    )
