"""Zips made to do harm: none is unpacked, none called genuine, and no flipped byte goes unseen."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from moderation.errors import InvalidInput
from moderation.evidence.verify import check
from tests.moderation.evidence.packs.rich import TEXT, Unpacked, flip


def _zip(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def _files(pack: Unpacked) -> list[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(pack.zip) as archive:
        return [(info, archive.read(info)) for info in archive.infolist()]


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "D-2026-0001/../../evil",
        "/etc/passwd",
        "D-2026-0001\\..\\evil",
        "C:/evil",
        "D-2026-0001/./a",
        "D-2026-0001//a",
        "D-2026-0001/é",
        "D-2026-0001/a\nb",
        "D-2026-0001/-rf",
    ],
)
def test_a_name_that_leaves_its_folder_is_refused(
    genuine: Unpacked, tmp_path: Path, name: str
) -> None:
    found = check(_zip(tmp_path / "evil.zip", *_files(genuine), (name, b"evil")))
    assert any("not a name that a pack gives" in fault for fault in found.faults)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_in_the_zip_twice_is_refused(genuine: Unpacked, tmp_path: Path) -> None:
    name = f"{genuine.folder.name}/{TEXT}"
    for twice in (name, name.upper()):
        path = _zip(tmp_path / "evil.zip", *_files(genuine), (twice, b"other words"))
        assert any("in the zip twice" in fault for fault in check(path).faults)


def test_a_file_that_unpacks_to_far_more_than_it_holds_is_refused_unread(tmp_path: Path) -> None:
    path = _zip(tmp_path / "bomb.zip", ("p/data/zeros", bytes(64 << 20)))
    assert path.stat().st_size < 100_000
    assert check(path).faults == ("p/data/zeros: unpacks to far more than it holds",)


def test_files_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = _zip(tmp_path / "bomb.zip", ("p/a", b"x" * 1000), ("p/b", b"x" * 1000))
    data = path.read_bytes()
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 1)
    path.write_bytes(data[: second + 42] + data[first + 42 : first + 46] + data[second + 46 :])
    assert any("shares its bytes" in fault for fault in check(path).faults)


def test_a_link_in_the_zip_is_refused(genuine: Unpacked, tmp_path: Path) -> None:
    link = zipfile.ZipInfo(f"{genuine.folder.name}/data/link")
    link.external_attr = 0o120777 << 16
    found = check(_zip(tmp_path / "evil.zip", *_files(genuine), (link, b"/etc/passwd")))
    assert any("a link or a device" in fault for fault in found.faults)


def test_files_outside_the_packs_folder_are_refused(genuine: Unpacked, tmp_path: Path) -> None:
    found = check(_zip(tmp_path / "evil.zip", *_files(genuine), ("beside/readme.txt", b"x")))
    assert any("stand in one folder" in fault for fault in found.faults)


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_pack_is_never_called_genuine(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    try:
        assert not check(tmp_path / "x.zip").is_whole
    except InvalidInput as err:
        assert "not a zip" in str(err)  # noqa: PT017  either answer is right


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="There is no file"):
        check(tmp_path / "none.zip")


def _cuts(data: bytes) -> Iterator[bytes]:
    for part in range(1, 10):
        yield data[: len(data) * part // 10]


def test_a_zip_that_was_cut_short_is_refused(genuine: Unpacked, tmp_path: Path) -> None:
    for cut in _cuts(genuine.zip.read_bytes()):
        (tmp_path / "cut.zip").write_bytes(cut)
        with pytest.raises(InvalidInput, match="cut short"):
            check(tmp_path / "cut.zip")


def test_no_flipped_byte_changes_what_a_whole_pack_holds(genuine: Unpacked, tmp_path: Path) -> None:
    """A byte of the zip's own book-keeping may be flipped unseen, a byte of a file never."""
    files = {info.filename: data for info, data in _files(genuine)}
    data = genuine.zip.read_bytes()
    chosen = random.Random(7)  # noqa: S311  the same bytes every time
    broken = tmp_path / "flipped.zip"
    for _ in range(300):
        at = chosen.randrange(len(data))
        broken.write_bytes(data[:at] + flip(data[at:]))
        try:
            whole = check(broken).is_whole
        except InvalidInput:
            continue
        if whole:
            with zipfile.ZipFile(broken) as archive:
                assert {name: archive.read(name) for name in archive.namelist()} == files
