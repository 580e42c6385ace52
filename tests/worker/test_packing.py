"""What the command line says of a pack that it made, and of one that it checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from moderation.settings import Settings
from tests.moderation.evidence.making import House
from tests.world import ORG, World
from worker import packing, verifying
from worker.workshop import Workshop


@pytest.fixture
def house(world: World, tmp_path: Path) -> House:
    return House(world, Settings(data_dir=tmp_path / "data", database_url="", org=ORG))


def _shop(house: House) -> Workshop:
    return Workshop(house.settings, house.world.store)


def test_a_pack_is_announced_with_its_hash_and_its_key(house: House, tmp_path: Path) -> None:
    item = house.item("Words that stay in the pack")
    house.evidence(item)
    says = packing.write_pack(_shop(house), f"item:{item.id}", tmp_path / "p.zip")
    assert "records: 1)" in says
    assert house.key.fingerprint in says
    assert "Words that stay" not in says
    assert "want of captured evidence" not in says


def test_what_is_missing_from_a_pack_is_said(house: House, tmp_path: Path) -> None:
    captured, wanted = house.item("One"), house.item("Two")
    house.evidence(captured)
    says = packing.write_pack(_shop(house), house.case(captured, wanted), tmp_path / "p.zip")
    assert "for want of captured evidence: 1" in says


def test_a_whole_pack_is_praised_and_the_key_left_to_compare(house: House, tmp_path: Path) -> None:
    item = house.item()
    house.evidence(item)
    packing.write_pack(_shop(house), str(item.id), tmp_path / "p.zip")
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
    packing.write_pack(_shop(house), str(item.id), tmp_path / "p.zip")
    verdict = verifying.verify_pack(tmp_path / "p.zip", "0" * 64)
    assert not verdict.ok
    assert verdict.says.startswith("REFUSED: verify/signing-key.pub.pem")
