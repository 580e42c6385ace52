"""The fixtures of the YouTube connector's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.connectors.youtube.helping import Channel
from tests.standins.youtube import YouTubeStandIn


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[Channel]:
    with YouTubeStandIn() as server:
        yield Channel(server, tmp_path)
