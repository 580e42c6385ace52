"""Fixtures for the tests of the connector for X."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.standins.x import XStandIn


@pytest.fixture
def x() -> Iterator[XStandIn]:
    """Return a stand-in for X with nothing in it."""
    with XStandIn() as server:
        yield server
