"""The people and items of the casework tests, on both databases."""

from __future__ import annotations

import pytest

from moderation.store import Store
from tests.moderation.cases.casework import Casework, fill


@pytest.fixture
def casework(store: Store) -> Casework:
    """Two organisations with their people, each test once on SQLite and once on PostgreSQL."""
    return fill(store)
