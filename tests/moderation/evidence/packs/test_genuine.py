"""A genuine pack passes both checkers, whatever became of keys, certificates and folders since."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import bagit
import pytest

from moderation.errors import InvalidInput
from moderation.evidence.seal import PRIVATE_FILE, PUBLIC_FILE
from moderation.evidence.verify import check
from moderation.tables import Stamped
from tests.moderation.evidence.making import House
from tests.moderation.evidence.packs.rich import (
    Unpacked,
    bash,
    copied,
    sha256,
    stamp,
    unpacked,
    with_authority,
)
from tests.standins.stamp_authority import StampAuthority


def authority_of(pack: Unpacked) -> str:
    return sha256((pack.folder / "data/authorities/time-office-ca.pem").read_bytes())


def test_it_passes_the_script_with_nothing_to_complain_of(genuine: Unpacked) -> None:
    done = genuine.shell(genuine.fingerprint, authority_of(genuine))
    assert (done.returncode, done.stderr) == (0, "")
    assert "ALL CHECKS PASSED (records: 2, time stamps: 4)" in done.stdout
    assert "Compare" not in done.stdout


def test_it_passes_watchroom_which_counts_the_same(genuine: Unpacked) -> None:
    found = check(genuine.zip, genuine.fingerprint, [authority_of(genuine)])
    assert found.faults == ()
    assert (found.records, len(found.stamps), found.fingerprint) == (2, 4, genuine.fingerprint)
    assert found.authorities == (("time-office", authority_of(genuine)),)


def test_its_audit_chain_is_followed_from_one_checkpoint_to_another(genuine: Unpacked) -> None:
    audit = genuine.folder / "data/audit"
    done = bash(audit / "check-audit.sh", genuine.folder)
    assert (done.returncode, done.stderr) == (0, "")
    lines = (audit / "chain.txt").read_text().splitlines()
    first, last = lines[0].split()[0], lines[-1].split()[0]
    assert done.stdout.startswith(f"AUDIT CHAIN WHOLE: lines {first} to {last}, 5 bodies shown")
    assert (audit / "opening.txt").read_text().splitlines()[1] == str(int(first) - 1)
    assert (audit / "checkpoint.txt").read_text().splitlines()[1] == last


def test_the_library_of_bags_finds_it_valid(genuine: Unpacked) -> None:
    bag = bagit.Bag(str(genuine.folder))
    assert bag.is_valid()
    assert bag.info["External-Identifier"] == genuine.folder.name


def test_it_passes_when_somebody_unpacked_it_and_zipped_it_again(genuine: Unpacked) -> None:
    assert genuine.check(genuine.fingerprint).is_whole


def test_a_fingerprint_may_be_written_with_colons_and_capitals(genuine: Unpacked) -> None:
    def written(plain: str) -> str:
        return ":".join(plain.upper()[at : at + 2] for at in range(0, 64, 2))

    told = (written(genuine.fingerprint), written(authority_of(genuine)))
    assert check(genuine.zip, told[0], [told[1]]).is_whole
    assert genuine.shell(*told).returncode == 0


@pytest.mark.parametrize("wanted", ["", "abc", "g" * 64])
def test_what_is_no_fingerprint_is_refused_as_such(genuine: Unpacked, wanted: str) -> None:
    with pytest.raises(InvalidInput, match="64 hexadecimal digits"):
        check(genuine.zip, wanted)
    with pytest.raises(InvalidInput, match="64 hexadecimal digits"):
        check(genuine.zip, None, [wanted])


def test_it_passes_in_a_folder_with_a_strange_name(genuine: Unpacked, tmp_path: Path) -> None:
    strange = tmp_path / "a 'b\" $c (1)"
    shutil.copytree(genuine.folder, strange)
    assert bash(strange / "verify.sh", tmp_path).returncode == 0
    assert bash(strange / "data/audit/check-audit.sh", tmp_path).returncode == 0


def test_the_commands_printed_in_it_work_as_printed(genuine: Unpacked) -> None:
    printed = [
        line.strip()
        for line in (genuine.folder / "VERIFY.txt").read_text().splitlines()
        if line.startswith("  ")
        and line.split()[0] in {"bash", "sha256sum", "find", "openssl", "(cd"}
    ]
    assert len(printed) == 10
    for line in printed:
        done = subprocess.run(
            ["bash", "-c", line], cwd=genuine.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (line, done.stdout, done.stderr)


def test_records_sealed_with_an_earlier_key_pass_and_the_key_is_said(
    sqlite_house: House, tmp_path: Path
) -> None:
    item = sqlite_house.item()
    sqlite_house.evidence(item)
    earlier = sqlite_house.key.fingerprint
    for name in (PRIVATE_FILE, PUBLIC_FILE):
        (sqlite_house.settings.keys_dir / name).unlink()
    packed = sqlite_house.pack(f"item:{item.id}", tmp_path / "p.zip")
    found = check(packed.path, packed.fingerprint)
    assert found.is_whole
    assert found.earlier_keys == (earlier,)
    pack = unpacked(sqlite_house, packed.path, tmp_path / "out")
    done = pack.shell(packed.fingerprint)
    assert done.returncode == 0
    assert f"an earlier key, {earlier}" in done.stdout


def test_a_stamp_outlives_its_certificate(
    sqlite_house: House, tmp_path: Path, authority: StampAuthority
) -> None:
    """Seen from fifteen years on, when openssl alone would call the certificate expired."""
    house = with_authority(sqlite_house, authority.authority())
    item = house.item()
    stamp(house, authority, Stamped.EVIDENCE, house.evidence(item).id)
    pack = unpacked(house, house.pack(str(item.id), tmp_path / "p.zip").path, tmp_path / "out")
    later = f"{datetime.now().astimezone() + timedelta(days=15 * 365):%s}"
    script = pack.folder.parent / "outside.sh"
    assert script.read_text().count("openssl ts -verify -data") == 1
    script.write_text(
        script.read_text().replace(
            "openssl ts -verify -data", f"openssl ts -verify -attime {later} -data"
        )
    )
    done = bash(script, pack.folder, pack.fingerprint)
    assert done.returncode == 0, done.stdout
    assert "has ended since; it was good at the time of the stamp" in done.stdout
    assert "time stamps: 1" in done.stdout


def test_a_pack_with_no_authority_says_that_its_times_rest_on_our_clock(
    sqlite_house: House, tmp_path: Path
) -> None:
    item = sqlite_house.item()
    sqlite_house.evidence(item)
    sqlite_house.pack(str(item.id), tmp_path / "p.zip")
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        told = archive.read("D-2026-0001/README.txt").decode()
    proves, _, proves_not = told.partition("WHAT IT DOES NOT PROVE")
    assert "no time-stamp authority had stamped them" in " ".join(proves_not.split())
    assert "authorities" not in proves


def test_verifying_needs_neither_database_nor_settings(sqlite_house: House, tmp_path: Path) -> None:
    item = sqlite_house.item()
    sqlite_house.evidence(item)
    packed = sqlite_house.pack(str(item.id), tmp_path / "p.zip")
    script = (
        "import sys; from pathlib import Path; from moderation.evidence.verify import check; "
        "found = check(Path(sys.argv[1])); "
        "needed = {'sqlalchemy', 'moderation.settings'} & set(sys.modules); "
        "sys.exit(bool(needed) or not found.is_whole)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(packed.path)], check=False)
    assert done.returncode == 0


def test_a_copy_of_a_pack_is_as_good_as_the_pack(genuine: Unpacked, tmp_path: Path) -> None:
    assert copied(genuine, tmp_path / "copy").check(genuine.fingerprint).is_whole
