"""What stands behind `watchroom pack`: who packed what is kept before the file has its name."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from moderation.access import Actor
from moderation.errors import InvalidInput
from moderation.evidence.contents import operator
from moderation.evidence.pack import note_pack, prepare, write
from moderation.evidence.seal import SigningKey
from moderation.evidence.vault import Vault
from moderation.settings import Settings
from moderation.store import Store
from worker.workshop import Workshop

_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Packed:
    """A pack that was made. missing counts what has no captured evidence and so is not in it."""

    path: Path
    sha256: str
    size: int
    records: int
    missing: int
    fingerprint: str


def pack_as(
    actor: Actor,
    what: str,
    target: Path,
    *,
    store: Store,
    settings: Settings,
    now: Callable[[], datetime],
) -> Packed:
    """Write the pack of a case, an item or an evidence record to target, replacing what is there.

    The audit line is committed before the file gets its name, so no pack leaves without one. The
    same evidence gives the same bytes. For the command line, actor is contents.operator(org).
    Raises InvalidInput, NotFound, EvidenceMissing or NotAllowed, and then leaves target alone.
    """
    key = SigningKey.of(settings.keys_dir)
    with tempfile.TemporaryFile() as chain, _drafted(target) as file:
        with store.reading() as session:
            draft = prepare(session, what, actor, chain)
        write(draft, Vault(settings.vault_dir), key, file)
        sha256, size = _weigh(file)
        with store.transaction() as session:
            note_pack(session, draft, sha256=sha256, size=size, actor=actor, now=now())
    return Packed(
        path=target,
        sha256=sha256,
        size=size,
        records=len(draft.contents.captured),
        missing=len(draft.contents.missing),
        fingerprint=key.fingerprint,
    )


def write_pack(shop: Workshop, what: str, target: Path) -> str:
    """Make a pack for the person at the command line and return what to tell them."""
    packed = pack_as(
        operator(shop.org_id),
        what,
        target,
        store=shop.store,
        settings=shop.settings,
        now=shop.now,
    )
    lines = [
        f"{packed.path} ({packed.size} bytes, records: {packed.records})",
        f"SHA-256 {packed.sha256}",
        f"Signed with the key {packed.fingerprint}",
    ]
    if packed.missing:
        lines.append(
            f"Not in it, for want of captured evidence: {packed.missing}. See data/exhibits.csv."
        )
    return "\n".join(lines)


@contextmanager
def _drafted(target: Path) -> Iterator[IO[bytes]]:
    """Give a file beside target that becomes target when all went well, and else goes away."""
    draft = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as err:
        msg = f"{target} cannot be written ({err.strerror}). Choose another place."
        raise InvalidInput(msg) from err
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _weigh(file: IO[bytes]) -> tuple[str, int]:
    """Return the SHA-256 and the size of what was written."""
    file.flush()
    size = file.tell()
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest(), size
