"""How long and how much a platform may answer, and the reading of an answer within these bounds."""

from __future__ import annotations

import ssl
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


@dataclass(frozen=True, slots=True)
class Peer:
    """The other end of a connection; certificate is DER, and empty without TLS as are its likes."""

    address: str = ""
    port: int = 0
    tls: str = ""
    cipher: str = ""
    certificate: bytes = b""

    @property
    def remote(self) -> str:
        """Return address and port as one text; empty where nothing is known."""
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"{host}:{self.port}" if host else ""


def _peer_of(sock: Any) -> Peer:
    address, port = sock.getpeername()[:2]
    if not isinstance(sock, ssl.SSLSocket):
        return Peer(address, port)
    cipher = sock.cipher()
    certificate = sock.getpeercert(binary_form=True) or b""
    return Peer(address, port, sock.version() or "", cipher[0] if cipher else "", certificate)


class Plain(HTTPConnection):
    """A connection that a deadline can end, and that says whom it reached."""

    peer = Peer()

    def connect(self) -> None:
        """Connect, and keep whom it reached."""
        super().connect()
        self.peer = _peer_of(self.sock)

    def putrequest(self, *args: Any, **kwargs: Any) -> None:
        """Begin a request, which makes this the connection of the thread's call."""
        _HERE.connection = self
        super().putrequest(*args, **kwargs)


class Tls(HTTPSConnection):
    """The same over TLS."""

    peer = Peer()

    def connect(self) -> None:
        """Connect, and keep whom it reached."""
        super().connect()
        self.peer = _peer_of(self.sock)

    def putrequest(self, *args: Any, **kwargs: Any) -> None:
        """Begin a request, which makes this the connection of the thread's call."""
        _HERE.connection = self
        super().putrequest(*args, **kwargs)


class _Here(threading.local):
    """The connection that this thread's call is using."""

    connection: Plain | Tls | None = None


_HERE: Final = _Here()


def peer() -> Peer:
    """Return the other end of this thread's call; it stays known once the connection is closed."""
    return _HERE.connection.peer if _HERE.connection else Peer()


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = Plain


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = Tls


POOLS: Final = {"http": _PlainPool, "https": _TlsPool}
"""Pools whose connections can be ended by a deadline, whatever they are doing."""


class Deadline:
    """The end of one call: passed says that the call was cut short by it."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._ends = time.monotonic() + seconds

    @property
    def left_s(self) -> float:
        """Return how many seconds are left."""
        return max(0.0, self._ends - time.monotonic())

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
