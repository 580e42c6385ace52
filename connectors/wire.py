"""The one way to a platform: a platform's library calls through it, and the exchange is kept.

A library may make of an answer what it likes: an error page taken for data, a lost connection
wrapped in an error of its own, a token inside a message. What counts is the exchange itself, which
Wire.ask() hands back; of the library's own errors nothing passes.
"""

from __future__ import annotations

import re
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import PoolManager
from urllib3.exceptions import NewConnectionError

from connectors import collecting
from connectors.contract import ConnectorError, Malformed, NotDone, Permanent, Transient
from connectors.limits import CUT, POOLS, TOO_SLOW, Limits, deadline, peer, read_within
from connectors.reasons import Poison
from connectors.slices import Slice, whole
from moderation.errors import SettingsError

NO_ANSWER: Final = "The platform could not be reached."
NOT_TRUSTED: Final = "The platform's certificate does not fit, so nothing was sent to it."
ELSEWHERE: Final = "The platform's answer pointed to another address, which is not followed."
STRANGER: Final = "The library wanted to call an address that is not the platform's."
NOT_ASKED: Final = "The request could not be made ({}). This is a fault of Watchroom: report it."
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
SHORTEST_ASKED_S: Final = 1.0
LONGEST_ASKED_S: Final = 3_600.0
_SECONDS: Final = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. path is without its query, which may hold a token."""

    method: str
    path: str
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def json(self) -> Slice:
        """Return the answer as one JSON value. Raises Malformed when it is none."""
        return whole(self.body)

    def object(self) -> dict[str, Any]:
        """Return the answer as an object, empty when it is none: error bodies are often broken."""
        try:
            return self.json().read()
        except (Malformed, Poison):
            return {}

    @property
    def retry_after(self) -> float | None:
        """How many seconds the platform wants to be left alone, within an hour; None: not said."""
        said = str(self.headers.get("Retry-After", "")).strip()
        if _SECONDS.fullmatch(said):
            return min(max(float(said), SHORTEST_ASKED_S), LONGEST_ASKED_S)
        try:
            left = parsedate_to_datetime(said).astimezone(UTC) - datetime.now(UTC)
        except (ValueError, TypeError, OverflowError):
            return None
        return min(max(left.total_seconds(), SHORTEST_ASKED_S), LONGEST_ASKED_S)


@dataclass(slots=True)
class _Heard:
    """What one ask() has seen so far."""

    exchanges: list[Exchange] = field(default_factory=list)
    fault: ConnectorError | None = None


class _Hearing(threading.local):
    heard: _Heard | None = None


class Wire:
    """A guarded session to one platform.

    origins maps each real origin of the platform, such as "https://graph.facebook.com", to where
    it is reached: itself, or a stand-in on this machine. Any other address is refused, redirects
    are not followed, and no variable of the environment changes a proxy or an authority. library is
    the name of the platform's library as it is installed, for the notes of how an answer came.
    """

    def __init__(
        self, origins: Mapping[str, str], limits: Limits | None = None, *, library: str = ""
    ) -> None:
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Accept-Encoding"] = "gzip, deflate"
        self._hearing = _Hearing()
        adapter = _Guard(dict(origins), limits or Limits(), self._hearing, library)
        self.session.mount("https://", adapter)
        self.session.mount("http://", adapter)

    def ask(self, call: Callable[[], object], raises: tuple[type[Exception], ...]) -> Exchange:
        """Let a library make its calls and return the last exchange, whatever its status.

        raises are the errors that the library is known to raise. Raises NotDone when the platform
        could not be reached, Transient when its answer did not come through, and Permanent when the
        library sent nothing at all.
        """
        known: tuple[type[Exception], ...] = (*raises, requests.RequestException)
        with self._listening() as heard:
            try:
                call()
            except ConnectorError as err:
                if heard.fault is None:
                    raise err from None
            except known as err:
                # Its message may hold a token, so nothing of it is kept but its name.
                if heard.fault is None and not heard.exchanges:
                    raise Permanent(NOT_ASKED.format(type(err).__name__)) from None
        if heard.fault is not None:
            raise heard.fault from None
        if not heard.exchanges:
            raise Permanent(NOT_ASKED.format("nothing was sent"))
        return heard.exchanges[-1]

    @contextmanager
    def _listening(self) -> Iterator[_Heard]:
        heard = self._hearing.heard = _Heard()
        try:
            yield heard
        finally:
            self._hearing.heard = None


class _Guard(HTTPAdapter):
    """Sends within the limits, to the platform's own addresses alone, and keeps the exchange."""

    def __init__(
        self, origins: dict[str, str], limits: Limits, hearing: _Hearing, library: str
    ) -> None:
        self._library = library
        self._origins = {real: base.rstrip("/") for real, base in origins.items()}
        self._limits = limits
        self._hearing = hearing
        super().__init__(pool_maxsize=8)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = dict(POOLS)

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:  # type: ignore[override]
        """Send one request. Raises a ConnectorError, and keeps it for ask()."""
        heard = self._hearing.heard or _Heard()
        heard.fault = None
        try:
            response, exchange = self._exchange(request, kwargs)
        except ConnectorError as err:
            heard.fault = err
            raise
        heard.exchanges.append(exchange)
        return response

    def _exchange(
        self, request: requests.PreparedRequest, kwargs: dict[str, Any]
    ) -> tuple[requests.Response, Exchange]:
        asked = urlsplit(request.url or "")
        request.url = self._moved(asked)
        timeout = (self._limits.connect_s, self._limits.read_s)
        kwargs.update(timeout=timeout, proxies={}, stream=True, verify=True, cert=None)
        with deadline(self._limits.total_s) as until:
            try:
                response = super().send(request, **kwargs)
            except requests.RequestException as err:
                raise _fault(err, cut_short=until.passed) from None
            body = read_within(response.raw, self._limits, until)
            collecting.note(request, response, peer(), self._library)
        if response.is_redirect:
            raise Malformed(ELSEWHERE)
        # What requests itself keeps once a body has been read.
        response.__dict__.update(_content=body, _content_consumed=True)
        headers = CaseInsensitiveDict(response.headers)
        method = request.method or "GET"
        return response, Exchange(method, asked.path, response.status_code, headers, body)

    def _moved(self, asked: SplitResult) -> str:
        base = self._origins.get(f"{asked.scheme}://{asked.netloc}")
        if base is None and f"{asked.scheme}://{asked.netloc}" in self._origins.values():
            base = f"{asked.scheme}://{asked.netloc}"
        if base is None:
            raise Permanent(STRANGER)
        to = urlsplit(base)
        return urlunsplit((to.scheme, to.netloc, to.path + asked.path, asked.query, ""))


