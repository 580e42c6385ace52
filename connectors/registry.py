"""Which connectors there are, one line each, and how one is made from an account's settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from connectors import imported, replay
from connectors.contract import Connector
from moderation.errors import SettingsError

Factory = Callable[[Mapping[str, Any], Path], Connector]

CONNECTORS: Final[dict[str, Factory]] = {
    "import": imported.connect,
    "replay": replay.connect,
}


def connect(name: str, settings: Mapping[str, Any], state_dir: Path) -> Connector:
    """Return the connector of that name for one account.

    state_dir is a folder for this account alone; it need not exist yet. Raises SettingsError when
    there is no such connector, or when the settings are not what it needs.
    """
    if name not in CONNECTORS:
        raise SettingsError(
            f"There is no connector called {name}. There are: {', '.join(sorted(CONNECTORS))}."
        )
    return CONNECTORS[name](settings, state_dir)
