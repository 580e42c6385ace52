"""Seal a set of files: each into the vault, a manifest over them, and a signature over that."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from moderation.errors import EvidenceMissing
from moderation.evidence.seal import SigningKey
from moderation.evidence.vault import Vault

MANIFEST: Final = "manifest-sha256.txt"
SIGNATURE: Final = "manifest-sha256.txt.sig"
PUBLIC_KEY: Final = "signing-key.pub.pem"

# The form of sha256sum, with the names that we make: a name can neither leave its folder nor
# carry a line break.
LINE: Final = re.compile(
    r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*)"
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed set of files.

    size counts the bytes of the files. path is where the vault keeps the list of the three files
    of the seal: manifest, signature, and the public key of the day.
    """

    manifest_sha256: str
    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What a seal is made of: the vault's name of each sealed file and of each file of the seal."""

    files: dict[str, str]
    seal: dict[str, str]


def seal_files(files: Mapping[str, bytes], vault: Vault, key: SigningKey) -> Sealed:
    """Seal the files; everything is durable when this returns, so the caller may commit.

    The same files sealed again with the same key are the same seal and cost no write.
    """
    names = sorted(files)
    manifest = as_manifest({name: hashlib.sha256(files[name]).hexdigest() for name in names})
    seal = {MANIFEST: manifest, SIGNATURE: key.sign(manifest), PUBLIC_KEY: key.public_pem}
    listed = as_manifest({name: hashlib.sha256(data).hexdigest() for name, data in seal.items()})
    *_, last = vault.put_many([*(files[name] for name in names), *seal.values(), listed])
    return Sealed(
        manifest_sha256=hashlib.sha256(manifest).hexdigest(),
        size=sum(len(data) for data in files.values()),
        path=vault.place(last),
    )


def listing(vault: Vault, path: str, manifest_sha256: str) -> Listing:
    """Read what was sealed, file by file. Raises EvidenceMissing when the seal is not whole."""
    try:
        seal = read_manifest(vault.get(path.rpartition("/")[2]))
        if seal.get(MANIFEST) != manifest_sha256:
            raise EvidenceMissing(_OTHER_SEAL)
        return Listing(read_manifest(vault.get(manifest_sha256)), seal)
    except ValueError as err:
        raise EvidenceMissing(_OTHER_SEAL) from err


_OTHER_SEAL: Final = (
    "The seal of this evidence is not the one in the record. Restore vault and database from the "
    "same backup."
)


def as_manifest(sha256s: Mapping[str, str]) -> bytes:
    """Return the lines that `sha256sum` prints, sorted by name."""
    return "".join(f"{sha256s[name]}  {name}\n" for name in sorted(sha256s)).encode()


def read_manifest(data: bytes) -> dict[str, str]:
    """Return the SHA-256 of each name. Raises ValueError on any line that is not of this form."""
    lines = data.decode("ascii").split("\n")
    if lines.pop() != "":
        msg = "the last line does not end"
        raise ValueError(msg)
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        match = LINE.fullmatch(line)
        if match is None or match[2] in found:
            msg = f"line {number} is not a hash and a name of its own"
            raise ValueError(msg)
        found[match[2]] = match[1]
    return found
