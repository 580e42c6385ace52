"""Erase what a line says: its place in the chain stays, and another line says that it was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from moderation.access import Actor
from moderation.audit.chain import append
from moderation.errors import NotFound
from moderation.tables import AuditBodyRow


def erase(session: Session, seq: int, *, actor: Actor, reason: str, now: datetime) -> None:
    """Empty the body of one of the actor's organisation's lines; verb and time stay.

    The chain stays whole: it holds the body's hash, and the salt that is gone with the body keeps
    anybody from guessing what it said. The caller has the right to erase, and commits. Raises
    NotFound when there is no such line, or when it was erased before.
    """
    erased = session.scalar(
        update(AuditBodyRow)
        .where(
            AuditBodyRow.seq == seq,
            AuditBodyRow.org_id == actor.org_id,
            AuditBodyRow.erased_at.is_(None),
        )
        .values(body=None, actor=None, object=None, erased_at=now)
        .returning(AuditBodyRow.seq)
        .execution_options(synchronize_session=False)
    )
    if erased is None:
        msg = "There is no such line, or it was erased before."
        raise NotFound(msg)
    append(session, "audit.erase", f"audit_line:{seq}", actor=actor, at=now, reason=reason)


def erase_many(
    session: Session, lines: Sequence[int], *, actor: Actor, reason: str, now: datetime
) -> None:
    """Empty the bodies of several of the organisation's lines, with one line about them all."""
    session.execute(
        update(AuditBodyRow)
        .where(
            AuditBodyRow.seq.in_(lines),
            AuditBodyRow.org_id == actor.org_id,
            AuditBodyRow.erased_at.is_(None),
        )
        .values(body=None, actor=None, object=None, erased_at=now)
        .execution_options(synchronize_session=False)
    )
    detail = {"first": min(lines), "last": max(lines), "lines": len(lines)}
    append(session, "audit.erase", "audit_lines", actor=actor, at=now, reason=reason, detail=detail)
