"""Accounts whose platform pushes to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.connected import Connected
from tests.standins.graph import GraphStandIn, InstagramStandIn
from tests.worker.delivering.pushing import (
    APP_SECRET,
)
from tests.worker.rereading_tools import SelectivePage
from tests.world import World


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Callable[..., Connected]]:
    """A way to connect an account whose platform pushes to it."""
    servers: list[GraphStandIn] = []

    def connected(world: World, kind: str = "facebook_page") -> Connected:
        server = SelectivePage() if kind == "facebook_page" else InstagramStandIn()
        server.app_secret = APP_SECRET
        servers.append(server.start())
        made = Connected(world, tmp_path, kind, server)
        made.as_known(server.subscribed(), "Northmoor Fire and Rescue")
        return made

    yield connected
    for server in servers:
        server.stop()


@pytest.fixture
def page(sqlite_world: World, connect: Callable[..., Connected]) -> Connected:
    return connect(sqlite_world)


@pytest.fixture
def instagram(sqlite_world: World, connect: Callable[..., Connected]) -> Connected:
    return connect(sqlite_world, "instagram")
