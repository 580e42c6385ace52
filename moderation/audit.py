"""move(), the only door to a state, and the hash chain that every change and case read joins."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import event, insert, select, update
from sqlalchemy.orm import Session

from moderation.access import Actor
from moderation.lifecycle import Event, State, next_state
from moderation.tables import AuditBodyRow, AuditEntryRow, AuditHeadRow, ItemRow

ZERO: Final = "0" * 64
_PENDING: Final = "audit_lines"


class Stateful(Protocol):
    """A row with a lifecycle."""

    __tablename__: str
    id: Any
    state: Any


@dataclass(frozen=True, slots=True)
class Line:
    """One line before it has its place in the chain."""

    org_id: str
    verb: str
    actor: str
    object: str
    at: datetime
    reason: str = ""
    outcome: str = "ok"
    detail: Mapping[str, Any] = field(default_factory=dict)


def append(
    session: Session,
    verb: str,
    about: str,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    outcome: str = "ok",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add one line to the chain, written with the caller's commit; about is like "item:12".

    The line gets its place when the transaction commits, so that the head of the chain is locked
    last and held shortest. detail holds ids, codes and counts: never a text, never a name.
    """
    line = Line(actor.org_id, verb, actor.ref, about, at, reason, outcome, detail or {})
    session.info.setdefault(_PENDING, []).append(line)


def move(
    session: Session, row: Stateful, event_: Event, *, actor: Actor, at: datetime, reason: str = ""
) -> None:
    """Move a row along one edge and write the line that says so, in the caller's transaction.

    Raises IllegalTransition and changes nothing when the lifecycle has no such edge.
    """
    before: State = row.state
    row.state = next_state(row.__tablename__, before, event_)
    session.flush()
    append(
        session,
        f"{row.__tablename__}.{event_.value}",
        f"{row.__tablename__}:{row.id}",
        actor=actor,
        at=at,
        reason=reason,
        detail={"before": before.value, "after": row.state.value},
    )


def move_items(
    session: Session,
    changes: Iterable[tuple[Event, Mapping[str, Any]]],
    before: State,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
) -> None:
    """Move many items that stand in one state, with one line for the batch.

    Each change is (event, columns); columns hold "id" and what else is set on that item, the same
    names for all. An item that has left the state meanwhile keeps what it has: the caller holds
    the rows' lock or is the only one to move items out of that state.
    """
    rows = []
    moved: dict[str, list[int]] = {}
    for event_, columns in changes:
        after = next_state("item", before, event_)
        rows.append({**columns, "state": after})
        moved.setdefault(after.value, []).append(columns["id"])
    if not rows:
        return
    session.execute(update(ItemRow), rows)
    append(
        session,
        "item.batch",
        "items",
        actor=actor,
        at=at,
        reason=reason,
        detail={"before": before.value, "after": moved},
    )


@event.listens_for(Session, "before_commit")
def _write_pending(session: Session) -> None:
    """Chain the lines that this transaction added, in order, behind the locked head."""
    lines: list[Line] = session.info.pop(_PENDING, [])
    if not lines:
        return
    session.flush()
    head = session.execute(
        select(AuditHeadRow.seq, AuditHeadRow.line_hash)
        .where(AuditHeadRow.id == 1)
        .with_for_update()
    ).one()
    seq, last = head.seq, head.line_hash
    entries, bodies = [], []
    for line in lines:
        seq += 1
        body = _body(seq, line)
        body_hash = digest(body)
        line_hash = digest(skeleton(seq, last, body_hash))
        entries.append(
            {"seq": seq, "prev_hash": last, "body_hash": body_hash, "line_hash": line_hash}
        )
        bodies.append(
            {
                "seq": seq,
                "org_id": line.org_id,
                "at": line.at,
                "verb": line.verb,
                "actor": line.actor,
                "object": line.object,
                "body": body,
            }
        )
        last = line_hash
    session.execute(insert(AuditEntryRow), entries)
    session.execute(insert(AuditBodyRow), bodies)
    session.execute(
        update(AuditHeadRow).where(AuditHeadRow.id == 1).values(seq=seq, line_hash=last)
    )


@event.listens_for(Session, "after_rollback")
def _forget_pending(session: Session) -> None:
    """What did not happen leaves no line."""
    session.info.pop(_PENDING, None)


def skeleton(seq: int, prev_hash: str, body_hash: str) -> str:
    """Return one skeleton line without its line feed."""
    return f"{seq} {prev_hash} {body_hash}"


def digest(line: str) -> str:
    """Return the SHA-256 of a line and its line feed, as `sha256sum` would print it."""
    return hashlib.sha256(f"{line}\n".encode()).hexdigest()


def _body(seq: int, line: Line) -> str:
    """Return one line of ASCII JSON; the salt keeps a guessable body from being guessed."""
    return json.dumps(
        {
            "seq": seq,
            "org": line.org_id,
            "at": line.at.isoformat(timespec="milliseconds"),
            "verb": line.verb,
            "actor": line.actor,
            "object": line.object,
            "reason": line.reason,
            "outcome": line.outcome,
            "detail": line.detail,
            "salt": secrets.token_hex(16),
        },
        sort_keys=True,
        ensure_ascii=True,
        separators=(",", ":"),
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the chain found; broken_at is the first bad line, 0 when whole."""

    entries: int
    broken_at: int = 0
    why: str = ""


def verify(session: Session) -> Verdict:
    """Recompute the whole chain and say where it breaks, if it does. Reads row by row."""
    # One statement, so that lines which others add meanwhile are in the chain and in its head or
    # in neither.
    head = select(AuditHeadRow.seq, AuditHeadRow.line_hash).where(AuditHeadRow.id == 1)
    lines = (
        select(
            AuditEntryRow.seq,
            AuditEntryRow.prev_hash,
            AuditEntryRow.body_hash,
            AuditEntryRow.line_hash,
            AuditBodyRow.body,
            AuditBodyRow.erased_at,
            AuditBodyRow.seq.label("body_seq"),
            head.with_only_columns(AuditHeadRow.seq).scalar_subquery().label("head_seq"),
            head.with_only_columns(AuditHeadRow.line_hash).scalar_subquery().label("head_hash"),
        )
        .join(AuditBodyRow, AuditBodyRow.seq == AuditEntryRow.seq, isouter=True)
        .order_by(AuditEntryRow.seq)
        .execution_options(yield_per=1000)
    )
    end: tuple[int, str] | None = None
    last, expected = ZERO, 0
    with session.execute(lines) as rows:
        for row in rows:
            expected += 1
            why = _fault(row, expected, last)
            if why:
                return Verdict(expected - 1, expected, why)
            last, end = row.line_hash, (row.head_seq, row.head_hash)
    if end is None:
        end = session.execute(head).one_or_none()
    if end != (expected, last):
        return Verdict(expected, expected + 1, "lines are missing at the end of the chain")
    return Verdict(expected)


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
