"""Which seals name which files of the vault: a notebook beside the record, made again when lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from moderation.errors import EvidenceMissing
from moderation.evidence.sealing import listing
from moderation.evidence.vault import Vault
from moderation.lifecycle import EvidenceState
from moderation.tables import EvidenceAdditionRow, EvidenceMediaRow, EvidenceRow

_SHAPE: Final = """
CREATE TABLE IF NOT EXISTS seal (id INTEGER PRIMARY KEY, path TEXT UNIQUE, readable INTEGER);
CREATE TABLE IF NOT EXISTS used (name BLOB, seal_id INTEGER, PRIMARY KEY (name, seal_id))
WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS used_by ON used (seal_id);
CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value TEXT);
"""
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal that the record holds: where its list lies and the hash of its manifest."""

    path: str
    sha256: str


class Index:
    """The notebook. It may be thrown away at any time; the next reading writes it anew."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def refresh(self, session: Session, vault: Vault, *, most: int | None = None) -> bool:
        """Read the seals that are new and forget those that were erased; True once all are read.

        most is how many are read in this call. A seal that cannot be read is noted, and tried
        again at the next call.
        """
        held = {seal.path: seal for seal in seals(session)}
        with self._open() as book:
            known = dict(book.execute("SELECT path, id FROM seal WHERE readable = 1"))
            _forget(book, [known[path] for path in known.keys() - held.keys()])
            _forget(
                book, [row[0] for row in book.execute("SELECT id FROM seal WHERE NOT readable")]
            )
            new = [held[path] for path in sorted(held.keys() - known.keys())]
            for seal in new[:most]:
                _note(book, seal, _names(vault, seal))
            _without(book, erased_media(session))
        return most is None or len(new) <= most

    def used(self, names: Iterable[str]) -> set[str]:
        """Return those of the names that a seal names."""
        wanted = sorted(set(names))
        found: set[str] = set()
        with self._open() as book:
            for start in range(0, len(wanted), _CHUNK):
                some = [bytes.fromhex(name) for name in wanted[start : start + _CHUNK]]
                marks = ",".join("?" * len(some))
                rows = book.execute(f"SELECT name FROM used WHERE name IN ({marks})", some)  # noqa: S608  Marks alone.
                found |= {row[0].hex() for row in rows}
        return found

    def on_shelf(self, shelf: str) -> set[str]:
        """Return what seals name on one shelf."""
        first = bytes.fromhex(shelf)
        ends = [first, first + b"\xff" * 32]
        with self._open() as book:
            rows = book.execute("SELECT DISTINCT name FROM used WHERE name BETWEEN ? AND ?", ends)
            return {row[0].hex() for row in rows}

    def unreadable(self) -> list[str]:
        """Return where the seals lie that could not be read."""
        with self._open() as book:
            rows = book.execute("SELECT path FROM seal WHERE NOT readable ORDER BY path")
            return [row[0] for row in rows]

    def get(self, key: str) -> str | None:
        """Return a note of how far a check has come."""
        with self._open() as book:
            row = book.execute("SELECT value FROM kept WHERE key = ?", [key]).fetchone()
        return None if row is None else str(row[0])

    def put(self, key: str, value: str | None) -> None:
        """Keep a note, or drop it."""
        with self._open() as book:
            book.execute("DELETE FROM kept WHERE key = ?", [key])
            if value is not None:
                book.execute("INSERT INTO kept VALUES (?, ?)", [key, value])

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=30.0)) as book, book:
            self._path.chmod(0o600)
            book.executescript(_SHAPE)
            yield book


def seals(session: Session) -> list[Seal]:
    """Return every seal that the record holds and has not let go of."""
    captured = (EvidenceRow.state == EvidenceState.CAPTURED, EvidenceRow.erased_at.is_(None))
    records = select(EvidenceRow.path, EvidenceRow.sha256).where(*captured)
    additions = select(EvidenceAdditionRow.path, EvidenceAdditionRow.sha256).where(
        EvidenceAdditionRow.erased_at.is_(None)
    )
    rows: Iterable[Any] = session.execute(union_all(records, additions))
    return [Seal(row[0], row[1]) for row in rows]


def erased_media(session: Session) -> list[tuple[str, str]]:
    """Return the seal and the name of each picture or video that went before its record."""
    rows = session.execute(
        select(EvidenceRow.path, EvidenceMediaRow.sha256)
        .join(EvidenceRow, EvidenceRow.id == EvidenceMediaRow.evidence_id)
        .where(
            EvidenceMediaRow.erased_at.is_not(None),
            EvidenceMediaRow.sha256.is_not(None),
            EvidenceRow.erased_at.is_(None),
        )
    )
    return [(str(path), str(name)) for path, name in rows]


def _names(vault: Vault, seal: Seal) -> list[str] | None:
    """Return what a seal names, its own files included; None where it cannot be read."""
    try:
        found = listing(vault, seal.path, seal.sha256)
    except EvidenceMissing:
        return None
    return [*found.files.values(), *found.seal.values()]


def _note(book: sqlite3.Connection, seal: Seal, names: Sequence[str] | None) -> None:
    own = [seal.path.rpartition("/")[2], seal.sha256]
    row = book.execute(
        "INSERT INTO seal (path, readable) VALUES (?, ?)", [seal.path, names is not None]
    )
    book.executemany(
        "INSERT OR IGNORE INTO used VALUES (?, ?)",
        [(bytes.fromhex(name), row.lastrowid) for name in {*own, *(names or ())}],
    )


def _forget(book: sqlite3.Connection, seal_ids: Iterable[int]) -> None:
    ids = [(seal_id,) for seal_id in seal_ids]
    book.executemany("DELETE FROM used WHERE seal_id = ?", ids)
    book.executemany("DELETE FROM seal WHERE id = ?", ids)


def _without(book: sqlite3.Connection, media: Iterable[tuple[str, str]]) -> None:
    """Let the seals of erased media no longer name them."""
    book.executemany(
        "DELETE FROM used WHERE seal_id = (SELECT id FROM seal WHERE path = ?) AND name = ?",
        [(path, bytes.fromhex(name)) for path, name in media],
    )
