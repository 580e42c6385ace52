"""Check a pack with nothing but the zip: no database, no settings, no trust in what it says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from moderation.errors import InvalidInput
from moderation.evidence.opened import Opened
from moderation.evidence.unzip import Unzipped
from moderation.evidence.verify_chain import AUDIT, CHECKPOINT, OPENING, Chain
from moderation.evidence.verify_stamps import Seen, Stamps

_MANIFEST: Final = "manifest-sha256.txt"
_TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
_KEY: Final = "verify/signing-key.pub.pem"
_SIGNATURE: Final = "verify/tagmanifest-sha256.txt.sig"
_UNSIGNED: Final = frozenset({_TAG_MANIFEST, _KEY, _SIGNATURE})
_SEAL: Final = re.compile(r"(data/items/[0-9]+(?:/additions/[0-9]+)?/)seal/manifest-sha256\.txt")
_BESIDE: Final = ("seal/", "additions/", "extracts/")
_WITHHELD: Final = "withheld.txt"
_HEXADECIMAL: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. A pack is genuine when faults is empty and the fingerprint is known.

    Each fault names its file. fingerprint is that of the key that signed, "" where there is none;
    earlier_keys are those of records that were sealed before the key was changed. authorities give
    the fingerprint of each time-stamp authority's certificates by its name.
    """

    name: str
    files: int = 0
    records: int = 0
    lines: int = 0
    fingerprint: str = ""
    earlier_keys: tuple[str, ...] = ()
    stamps: tuple[Seen, ...] = ()
    authorities: tuple[tuple[str, str], ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Say whether every check passed."""
        return not self.faults


def check(path: Path, wanted: str | None = None, authorities: Collection[str] = ()) -> Checked:
    """Check a pack; wanted is the fingerprint that the organisation published.

    authorities are those that it published for its time-stamp authorities; where any are given, no
    other will do. Colons and spaces do not matter. Raises InvalidInput when path is no zip, or when
    something given is no fingerprint.
    """
    told = None if wanted is None else _plain(wanted)
    known = {_plain(one) for one in authorities}
    with Unzipped(path) as zipped:
        if zipped.faults:
            return Checked("", len(zipped.names), faults=zipped.faults)
        return _check(Opened(zipped), told, known)


def _plain(wanted: str) -> str:
    plain = wanted.replace(":", "").replace(" ", "").lower()
    if _HEXADECIMAL.fullmatch(plain) is None:
        msg = "A fingerprint is 64 hexadecimal digits, as the organisation published them."
        raise InvalidInput(msg)
    return plain


def _check(pack: Opened, told: str | None, known: Collection[str]) -> Checked:
    if not pack.folder:
        fault = "the files of a pack stand in one folder; these do not"
        return Checked("", len(pack.names), faults=(fault,))
    pack.hash_all()
    payload = {name for name in pack.names if name.startswith("data/")}
    pack.compare(_MANIFEST, payload)
    pack.compare(_TAG_MANIFEST, {n for n in pack.names if n not in payload | _UNSIGNED})
    signer = pack.signed(_KEY, _SIGNATURE, _TAG_MANIFEST)
    if signer and told is not None and signer != told:
        pack.fault(_KEY, f"its fingerprint is {signer}, not {told}")
    stamps = Stamps(pack, known)
    keys = list(_seals(pack, stamps))
    lines = _audit(pack, stamps) if any(name.startswith(AUDIT) for name in payload) else 0
    return Checked(
        name=pack.folder,
        files=len(pack.names),
        records=sum("/additions/" not in folder for folder, _ in keys),
        lines=lines,
        fingerprint=signer,
        earlier_keys=tuple(sorted({key for _, key in keys} - {signer, ""})),
        stamps=tuple(stamps.seen),
        authorities=tuple(sorted(stamps.authorities.items())),
        faults=tuple(pack.faults),
    )


def _seals(pack: Opened, stamps: Stamps) -> Iterator[tuple[str, str]]:
    """Check the seal that each record got at its capture; yield its folder and its key."""
    for found in filter(None, map(_SEAL.fullmatch, pack.names)):
        folder, manifest = found[1], found[0]
        present = {name for name in pack.names if _is_sealed(name, folder)}
        pack.compare(manifest, present, folder, _withheld(pack, folder, manifest))
        stamps.check(f"{folder}seal/", manifest)
        yield folder, pack.signed(f"{folder}seal/signing-key.pub.pem", f"{manifest}.sig", manifest)


def _is_sealed(name: str, folder: str) -> bool:
    """Say whether a file is one that the seal of its folder speaks of."""
    inside = name.removeprefix(folder)
    return name.startswith(folder) and inside != _WITHHELD and not inside.startswith(_BESIDE)


def _withheld(pack: Opened, folder: str, manifest: str) -> dict[str, str]:
    """Return what was kept back of a record; only what its seal names can have been."""
    name = f"{folder}{_WITHHELD}"
    if name not in pack.digests:
        return {}
    withheld, sealed = pack.listed(name), pack.listed(manifest)
    for one in sorted(withheld):
        if sealed.get(one) != withheld[one]:
            pack.fault(name, f"names {one}, which {manifest} does not")
    return withheld


def _audit(pack: Opened, stamps: Stamps) -> int:
    """Check the audit chain and its checkpoints; return how many lines it has."""
    for name in (OPENING, CHECKPOINT):
        if name in pack.digests:
            pack.signed(_KEY, f"{name}.sig", name)
    stamps.check(AUDIT, CHECKPOINT)
    chain = Chain(pack)
    chain.check()
    return chain.lines
