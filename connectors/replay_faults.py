"""A replay's script of faults: which call fails, when and how, so that recovery can be tried."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

from connectors.contract import AuthLost, ConnectorError, Gone, Permanent, Transient
from moderation.errors import SettingsError

ERRORS: Final[dict[str, type[ConnectorError]]] = {
    "transient": Transient,
    "permanent": Permanent,
    "gone": Gone,
    "auth_lost": AuthLost,
}


class When(StrEnum):
    """Where in a call it fails: with nothing done, or with all done and the answer lost."""

    BEFORE = "before"
    AFTER = "after"


class Call(StrEnum):
    """A call of the connector that can be made to fail."""

    POLL = "poll"
    FETCH = "fetch"
    ACT = "act"
    READ_BACK = "read_back"


@dataclass(frozen=True, slots=True)
class Fault:
    """Let `times` calls fail, after `skip` calls that do not.

    when matters to an action alone: "after" applies it and then loses the answer.
    """

    call: Call
    when: When
    error: str
    times: int
    skip: int
    retry_after: float | None

    @property
    def name(self) -> str:
        """Return a name for what has been used up, the same in every process."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]

    def strikes(self, count: int) -> bool:
        """Say whether the call with this number, counted from 0, fails."""
        return self.skip <= count < self.skip + self.times

    def raised(self) -> ConnectorError:
        """Return the error that the call raises."""
        says = f"The script of faults lets this {self.call.value} fail ({self.when.value})."
        if self.error == "transient":
            return Transient(says, retry_after=self.retry_after)
        return ERRORS[self.error](says)


def read_script(script: Any) -> tuple[Fault, ...]:
    """Read the setting `faults`: a list of objects.

    Each has call, and may have when, error, times, skip and retry_after, which default to before,
    transient, 1, 0 and 60 seconds. Raises SettingsError that names the entry at fault.
    """
    if not isinstance(script, Sequence) or isinstance(script, str):
        raise SettingsError("The replay's setting faults must be a list.")
    return tuple(_fault(number, entry) for number, entry in enumerate(script, start=1))


def _fault(number: int, entry: Any) -> Fault:
    try:
        return _read(entry)
    except (TypeError, ValueError, KeyError) as err:
        raise SettingsError(
            f"Entry {number} of the replay's setting faults cannot be read ({err}). Write for "
            'example {"call": "act", "when": "after", "error": "transient", "times": 1}.'
        ) from err


def _read(entry: Mapping[str, Any]) -> Fault:
    unknown = set(entry) - {"call", "when", "error", "times", "skip", "retry_after"}
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    error, wait = entry.get("error", "transient"), entry.get("retry_after")
    if error not in ERRORS:
        raise ValueError(f"error must be one of {', '.join(ERRORS)}")
    return Fault(
        call=Call(entry["call"]),
        when=When(entry.get("when", When.BEFORE)),
        error=error,
        times=int(entry.get("times", 1)),
        skip=int(entry.get("skip", 0)),
        retry_after=None if wait is None else float(wait),
    )
