"""A pack that is being checked: its files by name, their hashes, and the faults found so far."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from moderation.evidence.seal import fingerprint, is_as_written, verify
from moderation.evidence.sealing import read_manifest
from moderation.evidence.unzip import Unzipped

NOTHING: Final[Mapping[str, str]] = {}


class Opened:
    """One pack; every check adds the faults that it finds, each of which names its file."""

    def __init__(self, zipped: Unzipped) -> None:
        self._zip = zipped
        self.faults: list[str] = []
        folders = {name.partition("/")[0] for name in zipped.names}
        self.folder = folders.pop() if len(folders) == 1 else ""
        self.names = [name.removeprefix(f"{self.folder}/") for name in zipped.names]
        self.digests: dict[str, str] = {}

    def hash_all(self) -> None:
        """Read every file once and keep its hash; one that cannot be read is a fault."""
        self.digests = {name: self._digest(name) for name in self.names}

    def fault(self, name: str, why: str) -> None:
        """Add a fault."""
        self.faults.append(f"{name}: {why}")

    def read(self, name: str) -> bytes:
        """Return one small file; empty when there is none or it cannot be read, a fault then."""
        try:
            return self._zip.read(f"{self.folder}/{name}")
        except ValueError as err:
            self.fault(name, str(err))
            return b""

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of one file; a missing one is a fault."""
        if name not in self.digests:
            self.fault(name, "missing")
            return
        try:
            yield from self._zip.lines(f"{self.folder}/{name}")
        except ValueError as err:
            self.fault(name, str(err))

    def listed(self, manifest: str) -> dict[str, str]:
        """Return what a manifest names with its hash; an unreadable one is a fault."""
        data = self.read(manifest)
        if not data:
            self.fault(manifest, "missing or empty")
        try:
            return read_manifest(data) if data else {}
        except ValueError as err:
            self.fault(manifest, str(err))
            return {}

    def compare(
        self,
        manifest: str,
        present: Collection[str],
        folder: str = "",
        withheld: Mapping[str, str] = NOTHING,
    ) -> None:
        """Hold what is there against what a manifest names, both ways, save what is withheld."""
        listed = {
            folder + name: sha256
            for name, sha256 in self.listed(manifest).items()
            if withheld.get(name) != sha256
        }
        there = set(present)
        for name in sorted(there - listed.keys()):
            self.fault(name, f"not named in {manifest}")
        for name in sorted(listed.keys() - there):
            self.fault(name, "missing")
        for name in sorted(there & listed.keys()):
            if self.digests[name] != listed[name]:
                self.fault(name, f"not what {manifest} says")

    def signed(self, key: str, signature: str, signed: str) -> str:
        """Check a signature and return the fingerprint of the key that made it, or nothing."""
        public_pem = self.read(key)
        try:
            signer = fingerprint(public_pem)
        except ValueError:
            self.fault(key, "missing, or not a public key")
            return ""
        if not is_as_written(public_pem):
            self.fault(key, "not a public key as it was written")
        if not verify(public_pem, self.read(signed), self.read(signature)):
            self.fault(signature, f"does not sign {signed} with {key}")
        return signer

    def _digest(self, name: str) -> str:
        try:
            return self._zip.digest(f"{self.folder}/{name}")
        except ValueError as err:
            self.fault(name, str(err))
            return ""
