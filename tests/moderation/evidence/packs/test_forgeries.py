"""A forger without the key is refused; one who replaces it too, once the fingerprint is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from moderation.evidence.seal import SigningKey
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
    refused,
    sha256,
)


@pytest.fixture
def pack(genuine: Unpacked, tmp_path: Path) -> Unpacked:
    return copied(genuine, tmp_path / "pack")


@pytest.fixture
def rogue(tmp_path: Path) -> SigningKey:
    return SigningKey.of(tmp_path / "rogue")


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
