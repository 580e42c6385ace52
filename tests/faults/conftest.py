"""The processes of the production profile, started once for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from moderation.store import Store
from tests.conftest import migrate
from tests.faults.plant import Plant
from tests.servers import PostgresServer, RedisServer


@pytest.fixture(scope="module")
def plant(
    postgres: PostgresServer, _redis: RedisServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plant]:
    """Worker and beats that run through the tests of a module; each leaves them running."""
    folder = tmp_path_factory.mktemp("plant")
    _redis.empty()
    url = postgres.copy_of("migrated", migrate)
    made = Plant(Store.open(url), folder, _redis)
    made.start(folder)
    yield made
    made.stop()
    made.store.close()
    postgres.discard(url)
