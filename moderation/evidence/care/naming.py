"""Which files of the vault rows name: pages, certificates, media, added files and stamps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from moderation.tables import (
    EvidenceAdditionRow,
    EvidenceMediaRow,
    IngestPageRow,
    TimeStampRow,
)

_CHUNK: Final = 500
# The column that names a file, and when it still does. The answer of a time-stamp authority has
# no end: it proves a time for the hash that stays.
NAMING: Final[tuple[tuple[InstrumentedAttribute[Any], ColumnElement[bool]], ...]] = (
    (IngestPageRow.raw_sha256, IngestPageRow.erased_at.is_(None)),
    (IngestPageRow.certificate_sha256, IngestPageRow.erased_at.is_(None)),
    (EvidenceMediaRow.sha256, EvidenceMediaRow.erased_at.is_(None)),
    (EvidenceAdditionRow.file_sha256, EvidenceAdditionRow.erased_at.is_(None)),
    (TimeStampRow.token_sha256, TimeStampRow.token_sha256.is_not(None)),
)


def named(session: Session, names: Iterable[str]) -> set[str]:
    """Return those of the names that a row names."""
    wanted = sorted(set(names))
    found: set[str] = set()
    for start in range(0, len(wanted), _CHUNK):
        some = wanted[start : start + _CHUNK]
        for column, holds in NAMING:
            found |= set(session.scalars(select(column).where(column.in_(some), holds).distinct()))
    return found


def on_shelf(session: Session, shelf: str) -> set[str]:
    """Return what rows name on one shelf."""
    found: set[str] = set()
    for column, holds in NAMING:
        there = and_(column >= shelf, column < _after(shelf))
        found |= set(session.scalars(select(column).where(there, holds).distinct()))
    return found


def _after(shelf: str) -> str:
    """Return the first text behind all that begin with this one; names are hexadecimal."""
    return shelf[:-1] + chr(ord(shelf[-1]) + 1) if shelf[-1] != "9" else f"{shelf[:-1]}a"
