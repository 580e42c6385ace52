"""The vault: a write-once store of bytes where a file's name is the SHA-256 of what it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from moderation.errors import EvidenceMissing
from moderation.evidence.on_disk import Folder
from moderation.evidence.shelves import NAME, Shelves

# What was put in so lately may belong to a record that is about to be committed.
GRACE: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Fault:
    """A file of the vault that is not what its name says; path is seen from the vault's own top."""

    path: str
    why: str


class Vault:
    """Keeps bytes for good: in a folder, which is made on the first write, or on other shelves."""

    def __init__(self, kept: Path | Shelves) -> None:
        self.shelves: Shelves = Folder(kept) if isinstance(kept, Path) else kept

    def put(self, data: bytes) -> str:
        """Keep data for good and return its SHA-256; kept before, nothing is written.

        Raises StoreError when storage will not take it; then nothing is left half written.
        """
        return self.put_many((data,))[0]

    def put_many(self, files: Iterable[bytes]) -> list[str]:
        """Keep several and return their names in order; cheaper than one by one."""
        names: list[str] = []
        self.shelves.keep(_named(files, names))
        return names

    def get(self, name: str) -> bytes:
        """Return the bytes kept under a SHA-256. Raises EvidenceMissing when altered or gone."""
        _require_name(name)
        data = self.shelves.read(name)
        if hashlib.sha256(data).hexdigest() != name:
            raise EvidenceMissing(_ALTERED.format(name=name))
        return data

    def has(self, name: str) -> bool:
        """Say whether a file of that name is there; get() says whether it is whole."""
        return NAME.fullmatch(name) is not None and self.shelves.has(name)

    def place(self, name: str) -> str:
        """Return where a kept file lies, seen from the vault's own top."""
        _require_name(name)
        return f"{name[:2]}/{name}"

    def remove(self, name: str, older_than: timedelta = GRACE) -> bool:
        """Remove a file that nothing names any more; say whether it is gone now.

        One that was put in more lately than older_than stays, for its record may be about to be
        committed. The caller has made sure that no record names it.
        """
        _require_name(name)
        return self.shelves.remove(name, older_than)

    def rehash(self) -> Iterator[Fault]:
        """Read every file again, in order of name, and yield those that are not what they say."""
        for shelf in self.shelves.shelves():
            for name in self.shelves.on(shelf):
                why = self.shelves.look(shelf, name).why
                if why:
                    yield Fault(f"{shelf}/{name}", why)


def _named(files: Iterable[bytes], names: list[str]) -> Iterator[tuple[str, bytes]]:
    for data in files:
        names.append(hashlib.sha256(data).hexdigest())
        yield names[-1], data


def _require_name(name: str) -> None:
    if NAME.fullmatch(name) is None:
        msg = f"{name[:80]!r} is not the name of a kept file, which is a SHA-256."
        raise EvidenceMissing(msg)


_ALTERED: Final = (
    "The kept file {name} was altered after it was sealed. Restore it from the backup and find "
    "out who can write in the vault."
)
