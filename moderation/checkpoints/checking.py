"""Hold the chain against its checkpoints, those of the record and those that lie outside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.audit import Verdict
from moderation.checkpoints.taking import note
from moderation.evidence.seal import fingerprint, verify
from moderation.tables import AuditCheckpointRow, AuditEntryRow

_NOTE: Final = re.compile(r"([^\n]{1,200})\n([1-9][0-9]{0,17})\n([0-9a-f]{64})\n")
_KEYS_AT_MOST: Final = 100
_AT_ONCE: Final = 500

_NO_NOTE: Final = "is not the three lines of a checkpoint"
_UNSIGNED: Final = "has no signature beside it: keep the file that ends in .sig with it"
_FORGED: Final = "is not signed by a key in the keys folder"
_CHANGED: Final = "says something else than its row"
_CUT: Final = "was taken at line {}, which the chain no longer has"
_OTHER: Final = "was taken of another chain: line {} was another one then"


@dataclass(frozen=True, slots=True)
class Outside:
    """A checkpoint that lies outside the record: what to call it, its three lines, signature."""

    name: str
    note: str
    signature: bytes | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: the verdict on the lines, and each checkpoint that does not agree.

    checkpoints counts those that were held against the chain.
    """

    verdict: Verdict
    checkpoints: int
    faults: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Say whether nothing was found to be wrong."""
        return not (self.verdict.broken_at or self.faults)


def check(
    session: Session,
    verdict: Verdict,
    keys: Mapping[str, bytes],
    outside: Sequence[Outside] = (),
) -> Checked:
    """Hold every checkpoint against a chain whose lines gave this verdict.

    keys are the organisation's public keys by fingerprint. What lies outside is what finds a tail
    that was cut off, and a chain that was written anew with everything that is in the record.
    """
    rows = session.scalars(select(AuditCheckpointRow).order_by(AuditCheckpointRow.seq)).all()
    faults = [*_of_rows(rows, keys), *_of_files(outside, keys)]
    told = [(f"checkpoint {row.id}", row.note) for row in rows]
    told += [(one.name, one.note) for one in outside]
    faults += _against_chain(session, told)
    return Checked(verdict, len(told), tuple(faults))


def public_keys(folder: Path) -> dict[str, bytes]:
    """Return the public keys kept in a folder by fingerprint: the present one and earlier ones.

    A file that holds no key is passed over.
    """
    found = {}
    for path in sorted(folder.glob("*.pub.pem"))[:_KEYS_AT_MOST]:
        pem = path.read_bytes()
        try:
            found[fingerprint(pem)] = pem
        except ValueError:
            continue
    return found


def _of_rows(rows: Iterable[AuditCheckpointRow], keys: Mapping[str, bytes]) -> Iterator[str]:
    for row in rows:
        name = f"checkpoint {row.id}"
        if not _is_signed(row.note, row.signature, _chosen(keys, row.fingerprint)):
            yield f"{name} {_FORGED}"
        elif row.note != note(row.note.partition("\n")[0], row.seq, row.line_hash):
            yield f"{name} {_CHANGED}"


def _chosen(keys: Mapping[str, bytes], fingerprint_: str) -> list[bytes]:
    return [keys[fingerprint_]] if fingerprint_ in keys else []


def _of_files(outside: Iterable[Outside], keys: Mapping[str, bytes]) -> Iterator[str]:
    for one in outside:
        if one.signature is None:
            yield f"{one.name} {_UNSIGNED}"
        elif not _is_signed(one.note, one.signature, keys.values()):
            yield f"{one.name} {_FORGED}"


def _is_signed(text: str, signature: bytes, keys: Iterable[bytes]) -> bool:
    return any(verify(pem, text.encode(), signature) for pem in keys)


def _against_chain(session: Session, told: Sequence[tuple[str, str]]) -> Iterator[str]:
    notes = [(name, _NOTE.fullmatch(text)) for name, text in told]
    there = _hashes(session, sorted({int(found[2]) for _, found in notes if found}))
    for name, found in notes:
        seq = int(found[2]) if found else 0
        if found is None:
            yield f"{name} {_NO_NOTE}"
        elif seq not in there:
            yield f"{name} {_CUT.format(seq)}"
        elif there[seq] != found[3]:
            yield f"{name} {_OTHER.format(seq)}"


def _hashes(session: Session, seqs: Sequence[int]) -> dict[int, str]:
    """Return the hash of each of these lines that there is."""
    found: dict[int, str] = {}
    for start in range(0, len(seqs), _AT_ONCE):
        some = AuditEntryRow.seq.in_(seqs[start : start + _AT_ONCE])
        rows = session.execute(select(AuditEntryRow.seq, AuditEntryRow.line_hash).where(some))
        found.update((row.seq, row.line_hash) for row in rows)
    return found
