"""An account's access to Bluesky: its session, kept and renewed, and every call made with it."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from connectors.bluesky.judging import STALE, is_success, judge, word_of
from connectors.contract import Malformed, Permanent, Secrets
from connectors.options import limits_of
from connectors.wire import Exchange, Wire, base_of
from moderation.errors import SettingsError

if TYPE_CHECKING:
    from connectors.bluesky.library import Library

SERVICE: Final = "https://bsky.social"
APPVIEW: Final = "https://public.api.bsky.app"
PASSWORD: Final = "app_password"  # noqa: S105  the name of the secret
SESSION: Final = "session"

NO_SESSION: Final = "Bluesky answered the sign-in without the tokens that belong to it."
_UNAUTHORISED: Final = 401
# https://atproto.com/specs/handle and https://atproto.com/specs/did, as far as they matter here.
_IDENTIFIER: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"
    r"|did:plc:[a-z2-7]{24}|did:web:[a-z0-9.-]{4,200}",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """A session: as whom it was asked for, whose it is, and its two tokens."""

    asked_as: str
    did: str
    access: str = field(repr=False)
    refresh: str = field(repr=False)

    def headers(self) -> dict[str, str]:
        """Return the header of a call made with this session."""
        return {"Authorization": f"Bearer {self.access}"}


class Access:
    """Calls to the configured server, signed in, and to the public's view of the network.

    The server named in the settings is asked and no other: a DID document may name any host. The
    session lives among the account's secrets, where every process finds it, for signing in is
    limited to 30 times in 5 minutes and 300 times a day
    (https://docs.bsky.app/docs/advanced-guides/rate-limits).
    """

    def __init__(self, settings: Mapping[str, Any], secrets: Secrets) -> None:
        self.handle = handle_of(settings)
        self._secrets = secrets
        self._renewing = threading.Lock()
        self._service = base_of(settings, SERVICE, "service")
        self._base = base_of(settings, self._service)
        # A stand-in for the server is one for the public too.
        usual = self._base if settings.get("base_url") else APPVIEW
        self._appview = base_of(settings, usual, "appview")
        origins = {_origin(self._service): self._base, _origin(self._appview): self._appview}
        self._wire = Wire(origins, limits_of(settings), library="atproto")

    def query(self, name: str, bear: Iterable[str] = (), **parameters: Any) -> Exchange:
        """Make a query with the account's session and judge it, but for the words to bear."""
        return self._signed_in(
            lambda headers: self._server.query(name, parameters, headers), tuple(bear)
        )

    def procedure(
        self,
        name: str,
        body: Mapping[str, Any],
        *,
        bear: Iterable[str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Exchange:
        """Call a procedure with the account's session and judge it, but for the words to bear."""
        more = dict(headers or {})
        return self._signed_in(
            lambda signed: self._server.procedure(name, body, {**signed, **more}), tuple(bear)
        )

    def public(self, name: str, **parameters: Any) -> Exchange:
        """Make a query as anybody without an account would, and judge it."""
        exchange = self._ask(lambda: self._readers.query(name, parameters, {}))
        judge(exchange)
        return exchange

    def did(self) -> str:
        """Return the account's own DID, signing in where nobody has yet."""
        return self._tokens().did

    def _signed_in(self, call: Callable[[dict[str, str]], None], bear: tuple[str, ...]) -> Exchange:
        tokens = self._tokens()
        exchange = self._ask(lambda: call(tokens.headers()))
        if _is_stale(exchange):
            # It was refused before anything was done, so asking again repeats nothing.
            renewed = self._renewed(tokens)
            exchange = self._ask(lambda: call(renewed.headers()))
        if word_of(exchange) not in bear:
            judge(exchange)
        return exchange

    def _tokens(self) -> Tokens:
        return self._kept() or self._renewed(None)

    def _renewed(self, stale: Tokens | None) -> Tokens:
        """Return other tokens than these: what somebody else has renewed meanwhile, else our own.

        Signs in only where the refresh token is refused; while the server is in trouble the old
        tokens are left as they are. Raises AuthLost when the app password is refused too.
        """
        with self._renewing:
            kept = self._kept()
            if kept is not None and kept != stale:
                return kept
            return (kept and self._refreshed(kept)) or self._logged_in()

    def _refreshed(self, tokens: Tokens) -> Tokens | None:
        """Return the next tokens, or None when these can no longer be renewed."""
        headers = {"Authorization": f"Bearer {tokens.refresh}"}
        name = "com.atproto.server.refreshSession"
        exchange = self._ask(lambda: self._server.procedure(name, None, headers))
        try:
            judge(exchange)
        except Permanent:
            # Another process may have used the same token a moment ago and kept what it got.
            kept = self._kept()
            return kept if kept != tokens else None
        return self._keep(exchange)

    def _logged_in(self) -> Tokens:
        body = {"identifier": self.handle, "password": self._secrets.get(PASSWORD)}
        name = "com.atproto.server.createSession"
        exchange = self._ask(lambda: self._server.procedure(name, body, {}))
        judge(exchange)
        return self._keep(exchange)

    def _kept(self) -> Tokens | None:
        try:
            held = json.loads(self._secrets.get(SESSION))
            tokens = Tokens(**held)
        except (ValueError, TypeError, RecursionError):
            return None
        # Another handle was entered since: its session is somebody else's.
        return tokens if tokens.asked_as == self.handle else None

    def _keep(self, exchange: Exchange) -> Tokens:
        exchange.json()
        told = exchange.object()
        parts = [told.get(name) for name in ("did", "accessJwt", "refreshJwt")]
        if not all(isinstance(part, str) and part for part in parts):
            raise Malformed(NO_SESSION)
        tokens = Tokens(self.handle, *map(str, parts))
        self._secrets.put(SESSION, json.dumps(asdict(tokens), sort_keys=True))
        return tokens

    def _ask(self, call: Callable[[], None]) -> Exchange:
        # The client takes a second to import, which no command that makes no call has to wait for.
        from connectors.bluesky.library import LIBRARY_ERRORS

        return self._wire.ask(call, LIBRARY_ERRORS)

    @cached_property
    def _server(self) -> Library:
        return self._library(self._service)

    @cached_property
    def _readers(self) -> Library:
        return self._library(self._appview)

    def _library(self, address: str) -> Library:
        from connectors.bluesky.library import Library

        return Library(self._wire.session, address)


def handle_of(settings: Mapping[str, Any]) -> str:
    """Return the account's handle, or its DID, as it signs in. Raises SettingsError."""
    given = str(settings.get("handle") or "").strip().removeprefix("@").lower()
    if not _IDENTIFIER.fullmatch(given):
        raise SettingsError(
            "The setting handle must be the account's Bluesky handle, such as name.bsky.social."
        )
    return given


def _is_stale(exchange: Exchange) -> bool:
    return not is_success(exchange) and (
        exchange.status == _UNAUTHORISED or word_of(exchange) in STALE
    )


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
