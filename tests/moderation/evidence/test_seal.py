"""The key is made once, kept private, and its fingerprint is what openssl prints."""

from __future__ import annotations

import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from moderation.errors import SettingsError
from moderation.evidence.seal import (
    PRIVATE_FILE,
    PUBLIC_FILE,
    SigningKey,
    fingerprint,
    verify,
)


def test_the_key_is_made_on_first_use_and_then_stays(tmp_path: Path) -> None:
    first = SigningKey.of(tmp_path / "keys")
    again = SigningKey.of(tmp_path / "keys")
    assert first.public_pem == again.public_pem
    assert first.public_pem == (tmp_path / "keys" / PUBLIC_FILE).read_bytes()
    assert first.sign(b"data") == again.sign(b"data")


def test_the_private_key_is_its_owners_alone(tmp_path: Path) -> None:
    SigningKey.of(tmp_path / "keys")
    assert stat.S_IMODE((tmp_path / "keys" / PRIVATE_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert {path.name for path in (tmp_path / "keys").iterdir()} == {PRIVATE_FILE, PUBLIC_FILE}


def test_a_signature_holds_for_its_data_and_key_alone(tmp_path: Path) -> None:
    ours, theirs = SigningKey.of(tmp_path / "a"), SigningKey.of(tmp_path / "b")
    signature = ours.sign(b"data")
    assert verify(ours.public_pem, b"data", signature)
    assert not verify(ours.public_pem, b"Data", signature)
    assert not verify(theirs.public_pem, b"data", signature)
    assert not verify(ours.public_pem, b"data", b"")
    assert not verify(b"no key", b"data", signature)


def test_openssl_prints_the_same_fingerprint_and_checks_the_signature(tmp_path: Path) -> None:
    key = SigningKey.of(tmp_path)
    (tmp_path / "data").write_bytes(b"data")
    (tmp_path / "sig").write_bytes(key.sign(b"data"))
    commands = (
        f"openssl pkey -pubin -in {PUBLIC_FILE} -outform DER | sha256sum; "
        f"openssl pkeyutl -verify -rawin -pubin -inkey {PUBLIC_FILE} -in data -sigfile sig"
    )
    printed = subprocess.run(
        ["bash", "-c", commands], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert printed.split()[0] == key.fingerprint == fingerprint(key.public_pem)
    assert "Signature Verified Successfully" in printed


def test_a_lost_private_key_is_not_replaced_in_silence(tmp_path: Path) -> None:
    SigningKey.of(tmp_path)
    (tmp_path / PRIVATE_FILE).unlink()
    with pytest.raises(SettingsError, match="Restore it from the backup"):
        SigningKey.of(tmp_path)
    assert not (tmp_path / PRIVATE_FILE).exists()


@pytest.mark.parametrize("content", [b"", b"not a key", b"-----BEGIN PRIVATE KEY-----\nAA==\n"])
def test_a_file_that_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / PRIVATE_FILE).write_bytes(content)
    with pytest.raises(SettingsError, match="not an Ed25519 key"):
        SigningKey.of(tmp_path)


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    subprocess.run(
        ["openssl", "genpkey", "-algorithm", "X25519", "-out", PRIVATE_FILE],
        cwd=tmp_path,
        check=True,
    )
    with pytest.raises(SettingsError, match="not an Ed25519 key"):
        SigningKey.of(tmp_path)


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: SigningKey.of(tmp_path / "keys"), range(16)))
    assert len({key.public_pem for key in keys}) == 1
    assert {path.name for path in (tmp_path / "keys").iterdir()} == {PRIVATE_FILE, PUBLIC_FILE}
