"""The vault: a write-once store on disk where a file's name is the SHA-256 of what it holds."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from moderation.errors import EvidenceMissing, StoreError

INCOMING: Final = "incoming"
_NAME: Final = re.compile(r"[0-9a-f]{64}")
_BLOCK: Final = 1 << 20
_REMEMBERED: Final = 10_000


@dataclass(frozen=True, slots=True)
class Fault:
    """A file of the vault that is not what its name says; path is seen from the vault's folder."""

    path: str
    why: str


class Vault:
    """Keeps bytes for good under root, which is made on the first write.

    A file is whole or absent: it is written and synced beside the shelves, then moved onto its
    shelf, and the shelf is synced before put() returns. Files can be read by their owner alone.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._durable: set[str] = set()

    def put(self, data: bytes) -> str:
        """Keep data for good and return its SHA-256; kept before, nothing is written.

        Raises StoreError when the disk will not take it; then nothing is left half written.
        """
        return self.put_many((data,))[0]

    def put_many(self, files: Iterable[bytes]) -> list[str]:
        """Keep several and return their names in order, with one sync a file and one a shelf."""
        with self._writing():
            names: list[str] = []
            shelves: set[Path] = set()
            for data in files:
                name = hashlib.sha256(data).hexdigest()
                names.append(name)
                # A file that another process put there counts only after its shelf was synced
                # here: that process may have died before it could.
                if self._keep(name, data) or name not in self._durable:
                    shelves.add(self._path(name).parent)
            for shelf in shelves:
                _sync_folder(shelf)
            self._remember(names)
        return names

    def get(self, name: str) -> bytes:
        """Return the bytes kept under a SHA-256. Raises EvidenceMissing when altered or gone."""
        path = self._path(name)
        try:
            data = path.read_bytes()
        except OSError as err:
            raise EvidenceMissing(_GONE.format(name=name, why=err.strerror)) from err
        if hashlib.sha256(data).hexdigest() != name:
            raise EvidenceMissing(_ALTERED.format(name=name))
        return data

    def has(self, name: str) -> bool:
        """Say whether a file of that name is there; get() says whether it is whole."""
        return _NAME.fullmatch(name) is not None and self._path(name).is_file()

    def place(self, name: str) -> str:
        """Return where a kept file lies, seen from the vault's folder."""
        return self._path(name).relative_to(self.root).as_posix()

    def rehash(self) -> Iterator[Fault]:
        """Read every file again, in order of name, and yield those that are not what they say."""
        for shelf in sorted(self._shelves()):
            for path in sorted(shelf.iterdir()):
                why = _fault(path)
                if why:
                    yield Fault(path.relative_to(self.root).as_posix(), why)

    def _remember(self, names: list[str]) -> None:
        """Keep which files need no sync again; forgetting some costs one sync each, no more."""
        if len(self._durable) > _REMEMBERED:
            self._durable.clear()
        self._durable.update(names)

    def _shelves(self) -> Iterator[Path]:
        if self.root.is_dir():
            yield from (path for path in self.root.iterdir() if path.name != INCOMING)

    def _path(self, name: str) -> Path:
        if _NAME.fullmatch(name) is None:
            msg = f"{name[:80]!r} is not the name of a kept file, which is a SHA-256."
            raise EvidenceMissing(msg)
        return self.root / name[:2] / name

    def _keep(self, name: str, data: bytes) -> bool:
        """Put one file on its shelf, which then needs its sync; False when it was there."""
        path = self._path(name)
        if _holds(path, data):
            return False
        incoming = self.root / INCOMING
        _make_folder(incoming)
        _make_folder(path.parent)
        draft = incoming / secrets.token_hex(16)
        try:
            _write(draft, data)
            draft.replace(path)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        return True

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Turn what the disk says into one line that says how to mend it."""
        try:
            yield
        except OSError as err:
            msg = (
                f"The evidence folder {self.root} cannot be written ({err.strerror}). Make room "
                "or give Watchroom the right to write there; nothing was kept half."
            )
            raise StoreError(msg) from err


_GONE: Final = (
    "The kept file {name} cannot be read ({why}). Restore the vault from its backup; until then "
    "this evidence cannot be shown or packed."
)
_ALTERED: Final = (
    "The kept file {name} was altered after it was sealed. Restore it from the backup and find "
    "out who can write in the vault."
)


def _holds(path: Path, data: bytes) -> bool:
    """Say whether the file is there and whole; a damaged one is written anew."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _make_folder(folder: Path) -> None:
    """Make a folder that outlives a power cut; parents too, each private to its owner."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _fault(path: Path) -> str:
    """Return what is wrong with one kept file, or nothing."""
    if path.is_symlink() or not path.is_file():
        return "not a file"
    if _NAME.fullmatch(path.name) is None or path.parent.name != path.name[:2]:
        return "not a name that the vault gives"
    try:
        with path.open("rb") as file:
            found = hashlib.sha256()
            while block := file.read(_BLOCK):
                found.update(block)
    except OSError as err:
        return f"cannot be read ({err.strerror})"
    return "" if found.hexdigest() == path.name else "altered"
