"""What every journey starts from: the invented organisation's page and its worker's parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.replayed import Replayed
from tests.world import World


@pytest.fixture
def replayed(world: World, tmp_path: Path) -> Replayed:
    """A replayed page and its worker's parts, each test once on SQLite and once on PostgreSQL."""
    return Replayed(world, tmp_path)
