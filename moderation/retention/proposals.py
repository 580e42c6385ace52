"""Proposals to erase a case: made by the daily job, approved by two people, carried out by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, cast, literal, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.types import Text

from moderation import audit, jobs
from moderation.access import Actor, Right
from moderation.errors import Conflict, InvalidInput, NotFound
from moderation.holds import Held, put
from moderation.retention import due
from moderation.retention.classes import Klass
from moderation.retention.erasing import Rules
from moderation.scope import see_case, visible_cases
from moderation.tables import CaseRow, ErasureRow, HoldReason

KIND: Final = "erase"
SHORTEST_REASON: Final = 15
_MISSING: Final = "There is no such proposal, or it is not yours to see."
OPEN: Final = and_(
    ErasureRow.done_at.is_(None),
    ErasureRow.cancelled_at.is_(None),
    ErasureRow.about.startswith("case:", autoescape=True),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as people see it; ref is the case's, items how many of its items have words."""

    row: ErasureRow
    ref: str
    items: int


def job_of(erasure_id: int) -> str:
    """Return the name of the job that carries out an approved proposal, which is its ref too."""
    return f"erasure:{erasure_id}"


def propose(
    session: Session, org_id: str, rules: Rules, *, actor: Actor, now: datetime
) -> list[ErasureRow]:
    """Propose the end of every case that is due and not proposed yet; return the new ones."""
    waiting = set(
        session.scalars(select(ErasureRow.about).where(ErasureRow.org_id == org_id, OPEN))
    )
    made = []
    for case, verdict in due.due_cases(session, org_id, rules.periods, now):
        if f"case:{case.id}" in waiting or verdict.due_at is None:
            continue
        made.append(_insert(session, case, verdict.klass, verdict.due_at, rules, actor, now))
    return made


def propose_by_hand(
    session: Session, ref: str, rules: Rules, *, actor: Actor, now: datetime
) -> ErasureRow:
    """Propose the end of a case that has none by itself; one that is proposed stays proposed.

    Raises Conflict for a case that must stay, and NotFound for what is not the actor's to see.
    """
    actor.require(Right.APPROVE_ERASURE)
    case = see_case(session, actor, ref, lock=True)
    waiting = session.scalar(select(ErasureRow).where(ErasureRow.about == f"case:{case.id}", OPEN))
    if waiting is not None:
        return waiting
    verdict = due.case_verdict(session, case.id, rules.periods)
    if case.closed_at is None or not verdict.may_go(now):
        raise Conflict("This case must stay for now: it is open, held, or its time has not come.")
    due_at = verdict.due_at or case.closed_at
    return _insert(session, case, verdict.klass, due_at, rules, actor, now)


def listed(session: Session, *, actor: Actor) -> list[Proposal]:
    """Return the open proposals that the actor may see, the longest due first."""
    actor.require(Right.SEE_RETENTION)
    rows = session.execute(
        select(ErasureRow, CaseRow)
        .join(CaseRow, of_case())
        .where(visible(actor), OPEN)
        .order_by(ErasureRow.due_at, ErasureRow.id)
    ).all()
    return [Proposal(row, case.ref, len(due.items_of(session, case.id))) for row, case in rows]


def approve(
    session: Session, erasure_id: int, rules: Rules, *, actor: Actor, now: datetime
) -> ErasureRow:
    """Approve a proposal; the second person's word sets the job off.

    Raises Conflict for the same person twice, and for a case that must stay by now.
    """
    actor.require(Right.APPROVE_ERASURE)
    row = _lock(session, erasure_id, actor)
    if row.second_by is not None:
        raise Conflict("Two people have approved this already.")
    if row.first_by == actor.ref:
        raise Conflict("You have approved this already. A second person has to.")
    if not due.case_verdict(session, case_of(row), rules.periods).may_go(now):
        raise Conflict("This case must stay for now: something about it has changed.")
    if row.first_by is None:
        row.first_by = actor.ref
    else:
        row.second_by = actor.ref
        jobs.promise(session, KIND, job_of(row.id), job_of(row.id), at=now)
    _trace(session, "retention.approve", row, actor, now)
    return row


