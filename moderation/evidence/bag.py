"""Write a BagIt folder into one zip whose bytes depend on its contents alone."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import IO, Final

from moderation.evidence.seal import SigningKey
from moderation.evidence.sealing import PUBLIC_KEY, as_manifest

MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
VERIFY_KEY: Final = f"verify/{PUBLIC_KEY}"
VERIFY_SIGNATURE: Final = f"verify/{TAG_MANIFEST}.sig"
BAGIT: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

# The earliest time that a zip can hold; a real one would make every pack differ.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3

# What is compressed already only costs time; a name that we gave says what it is.
_COMPRESSED: Final = (".jpg", ".png", ".gif", ".webp", ".mp4", ".webm", ".pdf", ".tsr", ".sig")

Source = Callable[[], Iterable[bytes]]


def _unheard(_name: str) -> None:
    """Hear of a written file and do nothing."""


def write(
    target: IO[bytes],
    folder: str,
    payload: Mapping[str, Source],
    tags: Mapping[str, bytes],
    key: SigningKey,
    written: Callable[[str], None] = _unheard,
) -> None:
    """Write one bag; payload is read piece by piece, names are seen from the bag's folder.

    The tag manifest is signed, and through it every other file but the key and the signature.
    Payload names start with data/; tags are the other files. Names are written in sorted order,
    in which the payload comes before its manifest, and that before the tag manifest. written hears
    the name of each file of the payload once it is in.
    """
    made: dict[str, Callable[[], bytes]] = {}
    sha256s: dict[str, str] = {}
    listed: dict[str, bytes] = {**tags, "bagit.txt": BAGIT}

    def manifest() -> bytes:
        listed[MANIFEST] = as_manifest(sha256s)
        return listed[MANIFEST]

    def tag_manifest() -> bytes:
        return as_manifest({name: _sha256(data) for name, data in listed.items()})

    made[MANIFEST] = manifest
    made[TAG_MANIFEST] = tag_manifest
    made[VERIFY_KEY] = lambda: key.public_pem
    made[VERIFY_SIGNATURE] = lambda: key.sign(tag_manifest())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted({*payload, *listed, *made}):
            if name in payload:
                sha256s[name] = _add(archive, f"{folder}/{name}", payload[name]())
                written(name)
            else:
                data = made[name]() if name in made else listed[name]
                _add(archive, f"{folder}/{name}", (data,))


def _add(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> str:
    """Add one file and return its SHA-256."""
    info = zipfile.ZipInfo(name, _NO_TIME)
    packed = zipfile.ZIP_STORED if name.endswith(_COMPRESSED) else zipfile.ZIP_DEFLATED
    info.compress_type = packed
    info.create_system = _UNIX
    info.external_attr = (0o100755 if name.endswith(".sh") else 0o100644) << 16
    digest = hashlib.sha256()
    with archive.open(info, "w") as file:
        for piece in pieces:
            file.write(piece)
            digest.update(piece)
    return digest.hexdigest()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
