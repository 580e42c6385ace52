"""Whatever is done to any file of a pack, both checkers refuse it and say which file it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from tests.moderation.evidence.making import House
from tests.moderation.evidence.packs.rich import (
    RECORD,
    Unpacked,
    copied,
    flip,
    refused,
    unpacked,
)


@pytest.fixture
def pack(genuine: Unpacked, tmp_path: Path) -> Unpacked:
    """A copy to be tampered with."""
    return copied(genuine, tmp_path / "pack")


@contextmanager
def kept(path: Path) -> Iterator[None]:
    """Put a file back when its tampering was looked at."""
    data, mode = path.read_bytes(), path.stat().st_mode
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        path.write_bytes(data)
        path.chmod(mode)


def _changed(path: Path) -> Path:
    path.write_bytes(flip(path.read_bytes() or b"\0"))
    return path


def _last_byte_changed(path: Path) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[:-1] + flip(data[-1:] or b"\0"))
    return path


def _longer(path: Path) -> Path:
    path.write_bytes(path.read_bytes() + b"\n")
    return path


def _emptied(path: Path) -> Path:
    path.write_bytes(b"" if path.stat().st_size else b"x")
    return path


def _removed(path: Path) -> Path:
    path.unlink()
    return path


def _linked(path: Path) -> Path:
    """The same bytes by way of a link, which could show others tomorrow."""
    copy = next(folder for folder in path.parents if folder.name == "pack")
    outside = copy.parent / "outside.bin"
    shutil.copy(path, outside)
    path.unlink()
    path.symlink_to(outside)
    return path


HARM: dict[str, Callable[[Path], Path]] = {
    "its first byte changed": _changed,
    "its last byte changed": _last_byte_changed,
    "a byte added": _longer,
    "emptied": _emptied,
    "removed": _removed,
    "replaced by a link": _linked,
}


@pytest.mark.parametrize("harm", HARM)
def test_no_file_can_be(pack: Unpacked, harm: str) -> None:
    survivors: list[str] = []
    for name in pack.names():
        with kept(pack.folder / name):
            HARM[harm](pack.folder / name)
            survivors += refused(pack, name)
    assert survivors == []
    assert pack.check(pack.fingerprint).is_whole


def test_no_file_can_be_renamed(pack: Unpacked) -> None:
    survivors: list[str] = []
    for name in pack.names():
        path, other = pack.folder / name, pack.folder / f"{name}-other.txt"
        path.rename(other)
        survivors += refused(pack, name)
        other.rename(path)
    assert survivors == []


def test_no_two_files_can_change_places(pack: Unpacked) -> None:
    survivors: list[str] = []
    names = pack.names()
    for name, other in pairwise(names):
        here, there = pack.folder / name, pack.folder / other
        if here.read_bytes() == there.read_bytes():
            continue
        with kept(here), kept(there):
            first = here.read_bytes()
            here.write_bytes(there.read_bytes())
            there.write_bytes(first)
            survivors += refused(pack, name, other)
    assert survivors == []


def test_no_file_can_come_from_another_pack(
    pack: Unpacked, stamped_house: House, tmp_path: Path
) -> None:
    """Another pack of the same house, with the same key, about another item."""
    item = stamped_house.item("Words of another matter")
    stamped_house.evidence(item)
    made = stamped_house.pack(str(item.id), tmp_path / "other.zip")
    other = unpacked(stamped_house, made.path, tmp_path / "other")
    survivors: list[str] = []
    for name in other.names():
        here, there = pack.folder / name, other.folder / name
        if not here.exists() or here.read_bytes() == there.read_bytes():
            continue
        with kept(here):
            here.write_bytes(there.read_bytes())
            survivors += refused(pack, name)
    assert survivors == []


ADDED = (
    "extra.txt",
    ".hidden",
    "verify/extra.txt",
    "verify/tagmanifest-sha256.txt.tsr",
    "more/tagmanifest-sha256.txt",
    "data/extra.txt",
    "data/.hidden",
    f"{RECORD}more.txt",
    f"{RECORD}seal/rogue.tsr",
    f"{RECORD}extracts/more.json",
    f"{RECORD}additions/02/original.png",
    "data/items/0003/text.txt",
    "data/audit/bodies/000001.json",
    "data/authorities/rogue-ca.pem",
)


@pytest.mark.parametrize("name", ADDED)
def test_no_file_can_be_added(pack: Unpacked, name: str) -> None:
    path = pack.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("added")
    assert refused(pack, name) == []


def test_neither_a_link_nor_a_pipe_nor_a_strange_name_can_be_added(pack: Unpacked) -> None:
    data = pack.folder / "data"
    (data / "link.txt").symlink_to("/etc/hostname")
    assert refused(pack, "data/link.txt") == []
    (data / "link.txt").unlink()
    (data / "a\nb  data").write_text("added")
    assert refused(pack, "data") == []
    (data / "a\nb  data").unlink()
    os.mkfifo(data / "pipe.txt")  # A zip cannot hold one: only who unpacked it could have.
    assert refused(pack, "data/pipe.txt", zips=False) == []
