"""The two ways in which a handler may fail on purpose; anything else is retried and logged."""

from __future__ import annotations


class TryLater(Exception):
    """Worth another try. counts says whether the try is used up: a planned wait is not."""

    def __init__(self, retry_after_s: float, why: str, *, counts: bool = True) -> None:
        super().__init__(why)
        self.retry_after_s = retry_after_s
        self.counts = counts


class GiveUp(Exception):
    """Not worth another try: a person must look."""
