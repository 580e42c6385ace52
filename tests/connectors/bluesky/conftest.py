"""The stand-in for Bluesky and an account over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.connectors.bluesky.account import Account
from tests.standins.bluesky import BlueskyStandIn


@pytest.fixture
def server() -> Iterator[BlueskyStandIn]:
    """A server without faults and lag, whose pages are shorter than what is asked for."""
    with BlueskyStandIn() as started:
        started.page_most = 60
        yield started


@pytest.fixture
def account(server: BlueskyStandIn, tmp_path: Path) -> Account:
    """The watched account there, signed in."""
    made = Account(server, tmp_path)
    made.connector.check()
    server.journal.clear()
    return made
