"""The world of the page tests, on both databases and on SQLite alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from moderation.store import Store
from tests.review_ui.world import World, build


@pytest.fixture
def world(store: Store, tmp_path: Path) -> World:
    """Two organisations and the pages, each test once on SQLite and once on PostgreSQL."""
    return build(store, tmp_path)


@pytest.fixture
def small_world(sqlite_store: Store, tmp_path: Path) -> World:
    """The same on SQLite alone, for what does not depend on the engine."""
    return build(sqlite_store, tmp_path)
