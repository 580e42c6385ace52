"""How long and how much a platform may answer, and the reading of an answer within these bounds."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from connectors.contract import Malformed, Transient

_CHUNK: Final = 65_536
# A short answer that unpacks to many times its size is ordinary; only a large one is a bomb.
_RATIO_FROM: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one call. Seconds to connect, between two bytes, and in all; bytes unpacked."""

    connect_s: float = 3.0
    read_s: float = 8.0
    total_s: float = 15.0
    size: int = 16_000_000
    ratio: int = 100


TOO_SLOW: Final = "The platform answered too slowly."
TOO_LARGE: Final = "The platform's answer was larger than any that it should give."
CUT: Final = "The connection to the platform broke off."


class _Here(threading.local):
    """The connection that this thread's call is using."""

    connection: HTTPConnection | None = None


_HERE: Final = _Here()


class _Plain(HTTPConnection):
    def putrequest(self, *args: Any, **kwargs: Any) -> None:
        _HERE.connection = self
        super().putrequest(*args, **kwargs)


class _Tls(HTTPSConnection):
    def putrequest(self, *args: Any, **kwargs: Any) -> None:
        _HERE.connection = self
        super().putrequest(*args, **kwargs)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _Tls


POOLS: Final = {"http": _PlainPool, "https": _TlsPool}
"""Pools whose connections can be ended by a deadline, whatever they are doing."""


class Deadline:
    """The end of one call: passed says that the call was cut short by it."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._ends = time.monotonic() + seconds

    def check(self) -> None:
        """Raise Transient once the time is up."""
        if self.passed or time.monotonic() > self._ends:
            self.passed = True
            raise Transient(TOO_SLOW)


@contextmanager
def deadline(seconds: float) -> Iterator[Deadline]:
    """Cut this thread's connection when the time is up.

    A time-out between two bytes alone would let a server that sends one byte a second hold a
    worker for hours.
    """
    until = Deadline(seconds)
    _HERE.connection = None
    here = _HERE.__dict__

    def cut() -> None:
        until.passed = True
        connection = here.get("connection")
        sock = getattr(connection, "sock", None)
        if sock is not None:
            _shut(sock)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield until
    finally:
        timer.cancel()


def _shut(sock: Any) -> None:
    try:
        sock.shutdown(2)
    except OSError:
        # It was closed in the same moment, which is what is wanted.
        return


def read_within(response: BaseHTTPResponse, limits: Limits, until: Deadline) -> bytes:
    """Return an answer's unpacked body. Raises Transient when it is too slow or breaks off.

    Raises Malformed when it is too large, or packed so tightly that it is meant to be.
    """
    body = bytearray()
    try:
        while chunk := response.read1(_CHUNK, decode_content=True):
            body += chunk
            until.check()
            if len(body) > limits.size or _is_bomb(len(body), response, limits):
                raise Malformed(TOO_LARGE)
        until.check()
    except (HTTPError, OSError) as err:
        until.check()
        raise Transient(CUT) from err
    except Transient:
        response.close()
        raise
    return bytes(body)


def _is_bomb(unpacked: int, response: BaseHTTPResponse, limits: Limits) -> bool:
    return unpacked > _RATIO_FROM and unpacked > limits.ratio * max(1, response.tell())
