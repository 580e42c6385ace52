"""The hash chain: lines get their place when their transaction commits, behind the locked head."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Insert, bindparam, event, insert, select, text, update
from sqlalchemy.orm import Session

from moderation.access import Actor
from moderation.store import FLUSHES, UNFLUSHED
from moderation.tables import AuditBodyRow, AuditEntryRow, AuditHeadRow, to_ms

ZERO: Final = "0" * 64
_PENDING: Final = "audit_lines"

Rows: TypeAlias = list[dict[str, Any]]


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


def skeleton(seq: int, prev_hash: str, body_hash: str) -> str:
    """Return one skeleton line without its line feed."""
    return f"{seq} {prev_hash} {body_hash}"


def digest(line: str) -> str:
    """Return the SHA-256 of a line and its line feed, as `sha256sum` would print it."""
    return hashlib.sha256(f"{line}\n".encode()).hexdigest()


def _inserting(row: Any, *names: str) -> Insert:
    return insert(row.__table__).values({name: bindparam(name) for name in names})


# Built once and below the mapper: whoever holds the head keeps every other writer waiting, and
# the mapper takes longer over a row than the database does.
_HEAD: Final = AuditHeadRow.__table__.c
_LOCK: Final = select(_HEAD.seq, _HEAD.line_hash).where(_HEAD.id == 1).with_for_update()
_ENTRY: Final = _inserting(AuditEntryRow, "seq", "prev_hash", "body_hash", "line_hash")
_BODY: Final = _inserting(AuditBodyRow, "seq", "org_id", "at", "verb", "actor", "object", "body")
_MOVE: Final = (
    update(AuditHeadRow)
    .where(_HEAD.id == 1)
    .values(seq=bindparam("end"), line_hash=bindparam("end_hash"))
)
# See moderation/migrations/audit_append.py. The head stays locked until the commit has returned;
# waiting for the disk, each writer would wait for its own flush and none could share one.
_APPEND: Final = text(
    "SELECT audit_append(:tops, :tails, :orgs, CAST(:ats AS bigint[]), :verbs, :actors, :abouts), "
    "set_config('synchronous_commit', CASE WHEN :flushes THEN 'off' ELSE "
    "current_setting('synchronous_commit') END, true)"
)


@event.listens_for(Session, "before_commit")
def _write_pending(session: Session) -> None:
    """Chain the lines that this transaction added, in order, behind the locked head."""
    lines: list[Line] = session.info.pop(_PENDING, [])
    if not lines:
        return
    session.flush()
    if session.get_bind().dialect.name == "sqlite":
        _place(session.connection(), lines)
    else:
        _have_placed(session, lines)


@event.listens_for(Session, "after_rollback")
def _forget_pending(session: Session) -> None:
    """What did not happen leaves no line."""
    session.info.pop(_PENDING, None)


def _have_placed(session: Session, lines: list[Line]) -> None:
    """Let PostgreSQL place the lines. A store that flushes by itself is told that it has to."""
    flushes = session.info.get(FLUSHES, False)
    halves = [_halves(line) for line in lines]
    session.connection().execute(
        _APPEND,
        {
            "tops": [top for top, _ in halves],
            "tails": [tail for _, tail in halves],
            "orgs": [line.org_id for line in lines],
            "ats": [to_ms(line.at) for line in lines],
            "verbs": [line.verb for line in lines],
            "actors": [line.actor for line in lines],
            "abouts": [line.object for line in lines],
            "flushes": flushes,
        },
    )
    if flushes:
        session.info[UNFLUSHED] = True


def _place(connection: Connection, lines: list[Line]) -> None:
    head = connection.execute(_LOCK).one()
    entries, bodies = _placed(lines, head.seq, head.line_hash)
    connection.execute(_ENTRY, _one_or_many(entries))
    connection.execute(_BODY, _one_or_many(bodies))
    connection.execute(_MOVE, {"end": entries[-1]["seq"], "end_hash": entries[-1]["line_hash"]})


def _placed(lines: list[Line], seq: int, last: str) -> tuple[Rows, Rows]:
    """Return the skeleton lines that follow a given end of the chain, and their bodies."""
    entries, bodies = [], []
    for line in lines:
        seq += 1
        top, tail = _halves(line)
        body = f"{top}{seq}{tail}"
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
    return entries, bodies


def _one_or_many(rows: Rows) -> dict[str, Any] | Rows:
    """Return a single row by itself: sending many costs a round trip more."""
    return rows[0] if len(rows) == 1 else rows


def _halves(line: Line) -> tuple[str, str]:
    """Return one line of ASCII JSON, cut where its number goes.

    The salt keeps a guessable body from being guessed.
    """
    before = _json(
        {
            "org": line.org_id,
            "at": line.at.isoformat(timespec="milliseconds"),
            "actor": line.actor,
            "object": line.object,
            "reason": line.reason,
            "outcome": line.outcome,
            "detail": line.detail,
            "salt": secrets.token_hex(16),
        }
    )
    return f'{before[:-1]},"seq":', f",{_json({'verb': line.verb})[1:]}"


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
