"""What the tests of the commands share: an installation, a Page, and the Page as its account."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.standins.graph import FacebookStandIn
from tests.worker.commands.shell import APP_SECRET, TOKEN, Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def page() -> Iterator[FacebookStandIn]:
    with FacebookStandIn() as server:
        server.token, server.app_secret = TOKEN, APP_SECRET
        yield server


@pytest.fixture
def added(shell: Shell, page: FacebookStandIn) -> Shell:
    """A shell whose record has the page as an account."""
    shell.says(*shell.adding("facebook_page", page), *shell.secret_files(page))
    return shell
