"""Sealed evidence and packs for tests, made as the product makes them."""

from __future__ import annotations

import secrets
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from moderation.access import Actor, system
from moderation.evidence import capture, record
from moderation.evidence.contents import operator
from moderation.evidence.facts import gather
from moderation.evidence.packs.register import Request, ask
from moderation.evidence.seal import SigningKey
from moderation.evidence.sealing import listing, seal_files
from moderation.evidence.sight import Sight
from moderation.evidence.vault import Vault
from moderation.settings import Settings
from moderation.tables import (
    CaseItemRow,
    CaseMemberRow,
    CaseRow,
    DisclosureRow,
    EvidenceRow,
    ItemRow,
    Lane,
    PackKind,
)
from tests.world import NOW, ORG, World
from worker.pack_command import Packed, pack_for
from worker.runner import Runner
from worker.workshop import Workshop


@dataclass
class House:
    """A world with a data folder: items, evidence and packs in one line each."""

    world: World
    settings: Settings

    @property
    def vault(self) -> Vault:
        return Vault(self.settings.vault_dir)

    @property
    def key(self) -> SigningKey:
        return SigningKey.of(self.settings.keys_dir)

    def item(self, text: str = "You are a useless clown", **more: Any) -> ItemRow:
        with self.world.store.transaction() as session:
            return self.world.item(session, text, **more)

    def evidence(
        self, item: ItemRow, sight: Sight | None = None, now: datetime = NOW
    ) -> EvidenceRow:
        """Capture the item's present version as the capture job does."""
        actor = system("capture", item.org_id)
        with self.world.store.transaction() as session:
            row = capture.want(session, item.id, item.version, "user:1", now)
            facts = gather(session, row.id)
            files = record.files(facts, sight or Sight(), captured_by=actor.ref, now=now)
            sealed = seal_files(files, self.vault, self.key)
            capture.captured(session, row.id, sealed, now, actor)
        return row

    def sealed(self, row: EvidenceRow) -> dict[str, bytes]:
        """Return the sealed files of an evidence record."""
        assert row.path is not None
        assert row.sha256 is not None
        names = listing(self.vault, row.path, row.sha256).files
        return {name: self.vault.get(sha256) for name, sha256 in names.items()}

    def case(
        self,
        *items: ItemRow,
        members: tuple[Actor, ...] = (),
        ref: str = "C-7KQ2M9D4",
        **more: Any,
    ) -> str:
        """Open a case that holds these items."""
        with self.world.store.transaction() as session:
            row = CaseRow(
                ref=ref,
                org_id=items[0].org_id,
                **{
                    "state": "open",
                    "source": "queue",
                    "severity": 2,
                    "perpetrator_type": "unknown",
                    "summary": "An HR summary that stays with HR",
                    "opened_by": "user:1",
                    "opened_at": NOW,
                    **more,
                },
            )
            session.add(row)
            session.flush()
            for item in items:
                session.add(CaseItemRow(case_id=row.id, item_id=item.id, added_at=NOW))
            for actor in members:
                session.add(
                    CaseMemberRow(
                        case_id=row.id, user_id=actor.user_id, added_by="user:1", added_at=NOW
                    )
                )
        return ref

    @property
    def shop(self) -> Workshop:
        return Workshop(self.settings, self.world.store)

    def pack(
        self,
        what: str,
        target: Path,
        actor: Actor | None = None,
        kind: PackKind = PackKind.EVIDENCE,
        **more: Any,
    ) -> Packed:
        """Ask for a pack, make it as the job does, and copy it to target."""
        asked = Request(kind, what, "Sgt Kim Bell", "Her letter of today", **more)
        return pack_for(self.shop, actor or operator(ORG), asked, target)

    def ask(self, what: str, actor: Actor, **more: Any) -> DisclosureRow:
        """Put a pack on the register, and leave it to be made."""
        told = {"kind": PackKind.EVIDENCE, "recipient": "Sgt Kim Bell", "authority": "Her letter"}
        form_id = more.pop("form_id", "") or secrets.token_hex(16)
        with self.world.store.transaction() as session:
            asked = Request(subject=what, **{**told, **more})
            return ask(session, asked, form_id=form_id, actor=actor, now=NOW)

    def make(self) -> None:
        """Do what the worker does about packs."""
        runner = Runner(self.shop, "test")
        while runner.run_next(Lane.SUMMARY):
            pass

    def asked(self, ref: str) -> DisclosureRow:
        with self.world.store.reading() as session:
            return session.scalars(select(DisclosureRow).where(DisclosureRow.ref == ref)).one()

    def evidence_of(self, item: ItemRow) -> EvidenceRow:
        with self.world.store.reading() as session:
            return session.scalars(select(EvidenceRow).where(EvidenceRow.item_id == item.id)).one()


def names(path: Path) -> list[str]:
    """Return the names in a pack, without its folder."""
    with zipfile.ZipFile(path) as archive:
        return [name.partition("/")[2] for name in archive.namelist()]


def read(path: Path, name: str) -> bytes:
    """Return one file of a pack."""
    with zipfile.ZipFile(path) as archive:
        folder = archive.namelist()[0].partition("/")[0]
        return archive.read(f"{folder}/{name}")
