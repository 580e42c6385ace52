"""Fetches one picture or video over a guarded connection, within time and size, or says why not."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Final
from urllib.parse import urljoin

import certifi
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError, MaxRetryError, SSLError
from urllib3.response import BaseHTTPResponse

from connectors.contract import Malformed, Transient
from connectors.downloads.addresses import INSIDE, Hosts, NotFetched, Place, may_connect, place_of
from connectors.limits import Deadline, Limits, Plain, Tls, deadline, peer, read_within

LIMITS: Final = Limits(connect_s=3.0, read_s=5.0, total_s=10.0, size=20_000_000, ratio=100)
REDIRECTS: Final = 3

UNKNOWN_HOST: Final = "Its host could not be found."
NO_ANSWER: Final = "Its host could not be reached."
NOT_TRUSTED: Final = "The certificate of its host does not fit, so nothing was fetched."
BROKE_OFF: Final = "The connection broke off before it had come whole."
TOO_SLOW: Final = "It did not come within {:g} seconds."
TOO_LARGE: Final = "It is larger than {} MB, or packed so tightly that it is meant to burst."
SENT_ROUND: Final = "Its address led on to others more often than is followed."
REFUSED: Final = "The platform did not give it (status {})."
EMPTY: Final = "The platform gave nothing in its place."

_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_OK: Final = 200
_ADDRESSES_TRIED: Final = 3
_HEADERS: Final = {
    "Accept": "image/*, video/*;q=0.9",
    "Accept-Encoding": "identity",
    "User-Agent": "Watchroom",
}

Resolve = Callable[[str, int], Sequence[str]]
"""Returns the network addresses of a host. Raises OSError where there is none."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came. told_type is what the platform says that it is, remote whom we were connected to.

    final_url is where it was fetched from in the end.
    """

    url: str
    final_url: str
    data: bytes = field(repr=False)
    told_type: str
    remote: str
    at: datetime


def system_resolve(host: str, port: int) -> list[str]:
    """Return a host's addresses as this machine finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Downloader:
    """Fetches from the hosts given, one address at a time; no cookie, proxy or credential is used.

    authorities is a file of certificates that are trusted; resolve is how names are found.
    """

    def __init__(
        self,
        hosts: Hosts,
        *,
        resolve: Resolve = system_resolve,
        limits: Limits = LIMITS,
        authorities: str = "",
    ) -> None:
        self._hosts = hosts
        self._resolve = resolve
        self._limits = limits
        self._authorities = authorities or certifi.where()

    def fetch(self, url: str) -> Fetched:
        """Return what an address gives. Raises NotFetched with the reason in words."""
        try:
            with deadline(self._limits.total_s) as until:
                return self._followed(url, until)
        except Malformed as err:
            raise NotFetched(TOO_LARGE.format(self._limits.size // 1_000_000)) from err
        except Transient as err:
            slow = TOO_SLOW.format(self._limits.total_s)
            raise NotFetched(slow if until.passed else BROKE_OFF) from err

    def _followed(self, url: str, until: Deadline) -> Fetched:
        at = url
        for _ in range(REDIRECTS + 1):
            place = place_of(at, self._hosts)
            with self._answer(place, until) as response:
                if response.status not in _MOVED:
                    return self._taken(url, place, response, until)
                at = urljoin(place.url, response.headers.get("Location", ""))
        raise NotFetched(SENT_ROUND)

    def _taken(
        self, url: str, place: Place, response: BaseHTTPResponse, until: Deadline
    ) -> Fetched:
        if response.status != _OK:
            raise NotFetched(REFUSED.format(response.status))
        data = read_within(response, self._limits, until)
        if not data:
            raise NotFetched(EMPTY)
        told = response.headers.get("Content-Type", "")[:200]
        return Fetched(url, place.url, data, told, peer().remote, datetime.now(UTC))

    @contextmanager
    def _answer(self, place: Place, until: Deadline) -> Iterator[BaseHTTPResponse]:
        addresses = self._addresses(place, until)
        fault: HTTPError | None = None
        for address in addresses[:_ADDRESSES_TRIED]:
            pool = self._pool(place, address)
            try:
                response = self._asked(pool, place)
            except HTTPError as err:
                pool.close()
                until.check()
                fault = err
                continue
            try:
                yield response
            finally:
                response.close()
                pool.close()
            return
        raise NotFetched(_words_for(fault)) from fault

    def _asked(self, pool: HTTPConnectionPool, place: Place) -> BaseHTTPResponse:
        return pool.urlopen(
            "GET",
            place.target,
            headers={**_HEADERS, "Host": place.named},
            redirect=False,
            retries=False,
            preload_content=False,
            decode_content=False,
        )

    def _pool(self, place: Place, address: str) -> HTTPConnectionPool:
        """Return a way to one address that was checked, under the name of the host."""
        timeout = Timeout(connect=self._limits.connect_s, read=self._limits.read_s)
        if place.scheme == "http":
            plain = HTTPConnectionPool(address, place.port, timeout=timeout)
            plain.ConnectionCls = _PinnedPlain
            return plain
        secured = HTTPSConnectionPool(
            address,
            place.port,
            timeout=timeout,
            cert_reqs=ssl.CERT_REQUIRED,
            ca_certs=self._authorities,
            server_hostname=place.host,
        )
        secured.ConnectionCls = _PinnedTls
        return secured

    def _addresses(self, place: Place, until: Deadline) -> list[str]:
        """Return a host's addresses; one that is not open to all spoils them all.

        They are found once, so that the host cannot give another one after the check.
        """
        found = _within(until, lambda: list(self._resolve(place.host, place.port)))
        if not found:
            raise NotFetched(UNKNOWN_HOST)
        if not all(may_connect(one, is_local=place.is_local) for one in found):
            raise NotFetched(INSIDE)
        return found


class _PinnedPlain(Plain):
    def connect(self) -> None:
        super().connect()
        _require_peer(self)


class _PinnedTls(Tls):
    def connect(self) -> None:
        super().connect()
        _require_peer(self)


def _require_peer(connection: Plain | Tls) -> None:
    """Raise NotFetched, before anything is sent, unless the other end is who was checked."""
    if ip_address(connection.peer.address) != ip_address(connection.host.strip("[]")):
        connection.close()
        raise NotFetched(INSIDE)


def _within(until: Deadline, find: Callable[[], list[str]]) -> list[str]:
    """Return what was found, nothing where nothing was. Raises Transient when the time is up.

    Looking up a name knows no time-out, so it is done in a thread of its own, which may be left.
    """
    found: list[str] = []

    def run() -> None:
        try:
            found.extend(find())
        except OSError:
            found.clear()

    looking = threading.Thread(target=run, daemon=True)
    looking.start()
    looking.join(until.left_s)
    if looking.is_alive():
        until.passed = True
    until.check()
    return found


def _words_for(fault: HTTPError | None) -> str:
    cause = fault.reason if isinstance(fault, MaxRetryError) else fault
    return NOT_TRUSTED if isinstance(cause, SSLError) else NO_ANSWER
