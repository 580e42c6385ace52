"""Which files of the vault and of the folder of packs go with an item or a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from moderation.errors import EvidenceMissing
from moderation.evidence.sealing import listing
from moderation.evidence.vault import Vault
from moderation.lifecycle import EvidenceState
from moderation.tables import DisclosureRow, EvidenceAdditionRow, EvidenceMediaRow, EvidenceRow


@dataclass(frozen=True, slots=True)
class Seal:
    """One sealed set of files of an item, with the two names that find the rest."""

    item_id: int
    path: str
    sha256: str

    def names(self, vault: Vault) -> list[str]:
        """Return what it names; of one that cannot be read, what is known of it."""
        own = [self.path.rpartition("/")[2], self.sha256]
        try:
            found = listing(vault, self.path, self.sha256)
        except EvidenceMissing:
            return own
        return [*own, *found.files.values(), *found.seal.values()]


@dataclass(slots=True)
class Files:
    """Names of files of the vault, by the item whose seals name them."""

    by_item: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def of(self, item_ids: Iterable[int]) -> list[str]:
        """Return the names of these items, each once."""
        return sorted({name for item_id in item_ids for name in self.by_item.get(item_id, ())})


def seals_of(session: Session, item_ids: Sequence[int]) -> list[Seal]:
    """Return the seals of these items that were not let go of before."""
    records = session.execute(
        select(EvidenceRow.item_id, EvidenceRow.path, EvidenceRow.sha256).where(
            EvidenceRow.item_id.in_(item_ids),
            EvidenceRow.state == EvidenceState.CAPTURED,
            EvidenceRow.erased_at.is_(None),
        )
    ).all()
    additions = session.execute(
        select(
            EvidenceAdditionRow.item_id, EvidenceAdditionRow.path, EvidenceAdditionRow.sha256
        ).where(EvidenceAdditionRow.item_id.in_(item_ids), EvidenceAdditionRow.erased_at.is_(None))
    ).all()
    return [Seal(row[0], str(row[1]), str(row[2])) for row in (*records, *additions)]


def read(vault: Vault, seals: Iterable[Seal]) -> Files:
    """Return the files of these seals. It reads the vault, so no transaction may be open."""
    found = Files()
    for seal in seals:
        found.by_item[seal.item_id] += seal.names(vault)
    return found


def media_of(session: Session, item_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the pictures and videos of these items that are still kept."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = session.execute(
        select(EvidenceRow.item_id, EvidenceMediaRow.sha256)
        .join(EvidenceMediaRow, EvidenceMediaRow.evidence_id == EvidenceRow.id)
        .where(
            EvidenceRow.item_id.in_(item_ids),
            EvidenceMediaRow.sha256.is_not(None),
            EvidenceMediaRow.erased_at.is_(None),
        )
    )
    for item_id, name in rows:
        found[item_id].append(str(name))
    return found


def withdraw_packs(session: Session, item_ids: Sequence[int], case_id: int | None) -> list[str]:
    """Let the register forget where packs of these lie, and return the paths.

    That they were made, for whom and with which hash stays. The caller removes the files once
    this is committed; what a stop leaves over, sweep_packs() removes.
    """
    abouts = [f"item:{item_id}" for item_id in item_ids]
    of_it: ColumnElement[bool] = DisclosureRow.about.in_(abouts)
    if case_id is not None:
        of_it = or_(of_it, DisclosureRow.case_id == case_id)
    rows = session.execute(
        select(DisclosureRow.id, DisclosureRow.path).where(of_it, DisclosureRow.path.is_not(None))
    ).all()
    if rows:
        session.execute(
            update(DisclosureRow)
            .where(DisclosureRow.id.in_([row.id for row in rows]))
            .values(path=None)
            .execution_options(synchronize_session=False)
        )
    return [str(row.path) for row in rows]


def remove_packs(folder: Path, paths: Iterable[str]) -> None:
    """Remove these files from the folder of packs; one that is gone is no fault."""
    for path in paths:
        found = (folder / path).resolve()
        if found.is_relative_to(folder.resolve()):
            found.unlink(missing_ok=True)
