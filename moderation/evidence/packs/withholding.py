"""What of a sealed record a recipient gets: its files whole, and of record.json an extract."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from moderation.evidence.notation import as_json
from moderation.evidence.record import RECORD
from moderation.evidence.sealing import as_manifest

WITHHELD: Final = "withheld.txt"
EXTRACT: Final = f"extracts/{RECORD}"
SAYS: Final = (
    "An extract. The sealed record.json holds more; its hash stands in withheld.txt and in the "
    "seal, so that it can be checked should a court ask for it."
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What one kind of pack keeps back: whole files, and parts that are cut from record.json.

    A record that holds any of the parts stays in the house and is replaced by its extract. An entry
    such as "collection.wanted_by" names a part within a part.
    """

    parts: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """The files of one record as a recipient gets them.

    whole are names of sealed files that go in as they are. made are files beside them, by name.
    """

    whole: tuple[str, ...]
    made: Mapping[str, bytes] = field(default_factory=dict)


def given(
    rule: Rule, sealed: Mapping[str, str], record: bytes, erased: Collection[str] = ()
) -> Given:
    """Return what goes in of a record; sealed holds the hash of each file, record its record.json.

    erased are hashes of files that retention has taken since they were sealed.

    What is kept back is named with its hash in withheld.txt, so that the seal can still be checked
    against everything that is there.
    """
    extract = _extract(rule, record)
    back = {name for name in rule.files if name in sealed} | ({RECORD} if extract else set())
    back |= {name for name, sha256 in sealed.items() if sha256 in erased}
    if not back:
        return Given(tuple(sealed))
    made = {WITHHELD: as_manifest({name: sealed[name] for name in back})}
    if extract:
        made[EXTRACT] = extract
    return Given(tuple(name for name in sealed if name not in back), made)


def _extract(rule: Rule, record: bytes) -> bytes:
    """Return the record without the parts to cut; empty when it holds none of them."""
    if not rule.parts or not record:
        return b""
    whole: dict[str, Any] = json.loads(record)
    cut = [part for part in rule.parts if _take_out(whole, part.split("."))]
    return as_json({**whole, "extract": {"says": SAYS, "left_out": sorted(cut)}}) if cut else b""


def _take_out(within: Any, path: list[str]) -> bool:
    """Take a part out, from each entry where a list stands on its way; say whether any was."""
    if isinstance(within, list):
        taken = [_take_out(entry, path) for entry in within]
        return any(taken)
    if not isinstance(within, dict) or path[0] not in within:
        return False
    if len(path) == 1:
        del within[path[0]]
        return True
    return _take_out(within[path[0]], path[1:])
