"""The capture job: look at an item again, seal what was seen, and say where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy import select

from connectors.collecting import listening
from connectors.contract import Connector, Gone, Permanent, Transient
from moderation import ingest, jobs
from moderation.access import system
from moderation.errors import EvidenceMissing, SettingsError, StoreError
from moderation.evidence import capture as evidence
from moderation.evidence import record
from moderation.evidence.facts import Facts, gather
from moderation.evidence.meter import measured
from moderation.evidence.sealing import Sealed, seal_files
from moderation.evidence.sight import Sight
from moderation.jobs import Claim
from moderation.lifecycle import EvidenceState
from moderation.model import Change, ItemRef
from moderation.tables import JobRow
from worker import live_page_task, seeing
from worker.errors import TryLater
from worker.item_refs import ref_of
from worker.workshop import Workshop

FETCHES: Final = 3
# A person waits for this evidence before anything may be taken down.
LONGEST_PAUSE_S: Final = 120.0

STANDS: Final = "The bytes taken at ingest are the record."
GONE: Final = f"The platform said that the item no longer exists. {{why}}{STANDS}"
UNANSWERED: Final = f"The platform did not give the item again: {{why}} {STANDS}"
NO_PLATFORM: Final = f"There is no platform to ask again. {STANDS}"
FAILED: Final = "The capture was tried until its tries were used up. Ask for it once more."
LAST: Final = "What stood in its way at last: {why}"


def capture(shop: Workshop, held: Claim) -> None:
    """Capture one version: read the record, fetch, seal, and only then say that it is captured.

    Running it twice is harmless: what is captured already stays as it is. A platform that does
    not answer delays the capture by two short waits at most; then the bytes taken at ingest are
    sealed with a note that says so.
    """
    with shop.store.reading() as session:
        facts = gather(session, int(held.ref))
        ref = ref_of(session, facts.item)
    if facts.evidence.state is not EvidenceState.WANTED:
        with shop.store.transaction() as session:
            jobs.finish(session, held, now=shop.now())
        return
    sight = _with_media(shop, held, facts, _look(shop, held, facts, ref))
    actor = system("capture", facts.item.org_id)
    now = shop.now()
    files = record.files(facts, sight, captured_by=actor.ref, now=now)
    sealed = _sealed(shop, files)
    with shop.store.transaction() as session:
        evidence.captured(
            session,
            facts.evidence.id,
            sealed,
            now,
            actor,
            note=sight.note,
            meter=measured(facts, sight),
            media=sight.media,
        )
        live_page_task.promise(session, shop, facts)
        jobs.finish(session, held, now=now)


def when_dead(shop: Workshop, held: Claim) -> None:
    """Mark the evidence failed, with the reason for the pages; a person can ask for it again."""
    with shop.store.transaction() as session:
        last = session.scalars(select(JobRow.last_error).where(JobRow.id == held.id)).one()
        # Of an error that nobody foresaw there is its type alone, which helps no reader.
        why = f"{FAILED} {LAST.format(why=last)}" if " " in last else FAILED
        evidence.failed(session, int(held.ref), why, shop.now())


def _sealed(shop: Workshop, files: Mapping[str, bytes]) -> Sealed:
    """Seal the files. Raises TryLater, in words for people, while the vault or the key is away."""
    try:
        return seal_files(files, shop.vault, shop.key)
    except (StoreError, SettingsError) as err:
        raise TryLater(0.0, str(err)) from err


def _look(shop: Workshop, held: Claim, facts: Facts, ref: ItemRef) -> Sight:
    """Ask the platform for the item as it stands now; a note says why when it gives none.

    Raises TryLater while another try is worth the wait.
    """
    try:
        connector = shop.connector(facts.account)
    except SettingsError:
        return Sight(note=NO_PLATFORM)
    with listening() as answers:
        sight = _asked(connector, held, ref)
    return replace(sight, collected=tuple(answers))


def _asked(connector: Connector, held: Claim, ref: ItemRef) -> Sight:
    try:
        comment = connector.fetch(ref)
    except Gone as err:
        return Sight(note=GONE.format(why=f"{err} " if err.by else ""))
    except Permanent as err:
        return Sight(note=UNANSWERED.format(why=err))
    except Transient as err:
        if held.attempts < FETCHES and err.retry_after <= LONGEST_PAUSE_S:
            raise TryLater(err.retry_after, str(err)) from err
        return Sight(note=UNANSWERED.format(why=err))
    if comment.change is Change.DELETED:
        return Sight(ingest.keepable(comment), GONE.format(why=""))
    return Sight(ingest.keepable(comment))


def _with_media(shop: Workshop, held: Claim, facts: Facts, sight: Sight) -> Sight:
    """Add the pictures and videos, and the certificate of the connection that brought the item."""

    def renew() -> None:
        with shop.store.transaction() as session:
            jobs.renew(session, held, now=shop.now())

    return replace(
        sight,
        media=seeing.media_of(facts, sight.comment, meanwhile=renew),
        avatar=seeing.avatar_of(facts, sight.comment),
        certificate_at_ingest=_certificate(shop, facts),
    )


def _certificate(shop: Workshop, facts: Facts) -> bytes:
    """Return the certificate of the connection that brought the item; nothing where none did."""
    name = facts.pages[-1].certificate_sha256
    try:
        return shop.vault.get(name) if name else b""
    except EvidenceMissing:
        # The nightly check of the vault tells of it; the item's evidence must not wait for that.
        return b""
