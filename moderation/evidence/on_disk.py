"""A vault's files in a folder: written and synced beside the shelves, then moved onto them."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

from moderation.errors import EvidenceMissing, StoreError
from moderation.evidence.shelves import ALTERED, GONE, NOT_OURS, Look, is_ours

INCOMING: Final = "incoming"
LEAVING: Final = "leaving"
_BLOCK: Final = 1 << 20
_REMEMBERED: Final = 10_000


class Folder:
    """Shelves below root, private to their owner. A file's time says when it was last put in."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._durable: set[str] = set()

    def keep(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Keep files with one sync for each and one for each shelf."""
        with self._writing():
            names: list[str] = []
            shelves: set[Path] = set()
            for name, data in files:
                names.append(name)
                # A file that another process put there counts only after its shelf was synced
                # here: that process may have died before it could.
                if self._keep(name, data) or name not in self._durable:
                    shelves.add(self._path(name).parent)
            for shelf in shelves:
                _sync_folder(shelf)
            self._remember(names)

    def read(self, name: str) -> bytes:
        """Return the bytes under a name. Raises EvidenceMissing."""
        try:
            return self._path(name).read_bytes()
        except OSError as err:
            raise EvidenceMissing(GONE.format(name=name, why=err.strerror)) from err

    def has(self, name: str) -> bool:
        """Say whether there is a file of that name."""
        return self._path(name).is_file()

    def shelves(self) -> list[str]:
        """Return the folders below root, but for the two that files only pass through."""
        if not self.root.is_dir():
            return []
        passing = {INCOMING, LEAVING}
        return sorted(path.name for path in self.root.iterdir() if path.name not in passing)

    def on(self, shelf: str) -> list[str]:
        """Return what lies on a shelf, in order; what is no folder holds itself alone."""
        folder = self.root / shelf
        if folder.is_dir():
            return sorted(path.name for path in folder.iterdir())
        return [""] if folder.exists() else []

    def look(self, shelf: str, name: str) -> Look:
        """Read one thing on a shelf from its first byte to its last."""
        path = self.root / shelf / name
        if path.is_symlink() or not path.is_file():
            return Look(0, "not a file")
        if not is_ours(shelf, name):
            return Look(0, NOT_OURS)
        size, found = 0, hashlib.sha256()
        try:
            with path.open("rb") as file:
                while block := file.read(_BLOCK):
                    size += len(block)
                    found.update(block)
        except OSError as err:
            return Look(size, f"cannot be read ({err.strerror})")
        return Look(size, "" if found.hexdigest() == name else ALTERED)

    def remove(self, name: str, older_than: timedelta) -> bool:
        """Take a file off its shelf, and put it back where somebody put it in lately.

        Whoever puts the same bytes in while it is off the shelf finds none there and writes them.
        """
        path = self._path(name)
        if path.exists() and _age(path) < older_than:
            return False
        leaving = self.root / LEAVING / f"{name}.{secrets.token_hex(8)}"
        with self._writing():
            _make_folder(leaving.parent)
            try:
                path.replace(leaving)
            except FileNotFoundError:
                return True
            if _age(leaving) < older_than:
                self._put_back(leaving)
                return False
            leaving.unlink(missing_ok=True)
            _sync_folder(path.parent)
        self._durable.discard(name)
        return not path.exists()

    def tidy(self, older_than: timedelta) -> None:
        """Put back what was on its way out, and remove drafts that nobody will finish."""
        with self._writing():
            for left in _files_in(self.root / LEAVING):
                self._put_back(left)
            for draft in _files_in(self.root / INCOMING):
                if _age(draft) >= older_than:
                    draft.unlink(missing_ok=True)

    def _put_back(self, leaving: Path) -> None:
        # Where it is back already, the same bytes came in again or another process did this.
        with suppress(FileExistsError, FileNotFoundError):
            os.link(leaving, self._path(leaving.name.partition(".")[0]))
        leaving.unlink(missing_ok=True)

    def _remember(self, names: list[str]) -> None:
        """Keep which files need no sync again; forgetting some costs one sync each, no more."""
        if len(self._durable) > _REMEMBERED:
            self._durable.clear()
        self._durable.update(names)

    def _path(self, name: str) -> Path:
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


def _holds(path: Path, data: bytes) -> bool:
    """Say whether the file is there and whole, and let its time say now; a damaged one is not."""
    try:
        if path.stat().st_size != len(data) or path.read_bytes() != data:
            return False
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _age(path: Path) -> timedelta:
    """Return how long ago a file was put in; nothing for one that another process took."""
    try:
        return timedelta(seconds=max(0.0, time.time() - path.stat().st_mtime))
    except FileNotFoundError:
        return timedelta()


def _files_in(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


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
