"""Carries Google's library to YouTube over the guarded wire, and counts the units of each call."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, Final

import google_auth_httplib2  # type: ignore[import-untyped]
import httplib2  # type: ignore[import-untyped]
import requests
from google.auth.exceptions import GoogleAuthError
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build  # type: ignore[import-untyped]
from googleapiclient.errors import Error  # type: ignore[import-untyped]

from connectors.contract import Means, NotDone, Transient
from connectors.limits import Limits
from connectors.wire import Exchange, Wire
from connectors.youtube.errors import TOKEN_PATH

API: Final = "https://youtube.googleapis.com"
SIGN_IN: Final = "https://oauth2.googleapis.com"

# Units of the quota: https://developers.google.com/youtube/v3/determine_quota_cost
UNITS_LIST: Final = 1
UNITS_MODERATE: Final = 50

CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN = "client_id", "client_secret", "refresh_token"

# What the library raises, and what its reading of a broken answer does. OSError holds the time-outs
# and refused connections that it passes on; wire.ask() adds those of requests.
LIBRARY_ERRORS: Final[tuple[type[Exception], ...]] = (
    Error,
    GoogleAuthError,
    httplib2.HttpLib2Error,
    HTTPException,
    OSError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)

# The body comes unpacked from the wire, so what said how it was packed no longer holds.
_PACKING: Final = frozenset({"content-encoding", "content-length", "transfer-encoding"})

# At a warning the library writes the body of a refused answer down, which may hold a comment.
logging.getLogger("googleapiclient.http").setLevel(logging.ERROR)

Call = Callable[[Any], Any]
"""Makes a request of the library from its service, such as service.comments().list(...)."""


class Http:
    """What Google's libraries ask of httplib2.Http, over a session of requests."""

    def __init__(self, session: requests.Session) -> None:
        self._session = session

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        redirections: int = 0,
        connection_type: object = None,
    ) -> tuple[httplib2.Response, bytes]:
        """Send one request and return its answer, whatever its status."""
        answer = self._session.request(
            method, uri, data=body, headers=dict(headers or {}), allow_redirects=False
        )
        told = {
            name: value for name, value in answer.headers.items() if name.lower() not in _PACKING
        }
        response = httplib2.Response({**told, "status": str(answer.status_code)})
        response.reason = answer.reason
        return response, answer.content

    def close(self) -> None:
        """Do nothing: the session is the wire's."""


@dataclass(frozen=True, slots=True)
class _Made:
    """The library's service, and the secrets that it was made with."""

    secrets: tuple[str, ...] = field(repr=False)
    credentials: Credentials = field(repr=False)
    service: Any = field(repr=False)


class Link:
    """The way to YouTube for one account, which several threads may use at once.

    The service is made at the first call, and again when a secret was renewed. The library holds no
    connection: each thread's requests go through the session of the wire.
    """

    def __init__(self, means: Means, origins: Mapping[str, str], limits: Limits) -> None:
        self._means = means
        self._wire = Wire(origins, limits, library="google-api-python-client")
        self._http = Http(self._wire.session)
        self._lock = threading.Lock()
        self._made: _Made | None = None

    def ask(self, call: Call, units: int = UNITS_LIST, *, act: bool = False) -> Exchange:
        """Make one call and return the last exchange, whatever its status.

        Raises QuotaSpent before the call when the account's ceiling does not allow it, NotDone,
        Transient or Permanent.
        """
        meter = self._means.meter
        meter.require(units, act=act)
        made = self._service()
        try:
            exchange = self._wire.ask(lambda: call(made.service).execute(), LIBRARY_ERRORS)
        except Transient as err:
            if not isinstance(err, NotDone):
                meter.spend(units)
            raise
        if exchange.path != TOKEN_PATH:
            meter.spend(units)
        self._keep(made)
        return exchange

    def renew(self) -> Exchange:
        """Ask for a new access token, which costs no units, and return that exchange."""
        made = self._service()
        request = google_auth_httplib2.Request(self._http)
        exchange = self._wire.ask(
            lambda: made.credentials.refresh(request),  # type: ignore[no-untyped-call]
            LIBRARY_ERRORS,
        )
        self._keep(made)
        return exchange

    def _service(self) -> _Made:
        held = self._means.secrets
        secrets = (held.get(CLIENT_ID), held.get(CLIENT_SECRET), held.get(REFRESH_TOKEN))
        with self._lock:
            if self._made is None or self._made.secrets != secrets:
                self._made = self._make(secrets)
            return self._made

    def _make(self, secrets: tuple[str, str, str]) -> _Made:
        client_id, client_secret, refresh_token = secrets
        credentials = Credentials(  # type: ignore[no-untyped-call]
            None,
            refresh_token=refresh_token,
            token_uri=SIGN_IN + TOKEN_PATH,
            client_id=client_id,
            client_secret=client_secret,
        )
        # One renewed token is tried when a call is refused as unauthorised, not two.
        http = google_auth_httplib2.AuthorizedHttp(
            credentials, http=self._http, max_refresh_attempts=1
        )
        # Without these options, variables of the environment choose the address.
        options = {"api_endpoint": API + "/", "universe_domain": "googleapis.com"}
        service = build(
            "youtube",
            "v3",
            http=http,
            static_discovery=True,
            cache_discovery=False,
            client_options=options,
        )
        return _Made(secrets, credentials, service)

    def _keep(self, made: _Made) -> None:
        """Keep a refresh token that Google gave in place of ours."""
        renewed = made.credentials.refresh_token
        if renewed and renewed != made.secrets[2] == self._means.secrets.get(REFRESH_TOKEN):
            self._means.secrets.put(REFRESH_TOKEN, renewed)
