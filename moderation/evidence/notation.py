"""How an evidence record is written down: JSON in which nothing hides, and times shown twice."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Final

from moderation.when import london

OURS: Final = "our clock"
PLATFORM: Final = "the platform"
PLATFORM_CLOCK: Final = "the clock of the platform's server"

# Controls, invisible and bidirectional marks, halves of pairs, private and unassigned characters.
_SPELT_OUT: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def as_json(record: Mapping[str, Any]) -> bytes:
    """Return JSON in UTF-8 with sorted keys and line feeds, in which no character hides.

    What cannot be seen is written as an escape, so that a hostile text cannot reorder what stands
    around it. A number with a fraction becomes text, which every reader reads alike.
    """
    text = json.dumps(_plain(record), ensure_ascii=False, sort_keys=True, indent=2)
    shown = "".join(_escaped(c) if c > "~" and _hides(c) else c for c in text)
    return f"{shown}\n".encode()


def moment(at: datetime | None, source: str) -> dict[str, str] | None:
    """Return a time in UTC and as the clocks in London showed it, with who says so."""
    if at is None:
        return None
    here = london(at)
    return {
        "utc": utc(at),
        "europe_london": f"{here:%Y-%m-%d %H:%M:%S}.{here.microsecond // 1000:03d} {here:%Z}",
        "source": source,
    }


def utc(at: datetime) -> str:
    """Return a time in UTC with its milliseconds, as 2026-11-20T14:05:00.000Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _hides(character: str) -> bool:
    return unicodedata.category(character) in _SPELT_OUT


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Enum):
        return value.value
    return repr(value) if isinstance(value, float) else value
