"""Stand-ins of Meta's platforms, and connectors that share their clock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from connectors.meta.facebook_page import FacebookPage
from connectors.meta.graph import graph_of
from connectors.meta.instagram import Instagram
from tests.standins.graph import FacebookStandIn, InstagramStandIn
from tests.standins.means import means


@pytest.fixture
def page() -> Iterator[FacebookStandIn]:
    with FacebookStandIn() as server:
        yield server


class Again(Protocol):
    """Gives the same Page as after a restart, with other settings where they are told."""

    def __call__(self, **settings: Any) -> FacebookPage:
        """Return it."""


@pytest.fixture
def again(page: FacebookStandIn, tmp_path: Path) -> Again:
    given = means(tmp_path, **page.secrets())

    def connected(**settings: Any) -> FacebookPage:
        graph = graph_of({**page.settings(), **settings}, given, "Facebook")
        return FacebookPage(graph, page.page.id, settle_s=0, clock=page.clock.now)

    return connected


@pytest.fixture
def facebook(again: Again) -> FacebookPage:
    return again()


@pytest.fixture
def account() -> Iterator[InstagramStandIn]:
    with InstagramStandIn() as server:
        yield server


@pytest.fixture
def instagram(account: InstagramStandIn, tmp_path: Path) -> Instagram:
    given = means(tmp_path, **account.secrets())
    return Instagram(
        graph_of(account.settings(), given, "Instagram"),
        account.account.id,
        settle_s=0,
        clock=account.clock.now,
    )
