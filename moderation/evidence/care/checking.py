"""The nightly check of the vault, a slice at a time: every file read again, orphans both ways."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Final

from moderation.evidence.care import naming
from moderation.evidence.care.index import Index
from moderation.evidence.care.releasing import release
from moderation.evidence.shelves import is_ours
from moderation.evidence.vault import GRACE, Vault
from moderation.store import Store

SHELVES: Final = tuple(f"{number:02x}" for number in range(256))
SHOWN: Final = 20
_KEY: Final = "check"
_SEALS_AT_ONCE: Final = 200


@dataclass(slots=True)
class Check:
    """How far a check has come and what it found so far; SHOWN names of each kind are kept.

    began is a time in ISO form; shelf and after say where it goes on. Kinds are "altered",
    "missing", "unreadable" for seals, and "strange" for what the vault did not put there.
    """

    began: str
    indexed: bool = False
    shelf: str = ""
    after: str = ""
    files: int = 0
    size: int = 0
    removed: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)

    def note(self, kind: str, name: str) -> None:
        """Count a fault and keep its name while few are kept."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        kept = self.names.setdefault(kind, [])
        if len(kept) < SHOWN:
            kept.append(name)

    @property
    def is_well(self) -> bool:
        """Say whether nothing was found that a person has to look at."""
        return not any(self.counts.values())


@dataclass(frozen=True, slots=True)
class Care:
    """What a check works with. older_than keeps what may belong to a record not committed yet."""

    store: Store
    vault: Vault
    index: Index
    older_than: timedelta = GRACE


def under_way(index: Index) -> Check | None:
    """Return the check that has begun and not ended."""
    kept = index.get(_KEY)
    return None if kept is None else Check(**json.loads(kept))


def go_on(care: Care, now: datetime, *, seconds: float) -> Check | None:
    """Work on the check for about so many seconds, begun where none is under way.

    Return it once it is done, and None before. What was done is kept, so a process that dies
    costs one slice.
    """
    check = under_way(care.index)
    if check is None:
        care.vault.shelves.tidy(care.older_than)
        check = Check(began=now.isoformat())
    if _slice(care, check, time.monotonic() + seconds):
        care.index.put(_KEY, None)
        return check
    care.index.put(_KEY, json.dumps(asdict(check)))
    return None


def _slice(care: Care, check: Check, until: float) -> bool:
    while not check.indexed:
        with care.store.reading() as session:
            check.indexed = care.index.refresh(session, care.vault, most=_SEALS_AT_ONCE)
        if time.monotonic() > until:
            return False
    for shelf in sorted({*SHELVES, *care.vault.shelves.shelves()}):
        if shelf >= check.shelf and not _read_shelf(care, check, shelf, until):
            return False
    for path in care.index.unreadable():
        check.note("unreadable", path)
    return True


def _read_shelf(care: Care, check: Check, shelf: str, until: float) -> bool:
    """Read the rest of one shelf; False where time ran out before its end."""
    if shelf != check.shelf:
        check.shelf, check.after = shelf, ""
    for name in care.vault.shelves.on(shelf):
        if check.after and name <= check.after:
            continue
        _read_file(care, check, shelf, name)
        check.after = name
        # Only now, so that each slice gets on, however short it is.
        if time.monotonic() > until:
            return False
    if shelf in SHELVES:
        _compare(care, check, shelf)
    # The next slice begins behind this shelf: no shelf has a name in between.
    check.shelf, check.after = f"{shelf}~", ""
    return True


def _read_file(care: Care, check: Check, shelf: str, name: str) -> None:
    look = care.vault.shelves.look(shelf, name)
    check.files += 1
    check.size += look.size
    if look.why:
        check.note("altered" if is_ours(shelf, name) else "strange", f"{shelf}/{name}")


def _compare(care: Care, check: Check, shelf: str) -> None:
    """Find what is named and not there, and remove what is there and not named."""
    # In this order: what comes in meanwhile is there before it is named.
    there = {name for name in care.vault.shelves.on(shelf) if is_ours(shelf, name)}
    if there == _wanted(care, shelf):
        return
    with care.store.reading() as session:
        care.index.refresh(session, care.vault)
    wanted = _wanted(care, shelf)
    for name in sorted(wanted - there):
        if not care.vault.has(name):
            check.note("missing", care.vault.place(name))
    if not care.index.unreadable():
        orphans = there - wanted
        gone = release(care.store, care.vault, care.index, orphans, care.older_than)
        check.removed += len(gone)


def _wanted(care: Care, shelf: str) -> set[str]:
    with care.store.reading() as session:
        return naming.on_shelf(session, shelf) | care.index.on_shelf(shelf)
