"""What is kept is whole or absent, private to its owner, and found when altered."""

from __future__ import annotations

import hashlib
import os
import resource
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from moderation.errors import EvidenceMissing, StoreError
from moderation.evidence.on_disk import INCOMING, LEAVING
from moderation.evidence.vault import GRACE, Vault

NONE = timedelta()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "data" / "vault"


@pytest.fixture
def vault(root: Path) -> Vault:
    return Vault(root)


def _files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def _age(root: Path, by: timedelta = GRACE * 2) -> None:
    """Let every file of the vault have been put in that long ago."""
    then = time.time() - by.total_seconds()
    for path in _files(root):
        os.utime(path, (then, then))


@pytest.mark.parametrize("data", [b"", b"a", b"\0\xff" * 1000, b"x" * 3_000_000])
def test_what_is_put_comes_back_under_its_sha256(vault: Vault, data: bytes) -> None:
    name = vault.put(data)
    assert name == hashlib.sha256(data).hexdigest()
    assert vault.has(name)
    assert vault.get(name) == data


def test_the_same_bytes_again_write_nothing_and_count_as_put_in_now(
    vault: Vault, root: Path
) -> None:
    name = vault.put(b"once")
    _age(root)
    before = (root / vault.place(name)).stat()
    assert vault.put(b"once") == name
    after = (root / vault.place(name)).stat()
    assert after.st_ino == before.st_ino
    assert after.st_mtime - before.st_mtime >= GRACE.total_seconds()


def test_several_put_at_once_are_named_in_their_order(vault: Vault, root: Path) -> None:
    names = vault.put_many([b"b", b"a", b"b"])
    assert [vault.get(name) for name in names] == [b"b", b"a", b"b"]
    assert len(_files(root)) == 2


