"""The faults that a stand-in can be told to show, how they are drawn, and how long clients wait."""

from __future__ import annotations

import random
import threading
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    """One way in which a platform, or the way to it, fails."""

    SERVER_ERROR = "server_error"  # 500 with the platform's own body; nothing was done
    APPLIED_BUT_500 = "applied_but_500"  # it was done, and the answer is a 500
    BAD_GATEWAY = "bad_gateway"  # 502 with an HTML page
    HTML_200 = "html_200"  # an HTML page that says 200
    RATE_LIMITED = "rate_limited"  # the platform's own way to say: slower
    CUT_BEFORE = "cut_before"  # the connection ends before anything was done
    CUT_AFTER = "cut_after"  # it was done, and the connection ends without an answer
    HANG_BEFORE = "hang_before"  # no answer within the client's time, nothing done
    HANG_AFTER = "hang_after"  # it was done, and no answer within the client's time
    TRUNCATED = "truncated"  # the JSON ends in the middle
    DUPLICATED = "duplicated"  # a page repeats records of the page before
    DROPPED = "dropped"  # a page leaves records out, which later pages may show
    REORDERED = "reordered"  # the records of a page stand in another order
    EXPIRED_CURSOR = "expired_cursor"  # the platform no longer knows its own cursor


IN_LISTS = frozenset({Fault.DUPLICATED, Fault.DROPPED, Fault.REORDERED, Fault.EXPIRED_CURSOR})
HANGS = frozenset({Fault.HANG_BEFORE, Fault.HANG_AFTER})

# How long a client waits for an answer: nothing here is slow, but the machine may be busy.
PATIENCE_S = 10
# How long one waits that is to meet an answer that never comes.
SOON_S = 0.5
# The most that a hanging answer waits for its client to give up.
LONGEST_HANG_S = 60


def patience(*faults: Fault) -> dict[str, Any]:
    """Return the setting by which a client gives up soon where one of the faults is a hang."""
    return {"timeout_s": SOON_S if HANGS.intersection(faults) else PATIENCE_S}


class FaultScript:
    """Draws faults from a seed: shares maps a fault to its share of requests (or of lists).

    methods are those whose requests may be struck; all where it is empty.
    """

    def __init__(
        self,
        seed: int = 0,
        shares: Mapping[Fault, float] | None = None,
        methods: Collection[str] = (),
    ) -> None:
        self._random = random.Random(seed)
        self._lock = threading.Lock()
        self.shares = dict(shares or {})
        self.methods = frozenset(methods)
        self.struck: dict[Fault, int] = dict.fromkeys(self.shares, 0)

    def draw(self, method: str) -> Fault | None:
        """Return the fault that strikes a request of this method as a whole, or None."""
        if self.methods and method not in self.methods:
            return None
        with self._lock:
            at = self._random.random()
            for fault, share in self.shares.items():
                if fault in IN_LISTS:
                    continue
                if at < share:
                    self.struck[fault] += 1
                    return fault
                at -= share
            return None

    def strikes(self, fault: Fault) -> bool:
        """Say whether this fault strikes the list that is being answered."""
        with self._lock:
            hit = self._random.random() < self.shares.get(fault, 0.0)
            if hit:
                self.struck[fault] += 1
            return hit

    def some(self, of: int) -> set[int]:
        """Return some places of a list of that length: at least one, at most five."""
        with self._lock:
            return set(self._random.sample(range(of), min(of, self._random.randint(1, 5))))

    def shuffle(self, items: list[Any]) -> None:
        """Put a list in another order."""
        with self._lock:
            self._random.shuffle(items)
