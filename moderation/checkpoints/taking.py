"""Take a checkpoint: sign where the chain ends, and promise its stamp, its file and its letter."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import jobs
from moderation.evidence import stamps
from moderation.evidence.seal import SigningKey
from moderation.store import insert_for
from moderation.tables import AuditCheckpointRow, AuditHeadRow, Stamped

EVERY: Final = timedelta(hours=1)
FILE_KIND: Final = "checkpoint_file"
MAIL_KIND: Final = "checkpoint_mail"


def note(origin: str, seq: int, line_hash: str) -> str:
    """Return the three lines of a checkpoint: whose chain it is, how many lines, the hash there.

    They stand as in https://c2sp.org/tlog-checkpoint, but the hash is in hexadecimal: ours is the
    last line's own and no tree's, and so it is what `sha256sum` prints.
    """
    return f"{origin}\n{seq}\n{line_hash}\n"


def take(
    session: Session, key: SigningKey, origin: str, *, is_mailed: bool, now: datetime
) -> int | None:
    """Take a checkpoint when one is due, and return its id; the caller commits.

    It is due when the chain has grown since the last one, and that is an hour old or of another
    day. The first of a day is mailed, if any is. Two at the same moment are one.
    """
    head = session.scalars(select(AuditHeadRow).where(AuditHeadRow.id == 1)).one()
    if not _is_due(latest(session), head.seq, now):
        return None
    text = note(origin, head.seq, head.line_hash)
    checkpoint_id: int | None = session.scalar(
        insert_for(session, AuditCheckpointRow)
        .values(
            seq=head.seq,
            line_hash=head.line_hash,
            note=text,
            signature=key.sign(text.encode()),
            fingerprint=key.fingerprint,
            at=now,
        )
        .on_conflict_do_nothing(index_elements=["seq"])
        .returning(AuditCheckpointRow.id)
    )
    if checkpoint_id is None:
        return None
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    stamps.want(session, Stamped.CHECKPOINT, checkpoint_id, sha256, now)
    promise_file(session, checkpoint_id, "signed", now)
    if is_mailed:
        jobs.promise(session, MAIL_KIND, str(checkpoint_id), f"{MAIL_KIND}:{now:%Y-%m-%d}", at=now)
    return checkpoint_id


def promise_file(session: Session, checkpoint_id: int, since: str, now: datetime) -> None:
    """Promise the files of a checkpoint; since says what they hold more than before."""
    jobs.promise(
        session, FILE_KIND, str(checkpoint_id), f"{FILE_KIND}:{checkpoint_id}:{since}", at=now
    )


def latest(session: Session) -> AuditCheckpointRow | None:
    """Return the last checkpoint; None while there is none."""
    return session.scalar(
        select(AuditCheckpointRow).order_by(AuditCheckpointRow.seq.desc()).limit(1)
    )


def note_written(session: Session, checkpoint_id: int, now: datetime) -> None:
    """Record that a checkpoint lies in the folder; written again, the first time stays."""
    row = session.get_one(AuditCheckpointRow, checkpoint_id)
    row.written_at = row.written_at or now


def note_mailed(session: Session, checkpoint_id: int, now: datetime) -> None:
    """Record that the mail server took a checkpoint."""
    session.get_one(AuditCheckpointRow, checkpoint_id).mailed_at = now


def _is_due(last: AuditCheckpointRow | None, seq: int, now: datetime) -> bool:
    if last is None:
        return seq > 0
    return seq != last.seq and (now - last.at >= EVERY or now.date() != last.at.date())
