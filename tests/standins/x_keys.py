"""Checks who calls the stand-in for X: OAuth 1.0a signatures, bearer tokens and their renewal."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, unquote

from tests.standins.base import Answer, Request
from tests.standins.x_bodies import grant_refused, unauthorized

SIGNED_FOR = "https://api.twitter.com"
READ = ("tweet.read", "users.read")
ALL = (*READ, "tweet.moderate.write", "offline.access")
LIVES_S = 7200


@dataclass
class Keys:
    """The keys of the app and the account; level is what OAuth 1.0a may do, scopes OAuth 2."""

    consumer_key: str = "app-key-of-the-stand-in"
    consumer_secret: str = "app-secret-of-the-stand-in"
    access_token: str = "42-token-of-the-stand-in"
    access_token_secret: str = "token-secret-of-the-stand-in"
    client_id: str = "client-of-the-stand-in"
    client_secret: str = ""
    level: str = "read-write"
    scopes: tuple[str, ...] = ALL
    revoked: bool = False
    renewals: int = 0
    bearers: dict[str, datetime] = field(default_factory=dict)
    refresh_token: str = "refresh-0"
    app_token: str = "app-only-token"
    nonces: set[str] = field(default_factory=set)

    def signed(self) -> dict[str, str]:
        """Return the secrets of OAuth 1.0a."""
        names = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
        return {name: getattr(self, name) for name in names}

    def bearer(self, now: datetime) -> dict[str, str]:
        """Return the secrets of OAuth 2, with a token that is good from now on."""
        self.bearers["bearer-0"] = now
        secrets = {
            "client_id": self.client_id,
            "access_token": "bearer-0",
            "refresh_token": self.refresh_token,
        }
        return {**secrets, **({"client_secret": self.client_secret} if self.client_secret else {})}

    def way_of(self, request: Request, now: datetime) -> str:
        """Return how the caller proves itself: "signed", "user", "app", or "" for not at all."""
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        if self.revoked:
            return ""
        if kind == "Bearer":
            since = self.bearers.get(given)
            alive = since is not None and (now - since).total_seconds() < LIVES_S
            return "user" if alive else "app" if given == self.app_token else ""
        return "signed" if kind == "OAuth" and self._is_signed(request, given) else ""

    def renew(self, request: Request, now: datetime) -> Answer:
        """Give a new pair for a refresh token, which is good once."""
        form = request.form()
        if not self._is_client(request, form):
            return unauthorized()
        good = form.get("grant_type") == "refresh_token" and not self.revoked
        if not good or form.get("refresh_token") != self.refresh_token:
            return grant_refused()
        self.renewals += 1
        self.refresh_token = f"refresh-{self.renewals}"
        token = f"bearer-{self.renewals}"
        self.bearers = {token: now}
        body = {
            "token_type": "bearer",
            "expires_in": LIVES_S,
            "access_token": token,
            "scope": " ".join(self.scopes),
            "refresh_token": self.refresh_token,
        }
        return Answer(body)

    def _is_client(self, request: Request, form: dict[str, str]) -> bool:
        if not self.client_secret:
            return form.get("client_id") == self.client_id
        pair = base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
        return request.headers.get("authorization") == f"Basic {pair}"

    def _is_signed(self, request: Request, header: str) -> bool:
        """Verify a signature over X's real address (RFC 5849, HMAC-SHA1)."""
        given = {
            unquote(name): unquote(value)
            for name, value in re.findall(r'([a-z_]+)="([^"]*)"', header)
        }
        signature = given.pop("oauth_signature", "")
        given.pop("realm", None)
        known = (given.get("oauth_consumer_key"), given.get("oauth_token"))
        nonce = given.get("oauth_nonce", "")
        at = int(given.get("oauth_timestamp", "0"))
        fresh = abs(datetime.now(UTC).timestamp() - at) < 300 and nonce not in self.nonces
        if known != (self.consumer_key, self.access_token) or not fresh:
            return False
        self.nonces.add(nonce)
        return hmac.compare_digest(signature, self._signature(request, given))

    def _signature(self, request: Request, given: dict[str, str]) -> str:
        asked = [(name, value) for name, values in request.query.items() for value in values]
        pairs = sorted((_quoted(n), _quoted(v)) for n, v in [*given.items(), *asked])
        joined = "&".join(f"{name}={value}" for name, value in pairs)
        base = "&".join(map(_quoted, (request.method, SIGNED_FOR + request.path, joined)))
        key = f"{_quoted(self.consumer_secret)}&{_quoted(self.access_token_secret)}"
        digest = hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()
        return base64.b64encode(digest).decode()


def _quoted(text: str) -> str:
    return quote(text, safe="-._~")
