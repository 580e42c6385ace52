"""A pack that was tampered with is refused by both checkers, and the file is named."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from moderation.errors import InvalidInput
from moderation.evidence.seal import PRIVATE_FILE, PUBLIC_FILE, SigningKey
from moderation.evidence.verify import Checked, check
from tests.moderation.evidence.making import House

MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
KEY, SIGNATURE = "verify/signing-key.pub.pem", "verify/tagmanifest-sha256.txt.sig"
TEXT = "data/items/0001/text.txt"
GO_HERE = 'cd -- "$(dirname -- "$0")" || exit 1\n'


@dataclass
class Pack:
    """A genuine pack, unpacked, and how to check what became of it."""

    folder: Path
    zip: Path
    fingerprint: str
    other_zip: Path
    rogue: SigningKey
    own: SigningKey

    def shell(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run verify.sh in the folder; a tampered one proves nothing, so then a genuine copy."""
        inside, outside = self.folder / "verify.sh", self.folder.parent / "outside.sh"
        is_genuine = inside.read_text().replace(GO_HERE, "") == outside.read_text()
        return _bash(inside if is_genuine else outside, self.folder, arguments)

    def check(self, wanted: str | None = None) -> Checked:
        """Zip the folder as it stands, links as links, and check that."""
        target = self.folder.parent / "again.zip"
        target.unlink(missing_ok=True)
        subprocess.run(
            ["zip", "-q", "-r", "-y", str(target), self.folder.name],
            cwd=self.folder.parent,
            check=True,
        )
        return check(target, wanted)

    def rewrite(self, name: str, change: Callable[[bytes], bytes]) -> None:
        path = self.folder / name
        path.write_bytes(change(path.read_bytes()))

    def mend_manifests(self) -> None:
        """Make both manifests fit the files again, as a forger without the key would."""
        payload = sorted(p for p in (self.folder / "data").rglob("*") if p.is_file())
        self._manifest(MANIFEST, payload)
        tags = [
            path for path in sorted(self.folder.iterdir()) if path.is_file() and path.name != TAGS
        ]
        self._manifest(TAGS, tags)

    def _manifest(self, name: str, paths: list[Path]) -> None:
        (self.folder / name).write_text(
            "".join(
                f"{hashlib.sha256(p.read_bytes()).hexdigest()}  "
                f"{p.relative_to(self.folder).as_posix()}\n"
                for p in paths
            )
        )


def _bash(
    script: Path, folder: Path, arguments: tuple[str, ...]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", str(script), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"]},
    )


@pytest.fixture
def pack(sqlite_house: House, tmp_path: Path) -> Pack:
    item, other = sqlite_house.item("Words of the first"), sqlite_house.item("Words of the other")
    for one in (item, other):
        sqlite_house.evidence(one)
    packed = sqlite_house.pack(str(item.id), tmp_path / "pack.zip")
    sqlite_house.pack(str(other.id), tmp_path / "other.zip")
    out = tmp_path / "out"
    with zipfile.ZipFile(packed.path) as archive:
        archive.extractall(out)
    folder = out / f"item-{item.id}"
    script = (folder / "verify.sh").read_text()
    assert GO_HERE in script
    (out / "outside.sh").write_text(script.replace(GO_HERE, ""))
    rogue = SigningKey.of(tmp_path / "rogue")
    return Pack(
        folder, packed.path, packed.fingerprint, tmp_path / "other.zip", rogue, sqlite_house.key
    )


def _flip(data: bytes) -> bytes:
    return bytes([data[0] ^ 1]) + data[1:]


def _change(name: str) -> Callable[[Pack], str]:
    def tamper(pack: Pack) -> str:
        pack.rewrite(name, _flip)
        return name

    return tamper


def _remove(name: str) -> Callable[[Pack], str]:
    def tamper(pack: Pack) -> str:
        (pack.folder / name).unlink()
        return name

    return tamper


def _add(name: str) -> Callable[[Pack], str]:
    def tamper(pack: Pack) -> str:
        path = pack.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("added")
        return name

    return tamper


def _rename(pack: Pack) -> str:
    (pack.folder / TEXT).rename(pack.folder / "data/items/0001/texts.txt")
    return "texts.txt"


def _link(pack: Pack) -> str:
    (pack.folder / "data/items/0001/link.txt").symlink_to("text.txt")
    return "link.txt"