def cancel(
    session: Session, erasure_id: int, *, reason: str, actor: Actor, now: datetime
) -> ErasureRow:
    """Keep a case after all: the proposal is withdrawn and a hold begins, with the reason."""
    actor.require(Right.APPROVE_ERASURE)
    row = _lock(session, erasure_id, actor)
    if len(reason.strip()) < SHORTEST_REASON:
        raise InvalidInput(f"Say why it stays: {SHORTEST_REASON} characters at least.")
    row.cancelled_at, row.why = now, reason.strip()
    on_it = Held(row.org_id, case_id=case_of(row))
    put(session, on_it, HoldReason.OTHER, reason.strip(), f"kept:{row.id}", actor, now)
    _trace(session, "retention.cancel", row, actor, now)
    return row


def done(session: Session, *, actor: Actor, most: int = 50) -> list[ErasureRow]:
    """Return what was erased of late, newest first: the actor's cases, and what goes by itself."""
    actor.require(Right.SEE_RETENTION)
    return list(
        session.scalars(
            select(ErasureRow)
            .where(_seen(actor), ErasureRow.done_at.is_not(None))
            .order_by(ErasureRow.id.desc())
            .limit(most)
        )
    )


def certificate(session: Session, erasure_id: int, *, actor: Actor) -> str:
    """Return the tombstone as a text: who approved what went, and the hashes of all of it."""
    actor.require(Right.SEE_RETENTION)
    row = session.scalar(
        select(ErasureRow).where(
            ErasureRow.id == erasure_id, _seen(actor), ErasureRow.done_at.is_not(None)
        )
    )
    if row is None or row.done_at is None:
        raise NotFound("There is no such erasure, or it is not yours to see.")
    lines = [
        f"Certificate of erasure {row.id}",
        f"Class: {row.klass}, under the policy of revision {row.policy_revision}",
        f"About: {row.about}",
        f"Due: {row.due_at.isoformat()}",
        f"Erased: {row.done_at.isoformat()}",
        f"Approved by: {', '.join(filter(None, (row.first_by, row.second_by))) or 'the policy'}",
        "",
        *(_line(one) for one in row.erased),
    ]
    return "\n".join(lines) + "\n"


def case_of(row: ErasureRow) -> int:
    """Return the id of the case that a proposal is about."""
    return int(row.about.partition(":")[2])


def visible(actor: Actor) -> ColumnElement[bool]:
    """Proposals about the actor's own cases; an auditor sees that each is there, and its number."""
    own = ErasureRow.org_id == actor.org_id
    if actor.may(Right.SEE_AUDIT):
        return own
    mine = select(literal("case:") + cast(CaseRow.id, Text)).where(visible_cases(actor))
    return and_(own, ErasureRow.about.in_(mine))


def _insert(
    session: Session,
    case: CaseRow,
    klass: Klass,
    due_at: datetime,
    rules: Rules,
    actor: Actor,
    now: datetime,
) -> ErasureRow:
    row = ErasureRow(
        org_id=case.org_id,
        klass=klass.value,
        about=f"case:{case.id}",
        due_at=due_at,
        proposed_at=now,
        policy_revision=rules.revision,
        erased=[],
    )
    session.add(row)
    session.flush()
    _trace(session, "retention.propose", row, actor, now)
    return row


def _seen(actor: Actor) -> ColumnElement[bool]:
    """What went: of the actor's own cases, and all that goes by the policy alone."""
    by_itself = ~ErasureRow.about.startswith("case:", autoescape=True)
    return and_(ErasureRow.org_id == actor.org_id, or_(visible(actor), by_itself))


def of_case() -> ColumnElement[bool]:
    """Say of a proposal and a case that the one is about the other."""
    return ErasureRow.about == literal("case:") + cast(CaseRow.id, Text)


def _lock(session: Session, erasure_id: int, actor: Actor) -> ErasureRow:
    row = session.scalar(
        select(ErasureRow)
        .where(ErasureRow.id == erasure_id, OPEN, visible(actor))
        .with_for_update()
    )
    if row is None:
        raise NotFound(_MISSING)
    return row


def _trace(session: Session, verb: str, row: ErasureRow, actor: Actor, now: datetime) -> None:
    detail = {"class": row.klass, "erasure": row.id}
    audit.append(session, verb, row.about, actor=actor, at=now, detail=detail)


def _line(one: dict[str, object]) -> str:
    """Return one line of what went, in a fixed order of its parts."""
    return ", ".join(f"{name} {_said(value)}" for name, value in one.items())


def _said(value: object) -> str:
    return " ".join(str(part) for part in value) if isinstance(value, list) else str(value)
