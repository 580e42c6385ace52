"""The audit trail of a pack: the chain's lines, and the bodies that speak of this pack alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.tables import AuditBodyRow, AuditEntryRow

# Only what happened to items, evidence and actions: never a line about a case, whose reasons are
# HR's, and never who looked, for a reason to look can name another matter.
_SHOWN: Final = ("item.", "evidence.", "evidence_record.", "platform_action.")
_WITHHELD: Final = "item.view"
_AT_ONCE: Final = 500


def bodies_about(session: Session, objects: Sequence[str]) -> dict[int, bytes]:
    """Return the bodies of lines about these objects by number; erased ones are not there."""
    found: dict[int, bytes] = {}
    for start in range(0, len(objects), _AT_ONCE):
        rows = session.execute(
            select(AuditBodyRow.seq, AuditBodyRow.verb, AuditBodyRow.body).where(
                AuditBodyRow.object.in_(objects[start : start + _AT_ONCE]),
                AuditBodyRow.body.is_not(None),
            )
        )
        for seq, verb, body in rows:
            if body is not None and verb.startswith(_SHOWN) and verb != _WITHHELD:
                found[seq] = f"{body}\n".encode()
    return dict(sorted(found.items()))


def write_chain(session: Session, last: int, out: IO[bytes]) -> str:
    """Write the chain's lines up to a number, one after the other, and return the hash there.

    A line's hash is that of its text and its line feed, so `sha256sum` can follow the chain.
    """
    head = audit.ZERO
    rows = session.execute(
        select(AuditEntryRow)
        .where(AuditEntryRow.seq <= last)
        .order_by(AuditEntryRow.seq)
        .execution_options(yield_per=1000)
    ).scalars()
    for row in rows:
        out.write(f"{audit.skeleton(row.seq, row.prev_hash, row.body_hash)}\n".encode())
        head = row.line_hash
    return head
