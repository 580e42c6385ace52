"""The page of a pack names the key that signed it, whatever became of the key since."""

from __future__ import annotations

import zipfile
from pathlib import Path

from moderation.evidence.bag import TAG_MANIFEST, VERIFY_KEY, VERIFY_SIGNATURE
from moderation.evidence.seal import PRIVATE_FILE, PUBLIC_FILE, SigningKey
from moderation.evidence.verify import check
from tests.review_ui.evidence_tools import text_of
from tests.review_ui.pack_tools import captured, made, settings_of
from tests.review_ui.world import World

EARLIER = "before our signing key was changed"
UNREADABLE = "Its signature cannot be read"
UNKNOWN = "signed with a key that is not kept here"


def _file(world: World, ref: str) -> Path:
    return settings_of(world).packs_dir / f"{ref}.zip"


def _change_key(world: World, keep: bool = True) -> SigningKey:
    """Begin with a new key; keep leaves the public half of the old one beside it."""
    keys = settings_of(world).keys_dir
    (keys / PRIVATE_FILE).unlink()
    public = keys / PUBLIC_FILE
    public.rename(keys / "until-2026.pub.pem" if keep else keys / "away")
    return SigningKey.of(keys)


def _sign_anew(path: Path, key: SigningKey, signature: bytes = b"") -> None:
    """Sign a pack with another key, as a forger would; or put a signature of something else."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    folder = next(iter(files)).partition("/")[0]
    files[f"{folder}/{VERIFY_KEY}"] = key.public_pem
    signed = files[f"{folder}/{TAG_MANIFEST}"]
    files[f"{folder}/{VERIFY_SIGNATURE}"] = signature or key.sign(signed)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def test_the_present_key_is_named_while_it_signs(small_world: World) -> None:
    lee = small_world.browser("lee")
    ref = made(small_world, lee, f"item:{captured(small_world)}")
    page = text_of(lee, f"/packs/{ref}")
    present = SigningKey.of(settings_of(small_world).keys_dir).fingerprint
    assert f"<code>{present}</code>" in page
    assert f"bash verify.sh {present}" in page
    assert EARLIER not in page


def test_a_pack_from_before_the_key_was_changed_shows_the_key_that_checks_it(
    small_world: World,
) -> None:
    lee = small_world.browser("lee")
    ref = made(small_world, lee, f"item:{captured(small_world)}")
    first = SigningKey.of(settings_of(small_world).keys_dir).fingerprint
    second = _change_key(small_world).fingerprint
    page = text_of(lee, f"/packs/{ref}")
    assert f"bash verify.sh {first}" in page
    assert EARLIER in page
    assert second not in page
    assert check(_file(small_world, ref), first).is_whole
    later = made(small_world, lee, f"item:{captured(small_world)}")
    assert f"bash verify.sh {second}" in text_of(lee, f"/packs/{later}")


def test_a_key_that_is_not_kept_is_shown_and_not_vouched_for(small_world: World) -> None:
    lee = small_world.browser("lee")
    ref = made(small_world, lee, f"item:{captured(small_world)}")
    first = SigningKey.of(settings_of(small_world).keys_dir).fingerprint
    _change_key(small_world, keep=False)
    page = text_of(lee, f"/packs/{ref}")
    assert UNKNOWN in page
    assert first in page
    assert "verify.sh" not in page


def test_a_pack_that_somebody_signed_anew_is_not_vouched_for(
    small_world: World, tmp_path: Path
) -> None:
    lee = small_world.browser("lee")
    ref = made(small_world, lee, f"item:{captured(small_world)}")
    _sign_anew(_file(small_world, ref), SigningKey.of(tmp_path / "forger"))
    page = text_of(lee, f"/packs/{ref}")
    assert UNKNOWN in page
    assert "verify.sh" not in page


def test_a_file_that_is_gone_cut_or_wrongly_signed_is_said(small_world: World) -> None:
    lee = small_world.browser("lee")
    ref = made(small_world, lee, f"item:{captured(small_world)}")
    file, own = _file(small_world, ref), SigningKey.of(settings_of(small_world).keys_dir)
    whole = file.read_bytes()
    _sign_anew(file, own)
    assert UNREADABLE not in text_of(lee, f"/packs/{ref}")
    _sign_anew(file, own, own.sign(b"something else"))
    for harm in (file.read_bytes(), whole[: len(whole) // 2], b""):
        file.write_bytes(harm)
        page = text_of(lee, f"/packs/{ref}")
        assert UNREADABLE in page
        assert "verify.sh" not in page
    file.unlink()
    assert UNREADABLE in text_of(lee, f"/packs/{ref}")
