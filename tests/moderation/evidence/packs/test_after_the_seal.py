"""What even the holder of the key cannot do to a pack unseen once it is sealed and stamped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from moderation.evidence.stamps import Query
from tests.moderation.evidence.packs.rich import (
    KEY,
    MANIFEST,
    RECORD,
    SEAL,
    SIGNATURE,
    TEXT,
    Unpacked,
    bash,
    copied,
    flip,
    sha256,
)
from tests.standins.stamp_authority import StampAuthority

AUDIT = "data/audit/"
TOKEN = f"{RECORD}seal/time-office.tsr"
CERTIFICATES = "data/authorities/time-office-ca.pem"


@pytest.fixture
def pack(genuine: Unpacked, tmp_path: Path) -> Unpacked:
    return copied(genuine, tmp_path / "pack")


def _word(pack: Unpacked) -> str:
    pack.rewrite(TEXT, flip)
    return TEXT


def _added(pack: Unpacked) -> str:
    (pack.folder / RECORD / "more.txt").write_text("added")
    return f"{RECORD}more.txt"


def _removed(pack: Unpacked) -> str:
    (pack.folder / RECORD / "card.png").unlink()
    return "card.png"


def _signature(pack: Unpacked) -> str:
    pack.rewrite(f"{SEAL}.sig", flip)
    return f"{SEAL}.sig"


def _withheld_untruly(pack: Unpacked) -> str:
    """Say of a file that the seal never named that it was kept back."""
    line = f"{'0' * 64}  nothing.txt\n".encode()
    pack.rewrite(f"{RECORD}withheld.txt", lambda data: data + line)
    return "withheld.txt"


def _not_withheld(pack: Unpacked) -> str:
    (pack.folder / RECORD / "withheld.txt").unlink()
    return "handling.json"


def _other_stamp(pack: Unpacked) -> str:
    other = (pack.folder / "data/items/0002/seal/time-office.tsr").read_bytes()
    pack.rewrite(TOKEN, lambda _: other)
    return TOKEN


def _broken_stamp(pack: Unpacked) -> str:
    pack.rewrite(TOKEN, lambda data: data[:-20] + flip(data[-20:]))
    return TOKEN


def _stamp_by_nobody(pack: Unpacked) -> str:
    (pack.folder / CERTIFICATES).unlink()
    return "time-office.tsr"


def _addition(pack: Unpacked) -> str:
    name = f"{RECORD}additions/01/original.png"
    pack.rewrite(name, flip)
    return name


def _checkpoint(pack: Unpacked) -> str:
    pack.rewrite(f"{AUDIT}checkpoint.txt", lambda data: data.replace(b"northmoor", b"southmoor"))
    return "checkpoint.txt"


AFTERWARDS: dict[str, Callable[[Unpacked], str]] = {
    "a word changed": _word,
    "a file added to a record": _added,
    "a file taken out of a record": _removed,
    "the seal's signature changed": _signature,
    "a file called withheld that was never sealed": _withheld_untruly,
    "a file kept back without saying so": _not_withheld,
    "another record's stamp": _other_stamp,
    "a broken stamp": _broken_stamp,
    "a stamp without certificates": _stamp_by_nobody,
    "a file that a person added": _addition,
    "the checkpoint": _checkpoint,
}


@pytest.mark.parametrize("name", AFTERWARDS)
def test_what_was_done_since_is_refused_under_the_right_signature(
    pack: Unpacked, name: str
) -> None:
    culprit = AFTERWARDS[name](pack)
    pack.sign_again()
    done = pack.shell(pack.fingerprint)
    assert done.returncode == 1
    assert Path(culprit).name in done.stdout
    faults = pack.check(pack.fingerprint).faults
    assert [fault for fault in faults if culprit in fault]
    assert not [f for f in faults if f.startswith((MANIFEST, SIGNATURE, KEY))]


def _by_rogue(pack: Unpacked, rogue: StampAuthority) -> None:
    """Stamp everything anew by an authority of one's own, under the name of the real one."""
    certificates = rogue.ca.read_bytes() + (rogue.chain.read_bytes() if rogue.chain else b"")
    pack.rewrite(CERTIFICATES, lambda _: certificates)
    for token in pack.folder.rglob("*.tsr"):
        over = token.parent / ("checkpoint.txt" if token.parent.name == "audit" else MANIFEST)
        token.write_bytes(rogue.reply(Query.over(over.read_bytes()).der))
    pack.sign_again()


