"""A house with an empty vault, on both engines and on SQLite alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from moderation.settings import Settings
from tests.moderation.evidence.making import House
from tests.world import World


@pytest.fixture
def house(world: World, tmp_path: Path) -> House:
    """A house on both engines."""
    return House(world, Settings(data_dir=tmp_path / "data", database_url=""))


@pytest.fixture
def sqlite_house(sqlite_world: World, tmp_path: Path) -> House:
    """A house on SQLite alone, for what does not depend on the engine."""
    return House(sqlite_world, Settings(data_dir=tmp_path / "data", database_url=""))