def _link_in_place(pack: Pack) -> str:
    shutil.copy(pack.folder / TEXT, pack.folder.parent / "outside.txt")
    (pack.folder / TEXT).unlink()
    (pack.folder / TEXT).symlink_to("../../../../outside.txt")
    return "text.txt"


def _payload_and_manifest(pack: Pack) -> str:
    old = hashlib.sha256((pack.folder / TEXT).read_bytes()).hexdigest()
    pack.rewrite(TEXT, _flip)
    new = hashlib.sha256((pack.folder / TEXT).read_bytes()).hexdigest()
    pack.rewrite(MANIFEST, lambda data: data.replace(old.encode(), new.encode()))
    return MANIFEST


def _payload_and_both_manifests(pack: Pack) -> str:
    pack.rewrite(TEXT, _flip)
    pack.mend_manifests()
    return SIGNATURE


def _added_and_named(pack: Pack) -> str:
    _add("data/items/0001/more.txt")(pack)
    pack.mend_manifests()
    return SIGNATURE


def _signed_by_another(pack: Pack) -> str:
    pack.rewrite(TEXT, _flip)
    pack.mend_manifests()
    pack.rewrite(SIGNATURE, lambda _: pack.rogue.sign((pack.folder / TAGS).read_bytes()))
    return SIGNATURE


def _key_swapped(pack: Pack) -> str:
    pack.rewrite(KEY, lambda _: pack.rogue.public_pem)
    return KEY


def _empty(name: str) -> Callable[[Pack], str]:
    def tamper(pack: Pack) -> str:
        pack.rewrite(name, lambda _: b"")
        return name

    return tamper


def _swapped_with_another_pack(pack: Pack) -> str:
    with zipfile.ZipFile(pack.other_zip) as archive:
        folder = archive.namelist()[0].partition("/")[0]
        pack.rewrite(TEXT, lambda _: archive.read(f"{folder}/{TEXT}"))
    return TEXT


def _lines_swapped(pack: Pack) -> str:
    pack.rewrite(MANIFEST, lambda data: b"".join(sorted(data.splitlines(keepends=True))))
    return MANIFEST


def _pipe(pack: Pack) -> str:
    path = pack.folder / TEXT
    path.unlink()
    os.mkfifo(path)
    return "text.txt"


def _strange_name(pack: Pack) -> str:
    (pack.folder / "data" / "a\nb  data").write_text("added")
    return "data"


TAMPERINGS: dict[str, Callable[[Pack], str]] = {
    "a word changed": _change(TEXT),
    "the raw bytes changed": _change("data/items/0001/raw-at-ingest.body"),
    "the record changed": _change("data/items/0001/record.json"),
    "the list of exhibits changed": _change("data/exhibits.csv"),
    "the audit chain changed": _change("data/audit/chain.txt"),
    "the head changed": _change("data/audit/head.txt"),
    "the seal's manifest changed": _change("data/items/0001/seal/manifest-sha256.txt"),
    "the seal's signature changed": _change("data/items/0001/seal/manifest-sha256.txt.sig"),
    "the seal's key changed": _change("data/items/0001/seal/signing-key.pub.pem"),
    "the manifest changed": _change(MANIFEST),
    "the tag manifest changed": _change(TAGS),
    "the signature changed": _change(SIGNATURE),
    "the key changed": _change(KEY),
    "the readme changed": _change("README.txt"),
    "how to verify changed": _change("VERIFY.txt"),
    "the script changed": _change("verify.sh"),
    "bagit.txt changed": _change("bagit.txt"),
    "bag-info.txt changed": _change("bag-info.txt"),
    "a payload file removed": _remove(TEXT),
    "the record's seal removed": _remove("data/items/0001/seal/manifest-sha256.txt"),
    "the readme removed": _remove("README.txt"),
    "the manifest removed": _remove(MANIFEST),
    "the tag manifest removed": _remove(TAGS),
    "the signature removed": _remove(SIGNATURE),
    "the key removed": _remove(KEY),
    "bagit.txt removed": _remove("bagit.txt"),
    "a payload file added": _add("data/items/0001/more.txt"),
    "a whole record added": _add("data/items/0002/text.txt"),
    "a file added at the top": _add("extra.txt"),
    "a file added to verify": _add("verify/extra.txt"),
    "a folder with a file added": _add("more/tagmanifest-sha256.txt"),
    "a hidden file added": _add("data/.hidden"),
    "a file with a line break in its name added": _strange_name,
    "a file renamed": _rename,
    "a link added": _link,
    "a file replaced by a link to the same bytes": _link_in_place,
    "a file replaced by a pipe": _pipe,
    "a file emptied": _empty(TEXT),
    "the manifest emptied": _empty(MANIFEST),
    "the tag manifest emptied": _empty(TAGS),
    "the signature emptied": _empty(SIGNATURE),
    "a file and the manifest changed": _payload_and_manifest,
    "a file and both manifests changed": _payload_and_both_manifests,
    "a file added and named": _added_and_named,
    "changed and signed by another key": _signed_by_another,
    "the key replaced": _key_swapped,
    "a file swapped with another pack's": _swapped_with_another_pack,
    "the manifest's lines in another order": _lines_swapped,
}


