"""Leaves these tests out unless there is a network for them: make test-bluesky starts one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bluesky_real.people import Network

INFO = "WATCHROOM_BLUESKY_INFO"

collect_ignore_glob = [] if os.environ.get(INFO) else ["test_*.py"]


@pytest.fixture(scope="session")
def network() -> Iterator[Network]:
    """The network that WATCHROOM_BLUESKY_INFO describes."""
    with Network(json.loads(Path(os.environ[INFO]).read_text())) as found:
        yield found
