"""What a replay keeps beside its feed: the actions carried out, and where each comment stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from moderation.model import ActionKind, ItemRef

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS act (
  n INTEGER PRIMARY KEY, at REAL NOT NULL, action TEXT NOT NULL,
  native_id TEXT NOT NULL, author_id TEXT);
CREATE INDEX IF NOT EXISTS act_item ON act (native_id, action);
CREATE INDEX IF NOT EXISTS act_author ON act (author_id, action);
CREATE TABLE IF NOT EXISTS line (
  native_id TEXT PRIMARY KEY, start INTEGER NOT NULL, length INTEGER NOT NULL,
  gone INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS place (id INTEGER PRIMARY KEY CHECK (id = 1), cursor TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS fault (name TEXT PRIMARY KEY, calls INTEGER NOT NULL);
"""
_ON: Final = {
    ActionKind.HIDE: (ActionKind.HIDE, ActionKind.UNHIDE),
    ActionKind.UNHIDE: (ActionKind.HIDE, ActionKind.UNHIDE),
    ActionKind.BLOCK: (ActionKind.BLOCK, ActionKind.UNBLOCK),
    ActionKind.UNBLOCK: (ActionKind.BLOCK, ActionKind.UNBLOCK),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the latest line of a comment stands in the feed; gone once its author deleted it."""

    start: int
    length: int
    gone: bool


@dataclass(frozen=True, slots=True)
class Act:
    """One action that reached the replayed platform, in the order of arrival."""

    at: float
    action: ActionKind
    native_id: str


class ReplayState:
    """A small SQLite file, made on first use.

    Each call is one transaction, so threads and processes may share it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._made = False

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        try:
            db.execute("PRAGMA synchronous=FULL")
            if not self._made:
                db.executescript(_SCHEMA)
                self._made = True
            yield db
        finally:
            db.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            with db:
                yield db

    def record(self, ref: ItemRef, action: ActionKind, *, at: float) -> None:
        """Write down that an action reached the platform; durable when this returns."""
        with self._writing() as db:
            db.execute(
                "INSERT INTO act (at, action, native_id, author_id) VALUES (?, ?, ?, ?)",
                (at, action.value, ref.native_id, ref.author_id),
            )

    def in_effect(self, ref: ItemRef, action: ActionKind, *, until: float) -> bool:
        """Say whether an action was in effect at a time; where nothing was done, the undoing is."""
        on, off = _ON.get(action, (action, action))
        by_author = on is ActionKind.BLOCK
        column, value = ("author_id", ref.author_id) if by_author else ("native_id", ref.native_id)
        with self._open() as db:
            row = db.execute(
                f"SELECT action FROM act WHERE {column} = ? AND action IN (?, ?) AND at <= ?"  # noqa: S608  one of two names above
                " ORDER BY n DESC LIMIT 1",
                (value, on.value, off.value, until),
            ).fetchone()
        latest = ActionKind(row[0]) if row else off
        return latest is action if on is not off else row is not None

    def acts(self) -> list[Act]:
        """Return every action that reached the platform, oldest first."""
        with self._open() as db:
            rows = db.execute("SELECT at, action, native_id FROM act ORDER BY n").fetchall()
        return [Act(at, ActionKind(action), native_id) for at, action, native_id in rows]

    def cursor(self) -> str | None:
        """Return how far the feed's comments have been noted, or None before the first."""
        with self._open() as db:
            row = db.execute("SELECT cursor FROM place").fetchone()
        return row[0] if row else None

    def note_places(self, places: dict[str, Place], cursor: str, *, afresh: bool) -> None:
        """Keep where comments stand up to the cursor; afresh forgets what stood there before."""
        with self._writing() as db:
            if afresh:
                db.execute("DELETE FROM line")
            db.executemany(
                "INSERT OR REPLACE INTO line (native_id, start, length, gone) VALUES (?, ?, ?, ?)",
                [(key, place.start, place.length, place.gone) for key, place in places.items()],
            )
            db.execute("INSERT OR REPLACE INTO place (id, cursor) VALUES (1, ?)", (cursor,))

    def place_of(self, native_id: str) -> Place | None:
        """Return where a comment stands in the feed, or None when the feed never held it."""
        with self._open() as db:
            row = db.execute(
                "SELECT start, length, gone FROM line WHERE native_id = ?", (native_id,)
            ).fetchone()
        return Place(row[0], row[1], bool(row[2])) if row else None

    def count_call(self, fault: str) -> int:
        """Count a call against a fault and return how many came before it, in any process."""
        with self._writing() as db:
            row = db.execute(
                "INSERT INTO fault (name, calls) VALUES (?, 1)"
                " ON CONFLICT (name) DO UPDATE SET calls = calls + 1 RETURNING calls",
                (fault,),
            ).fetchone()
        calls: int = row[0]
        return calls - 1