def test_a_genuine_pack_passes_both_checks(pack: Pack) -> None:
    done = pack.shell(pack.fingerprint)
    assert (done.returncode, done.stderr) == (0, "")
    assert "ALL CHECKS PASSED (records: 1)" in done.stdout
    found = check(pack.zip, pack.fingerprint)
    assert found.faults == ()
    assert (found.records, found.fingerprint) == (1, pack.fingerprint)
    assert found.lines > 0


def test_a_pack_that_somebody_unpacked_and_zipped_again_still_passes(pack: Pack) -> None:
    assert pack.check(pack.fingerprint).is_whole


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_refused_by_both_and_the_file_is_named(pack: Pack, name: str) -> None:
    culprit = TAMPERINGS[name](pack)
    done = pack.shell()
    assert done.returncode == 1
    assert "REFUSED" in done.stdout
    assert "ALL CHECKS PASSED" not in done.stdout
    assert Path(culprit).name in done.stdout
    if name == "a file replaced by a pipe":
        return  # A zip cannot hold one; zipping it again would wait for ever.
    found = pack.check()
    assert not found.is_whole
    assert any(culprit in fault for fault in found.faults)


def test_a_whole_forgery_is_refused_once_the_fingerprint_is_told(pack: Pack) -> None:
    pack.rewrite(TEXT, _flip)
    seal = "data/items/0001/seal/"
    old = hashlib.sha256(_flip((pack.folder / TEXT).read_bytes())).hexdigest()
    new = hashlib.sha256((pack.folder / TEXT).read_bytes()).hexdigest()
    pack.rewrite(f"{seal}{MANIFEST}", lambda data: data.replace(old.encode(), new.encode()))
    pack.rewrite(
        f"{seal}{MANIFEST}.sig",
        lambda _: pack.rogue.sign((pack.folder / seal / MANIFEST).read_bytes()),
    )
    pack.rewrite(f"{seal}signing-key.pub.pem", lambda _: pack.rogue.public_pem)
    pack.mend_manifests()
    pack.rewrite(SIGNATURE, lambda _: pack.rogue.sign((pack.folder / TAGS).read_bytes()))
    pack.rewrite(KEY, lambda _: pack.rogue.public_pem)
    untold = pack.shell()
    assert untold.returncode == 0
    assert "Compare it with the fingerprint" in untold.stdout
    assert pack.rogue.fingerprint in untold.stdout
    told = pack.shell(pack.fingerprint)
    assert told.returncode == 1
    assert KEY in told.stdout
    assert pack.check().is_whole
    found = pack.check(pack.fingerprint)
    assert [fault for fault in found.faults if KEY in fault]


SEAL = "data/items/0001/seal/manifest-sha256.txt"
AFTER_THE_SEAL: dict[str, tuple[Callable[[Pack], str], str]] = {
    "a word changed": (_change(TEXT), TEXT),
    "a file added": (_add("data/items/0001/more.txt"), "more.txt"),
    "the seal's signature changed": (_change(f"{SEAL}.sig"), f"{SEAL}.sig"),
}


@pytest.mark.parametrize("name", AFTER_THE_SEAL)
def test_what_was_done_between_capture_and_pack_is_refused_by_the_seal(
    pack: Pack, name: str
) -> None:
    """Even when the whole pack is signed by the right key afterwards."""
    tamper, culprit = AFTER_THE_SEAL[name]
    tamper(pack)
    pack.mend_manifests()
    pack.rewrite(SIGNATURE, lambda _: pack.own.sign((pack.folder / TAGS).read_bytes()))
    done = pack.shell(pack.fingerprint)
    assert done.returncode == 1
    assert Path(culprit).name in done.stdout
    found = pack.check(pack.fingerprint)
    assert [fault for fault in found.faults if culprit in fault]
    assert not [fault for fault in found.faults if fault.startswith((MANIFEST, TAGS, "verify/"))]