def _fault(err: requests.RequestException, *, cut_short: bool) -> ConnectorError:
    """Return what a transport's error means; its own text may hold the whole address."""
    causes = tuple(_causes(err))
    # Any other fault of TLS may come once the call has been sent.
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return NotDone(NOT_TRUSTED, retry_after=300.0)
    if any(isinstance(cause, requests.ConnectTimeout | NewConnectionError) for cause in causes):
        return NotDone(NO_ANSWER)
    if cut_short or isinstance(err, requests.Timeout):
        return Transient(TOO_SLOW)
    return Transient(CUT)


def _causes(err: BaseException) -> Iterator[BaseException]:
    """Yield an error and those that it was made of."""
    yield err
    for inner in (*err.args, getattr(err, "reason", None)):
        if isinstance(inner, BaseException):
            yield from _causes(inner)


def base_of(settings: Mapping[str, Any], real: str, name: str = "base_url") -> str:
    """Return where a platform is reached: its real origin, or the setting that stands for it.

    Raises SettingsError for an address without TLS, unless it is on this machine.
    """
    given = str(settings.get(name) or "").strip().rstrip("/")
    if not given:
        return real
    parts = urlsplit(given)
    local = parts.hostname in LOOPBACK
    if parts.scheme not in ({"http", "https"} if local else {"https"}) or not parts.hostname:
        raise SettingsError(
            f"The setting {name} must be an address that begins with https://; one without TLS is "
            "taken only on this machine."
        )
    return given


def is_stand_in(settings: Mapping[str, Any]) -> bool:
    """Say whether an account's settings lead to a stand-in on this machine."""
    addresses = (urlsplit(str(value)) for name, value in settings.items() if name.endswith("_url"))
    return any(address.hostname in LOOPBACK for address in addresses)