def test_an_authority_of_ones_own_is_refused_once_the_real_one_is_told(
    pack: Unpacked, genuine: Unpacked, tmp_path: Path
) -> None:
    real = sha256((genuine.folder / CERTIFICATES).read_bytes())
    with StampAuthority(tmp_path, "rogue") as rogue:
        _by_rogue(pack, rogue)
    untold = pack.shell(pack.fingerprint)
    assert untold.returncode == 0
    assert "Compare the authorities too" in untold.stdout
    told = pack.shell(pack.fingerprint, real)
    assert told.returncode == 1
    assert CERTIFICATES in told.stdout
    faults = pack.check(pack.fingerprint, real).faults
    assert [fault for fault in faults if fault.startswith(CERTIFICATES)]


def test_a_rogue_that_brings_its_own_root_along_is_refused_without_being_told(
    pack: Unpacked, tmp_path: Path
) -> None:
    with StampAuthority(tmp_path, "rogue", brings_root=True) as rogue:
        over = (pack.folder / SEAL).read_bytes()
        pack.rewrite(TOKEN, lambda _: rogue.reply(Query.over(over).der))
    pack.sign_again()
    assert pack.shell(pack.fingerprint).returncode == 1
    faults = pack.check(pack.fingerprint).faults
    assert [fault for fault in faults if fault.startswith(TOKEN)]


def _cut(lines: list[str]) -> list[str]:
    return lines[:-1]


def _first_gone(lines: list[str]) -> list[str]:
    return lines[1:]


def _taken_out(lines: list[str]) -> list[str]:
    return lines[:1] + lines[2:]


def _swapped(lines: list[str]) -> list[str]:
    return [lines[1], lines[0], *lines[2:]]


def _edited(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace("0", "1").replace("a", "b"), *lines[2:]]


@pytest.mark.parametrize("change", [_cut, _first_gone, _taken_out, _swapped, _edited])
def test_a_broken_audit_chain_is_refused(
    pack: Unpacked, change: Callable[[list[str]], list[str]]
) -> None:
    chain = pack.folder / AUDIT / "chain.txt"
    chain.write_text("".join(change(chain.read_text().splitlines(keepends=True))))
    _refused_for_its_chain(pack)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("head.txt", "0" * 64 + "\n"),
        ("start.txt", f"0 {'0' * 64}\n"),
        ("start.txt", "a[$(touch hacked)] x\n"),
        ("bodies.sums", f"{'0' * 64}  bodies/a[$(touch hacked)].json\n"),
        ("bodies/000007.json", "{}\n"),
    ],
)
def test_what_does_not_fit_the_chain_is_refused(pack: Unpacked, name: str, text: str) -> None:
    (pack.folder / AUDIT / name).write_text(text)
    _refused_for_its_chain(pack, shell_only="sums" in name)
    assert not list(pack.folder.rglob("hacked"))


def test_a_body_that_the_chain_does_not_know_is_refused(pack: Unpacked) -> None:
    (pack.folder / AUDIT / "bodies/999999.json").write_text("{}\n")
    pack.sign_again()
    assert pack.check().faults == (f"{AUDIT}bodies/999999.json: not in the chain",)


def test_a_checkpoint_of_another_chain_is_refused(pack: Unpacked) -> None:
    """The tail cut and the checkpoint signed anew: the one that was sent outside tells another."""
    name = f"{AUDIT}checkpoint.txt"
    line = (pack.folder / name).read_text().splitlines()[2]
    pack.rewrite(name, lambda data: data.replace(line.encode(), b"f" * 64))
    note = (pack.folder / name).read_bytes()
    (pack.folder / f"{name}.sig").write_bytes(pack.key.sign(note))
    (pack.folder / AUDIT / "time-office.tsr").unlink()
    _refused_for_its_chain(pack)


def _refused_for_its_chain(pack: Unpacked, *, shell_only: bool = False) -> None:
    pack.sign_again()
    done = bash(pack.folder / AUDIT / "check-audit.sh", pack.folder)
    assert done.returncode == 1
    assert "REFUSED" in done.stdout
    assert "WHOLE" not in done.stdout
    faults = pack.check(pack.fingerprint).faults
    assert shell_only or faults
    assert all(fault.startswith(AUDIT) for fault in faults)