def _cut(lines: list[str]) -> list[str]:
    return lines[:-1]


def _taken_out(lines: list[str]) -> list[str]:
    return lines[:1] + lines[2:]


def _swapped(lines: list[str]) -> list[str]:
    return [lines[1], lines[0], *lines[2:]]


def _edited(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace("0", "1").replace("a", "b"), *lines[2:]]


@pytest.mark.parametrize("change", [_cut, _taken_out, _swapped, _edited])
def test_a_broken_audit_chain_is_refused_even_under_the_right_signature(
    pack: Pack, change: Callable[[list[str]], list[str]]
) -> None:
    chain = pack.folder / "data/audit/chain.txt"
    chain.write_text("".join(change(chain.read_text().splitlines(keepends=True))))
    pack.mend_manifests()
    pack.rewrite(SIGNATURE, lambda _: pack.own.sign((pack.folder / TAGS).read_bytes()))
    found = pack.check(pack.fingerprint)
    assert found.faults
    assert all(fault.startswith("data/audit/") for fault in found.faults)
    assert _bash(pack.folder / "data/audit/check-audit.sh", pack.folder, ()).returncode == 1


def test_a_body_that_the_chain_does_not_know_is_refused(pack: Pack) -> None:
    (pack.folder / "data/audit/bodies/999999.json").write_text("{}\n")
    pack.mend_manifests()
    pack.rewrite(SIGNATURE, lambda _: pack.own.sign((pack.folder / TAGS).read_bytes()))
    assert pack.check().faults == ("data/audit/bodies/999999.json: not in the chain",)


def test_a_head_that_is_not_the_chains_is_refused(pack: Pack) -> None:
    pack.rewrite("data/audit/head.txt", lambda _: b"0" * 64 + b"\n")
    pack.mend_manifests()
    pack.rewrite(SIGNATURE, lambda _: pack.own.sign((pack.folder / TAGS).read_bytes()))
    assert pack.check().faults == ("data/audit/chain.txt: does not end at the hash in head.txt",)


def test_a_fingerprint_may_be_written_with_colons_and_capitals(pack: Pack) -> None:
    digits = pack.fingerprint.upper()
    written = ":".join(digits[i : i + 2] for i in range(0, 64, 2))
    assert check(pack.zip, written).is_whole
    assert pack.shell(written).returncode == 0


@pytest.mark.parametrize("wanted", ["", "abc", "g" * 64])
def test_what_is_no_fingerprint_is_refused_as_such(pack: Pack, wanted: str) -> None:
    with pytest.raises(InvalidInput, match="64 hexadecimal digits"):
        check(pack.zip, wanted)


def test_records_sealed_with_an_earlier_key_pass_and_the_key_is_said(
    sqlite_house: House, tmp_path: Path
) -> None:
    item = sqlite_house.item()
    sqlite_house.evidence(item)
    earlier = sqlite_house.key.fingerprint
    for name in (PRIVATE_FILE, PUBLIC_FILE):
        (sqlite_house.settings.keys_dir / name).unlink()
    packed = sqlite_house.pack(str(item.id), tmp_path / "p.zip")
    found = check(packed.path, packed.fingerprint)
    assert found.is_whole
    assert found.earlier_keys == (earlier,)
    with zipfile.ZipFile(packed.path) as archive:
        archive.extractall(tmp_path)
    done = _bash(tmp_path / f"item-{item.id}" / "verify.sh", tmp_path, (packed.fingerprint,))
    assert done.returncode == 0
    assert f"an earlier key, {earlier}" in done.stdout


def test_the_script_passes_where_the_pack_lies_in_a_folder_with_a_strange_name(
    pack: Pack, tmp_path: Path
) -> None:
    strange = tmp_path / "a 'b\" $c (1)"
    shutil.copytree(pack.folder, strange)
    assert _bash(strange / "verify.sh", tmp_path, ()).returncode == 0


