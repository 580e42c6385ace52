"""The stamps on record: which are had, which are wanted and why they are not had yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import system
from moderation.evidence.stamps.tokens import Token
from moderation.tables import (
    AuditCheckpointRow,
    EvidenceAdditionRow,
    EvidenceRow,
    ItemRow,
    Stamped,
    TimeStampRow,
)

# A seal whose files went by retention before it was stamped is waited for no more.
_IS_ERASED: Final = or_(
    *(
        and_(
            TimeStampRow.subject == subject,
            exists().where(row.id == TimeStampRow.subject_id, row.erased_at.is_not(None)),
        )
        for subject, row in (
            (Stamped.EVIDENCE, EvidenceRow),
            (Stamped.ADDITION, EvidenceAdditionRow),
        )
    )
)
_IS_WANTED: Final = and_(TimeStampRow.token_sha256.is_(None), ~_IS_ERASED)

_OBJECTS: Final = {
    Stamped.EVIDENCE: EvidenceRow.__tablename__,
    Stamped.ADDITION: EvidenceAdditionRow.__tablename__,
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """One authority's stamp over a seal. Wanted, it has no time, and why tells of the last try.

    token_sha256 names the authority's whole answer in the vault, which is a .tsr file.
    """

    authority: str
    state: Literal["had", "wanted"]
    stamped_at: datetime | None
    token_sha256: str | None
    serial: str
    why: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A stamp that is still to be had. note holds a checkpoint's own bytes, empty for a seal."""

    id: int
    authority: str
    subject: Stamped
    subject_id: int
    sha256: str
    tries: int
    note: bytes


@dataclass(frozen=True, slots=True)
class Standing:
    """How the stamps of one authority stand: had and wanted, and since when the oldest waits."""

    authority: str
    had: int
    wanted: int
    since: datetime | None
    why: str


def of(session: Session, subject: Stamped, subject_id: int) -> tuple[Stamp, ...]:
    """Return the stamps of a seal or a checkpoint by name of authority; () where none is wanted."""
    rows = session.scalars(
        select(TimeStampRow)
        .where(TimeStampRow.subject == subject, TimeStampRow.subject_id == subject_id)
        .order_by(TimeStampRow.authority)
    )
    return tuple(
        Stamp(
            row.authority,
            "had" if row.token_sha256 else "wanted",
            row.stamped_at,
            row.token_sha256,
            row.serial,
            row.why,
        )
        for row in rows
    )


def wanted(session: Session, stamp_id: int) -> Wanted | None:
    """Return a stamp that is still to be had; None when it is had, unknown, or its seal erased."""
    row = session.scalar(select(TimeStampRow).where(TimeStampRow.id == stamp_id, _IS_WANTED))
    if row is None:
        return None
    note = ""
    if row.subject is Stamped.CHECKPOINT:
        note = session.scalars(
            select(AuditCheckpointRow.note).where(AuditCheckpointRow.id == row.subject_id)
        ).one()
    return Wanted(
        row.id,
        row.authority,
        row.subject,
        row.subject_id,
        row.sha256,
        row.tries,
        note.encode(),
    )


def had(session: Session, stamp: Wanted, token: Token, token_sha256: str, now: datetime) -> None:
    """Record a stamp whose whole answer lies in the vault; had by now already: nothing.

    The chain gets a line for a seal's stamp. A checkpoint's has none: it would be a change that
    asks for the next checkpoint.
    """
    row = _locked(session, stamp.id)
    if row.token_sha256 is not None:
        return
    row.token_sha256, row.stamped_at, row.serial = token_sha256, token.stamped_at, token.serial
    row.tries, row.tried_at, row.why = row.tries + 1, now, ""
    if row.subject is not Stamped.CHECKPOINT:
        audit.append(
            session,
            "evidence.stamp",
            f"{_OBJECTS[row.subject]}:{row.subject_id}",
            actor=system("stamp", _org_of(session, row)),
            at=now,
            detail={
                "authority": row.authority,
                "manifest_sha256": row.sha256,
                "stamped_at": token.stamped_at.isoformat(timespec="milliseconds"),
                "token_sha256": token_sha256,
            },
        )


def refused(session: Session, stamp: Wanted, why: str, now: datetime) -> None:
    """Record in words why a try gave no stamp; had by now, it stays as it is."""
    row = _locked(session, stamp.id)
    if row.token_sha256 is None:
        row.tries, row.tried_at, row.why = row.tries + 1, now, why


def standing(session: Session) -> tuple[Standing, ...]:
    """Return how the stamps of each authority stand, by name; for the page about health."""
    rows = session.execute(
        select(
            TimeStampRow.authority,
            func.count(TimeStampRow.token_sha256),
            func.count().filter(_IS_WANTED),
            func.min(TimeStampRow.wanted_at).filter(_IS_WANTED),
        )
        .group_by(TimeStampRow.authority)
        .order_by(TimeStampRow.authority)
    ).all()
    return tuple(Standing(*row, _last_why(session, row[0])) for row in rows)


def _last_why(session: Session, authority: str) -> str:
    why = session.scalar(
        select(TimeStampRow.why)
        .where(TimeStampRow.authority == authority, _IS_WANTED)
        .order_by(TimeStampRow.tried_at.desc(), TimeStampRow.id)
        .limit(1)
    )
    return why or ""


def _locked(session: Session, stamp_id: int) -> TimeStampRow:
    return session.scalars(
        select(TimeStampRow)
        .where(TimeStampRow.id == stamp_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _org_of(session: Session, row: TimeStampRow) -> str:
    source: Any = EvidenceRow if row.subject is Stamped.EVIDENCE else EvidenceAdditionRow
    return session.scalars(
        select(ItemRow.org_id)
        .join(source, source.item_id == ItemRow.id)
        .where(source.id == row.subject_id)
    ).one()
