"""Somebody who has the zip, a shell and the published fingerprint checks it, as its README says."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.moderation.evidence.packs.rich import TEXT, Unpacked, flip

EMPTY = ["env", "-i", "PATH=/usr/bin:/bin"]


class Outsider:
    """A person with an empty environment, who reads what a pack says and types it."""

    def __init__(self, zipped: Path, home: Path) -> None:
        self.home = home
        self.types(f"unzip -q {zipped}")
        (self.folder,) = (path for path in home.iterdir() if path.is_dir())

    def types(self, line: str, where: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Type one line into bash."""
        return subprocess.run(
            [*EMPTY, "bash", "--noprofile", "--norc", "-c", line],
            cwd=where or self.home,
            capture_output=True,
            text=True,
            check=False,
        )

    def reads(self, name: str) -> str:
        """Read one of the texts at the top of the pack."""
        return (self.folder / name).read_text()

    def checks(self, fingerprint: str) -> subprocess.CompletedProcess[str]:
        """Do as README.txt and VERIFY.txt say, with the fingerprint of the website."""
        assert "VERIFY.txt" in self.reads("README.txt")
        line = next(
            found for found in self.reads("VERIFY.txt").splitlines() if "bash verify.sh" in found
        )
        told = re.sub(r"[0-9a-f]{64}", fingerprint, line, count=1)
        return self.types(told.strip(), self.folder)


@pytest.fixture
def outsider(genuine: Unpacked, tmp_path: Path) -> Outsider:
    return Outsider(genuine.zip, tmp_path)


def test_an_outsider_sees_that_a_pack_is_genuine(outsider: Outsider, genuine: Unpacked) -> None:
    done = outsider.checks(genuine.fingerprint)
    assert (done.returncode, done.stderr) == (0, "")
    assert "ALL CHECKS PASSED (records: 2, time stamps: 4)" in done.stdout
    chain = outsider.types("bash data/audit/check-audit.sh", outsider.folder)
    assert (chain.returncode, chain.stderr) == (0, "")
    assert "AUDIT CHAIN WHOLE" in chain.stdout


def test_an_outsider_sees_that_one_is_not(outsider: Outsider, genuine: Unpacked) -> None:
    path = outsider.folder / TEXT
    path.write_bytes(flip(path.read_bytes()))
    done = outsider.checks(genuine.fingerprint)
    assert done.returncode == 1
    assert "text.txt" in done.stdout


def test_an_outsider_sees_that_another_signed_it(outsider: Outsider) -> None:
    done = outsider.checks("0" * 64)
    assert done.returncode == 1
    assert "signing-key.pub.pem" in done.stdout


def test_an_outsider_reads_what_it_proves_and_what_not(outsider: Outsider) -> None:
    told = outsider.reads("README.txt")
    for heading in ("WHAT IS NOT IN IT, AND WHY", "WHAT IT PROVES", "WHAT IT DOES NOT PROVE"):
        assert heading in told
    assert "Who held the keyboard" in told
    assert max(map(len, told.splitlines())) <= 110
    assert not re.search(r"\$[a-z]", told)
