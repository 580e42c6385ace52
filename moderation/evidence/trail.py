"""The audit trail of a pack: a stretch of the chain, and the bodies that speak of it alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.tables import AuditBodyRow, AuditCheckpointRow, AuditEntryRow

# Only what happened to items, evidence and actions: never a line about a case, whose reasons are
# HR's, and never who looked, for a reason to look can name another matter.
ALL_VERBS: Final = (
    "item.",
    "evidence.",
    "evidence_record.",
    "evidence_addition.",
    "platform_action.",
)
_WITHHELD: Final = "item.view"
_NO_REASON: Final = '"reason":""'
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """Which bodies a pack may show.

    verbs are the beginnings of what may be shown. with_reasons lets bodies in which a person gave
    a reason, in words that nobody has checked for names.
    """

    verbs: tuple[str, ...] = ALL_VERBS
    with_reasons: bool = True


@dataclass(frozen=True, slots=True)
class Trail:
    """The stretch of the chain that a pack shows.

    before is the number and the hash of the line that it follows, 0 and zeros at the chain's
    beginning. chain holds its lines, last is the number of the last and head its hash. opening is
    the checkpoint that it begins at, and closing one near its end, where there are any.
    """

    bodies: dict[int, bytes]
    chain: IO[bytes]
    before: tuple[int, str]
    last: int
    head: str
    opening: AuditCheckpointRow | None = None
    closing: AuditCheckpointRow | None = None


def trail(
    session: Session,
    objects: Sequence[str],
    shown: Shown,
    chain: IO[bytes],
    *,
    as_of: datetime,
    fingerprint: str,
) -> Trail:
    """Read the stretch from the checkpoint before the first body to the one after the last.

    Without checkpoints by the key of this fingerprint it goes from the chain's beginning to the
    last body. What was recorded after as_of is left out, so that the same question has the same
    answer. chain is an empty file to keep the lines in, for there may be many.
    """
    bodies = bodies_about(session, objects, shown, as_of)
    first, last = min(bodies, default=1), max(bodies, default=0)
    known = [AuditCheckpointRow.fingerprint == fingerprint, AuditCheckpointRow.at <= as_of]
    seq = AuditCheckpointRow.seq
    opening = session.scalar(
        select(AuditCheckpointRow).where(*known, seq < first).order_by(seq.desc()).limit(1)
    )
    closing = session.scalar(
        select(AuditCheckpointRow).where(*known, seq >= last).order_by(seq).limit(1)
    ) or session.scalar(select(AuditCheckpointRow).where(*known).order_by(seq.desc()).limit(1))
    before = (opening.seq, opening.line_hash) if opening else (0, audit.ZERO)
    last = max(last, closing.seq if closing else 0, before[0])
    head = write_chain(session, before, last, chain)
    return Trail(bodies, chain, before, last, head, opening, closing)


def bodies_about(
    session: Session, objects: Sequence[str], shown: Shown, as_of: datetime
) -> dict[int, bytes]:
    """Return the bodies of lines about these objects by number; erased ones are not there."""
    found: dict[int, bytes] = {}
    for start in range(0, len(objects), _AT_ONCE):
        rows = session.execute(
            select(AuditBodyRow.seq, AuditBodyRow.verb, AuditBodyRow.body).where(
                AuditBodyRow.object.in_(objects[start : start + _AT_ONCE]),
                AuditBodyRow.body.is_not(None),
                AuditBodyRow.at <= as_of,
            )
        )
        for seq, verb, body in rows:
            if body is not None and _may_show(shown, verb, body):
                found[seq] = f"{body}\n".encode()
    return dict(sorted(found.items()))


def _may_show(shown: Shown, verb: str, body: str) -> bool:
    if not verb.startswith(shown.verbs) or verb == _WITHHELD:
        return False
    return shown.with_reasons or _NO_REASON in body


def write_chain(session: Session, before: tuple[int, str], last: int, out: IO[bytes]) -> str:
    """Write the chain's lines between two numbers, one after the other; return the hash there.

    A line's hash is that of its text and its line feed, so `sha256sum` can follow the chain.
    """
    head = before[1]
    rows = session.execute(
        select(AuditEntryRow)
        .where(AuditEntryRow.seq > before[0], AuditEntryRow.seq <= last)
        .order_by(AuditEntryRow.seq)
        .execution_options(yield_per=1000)
    ).scalars()
    for row in rows:
        out.write(f"{audit.skeleton(row.seq, row.prev_hash, row.body_hash)}\n".encode())
        head = row.line_hash
    return head
