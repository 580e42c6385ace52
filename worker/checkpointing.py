"""Checkpoints of the audit chain: taken, written, mailed; and the nightly check of the chain."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from moderation import checkpoints, jobs
from moderation.evidence import stamps
from moderation.jobs import Claim
from moderation.settings import Settings
from moderation.tables import AuditCheckpointRow, Stamped
from moderation.when import london
from worker import checkpoint_files
from worker.chain_check import checked_now
from worker.checkpoint_letter import letter
from worker.errors import TryLater
from worker.mail import Sent
from worker.workshop import Workshop

CHECK_KIND: Final = "audit_check"
CHECK_HOUR: Final = 2
UNWRITTEN_S: Final = 60.0
UNMAILED_S: Final = 3600.0


def take_due(shop: Workshop) -> None:
    """Take a checkpoint when one is due."""
    chosen = shop.settings
    with shop.store.transaction() as session:
        checkpoints.take(
            session,
            shop.key,
            origin_of(chosen),
            is_mailed=bool(chosen.checkpoint_mailbox),
            now=shop.now(),
        )


def promise_check(shop: Workshop) -> None:
    """Promise the check of the night, once a day, from two o'clock in London on."""
    now = shop.now()
    here = london(now)
    if here.hour >= CHECK_HOUR:
        with shop.store.transaction() as session:
            day = f"{here:%Y-%m-%d}"
            jobs.promise(session, CHECK_KIND, day, f"{CHECK_KIND}:{day}", at=now)


def write_file(shop: Workshop, held: Claim) -> None:
    """Write a checkpoint into its folder, with the stamps had so far; again, the same files."""
    checkpoint_id = int(held.ref)
    with shop.store.reading() as session:
        row = session.get_one(AuditCheckpointRow, checkpoint_id)
        tokens = _tokens(session, checkpoint_id)
    name = checkpoint_files.name_of(row.seq)
    files = {
        name: row.note.encode(),
        name + checkpoint_files.SIGNATURE: row.signature,
        **{f"{name}.{authority}.tsr": shop.vault.get(kept) for authority, kept in tokens.items()},
    }
    try:
        checkpoint_files.write(shop.settings.checkpoints_dir, files)
    except OSError as err:
        why = f"the folder of checkpoints cannot be written ({err.strerror})"
        raise TryLater(UNWRITTEN_S, why) from err
    now = shop.now()
    with shop.store.transaction() as session:
        checkpoints.note_written(session, checkpoint_id, now)
        jobs.finish(session, held, now=now)


def send(shop: Workshop, held: Claim) -> None:
    """Send a checkpoint out of the house. It waits for mail to be set up, however long."""
    with shop.store.reading() as session:
        row = session.get_one(AuditCheckpointRow, int(held.ref))
    if shop.settings.checkpoint_mailbox and not row.mailed_at:
        if not isinstance(shop.post.send(letter(row, shop.settings)), Sent):
            raise TryLater(UNMAILED_S, "mail is not set up", counts=False)
        with shop.store.transaction() as session:
            checkpoints.note_mailed(session, row.id, shop.now())
    with shop.store.transaction() as session:
        jobs.finish(session, held, now=shop.now())


def check(shop: Workshop, held: Claim) -> None:
    """Check the whole chain and every checkpoint; the result is a line of the chain itself."""
    checked = checked_now(shop.store, shop.settings, between=lambda: _renew(shop, held))
    now = shop.now()
    with shop.store.transaction() as session:
        checkpoints.note_result(session, checked, now)
        jobs.finish(session, held, now=now)


def origin_of(settings: Settings) -> str:
    """Return whose chain it is, as the first line of a checkpoint says."""
    return f"{urlsplit(settings.base_url).netloc}/audit"


def _tokens(session: Session, checkpoint_id: int) -> dict[str, str]:
    """Return where the vault keeps each authority's stamp of a checkpoint."""
    found = stamps.of(session, Stamped.CHECKPOINT, checkpoint_id)
    return {one.authority: one.token_sha256 for one in found if one.token_sha256}


def _renew(shop: Workshop, held: Claim) -> None:
    with shop.store.transaction() as session:
        jobs.renew(session, held, now=shop.now())
