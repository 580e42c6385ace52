"""A Mastodon account over its stand-in, for every test of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from connectors.mastodon import connector as mastodon_account
from connectors.mastodon.connector import MastodonAccount
from tests.standins.mastodon import MastodonStandIn
from tests.standins.means import means

Again = Callable[[], MastodonAccount]


@pytest.fixture
def server() -> Iterator[MastodonStandIn]:
    with MastodonStandIn() as server:
        yield server


@pytest.fixture
def again(server: MastodonStandIn, tmp_path: Path) -> Again:
    """Give the same account as after a restart."""
    given = means(tmp_path, **server.secrets())
    return lambda: mastodon_account.connect(server.settings(), given)


@pytest.fixture
def connector(again: Again) -> MastodonAccount:
    return again()
