"""Run the invariants of the record: queries that return no row while nothing is lost or broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

_FILE: Final = Path(__file__).with_name("invariants.sql")
_BLOCK: Final = re.compile(
    r"^-- (?P<name>I\d\d) (?P<says>[^\n]+)\n--   breaks on: (?P<breaks>[^\n]+)\n(?P<sql>[^\n]+);$",
    re.MULTILINE,
)
SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Invariant:
    """One query, what it says, and a corruption that it must catch."""

    name: str
    says: str
    breaks: str
    sql: str


@dataclass(frozen=True, slots=True)
class Broken:
    """An invariant that does not hold, with the first rows that show it."""

    invariant: Invariant
    rows: tuple[tuple[Any, ...], ...]


def load() -> tuple[Invariant, ...]:
    """Return every invariant of the file, in its order."""
    found = _BLOCK.finditer(_FILE.read_text(encoding="utf-8"))
    return tuple(Invariant(**match.groupdict()) for match in found)


def broken(session: Session) -> Iterator[Broken]:
    """Yield each invariant that does not hold, with at most SHOWN rows."""
    for invariant in load():
        rows = session.execute(text(invariant.sql)).fetchmany(SHOWN)
        if rows:
            yield Broken(invariant, tuple(tuple(row) for row in rows))
