"""The capture job: look at an item again, seal what was seen, and say where it stands."""

from __future__ import annotations

from typing import Final

from connectors.contract import Gone, Permanent, Transient
from moderation import jobs
from moderation.access import system
from moderation.errors import SettingsError
from moderation.evidence import capture as evidence
from moderation.evidence import record
from moderation.evidence.facts import Facts, gather
from moderation.evidence.record import Sight
from moderation.evidence.sealing import seal_files
from moderation.jobs import Claim
from moderation.lifecycle import EvidenceState
from moderation.model import Change, ItemRef
from worker.errors import TryLater
from worker.item_refs import ref_of
from worker.workshop import Workshop

FETCHES: Final = 3
# A person waits for this evidence before anything may be taken down.
LONGEST_PAUSE_S: Final = 120.0

STANDS: Final = "The bytes taken at ingest are the record."
GONE: Final = f"The platform said that the item no longer exists. {STANDS}"
UNANSWERED: Final = f"The platform did not give the item again: {{why}} {STANDS}"
NO_PLATFORM: Final = f"There is no platform to ask again. {STANDS}"
FAILED: Final = "The capture was tried until its tries were used up. Ask for it once more."


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
    sight = _look(shop, held, facts, ref)
    actor = system("capture", facts.item.org_id)
    now = shop.now()
    files = record.files(facts, sight, captured_by=actor.ref, now=now)
    sealed = seal_files(files, shop.vault, shop.key)
    with shop.store.transaction() as session:
        evidence.captured(session, facts.evidence.id, sealed, now, actor, note=sight.note)
        jobs.finish(session, held, now=now)


def when_dead(shop: Workshop, held: Claim) -> None:
    """Mark the evidence failed, so that pages show it and a person can ask again."""
    with shop.store.transaction() as session:
        evidence.failed(session, int(held.ref), FAILED, shop.now())


def _look(shop: Workshop, held: Claim, facts: Facts, ref: ItemRef) -> Sight:
    """Ask the platform for the item as it stands now; a note says why when it gives none.

    Raises TryLater while another try is worth the wait.
    """
    try:
        connector = shop.connector(facts.account)
    except SettingsError:
        return Sight(note=NO_PLATFORM)
    try:
        comment = connector.fetch(ref)
    except Gone:
        return Sight(note=GONE)
    except Permanent as err:
        return Sight(note=UNANSWERED.format(why=err))
    except Transient as err:
        if held.attempts < FETCHES and err.retry_after <= LONGEST_PAUSE_S:
            raise TryLater(err.retry_after, str(err)) from err
        return Sight(note=UNANSWERED.format(why=err))
    if comment.change is Change.DELETED:
        return Sight(comment, GONE)
    return Sight(comment)
