"""Whatever is done to any file of a pack, both checkers refuse it and say which file it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from moderation.evidence.seal import SigningKey
from tests.moderation.evidence.making import House
from tests.moderation.evidence.packs.rich import (
    KEY,
    MANIFEST,
    RECORD,
    SEAL,
    SIGNATURE,
    TEXT,
    Unpacked,
    copied,
    flip,
    sha256,
    unpacked,
)


@pytest.fixture
def pack(genuine: Unpacked, tmp_path: Path) -> Unpacked:
    """A copy to be tampered with."""
    return copied(genuine, tmp_path / "pack")


@pytest.fixture
def rogue(tmp_path: Path) -> SigningKey:
    return SigningKey.of(tmp_path / "rogue")


def refused(pack: Unpacked, name: str, *others: str, zips: bool = True) -> list[str]:
    """Return what is wrong with how the two checkers refuse a tampered pack: nothing, at best.

    Where others were harmed too, verify.sh may name one of these: it ends at the first.
    """
    done, faults = pack.shell(), pack.check().faults if zips else (name,)
    wrong = []
    lines = done.stdout.splitlines()
    if done.returncode != 1 or lines[-1] != "THIS PACK IS NOT AS IT WAS MADE.":
        wrong.append(f"{name}: verify.sh says {done.returncode}: {done.stdout[-300:]}")
    elif any(line.startswith("ALL CHECKS PASSED") for line in lines):
        wrong.append(f"{name}: verify.sh praises it too: {done.stdout[-300:]}")
    elif not any(Path(one).name in done.stdout for one in (name, *others)):
        wrong.append(f"{name}: verify.sh does not name it: {done.stdout[-300:]}")
    if not any(name in fault for fault in faults):
        wrong.append(f"{name}: watchroom verify does not name it: {faults}")
    return wrong


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
    outside = path.parents[len(path.parts) - 1 - path.parts.index("pack") - 1] / "outside.bin"
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


def _manifest_mended(pack: Unpacked, _rogue: SigningKey) -> str:
    old = sha256((pack.folder / TEXT).read_bytes())
    pack.rewrite(TEXT, flip)
    new = sha256((pack.folder / TEXT).read_bytes())
    pack.rewrite(MANIFEST, lambda data: data.replace(old.encode(), new.encode()))
    return MANIFEST


def _both_manifests_mended(pack: Unpacked, _rogue: SigningKey) -> str:
    pack.rewrite(TEXT, flip)
    pack.mend_manifests()
    return SIGNATURE


def _added_and_named(pack: Unpacked, _rogue: SigningKey) -> str:
    (pack.folder / RECORD / "more.txt").write_text("added")
    pack.mend_manifests()
    return SIGNATURE


def _signed_by_another(pack: Unpacked, rogue: SigningKey) -> str:
    pack.rewrite(TEXT, flip)
    pack.sign_again(rogue)
    return SIGNATURE


def _key_replaced(pack: Unpacked, rogue: SigningKey) -> str:
    pack.rewrite(KEY, lambda _: rogue.public_pem)
    return KEY


def _lines_in_another_order(pack: Unpacked, _rogue: SigningKey) -> str:
    pack.rewrite(MANIFEST, lambda data: b"".join(sorted(data.splitlines(keepends=True))))
    return MANIFEST


FORGERIES: dict[str, Callable[[Unpacked, SigningKey], str]] = {
    "a file and the manifest": _manifest_mended,
    "a file and both manifests": _both_manifests_mended,
    "a file added and named": _added_and_named,
    "changed and signed by another key": _signed_by_another,
    "the key replaced": _key_replaced,
    "the manifest in another order": _lines_in_another_order,
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_without_the_key_is_refused(
    pack: Unpacked, rogue: SigningKey, forgery: str
) -> None:
    assert refused(pack, FORGERIES[forgery](pack, rogue)) == []


def _forge_whole(pack: Unpacked, rogue: SigningKey) -> None:
    """Change a word, and make every hash, signature and key fit it; stamps cannot be made to."""
    old = sha256((pack.folder / TEXT).read_bytes())
    pack.rewrite(TEXT, flip)
    new = sha256((pack.folder / TEXT).read_bytes())
    pack.rewrite(SEAL, lambda data: data.replace(old.encode(), new.encode()))
    for seal in sorted(pack.folder.glob("data/items/**/seal")):
        (seal / "signing-key.pub.pem").write_bytes(rogue.public_pem)
        (seal / f"{MANIFEST}.sig").write_bytes(rogue.sign((seal / MANIFEST).read_bytes()))
    for name in ("opening.txt", "checkpoint.txt"):
        note = (pack.folder / "data/audit" / name).read_bytes()
        (pack.folder / f"data/audit/{name}.sig").write_bytes(rogue.sign(note))
    (pack.folder / KEY).write_bytes(rogue.public_pem)
    pack.sign_again(rogue)


def test_a_whole_forgery_fails_at_the_stamp_of_the_authority(
    pack: Unpacked, rogue: SigningKey
) -> None:
    _forge_whole(pack, rogue)
    assert refused(pack, f"{RECORD}seal/time-office.tsr") == []


def test_a_whole_forgery_without_stamps_is_refused_once_the_fingerprint_is_told(
    pack: Unpacked, rogue: SigningKey
) -> None:
    for token in pack.folder.rglob("*.tsr"):
        token.unlink()
    _forge_whole(pack, rogue)
    untold = pack.shell()
    assert untold.returncode == 0
    assert "Compare it with the fingerprint" in untold.stdout
    assert rogue.fingerprint in untold.stdout
    assert pack.check().is_whole
    told = pack.shell(pack.fingerprint)
    assert told.returncode == 1
    assert KEY in told.stdout
    assert [fault for fault in pack.check(pack.fingerprint).faults if KEY in fault]
