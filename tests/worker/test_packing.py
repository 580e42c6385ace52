"""The job that makes a pack, and what the command line says of one that it made or checked."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from moderation import jobs
from moderation.errors import EvidenceMissing, StoreError
from moderation.evidence.contents import operator
from moderation.evidence.packs import register
from moderation.evidence.packs.register import Request
from moderation.lifecycle import DisclosureState
from moderation.settings import Settings
from moderation.tables import Lane, PackKind
from tests.moderation.evidence.making import House
from tests.world import NOW, ORG, World
from worker import pack_command, packing, verifying
from worker.runner import Runner


@pytest.fixture
def house(world: World, tmp_path: Path) -> House:
    return House(world, Settings(data_dir=tmp_path / "data", database_url="", org=ORG))


def _request(what: str) -> Request:
    return Request(PackKind.EVIDENCE, what, "Sgt Kim Bell", "Her letter of today")


def _write(house: House, what: str, target: Path) -> str:
    return pack_command.write_pack(house.shop, _request(what), target, lambda *_: None)


def test_a_pack_is_announced_with_its_number_hash_and_key(house: House, tmp_path: Path) -> None:
    item = house.item("Words that stay in the pack")
    house.evidence(item)
    says = _write(house, f"item:{item.id}", tmp_path / "p.zip")
    assert "records: 1)" in says
    assert "D-2026-0001 on the register" in says
    assert house.key.fingerprint in says
    assert "Words that stay" not in says
    assert "want of captured evidence" not in says


def test_what_is_missing_from_a_pack_is_said(house: House, tmp_path: Path) -> None:
    captured, wanted = house.item("One"), house.item("Two")
    house.evidence(captured)
    says = _write(house, house.case(captured, wanted), tmp_path / "p.zip")
    assert "for want of captured evidence: 1" in says


def test_a_whole_pack_is_praised_and_the_key_left_to_compare(house: House, tmp_path: Path) -> None:
    item = house.item()
    house.evidence(item)
    _write(house, str(item.id), tmp_path / "p.zip")
    verdict = verifying.verify_pack(tmp_path / "p.zip")
    assert verdict.ok
    assert "Compare the key" in verdict.says
    told = verifying.verify_pack(tmp_path / "p.zip", house.key.fingerprint)
    assert told.ok
    assert "Compare the key" not in told.says


def test_a_pack_with_another_key_is_refused_and_the_file_named(
    house: House, tmp_path: Path
) -> None:
    item = house.item()
    house.evidence(item)
    _write(house, str(item.id), tmp_path / "p.zip")
    verdict = verifying.verify_pack(tmp_path / "p.zip", "0" * 64)
    assert not verdict.ok
    assert verdict.says.startswith("REFUSED: verify/signing-key.pub.pem")


def test_the_job_makes_the_file_and_says_so_on_the_register(house: House) -> None:
    item = house.item()
    house.evidence(item)
    asked = house.ask(str(item.id), operator(ORG))
    assert (asked.state, asked.total) == (DisclosureState.ASKED, 1)
    house.make()
    row = house.asked(asked.ref)
    assert (row.state, row.done, row.total) == (DisclosureState.MADE, 1, 1)
    assert row.path == f"{row.ref}.zip"
    made = house.settings.packs_dir / row.path
    assert made.stat().st_size == row.size
    assert (made.stat().st_mode & 0o777, made.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_job_that_is_run_again_changes_nothing(house: House) -> None:
    item = house.item()
    house.evidence(item)
    asked = house.ask(str(item.id), operator(ORG))
    house.make()
    before = house.asked(asked.ref)
    with house.world.store.transaction() as session:
        jobs.promise(session, register.JOB, str(asked.id), "again", at=NOW)
    house.make()
    after = house.asked(asked.ref)
    assert (after.sha256, after.made_at) == (before.sha256, before.made_at)


def _alter_the_vault(house: House) -> list[tuple[Path, bytes]]:
    altered = []
    for path in house.settings.vault_dir.rglob("*"):
        if path.is_file() and path.read_bytes() == b"Sealed words":
            altered.append((path, path.read_bytes()))
            path.chmod(0o600)
            path.write_bytes(b"Other words!")
    return altered


def test_what_stands_in_the_way_is_told_and_asked_again_it_is_made(house: House) -> None:
    item = house.item("Sealed words")
    house.evidence(item)
    asked = house.ask(str(item.id), operator(ORG))
    altered = _alter_the_vault(house)
    house.make()
    row = house.asked(asked.ref)
    assert (row.state, row.path) == (DisclosureState.FAILED, None)
    assert "altered after it was sealed" in row.why
    assert not list(house.settings.packs_dir.iterdir())
    for path, data in altered:
        path.write_bytes(data)
    with house.world.store.transaction() as session:
        register.ask_again(session, asked.ref, actor=operator(ORG), now=NOW + timedelta(hours=1))
    house.make()
    row = house.asked(asked.ref)
    assert (row.state, row.why) == (DisclosureState.MADE, "")


def test_the_command_line_leaves_the_target_alone_when_a_pack_cannot_be_made(
    house: House, tmp_path: Path
) -> None:
    item = house.item("Sealed words")
    house.evidence(item)
    _alter_the_vault(house)
    (tmp_path / "out.zip").write_bytes(b"the pack of yesterday")
    with pytest.raises(EvidenceMissing, match="altered"):
        _write(house, str(item.id), tmp_path / "out.zip")
    assert (tmp_path / "out.zip").read_bytes() == b"the pack of yesterday"


def test_a_job_that_dies_is_told_on_the_register(house: House) -> None:
    item = house.item()
    house.evidence(item)
    asked = house.ask(str(item.id), operator(ORG))
    house.settings.packs_dir.parent.mkdir(exist_ok=True)
    house.settings.packs_dir.write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="a worker tries again"):
        _write(house, str(item.id), house.settings.data_dir / "out.zip")
    with house.world.store.reading() as session:
        held = jobs.due(session, packing_lane(), now=NOW + timedelta(days=400), limit=9)
    assert held
    packing.when_dead(house.shop, _claim(asked.id))
    assert house.asked(asked.ref).why == packing.FAILED


def packing_lane() -> Lane:
    return jobs.KINDS[register.JOB][0]


def _claim(disclosure_id: int) -> jobs.Claim:
    return jobs.Claim(1, packing_lane(), register.JOB, str(disclosure_id), 1, 3, 3, "")


def test_the_file_of_a_pack_that_is_withdrawn_goes_and_its_line_stays(house: House) -> None:
    item = house.item()
    house.evidence(item)
    asked = house.ask(str(item.id), operator(ORG))
    house.make()
    with house.world.store.transaction() as session:
        register.withdraw(
            session, asked.ref, reason="Asked for the wrong item", actor=operator(ORG), now=NOW
        )
    house.make()
    row = house.asked(asked.ref)
    assert (row.state, row.path) == (DisclosureState.WITHDRAWN, None)
    assert row.sha256
    assert not list(house.settings.packs_dir.iterdir())


def test_progress_is_counted_in_records(house: House, tmp_path: Path) -> None:
    items = [house.item(f"Words {n}") for n in range(4)]
    for item in items:
        house.evidence(item)
    seen: list[tuple[int, int]] = []
    pack_command.pack_for(
        house.shop,
        operator(ORG),
        _request(house.case(*items)),
        tmp_path / "p.zip",
        lambda done, total: seen.append((done, total)),
    )
    assert seen[-1] == (4, 4)
    assert {total for _, total in seen} == {4}


def test_a_pack_that_a_worker_took_first_is_waited_for(house: House, tmp_path: Path) -> None:
    """Whoever claims the job, the command line copies out what was made."""
    item = house.item()
    house.evidence(item)

    def at_once(promised: Sequence[tuple[str, int]]) -> None:
        for _, job_id in promised:
            Runner(house.shop, "faster").run(job_id)

    house.world.store.nudge = at_once
    _write(house, str(item.id), tmp_path / "p.zip")
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        assert archive.testzip() is None
