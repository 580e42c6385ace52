"""Checkpoints as files: three lines, the signature beside them, and the stamps that were had."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from moderation.checkpoints import Outside

SIGNATURE: Final = ".sig"
_LARGEST: Final = 10_000
_NAME: Final = "checkpoint-*.txt"


def name_of(seq: int) -> str:
    """Return what the file of a checkpoint is called; names sort as the chain grows."""
    return f"checkpoint-{seq:012d}.txt"


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files so that each is whole or absent and outlives a power cut; again, the same.

    Raises OSError when the folder does not take them.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, data in files.items():
        draft = folder / f".{secrets.token_hex(8)}"
        try:
            _put(draft, data)
            draft.replace(folder / name)
        finally:
            draft.unlink(missing_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path: Path) -> Outside:
    """Read a checkpoint and the signature beside it. Raises OSError when it cannot be read.

    What is not the text of a checkpoint is empty, which agrees with nothing.
    """
    data = _head(path)
    beside = path.with_name(path.name + SIGNATURE)
    signature = _head(beside) if beside.is_file() else None
    return Outside(path.name, data.decode("utf-8", "replace"), signature)


def read_all(folder: Path) -> Iterator[Outside]:
    """Read what lies in a folder of checkpoints, if there is one."""
    return (read(path) for path in sorted(folder.glob(_NAME)))


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LARGEST)


def _put(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
