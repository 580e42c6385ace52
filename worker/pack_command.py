"""What stands behind `watchroom pack`: ask for a pack, wait for it, and copy it out."""

from __future__ import annotations

import secrets
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select

from moderation.access import Actor
from moderation.errors import EvidenceMissing, StoreError
from moderation.evidence.contents import operator
from moderation.evidence.packs import making
from moderation.evidence.packs.register import JOB, Request, ask
from moderation.lifecycle import DisclosureState
from moderation.tables import DisclosureRow, JobRow, JobState
from worker.packing import drafted
from worker.runner import Runner
from worker.workshop import Workshop

Show = Callable[[int, int], None]
_LOOK_EVERY_S: Final = 0.1
_LATER: Final = (
    "The pack could not be made at once; the log says why. It is {} on the register, and a worker "
    "tries again."
)


@dataclass(frozen=True, slots=True)
class Packed:
    """A pack that was made. missing counts what has no captured evidence and so is not in it."""

    path: Path
    ref: str
    sha256: str
    size: int
    records: int
    missing: int
    fingerprint: str


def pack_for(
    shop: Workshop, actor: Actor, request: Request, target: Path, show: Show = lambda *_: None
) -> Packed:
    """Ask for a pack, see it made, and copy it to target, replacing what is there.

    The register has its line before the file gets its name, so no pack leaves without one. show
    hears how many records of how many are in. Raises what ask() raises, and EvidenceMissing with
    the reason when it could not be made; then target is left alone.
    """
    with drafted(target) as file:
        with shop.store.transaction() as session:
            asked = ask(
                session, request, form_id=secrets.token_hex(16), actor=actor, now=shop.now()
            )
            job_id = session.scalars(
                select(JobRow.id).where(JobRow.dedupe == f"{JOB}:{asked.id}")
            ).one()
        row = _see_made(shop, asked.id, job_id, show)
        with (shop.settings.packs_dir / str(row.path)).open("rb") as made:
            shutil.copyfileobj(made, file)
    return Packed(
        path=target,
        ref=row.ref,
        sha256=str(row.sha256),
        size=row.size or 0,
        records=row.total,
        missing=int(row.details.get("missing", 0)),
        fingerprint=shop.key.fingerprint,
    )


def write_pack(shop: Workshop, request: Request, target: Path, show: Show) -> str:
    """Make a pack for the person at the command line and return what to tell them."""
    packed = pack_for(shop, operator(shop.org_id), request, target, show)
    lines = [
        f"{packed.path} ({packed.size} bytes, records: {packed.records})",
        f"{packed.ref} on the register of packs",
        f"SHA-256 {packed.sha256}",
        f"Signed with the key {packed.fingerprint}",
    ]
    if packed.missing:
        lines.append(
            f"Not in it, for want of captured evidence: {packed.missing}. See data/exhibits.csv."
        )
    return "\n".join(lines)


def _see_made(shop: Workshop, disclosure_id: int, job_id: int, show: Show) -> DisclosureRow:
    """Make the pack here, unless a worker was faster, and return its line when that is over."""
    runner = Runner(shop, f"command-line:{secrets.token_hex(4)}")
    making_it = threading.Thread(target=runner.run, args=(job_id,), daemon=True)
    making_it.start()
    while True:
        making_it.join(_LOOK_EVERY_S)
        is_over = not making_it.is_alive()
        with shop.store.reading() as session:
            row = making.asked_for(session, disclosure_id)
            job = session.scalars(select(JobRow.state).where(JobRow.id == job_id)).one()
        show(row.done, row.total)
        if is_over and row.state is DisclosureState.ASKED and job is not JobState.LEASED:
            raise StoreError(_LATER.format(row.ref))
        if row.state is DisclosureState.FAILED:
            raise EvidenceMissing(row.why)
        if row.state is not DisclosureState.ASKED:
            making_it.join()
            return row