def test_each_new_file_costs_one_sync(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.put(b"makes the folders")
    synced: list[bool] = []
    real = os.fsync

    def counted(descriptor: int) -> None:
        synced.append(stat.S_ISREG(os.fstat(descriptor).st_mode))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", counted)
    vault.put_many([b"1", b"2", b"3"])
    assert synced.count(True) == 3
    synced.clear()
    vault.put(b"1")
    assert synced == []


def test_a_file_that_another_process_put_there_is_synced_before_it_counts(
    vault: Vault, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Vault(root).put(b"from elsewhere")
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    vault.put(b"from elsewhere")
    vault.put(b"from elsewhere")
    assert len(synced) == 1


def test_files_and_folders_are_their_owners_alone(vault: Vault, root: Path) -> None:
    name = vault.put(b"private")
    path = root / vault.place(name)
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    for folder in (root, path.parent, root / INCOMING):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def _alter(path: Path, data: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(data)


@pytest.mark.parametrize("data", [b"seAled", b"", b"sealed and more"])
def test_an_altered_file_is_refused_and_found(vault: Vault, root: Path, data: bytes) -> None:
    name = vault.put(b"sealed")
    vault.put(b"another")
    _alter(root / vault.place(name), data)
    with pytest.raises(EvidenceMissing, match="altered"):
        vault.get(name)
    assert [(fault.path, fault.why) for fault in vault.rehash()] == [(vault.place(name), "altered")]


def test_a_file_that_is_gone_is_refused(vault: Vault, root: Path) -> None:
    name = vault.put(b"sealed")
    (root / vault.place(name)).unlink()
    assert not vault.has(name)
    with pytest.raises(EvidenceMissing, match="Restore the vault"):
        vault.get(name)


def test_an_altered_file_is_mended_when_the_same_bytes_come_again(vault: Vault, root: Path) -> None:
    name = vault.put(b"sealed")
    _alter(root / vault.place(name), b"seAled")
    vault.put(b"sealed")
    assert vault.get(name) == b"sealed"


@pytest.mark.parametrize("name", ["", "x", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_a_name_that_is_no_hash_reaches_no_file(vault: Vault, name: str) -> None:
    vault.put(b"sealed")
    assert not vault.has(name)
    with pytest.raises(EvidenceMissing):
        vault.get(name)


def test_rehash_of_a_whole_vault_finds_nothing(vault: Vault) -> None:
    assert list(vault.rehash()) == []
    vault.put_many([bytes([n]) for n in range(50)])
    assert list(vault.rehash()) == []


def test_rehash_finds_what_the_vault_did_not_put_there(vault: Vault, root: Path) -> None:
    shelf = (root / vault.place(vault.put(b"sealed"))).parent
    (shelf / "notes.txt").write_text("mine")
    (shelf / ("f" * 64)).symlink_to("notes.txt")
    assert {fault.why for fault in vault.rehash()} == {
        "not a file",
        "not a name that the vault gives",
    }


def test_a_full_disk_says_so_and_leaves_nothing_half(vault: Vault, root: Path) -> None:
    kept = vault.put(b"before")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(StoreError, match="cannot be written") as refused:
            vault.put(b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "\n" not in str(refused.value)
    assert [path.name for path in _files(root)] == [kept]


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "vault").write_text("a file stands in the way")
    with pytest.raises(StoreError, match="cannot be written"):
        Vault(tmp_path / "vault").put(b"x")


def test_many_threads_that_put_the_same_bytes_agree(vault: Vault, root: Path) -> None:
    pages = [bytes([n % 7]) * 100 for n in range(70)]
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(vault.put, pages))
    assert len(set(names)) == len(_files(root)) == 7
    assert list(vault.rehash()) == []


_PUTS_FOR_EVER = """
import sys, itertools
from pathlib import Path
from moderation.evidence.vault import Vault
vault = Vault(Path(sys.argv[1]))
for n in itertools.count():
    name = vault.put(str(n).encode() * 20_000)
    sys.stdout.write(name + "\\n")
    sys.stdout.flush()
"""


def test_a_writer_killed_at_any_moment_leaves_whole_files_only(vault: Vault, root: Path) -> None:
    named: list[str] = []
    for _ in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", _PUTS_FOR_EVER, str(root)],
            stdout=subprocess.PIPE,
            text=True,
        ) as writer:
            assert writer.stdout is not None
            named += [writer.stdout.readline().strip() for _ in range(5)]
            writer.kill()
    assert all(vault.has(name) for name in named)
    assert list(vault.rehash()) == []


def test_what_nothing_names_any_more_is_removed(vault: Vault, root: Path) -> None:
    name, other = vault.put_many([b"to go", b"to stay"])
    _age(root)
    assert vault.remove(name)
    assert not vault.has(name)
    assert vault.remove(name), "gone is gone"
    assert [path.name for path in _files(root)] == [other]
    assert vault.put(b"to go") == name
    assert vault.get(name) == b"to go"


def test_what_was_put_in_lately_is_not_removed(vault: Vault, root: Path) -> None:
    name = vault.put(b"about to be named by a record")
    assert not vault.remove(name)
    assert vault.get(name)
    _age(root)
    vault.put(b"about to be named by a record")
    assert not vault.remove(name)
    assert vault.get(name)
    assert vault.remove(name, NONE)


def test_bytes_that_come_in_while_they_are_on_their_way_out_stay(vault: Vault, root: Path) -> None:
    name = vault.put(b"both ways")
    path, leaving = root / vault.place(name), root / LEAVING / f"{name}.1"
    leaving.parent.mkdir()
    path.replace(leaving)
    assert Vault(root).put(b"both ways") == name
    vault.shelves.tidy(GRACE)
    assert vault.get(name) == b"both ways"
    assert not leaving.exists()


def test_a_process_that_dies_while_it_removes_or_writes_leaves_nothing_behind(
    vault: Vault, root: Path
) -> None:
    name = vault.put(b"half removed")
    (root / LEAVING).mkdir()
    (root / vault.place(name)).replace(root / LEAVING / f"{name}.1")
    draft = root / INCOMING / "d1"
    draft.write_bytes(b"half writt")
    vault.shelves.tidy(GRACE)
    assert vault.get(name) == b"half removed"
    assert draft.exists(), "somebody may be writing it"
    _age(root)
    vault.shelves.tidy(GRACE)
    assert [path.name for path in _files(root)] == [name]


def test_threads_that_put_and_remove_the_same_bytes_lose_nothing_that_was_put(
    vault: Vault, root: Path
) -> None:
    data = b"contested"
    name = vault.put(data)

    def put_in(_: int) -> None:
        Vault(root).put(data)
        assert Vault(root).put(data) == name

    with ThreadPoolExecutor(4) as pool:
        removing = [pool.submit(Vault(root).remove, name) for _ in range(200)]
        list(pool.map(put_in, range(200)))
        for one in removing:
            one.result()
    assert vault.get(name) == data
