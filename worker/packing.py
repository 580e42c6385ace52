"""The job that makes a pack: the file is durable before the register says that it is made."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from moderation import jobs
from moderation.errors import InvalidInput, ModerationError, StoreError
from moderation.evidence.packs import making
from moderation.evidence.packs.preparing import Installation, prepare
from moderation.evidence.packs.writing import write
from moderation.jobs import Claim
from moderation.lifecycle import DisclosureState
from moderation.tables import DisclosureRow
from worker.workshop import Workshop

FAILED: Final = "It was tried until its tries were used up. Ask for it once more."
_BLOCK: Final = 1 << 20
# A page that shows progress needs no more than this, and a lease is renewed well before its end.
_TELL_EVERY_S: Final = 1.0


def pack(shop: Workshop, held: Claim) -> None:
    """Make a pack that was asked for, or take away the file of one that was withdrawn.

    Running it twice is harmless: the same question gives the same bytes under the same name, and
    what is made already stays. What stands in the way of it is told on the register.
    """
    with shop.store.reading() as session:
        asked = making.asked_for(session, int(held.ref))
    if asked.state is DisclosureState.ASKED:
        _make_or_say_why(shop, held, asked)
        return
    if asked.state is DisclosureState.WITHDRAWN:
        _remove(shop, asked)
    with shop.store.transaction() as session:
        jobs.finish(session, held, now=shop.now())


def when_dead(shop: Workshop, held: Claim) -> None:
    """Mark the pack failed, so that the register shows it and a person can ask again."""
    with shop.store.transaction() as session:
        making.failed(session, int(held.ref), FAILED, shop.now())


def installation(shop: Workshop) -> Installation:
    """Return what of this installation goes into its packs. Raises SettingsError."""
    return Installation(
        base_url=shop.settings.base_url,
        fingerprint=shop.key.fingerprint,
        authorities={
            one.name: one.ca.read_bytes() + (one.chain.read_bytes() if one.chain else b"")
            for one in shop.settings.authorities
        },
    )


def _make_or_say_why(shop: Workshop, held: Claim, asked: DisclosureRow) -> None:
    """Make a pack, or record what stands in its way; storage that is away is worth another try."""
    try:
        _make(shop, held, asked)
    except StoreError:
        raise
    except ModerationError as err:
        with shop.store.transaction() as session:
            making.failed(session, asked.id, str(err), shop.now())
            jobs.finish(session, held, now=shop.now())


def _make(shop: Workshop, held: Claim, asked: DisclosureRow) -> None:
    target = shop.settings.packs_dir / f"{asked.ref}.zip"
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryFile() as chain, drafted(target) as file:
        with shop.store.reading() as session:
            draft = prepare(session, asked, installation(shop), chain)
        progress = _Progress(shop, held, asked.id, draft.records)
        write(draft, shop.vault, shop.key, file, progress.tell)
        sha256, size = weigh(file)
    with shop.store.transaction() as session:
        now = shop.now()
        making.made(session, draft, path=target.name, sha256=sha256, size=size, now=now)
        jobs.finish(session, held, now=now)


class _Progress:
    """Tells the register how many records are in, and keeps the lease while they go in."""

    def __init__(self, shop: Workshop, held: Claim, disclosure_id: int, total: int) -> None:
        self._shop, self._held = shop, held
        self._id, self._total = disclosure_id, total
        self._told = time.monotonic()

    def tell(self, done: int) -> None:
        """Hear of one more record. Raises FencedError when the job is somebody else's by now."""
        if time.monotonic() - self._told < _TELL_EVERY_S:
            return
        with self._shop.store.transaction() as session:
            making.note_progress(session, self._id, done, self._total)
            jobs.renew(session, self._held, now=self._shop.now())
        self._told = time.monotonic()


def _remove(shop: Workshop, asked: DisclosureRow) -> None:
    if asked.path is not None:
        (shop.settings.packs_dir / asked.path).unlink(missing_ok=True)
    with shop.store.transaction() as session:
        making.file_removed(session, asked.id, shop.now())


@contextmanager
def drafted(target: Path) -> Iterator[IO[bytes]]:
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


def weigh(file: IO[bytes]) -> tuple[str, int]:
    """Return the SHA-256 and the size of what was written."""
    file.flush()
    size = file.tell()
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest(), size
