"""The order of the queue: what cannot wait first, then by severity; the unread before the mild."""

from __future__ import annotations

from typing import Final

from moderation.taxonomy import Severity

_BY_SEVERITY: Final = {
    Severity.S4: 10,
    Severity.S3: 20,
    Severity.S2: 30,
    Severity.S1: 50,
    Severity.S0: 60,
}
_URGENT: Final = 0
_UNSCORED: Final = 40


def queue_rank(severity: Severity, urgent: bool, *, unscored: bool = False) -> int:
    """Return where an item stands in the queue; smaller stands first.

    What no model could read stands between moderate and low: it may hold anything.
    """
    if urgent:
        return _URGENT
    rank = _BY_SEVERITY[severity]
    return min(rank, _UNSCORED) if unscored else rank
