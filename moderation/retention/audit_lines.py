"""What the lines of the audit chain say, emptied when its time has come; the chain stays whole."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor
from moderation.lifecycle import CaseState
from moderation.policy_parts import Retention
from moderation.tables import (
    ActionOnCaptureRow,
    AuditBodyRow,
    CaseItemRow,
    CaseRow,
    EvidenceAdditionRow,
    EvidenceRow,
    LegalHoldRow,
    PlatformActionRow,
)

BATCH: Final = 500


def erase_old(
    session: Session, org_id: str, periods: Retention, *, actor: Actor, now: datetime
) -> int:
    """Empty the oldest bodies whose time has come and return how many; call it until none is left.

    Lines about what is held, and about cases that are open, stay whole. The skeleton keeps every
    line with its hashes, so the chain still checks. One more line says which were emptied.
    """
    old = and_(
        AuditBodyRow.org_id == org_id,
        AuditBodyRow.at < now - timedelta(days=periods.audit),
        AuditBodyRow.body.is_not(None),
    )
    if session.scalar(select(AuditBodyRow.seq).where(old).limit(1)) is None:
        return 0
    kept = or_(
        AuditBodyRow.object.is_(None), AuditBodyRow.object.not_in(sorted(_kept(session, org_id)))
    )
    lines = list(
        session.scalars(
            select(AuditBodyRow.seq).where(old, kept).order_by(AuditBodyRow.seq).limit(BATCH)
        )
    )
    if lines:
        audit.erase_many(session, lines, actor=actor, reason="retention", now=now)
    return len(lines)


def _kept(session: Session, org_id: str) -> set[str]:
    """Return the chain's names of what is held, of open cases, and of all that is in these."""
    holds = session.execute(
        select(LegalHoldRow.item_id, LegalHoldRow.case_id).where(
            LegalHoldRow.org_id == org_id, LegalHoldRow.ended_at.is_(None)
        )
    ).all()
    open_cases = session.scalars(
        select(CaseRow.id).where(CaseRow.org_id == org_id, CaseRow.state != CaseState.CLOSED)
    ).all()
    cases = {*open_cases, *(hold.case_id for hold in holds if hold.case_id is not None)}
    items = {hold.item_id for hold in holds if hold.item_id is not None}
    items |= set(session.scalars(select(CaseItemRow.item_id).where(CaseItemRow.case_id.in_(cases))))
    records = session.scalars(select(EvidenceRow.id).where(EvidenceRow.item_id.in_(items)))
    acts = session.scalars(select(PlatformActionRow.id).where(PlatformActionRow.item_id.in_(items)))
    added = session.scalars(
        select(EvidenceAdditionRow.id).where(EvidenceAdditionRow.item_id.in_(items))
    )
    asked = session.scalars(
        select(ActionOnCaptureRow.id)
        .join(EvidenceRow, EvidenceRow.id == ActionOnCaptureRow.evidence_id)
        .where(EvidenceRow.item_id.in_(items))
    )
    return {
        *_named("case", cases),
        *_named("hr_case", cases),
        *_named("item", items),
        *_named("evidence_record", records),
        *_named("platform_action", acts),
        *_named("evidence_addition", added),
        *_named("action_on_capture", asked),
    }


def _named(kind: str, ids: Iterable[int]) -> set[str]:
    return {f"{kind}:{one}" for one in ids}
