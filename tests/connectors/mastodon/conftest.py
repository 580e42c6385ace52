"""A Mastodon account over its stand-in, for every test of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from connectors.mastodon import connector as mastodon_account
from connectors.mastodon.connector import MastodonAccount
from tests.standins.mastodon import MastodonStandIn
from tests.standins.means import means


class Again(Protocol):
    """Gives the same account as after a restart, with other settings where they are told."""

    def __call__(self, **settings: Any) -> MastodonAccount:
        """Return it."""


@pytest.fixture
def server() -> Iterator[MastodonStandIn]:
    with MastodonStandIn() as server:
        yield server


@pytest.fixture
def again(server: MastodonStandIn, tmp_path: Path) -> Again:
    """Give the same account as after a restart."""
    given = means(tmp_path, **server.secrets())

    def connected(**settings: Any) -> MastodonAccount:
        return mastodon_account.connect({**server.settings(), **settings}, given)

    return connected


@pytest.fixture
def connector(again: Again) -> MastodonAccount:
    return again()
