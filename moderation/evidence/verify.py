"""Check a pack with nothing but the zip: no database, no settings, no trust in what it says."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from moderation.errors import InvalidInput
from moderation.evidence.seal import fingerprint, verify
from moderation.evidence.sealing import read_manifest
from moderation.evidence.unzip import Unzipped

_MANIFEST: Final = "manifest-sha256.txt"
_TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
_KEY: Final = "verify/signing-key.pub.pem"
_SIGNATURE: Final = "verify/tagmanifest-sha256.txt.sig"
_UNSIGNED: Final = frozenset({_TAG_MANIFEST, _KEY, _SIGNATURE})
_AUDIT: Final = "data/audit/"
_RECORD: Final = re.compile(r"(data/items/[0-9]+)/seal/manifest-sha256\.txt")
_BODY: Final = re.compile(r"bodies/([0-9]+)\.json")
_HEXADECIMAL: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. A pack is genuine when faults is empty and the fingerprint is known.

    Each fault names its file. fingerprint is that of the key that signed, "" where there is none;
    earlier_keys are those of records that were sealed before the key was changed.
    """

    name: str
    files: int
    records: int
    lines: int
    fingerprint: str
    earlier_keys: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Say whether every check passed."""
        return not self.faults


def check(path: Path, wanted: str | None = None) -> Checked:
    """Check a pack; wanted is the fingerprint that the organisation published.

    Colons and spaces in it do not matter. Raises InvalidInput when path is no zip, or when wanted
    is no fingerprint.
    """
    told = None if wanted is None else _plain(wanted)
    with Unzipped(path) as zipped:
        if zipped.faults:
            return Checked("", len(zipped.names), 0, 0, "", (), zipped.faults)
        return _Check(zipped).run(told)


def _plain(wanted: str) -> str:
    plain = wanted.replace(":", "").replace(" ", "").lower()
    if _HEXADECIMAL.fullmatch(plain) is None:
        msg = "A fingerprint is 64 hexadecimal digits, as the organisation published them."
        raise InvalidInput(msg)
    return plain


class _Check:
    """One check of one pack; every step adds the faults that it finds."""

    def __init__(self, zipped: Unzipped) -> None:
        self._zip = zipped
        self._faults: list[str] = []
        self._digests: dict[str, str] = {}
        folders = {name.partition("/")[0] for name in zipped.names}
        self._folder = folders.pop() if len(folders) == 1 else ""
        self._names = [name.removeprefix(f"{self._folder}/") for name in zipped.names]

    def run(self, told: str | None) -> Checked:
        """Do every check and return what was found."""
        if not self._folder:
            self._faults.append("the files of a pack stand in one folder; these do not")
            return self._result("", 0, 0, set())
        for name in self._names:
            self._digests[name] = self._digest(name)
        self._compare(_MANIFEST, {name for name in self._names if name.startswith("data/")})
        self._compare(
            _TAG_MANIFEST,
            {n for n in self._names if not n.startswith("data/") and n not in _UNSIGNED},
        )
        signer = self._signer(told)
        keys = self._seals()
        return self._result(signer, len(keys), self._chain(), set(keys) - {signer, ""})

    def _result(self, signer: str, records: int, lines: int, earlier: set[str]) -> Checked:
        return Checked(
            name=self._folder,
            files=len(self._names),
            records=records,
            lines=lines,
            fingerprint=signer,
            earlier_keys=tuple(sorted(earlier)),
            faults=tuple(self._faults),
        )

    def _full(self, name: str) -> str:
        return f"{self._folder}/{name}"

    def _digest(self, name: str) -> str:
        try:
            return self._zip.digest(self._full(name))
        except ValueError as err:
            self._faults.append(f"{name}: {err}")
            return ""

    def _read(self, name: str) -> bytes:
        try:
            return self._zip.read(self._full(name))
        except ValueError as err:
            self._faults.append(f"{name}: {err}")
            return b""

    def _listed(self, manifest: str) -> dict[str, str]:
        data = self._read(manifest)
        if not data:
            self._faults.append(f"{manifest}: missing or empty")
        try:
            return read_manifest(data) if data else {}
        except ValueError as err:
            self._faults.append(f"{manifest}: {err}")
            return {}

    def _compare(self, manifest: str, present: set[str], folder: str = "") -> None:
        """Hold what is there against what a manifest names, both ways."""
        listed = {folder + name: sha256 for name, sha256 in self._listed(manifest).items()}
        for name in sorted(present - listed.keys()):
            self._faults.append(f"{name}: not named in {manifest}")
        for name in sorted(listed.keys() - present):
            self._faults.append(f"{name}: missing")
        for name in sorted(present & listed.keys()):
            if self._digests[name] != listed[name]:
                self._faults.append(f"{name}: not what {manifest} says")

    def _signer(self, told: str | None) -> str:
        """Check the signature and return the fingerprint of the key that made it."""
        signer = self._signed(_KEY, _SIGNATURE, _TAG_MANIFEST)
        if signer and told is not None and signer != told:
            self._faults.append(f"{_KEY}: its fingerprint is {signer}, not {told}")
        return signer

    def _signed(self, key: str, signature: str, signed: str) -> str:
        public_pem = self._read(key)
        try:
            signer = fingerprint(public_pem)
        except ValueError:
            self._faults.append(f"{key}: missing, or not a public key")
            return ""
        if not verify(public_pem, self._read(signed), self._read(signature)):
            self._faults.append(f"{signature}: does not sign {signed} with {key}")
        return signer

    def _seals(self) -> list[str]:
        """Check the seal that each record got at its capture; return the keys that made them."""
        keys = []
        for found in filter(None, map(_RECORD.fullmatch, self._names)):
            folder = f"{found[1]}/"
            seal = f"{folder}seal/"
            present = {n for n in self._names if n.startswith(folder) and not n.startswith(seal)}
            self._compare(seal + _MANIFEST, present, folder)
            keys.append(
                self._signed(
                    f"{seal}signing-key.pub.pem", f"{seal}{_MANIFEST}.sig", seal + _MANIFEST
                )
            )
        return keys

    def _chain(self) -> int:
        """Follow the audit chain and find each shown body in it; return the number of lines."""
        name = f"{_AUDIT}chain.txt"
        bodies = self._bodies()
        before, count = "0" * 64, 0
        for count, line in enumerate(self._lines(name), start=1):
            number, _, rest = line.decode("ascii", "replace").partition(" ")
            previous, _, body = rest.partition(" ")
            if (number, previous) != (str(count), before):
                self._faults.append(f"{name}: breaks at line {count}")
                return count
            if bodies.pop(count, body) != body:
                self._faults.append(f"{_AUDIT}bodies/{count:06d}.json: not the body of its line")
            before = hashlib.sha256(line + b"\n").hexdigest()
        if self._read(f"{_AUDIT}head.txt") != f"{before}\n".encode():
            self._faults.append(f"{name}: does not end at the hash in head.txt")
        for left in sorted(bodies):
            self._faults.append(f"{_AUDIT}bodies/{left:06d}.json: not in the chain")
        return count

    def _lines(self, name: str) -> Iterator[bytes]:
        if name not in self._digests:
            self._faults.append(f"{name}: missing")
            return
        try:
            yield from self._zip.lines(self._full(name))
        except ValueError as err:
            self._faults.append(f"{name}: {err}")

    def _bodies(self) -> dict[int, str]:
        found = {}
        for name in self._names:
            match = _BODY.fullmatch(name.removeprefix(_AUDIT))
            if match:
                found[int(match[1])] = self._digests[name]
        return found
