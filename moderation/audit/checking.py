"""Check the chain: recompute every line, and say where it breaks if it does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from moderation.audit.chain import ZERO, digest, skeleton
from moderation.tables import AuditBodyRow, AuditEntryRow, AuditHeadRow


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the chain found; broken_at is the first bad line, 0 when whole.

    entries counts the good lines from the first one on, last is the hash of the last of them.
    is_done says that there is nothing left to check.
    """

    entries: int
    broken_at: int = 0
    why: str = ""
    last: str = field(default=ZERO, compare=False)
    is_done: bool = field(default=True, compare=False)


START: Final = Verdict(0, is_done=False)
_TAIL: Final = "lines are missing at the end of the chain"
_HEAD: Final = select(AuditHeadRow.seq, AuditHeadRow.line_hash).where(AuditHeadRow.id == 1)


def verify(session: Session, after: Verdict = START, most: int | None = None) -> Verdict:
    """Recompute the chain and say where it breaks, if it does. Reads row by row.

    most ends the check after so many lines, to be gone on with from its verdict: a long chain
    would keep one reading open for minutes.
    """
    end: tuple[int, str] | None = None
    last, expected = after.last, after.entries
    with session.execute(_lines(after.entries, most)) as rows:
        for row in rows:
            expected += 1
            why = _fault(row, expected, last)
            if why:
                return Verdict(expected - 1, expected, why, last)
            last, end = row.line_hash, (row.head_seq, row.head_hash)
    if most is not None and expected == after.entries + most:
        return Verdict(expected, last=last, is_done=False)
    if end is None:
        end = session.execute(_HEAD).one_or_none()
    if end != (expected, last):
        return Verdict(expected, expected + 1, _TAIL, last)
    return Verdict(expected, last=last)


def _lines(after: int, most: int | None) -> Select[Any]:
    # One statement, so that lines which others add meanwhile are in the chain and in its head or
    # in neither.
    return (
        select(
            AuditEntryRow.seq,
            AuditEntryRow.prev_hash,
            AuditEntryRow.body_hash,
            AuditEntryRow.line_hash,
            AuditBodyRow.body,
            AuditBodyRow.erased_at,
            AuditBodyRow.seq.label("body_seq"),
            _HEAD.with_only_columns(AuditHeadRow.seq).scalar_subquery().label("head_seq"),
            _HEAD.with_only_columns(AuditHeadRow.line_hash).scalar_subquery().label("head_hash"),
        )
        .join(AuditBodyRow, AuditBodyRow.seq == AuditEntryRow.seq, isouter=True)
        .where(AuditEntryRow.seq > after)
        .order_by(AuditEntryRow.seq)
        .limit(most)
        .execution_options(yield_per=1000)
    )


def _fault(row: Any, expected: int, last: str) -> str:
    """Return what is wrong with one line, or nothing."""
    if row.seq != expected:
        return f"line {expected} is missing"
    if row.prev_hash != last:
        return "the line does not follow the one before it"
    if digest(skeleton(row.seq, row.prev_hash, row.body_hash)) != row.line_hash:
        return "the line was changed"
    if row.body_seq is None:
        return "the body of the line is missing"
    if row.body is None:
        return "" if row.erased_at is not None else "the body of the line was emptied unlawfully"
    return "" if digest(row.body) == row.body_hash else "the body of the line was changed"
