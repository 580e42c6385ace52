"""The settings that every platform's connector has, and the reading of settings as numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from connectors.contract import Option
from connectors.limits import Limits
from moderation.errors import SettingsError

COMMON: Final[dict[str, Option]] = {
    "base_url": Option("another address of the platform, for a stand-in on this machine."),
    "timeout_s": Option("how many seconds an answer may take in all."),
    "settle_s": Option("how many seconds to wait before an action is read back."),
    "media_hosts": Option(
        "further hosts that its pictures come from, such as files.example.org, with spaces between."
    ),
}


def number(
    settings: Mapping[str, Any],
    name: str,
    default: float,
    *,
    least: float = 0.0,
    most: float = math.inf,
) -> float:
    """Return a number, which the command line gives as text. Raises SettingsError."""
    value = settings.get(name)
    if value is None or value == "":
        return default
    try:
        read = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        read = math.nan
    if not (least <= read <= most and math.isfinite(read)):
        upto = f" to {most:g}" if math.isfinite(most) else " or more"
        raise SettingsError(f"The setting {name} must be a number of {least:g}{upto}.")
    return read


def limits_of(settings: Mapping[str, Any]) -> Limits:
    """Return the bounds of one call. Raises SettingsError."""
    usual = Limits()
    total_s = number(settings, "timeout_s", usual.total_s, least=0.1, most=25.0)
    return Limits(min(usual.connect_s, total_s), min(usual.read_s, total_s), total_s)
