"""`watchroom pack` makes each kind of pack from the shell; `watchroom verify` checks it there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from moderation.tables import DisclosureRow
from tests.conftest import migrate
from tests.moderation.evidence.making import House
from tests.worker.commands.shell import Shell
from tests.world import ORG, fill


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """A shell in a house with one captured item in a case whose person agrees."""
    made = Shell(tmp_path)
    made.environment["WATCHROOM_ORG"] = ORG
    made.data.mkdir()
    migrate(made.settings.database_url)
    with closing(made.store()) as store:
        house = House(fill(store), replace(made.settings, org=ORG))
        item = house.item()
        house.evidence(item)
        house.case(item, police_consent="yes", affected_staff_id="NM-1")
        yield made


def _register(shell: Shell) -> list[DisclosureRow]:
    with closing(shell.store()) as store, store.reading() as session:
        return list(session.scalars(select(DisclosureRow).order_by(DisclosureRow.id)))


def test_a_plain_pack_needs_no_more_than_its_subject(shell: Shell, tmp_path: Path) -> None:
    said = shell.says("pack", "item:1", "-o", str(tmp_path / "p.zip"))
    assert "records: 1)" in said
    assert "D-2026-0001 on the register of packs" in said
    assert "is as it was sealed" in shell.says("verify", str(tmp_path / "p.zip"))
    (row,) = _register(shell)
    assert (row.recipient, row.requested_by) == (
        "whoever works at the command line",
        "system:command-line",
    )


def test_a_police_pack_says_for_whom_on_what_authority_and_who_signs(
    shell: Shell, tmp_path: Path
) -> None:
    out = ("-o", str(tmp_path / "p.zip"))
    told = ("--to", "Sgt Kim Bell", "--authority", "Her letter", "--consent", "given")
    police = ("pack", "C-7KQ2M9D4", *out, "--for", "police")
    assert "Who the pack is for is empty" in shell.refusal(*police, "--consent", "given")
    assert "maker" in shell.refusal(*police, *told)
    assert "NAME=TEXT" in shell.refusal(*police, *told, "--detail", "Jo Smith")
    assert not (tmp_path / "p.zip").exists()
    assert "records: 1)" in shell.says(*police, *told, "--detail", "maker=Jo Smith")
    (row,) = _register(shell)
    assert (row.kind.value, row.consent, row.details["maker"]) == ("police", "given", "Jo Smith")


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("platform", "item:1"),
        ("hr", "C-7KQ2M9D4"),
        ("standards-board", "2026-Q4"),
        ("person-affected", "C-7KQ2M9D4"),
        ("subject-access", "staff:NM-1"),
    ],
)
def test_every_kind_is_made_and_passes_its_check(
    shell: Shell, tmp_path: Path, kind: str, subject: str
) -> None:
    out = str(tmp_path / "p.zip")
    told = ("--to", "Kim Bell", "--authority", "Asked for")
    said = shell.says("pack", subject, "-o", out, "--for", kind, *told)
    key = said.partition("Signed with the key ")[2].split()[0]
    assert "Compare the key" not in shell.says("verify", out, "--fingerprint", key)


def test_a_pack_by_another_key_is_refused_with_status_1(shell: Shell, tmp_path: Path) -> None:
    shell.says("pack", "1", "-o", str(tmp_path / "p.zip"))
    done = shell.run("verify", str(tmp_path / "p.zip"), "--fingerprint", "0" * 64)
    assert done.exit_code == 1
    assert "REFUSED: verify/signing-key.pub.pem" in done.output
    assert "64 hexadecimal digits" in shell.refusal(
        "verify", str(tmp_path / "p.zip"), "--authority", "x"
    )
