"""Comments whose evidence is captured by workers that are killed, and what became of each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from moderation import ingest
from moderation.access import system
from moderation.evidence.care import naming
from moderation.evidence.record import RECORD
from moderation.evidence.sealing import listing
from moderation.evidence.wanting import want_many
from moderation.lifecycle import EvidenceState
from moderation.tables import EvidenceRow, ItemRow, Lane
from tests.faults.crew import Crew
from tests.faults.plant import RealShop
from tests.replayed import Replayed
from tests.world import ORG, World, comment, page
from worker.runner import Runner

PAGE = 100


@dataclass(frozen=True)
class Kept:
    """One record as it stands: what is wrong with it, and the names of its files."""

    row: EvidenceRow
    fault: str
    names: frozenset[str]


class CapturedPage(Replayed):
    """The page by the real clock, with worker processes of the capture lane."""

    def __init__(self, world: World, folder: Path) -> None:
        super().__init__(world, folder)
        self.crew = Crew(Lane.CAPTURE, self.settings, self.store, folder)
        self.shop = RealShop(self.settings, self.store)
        self.runner = Runner(self.shop, "test")

    def take_in(self, number: int) -> None:
        """Take so many comments in and want evidence of each, as triage does."""
        for start in range(0, number, PAGE):
            texts = range(start, min(start + PAGE, number))
            records = [comment(f"c-{n}", f"You are a useless clown, number {n}") for n in texts]
            made = page(*records, cursor=str(start))
            raw_sha256, now = self.shop.vault.put(made.raw), self.shop.now()
            with self.store.transaction() as session:
                ingest.admit(
                    session,
                    self.account_id,
                    "comments",
                    made,
                    raw_sha256=raw_sha256,
                    actor=system("ingest", ORG),
                    now=now,
                )
                query = select(ItemRow.id).where(ItemRow.native_id.in_([f"c-{n}" for n in texts]))
                versions = [(item_id, 1) for item_id in session.scalars(query)]
                want_many(session, versions, requested_by="system:triage", now=now)

    def captured(self) -> int:
        """Return how many records are captured by now."""
        with self.store.reading() as session:
            query = select(EvidenceRow.id).where(EvidenceRow.state == EvidenceState.CAPTURED)
            return len(session.scalars(query).all())

    def records(self, after: int = 0) -> list[Kept]:
        """Return every captured record with an id beyond after, each file of it read."""
        with self.store.reading() as session:
            rows = session.scalars(
                select(EvidenceRow)
                .where(EvidenceRow.state == EvidenceState.CAPTURED, EvidenceRow.id > after)
                .order_by(EvidenceRow.id)
            ).all()
        return [self._kept(row) for row in rows]

    def unnamed(self, records: list[Kept]) -> set[str]:
        """Return the files of the vault that no record and no page names."""
        there = {
            name
            for shelf in self.shop.vault.shelves.shelves()
            for name in self.shop.vault.shelves.on(shelf)
        }
        with self.store.reading() as session:
            there -= naming.named(session, there)
        return there - {name for record in records for name in record.names}

    def _kept(self, row: EvidenceRow) -> Kept:
        found = listing(self.shop.vault, str(row.path), str(row.sha256))
        own = {str(row.path).rpartition("/")[2], str(row.sha256)}
        names = frozenset({*own, *found.files.values(), *found.seal.values()})
        sizes = {name: len(self.shop.vault.get(name)) for name in names}
        said = json.loads(self.shop.vault.get(found.files[RECORD]))
        whole = sum(sizes[name] for name in found.files.values())
        return Kept(row, _fault(row, said, whole), names)


def _fault(row: EvidenceRow, said: dict[str, Any], size: int) -> str:
    """Return what a record says wrongly of itself, or nothing."""
    if said["evidence_id"] != row.ref or said["item"] != row.item_id:
        return "it is of something else"
    return "" if size == row.size else f"{row.size} bytes were sealed, {size} are there"