def test_the_commands_printed_in_the_pack_work_as_printed(pack: Pack) -> None:
    printed = [
        line.strip()
        for line in (pack.folder / "VERIFY.txt").read_text().splitlines()
        if line.startswith("  ") and line.split()[0] in {"bash", "sha256sum", "find", "openssl"}
    ]
    assert len(printed) == 6
    for line in printed:
        done = subprocess.run(
            ["bash", "-c", line], cwd=pack.folder, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")


# ---------------------------------------------------------------------------- zips made to do harm


def _zip(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def _genuine(pack: Pack) -> list[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(pack.zip) as archive:
        return [(info, archive.read(info)) for info in archive.infolist()]


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "item-1/../../evil",
        "/etc/passwd",
        "item-1\\..\\evil",
        "C:/evil",
        "item-1/./a",
        "item-1//a",
        "item-1/é",
        "item-1/a\nb",
        "item-1/-rf",
    ],
)
def test_a_name_that_leaves_its_folder_is_refused(pack: Pack, tmp_path: Path, name: str) -> None:
    path = _zip(tmp_path / "evil.zip", *_genuine(pack), (name, b"evil"))
    found = check(path)
    assert any("not a name that a pack gives" in fault for fault in found.faults)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_in_the_zip_twice_is_refused(pack: Pack, tmp_path: Path) -> None:
    name = f"{pack.folder.name}/{TEXT}"
    for twice in (name, name.upper()):
        path = _zip(tmp_path / "evil.zip", *_genuine(pack), (twice, b"other words"))
        assert any("in the zip twice" in fault for fault in check(path).faults)


def test_a_file_that_unpacks_to_far_more_than_it_holds_is_refused_unread(tmp_path: Path) -> None:
    path = _zip(tmp_path / "bomb.zip", ("p/data/zeros", bytes(64 << 20)))
    assert path.stat().st_size < 100_000
    assert check(path).faults == ("p/data/zeros: unpacks to far more than it holds",)


def test_files_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = _zip(tmp_path / "bomb.zip", ("p/a", b"x" * 1000), ("p/b", b"x" * 1000))
    data = path.read_bytes()
    directory = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", directory + 1)
    path.write_bytes(
        data[: second + 42] + data[directory + 42 : directory + 46] + data[second + 46 :]
    )
    assert any("shares its bytes" in fault for fault in check(path).faults)


def test_a_link_in_the_zip_is_refused(pack: Pack, tmp_path: Path) -> None:
    link = zipfile.ZipInfo(f"{pack.folder.name}/data/link")
    link.external_attr = 0o120777 << 16
    found = check(_zip(tmp_path / "evil.zip", *_genuine(pack), (link, b"/etc/passwd")))
    assert any("a link or a device" in fault for fault in found.faults)


def test_files_outside_the_packs_folder_are_refused(pack: Pack, tmp_path: Path) -> None:
    found = check(_zip(tmp_path / "evil.zip", *_genuine(pack), ("beside/readme.txt", b"x")))
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


def test_a_zip_that_was_cut_short_is_refused(pack: Pack, tmp_path: Path) -> None:
    for cut in _cuts(pack.zip.read_bytes()):
        (tmp_path / "cut.zip").write_bytes(cut)
        with pytest.raises(InvalidInput, match="cut short"):
            check(tmp_path / "cut.zip")


def test_no_flipped_byte_changes_what_a_whole_pack_holds(pack: Pack, tmp_path: Path) -> None:
    """A byte of the zip's own book-keeping may be flipped unseen, a byte of a file never."""
    genuine = {info.filename: data for info, data in _genuine(pack)}
    data = pack.zip.read_bytes()
    chosen = random.Random(7)  # noqa: S311  the same bytes every time
    broken = tmp_path / "flipped.zip"
    for _ in range(300):
        at = chosen.randrange(len(data))
        broken.write_bytes(data[:at] + _flip(data[at:]))
        try:
            whole = check(broken).is_whole
        except InvalidInput:
            continue
        if whole:
            with zipfile.ZipFile(broken) as archive:
                assert {name: archive.read(name) for name in archive.namelist()} == genuine


def test_verifying_needs_neither_database_nor_settings(pack: Pack) -> None:
    script = (
        "import sys; from pathlib import Path; from moderation.evidence.verify import check; "
        "found = check(Path(sys.argv[1])); "
        "needed = {'sqlalchemy', 'moderation.settings'} & set(sys.modules); "
        "sys.exit(bool(needed) or not found.is_whole)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(pack.zip)], check=False)
    assert done.returncode == 0
