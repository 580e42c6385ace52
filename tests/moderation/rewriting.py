"""Harm to the audit chain that leaves it whole within, by somebody with the database's password."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from moderation import audit
from moderation.tables import AuditBodyRow, AuditEntryRow, AuditHeadRow

LINES = 6
"""How many lines the chain has before the harm."""


def cut_the_tail(session: Session) -> None:
    """Cut two lines off and end the chain before them."""
    for row in (AuditBodyRow, AuditEntryRow):
        session.execute(delete(row).where(row.seq > LINES - 2))
    end = session.scalars(select(AuditEntryRow).order_by(AuditEntryRow.seq.desc())).first()
    assert end is not None
    session.execute(update(AuditHeadRow).values(seq=end.seq, line_hash=end.line_hash))


def write_anew(session: Session, from_line: int = 3) -> None:
    """Change what a line says and every hash after it, so that the chain is whole again."""
    entries = session.scalars(select(AuditEntryRow).order_by(AuditEntryRow.seq)).all()
    last = ""
    for entry in entries[from_line - 1 :]:
        body = session.get_one(AuditBodyRow, entry.seq)
        if entry.seq == from_line:
            body.body = (body.body or "").replace("system:test", "user:1")
        entry.prev_hash = last or entry.prev_hash
        entry.body_hash = audit.digest(body.body or "")
        last = entry.line_hash = audit.digest(
            audit.skeleton(entry.seq, entry.prev_hash, entry.body_hash)
        )
    session.execute(update(AuditHeadRow).values(line_hash=last))


def swap_two(session: Session) -> None:
    """Put two bodies in each other's place and make every hash fit."""
    first, second = (session.get_one(AuditBodyRow, seq) for seq in (3, 4))
    first.body, second.body = second.body, first.body
    session.flush()
    write_anew(session)


def leave_one_out(session: Session) -> None:
    """Remove a line, close the gap and make every hash fit."""
    for row in (AuditBodyRow, AuditEntryRow):
        session.execute(delete(row).where(row.seq == 3))
        for seq in range(4, LINES + 1):
            session.execute(update(row).where(row.seq == seq).values(seq=seq - 1))
    before = session.get_one(AuditEntryRow, 2).line_hash
    session.execute(update(AuditEntryRow).where(AuditEntryRow.seq == 3).values(prev_hash=before))
    session.execute(update(AuditHeadRow).values(seq=LINES - 1))
    session.expire_all()
    write_anew(session)
