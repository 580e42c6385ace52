"""Which connectors there are, one line each, and how one is made from an account's settings."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any, Final

from connectors.contract import Connector, Kind, Means
from moderation.errors import SettingsError

# Imported only when an account needs it: a platform's library costs a command 0.1 s and more.
CONNECTORS: Final[dict[str, str]] = {
    "bluesky": "connectors.bluesky.connector",
    "facebook_page": "connectors.meta.facebook_page",
    "import": "connectors.imported",
    "instagram": "connectors.meta.instagram",
    "mastodon": "connectors.mastodon.connector",
    "replay": "connectors.replay",
    "x": "connectors.x.connector",
    "youtube": "connectors.youtube.connector",
}

METERED: Final = frozenset({"x", "youtube"})
"""Those whose platform counts what calls cost."""


def kind_of(name: str) -> Kind:
    """Return the kind of that name. Raises SettingsError that names those there are."""
    if name not in CONNECTORS:
        raise SettingsError(
            f"There is no connector called {name}. There are: {', '.join(sorted(CONNECTORS))}."
        )
    kind: Kind = importlib.import_module(CONNECTORS[name]).KIND
    return kind


def connect(name: str, settings: Mapping[str, Any], means: Means) -> Connector:
    """Return the connector of that name for one account; nothing is asked of the platform yet.

    Raises SettingsError when there is no such connector, when a setting or a secret that it needs
    is missing, or when it has no setting of that name.
    """
    kind = kind_of(name)
    _check(name, kind, settings, means)
    return kind.connect(settings, means)


def _check(name: str, kind: Kind, settings: Mapping[str, Any], means: Means) -> None:
    unknown = sorted(set(settings) - set(kind.settings))
    if unknown:
        raise SettingsError(
            f"The connector {name} has no setting {', '.join(unknown)}. "
            f"It has {', '.join(sorted(kind.settings)) or 'none'}."
        )
    for option, told in kind.settings.items():
        if told.needed and not str(settings.get(option) or "").strip():
            raise SettingsError(f"The connector {name} needs the setting {option}: {told.says}")
    for option, told in kind.secrets.items():
        if told.needed and not means.secrets.get(option):
            raise SettingsError(f"The connector {name} needs the secret {option}: {told.says}")
    if settings.get("media_hosts"):
        from connectors.downloads import hosts_of

        hosts_of(kind, settings)
