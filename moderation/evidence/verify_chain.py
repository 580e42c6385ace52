"""Follow the audit chain of a pack, and find each shown body and each checkpoint in it."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from moderation.evidence.opened import Opened

AUDIT: Final = "data/audit/"
OPENING: Final = f"{AUDIT}opening.txt"
CHECKPOINT: Final = f"{AUDIT}checkpoint.txt"
_BODY: Final = re.compile(r"bodies/([0-9]{1,15})\.json")
_POINT: Final = re.compile(rb"([0-9]{1,15}) ([0-9a-f]{64})\n")
_NOTE: Final = re.compile(rb"[^\n]+\n([0-9]{1,15})\n([0-9a-f]{64})\n(?:[^\n]+\n)*")
_ZERO: Final = "0" * 64


class Chain:
    """One stretch of the audit chain; lines says how many it has."""

    def __init__(self, pack: Opened) -> None:
        self._pack = pack
        self._points = {name: self._point(name) for name in (OPENING, CHECKPOINT)}
        self.lines = 0

    def check(self) -> None:
        """Follow the lines and hold them against start, head, bodies and checkpoints."""
        number, before = self._start()
        bodies = self._bodies()
        name = f"{AUDIT}chain.txt"
        self._meets(number, before)
        for line in self._pack.lines(name):
            number, self.lines = number + 1, self.lines + 1
            said, _, rest = line.decode("ascii", "replace").partition(" ")
            previous, _, body = rest.partition(" ")
            if (said, previous) != (str(number), before):
                self._pack.fault(name, f"breaks at line {number}")
                return
            if bodies.pop(number, body) != body:
                self._pack.fault(f"{AUDIT}bodies/{number:06d}.json", "not the body of its line")
            before = hashlib.sha256(line + b"\n").hexdigest()
            self._meets(number, before)
        if self._pack.read(f"{AUDIT}head.txt") != f"{before}\n".encode():
            self._pack.fault(name, "does not end at the hash in head.txt")
        for left in sorted(bodies):
            self._pack.fault(f"{AUDIT}bodies/{left:06d}.json", "not in the chain")

    def _start(self) -> tuple[int, str]:
        """Return the number and the hash of the line before the first."""
        name = f"{AUDIT}start.txt"
        found = _POINT.fullmatch(self._pack.read(name))
        if found is None:
            self._pack.fault(name, "missing, or not a number and a hash")
            return 0, _ZERO
        start = int(found[1]), found[2].decode()
        opening = self._points[OPENING]
        if start != (0, _ZERO) and opening != start:
            self._pack.fault(name, "not the checkpoint in opening.txt, nor the chain's beginning")
        return start

    def _point(self, name: str) -> tuple[int, str] | None:
        """Return the line that a checkpoint speaks of and its hash; None where there is none."""
        if name not in self._pack.names:
            return None
        found = _NOTE.fullmatch(self._pack.read(name))
        if found is None:
            self._pack.fault(name, "not a checkpoint")
            return None
        return int(found[1]), found[2].decode()

    def _meets(self, number: int, line_hash: str) -> None:
        """Hold a line against the checkpoints that speak of it."""
        for name, point in self._points.items():
            if point is not None and point[0] == number and point[1] != line_hash:
                self._pack.fault(name, f"gives another hash for line {number} than chain.txt")

    def _bodies(self) -> dict[int, str]:
        found = {}
        for name in self._pack.names:
            match = _BODY.fullmatch(name.removeprefix(AUDIT))
            if match:
                found[int(match[1])] = self._pack.digests[name]
        return found
