"""Reads from an account's settings from which hosts its platform's pictures may be fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from connectors.contract import Kind
from connectors.downloads.addresses import Hosts
from connectors.wire import LOOPBACK
from moderation.errors import SettingsError

SETTING: Final = "media_hosts"
_HOST: Final = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,10}")
_PORTS: Final = {"http": 80, "https": 443}
_NOT_HOSTS: Final = (
    "The setting media_hosts must be names of hosts, such as files.example.org, with spaces "
    "between."
)


def hosts_of(kind: Kind, settings: Mapping[str, Any]) -> Hosts:
    """Return where an account's media may come from. Raises SettingsError."""
    named = (urlsplit(str(settings.get(name) or "")).hostname or "" for name in kind.media_at)
    return Hosts(
        frozenset({*kind.media_hosts, *filter(None, named), *given(settings)}),
        frozenset(filter(None, map(_origin, _addresses(settings)))),
    )


def given(settings: Mapping[str, Any]) -> list[str]:
    """Return the hosts that a person added. Raises SettingsError for what is no name of a host."""
    names = str(settings.get(SETTING) or "").lower().split()
    if not all(_HOST.fullmatch(name) for name in names):
        raise SettingsError(_NOT_HOSTS)
    return names


def _addresses(settings: Mapping[str, Any]) -> list[str]:
    return [str(value) for name, value in settings.items() if name.endswith("_url")]


def _origin(address: str) -> str:
    """Return the origin of a stand-in on this machine; empty for any other address."""
    parts = urlsplit(address)
    if parts.hostname not in LOOPBACK or parts.scheme not in _PORTS:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{parts.port or _PORTS[parts.scheme]}"
