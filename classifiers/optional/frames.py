"""One JSON value after another over a socket, each behind its length, within a time limit."""

from __future__ import annotations

import json
import socket
import struct
import time
from typing import Any, Final

_LENGTH: Final = struct.Struct("!I")
# A batch of texts is far smaller; more than this is not a frame of ours.
MOST_BYTES: Final = 64 * 1024 * 1024


def send(end: socket.socket, value: Any, limit_s: float | None = None) -> None:
    """Send one value. Raises TimeoutError, or OSError when the other end is gone."""
    body = json.dumps(value).encode()
    end.settimeout(limit_s)
    end.sendall(_LENGTH.pack(len(body)) + body)


def receive(end: socket.socket, limit_s: float | None = None) -> Any:
    """Return the next value. Raises TimeoutError, EOFError at the end, ValueError for no frame."""
    until = None if limit_s is None else time.monotonic() + limit_s
    (length,) = _LENGTH.unpack(_exactly(end, _LENGTH.size, until))
    if length > MOST_BYTES:
        raise ValueError(length)
    return json.loads(_exactly(end, length, until))


def _exactly(end: socket.socket, size: int, until: float | None) -> bytes:
    parts = []
    while size:
        end.settimeout(_left(until))
        part = end.recv(min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _left(until: float | None) -> float | None:
    """Return the seconds that are left; a limit of nought would mean "do not wait at all"."""
    return None if until is None else max(until - time.monotonic(), 0.001)
