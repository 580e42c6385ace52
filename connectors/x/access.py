"""Signs calls to X: with OAuth 1.0a, or with an OAuth 2 token that is renewed, and never twice.

A refresh token of X is good for one use. The renewed pair is kept before it is used, the refresh
token first: whatever breaks off in between, the next call can go on with what is kept.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import requests
import tweepy  # type: ignore[import-untyped]

from connectors.contract import AuthLost, Malformed, Secrets
from connectors.slices import OTHER_SHAPE
from connectors.wire import Exchange, Wire
from connectors.x.judging import ENDED, judge
from moderation.errors import SettingsError

ORIGIN: Final = "https://api.twitter.com"
TOKEN_ADDRESS: Final = f"{ORIGIN}/2/oauth2/token"
LOCK_FILE: Final = "x-token.lock"

# Unconfirmed: how long a user token lives where X's answer does not say it in expires_in.
USER_TOKEN_S: Final = 7200
RENEW_EARLY_S: Final = 300

SIGNED: Final = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
RENEWED: Final = ("client_id", "access_token", "refresh_token")

LIBRARY_ERRORS: Final[tuple[type[Exception], ...]] = (
    tweepy.TweepyException,
    requests.RequestException,
    # What the library's own reading of an error body runs into.
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
)


class Access:
    """The tokens of one account. folder is where renewals take their turns."""

    def __init__(
        self, secrets: Secrets, wire: Wire, folder: Path, clock: Callable[[], datetime]
    ) -> None:
        self._secrets = secrets
        self._wire = wire
        self._folder = folder
        self._clock = clock

    @property
    def is_signed(self) -> bool:
        """Say whether calls are signed with OAuth 1.0a."""
        return all(self._secrets.get(name) for name in SIGNED)

    def check_whole(self) -> None:
        """Raise SettingsError unless the secrets of one of the two ways are there."""
        if not self.is_signed and not all(self._secrets.get(name) for name in RENEWED):
            raise SettingsError(
                f"The connector x needs the secrets {', '.join(SIGNED)}, or else "
                f"{', '.join(RENEWED)}."
            )

    def client(self) -> Any:
        """Return a tweepy.Client for one call, with tokens that are good now."""
        if self.is_signed:
            client = tweepy.Client(**{name: self._secrets.get(name) for name in SIGNED})
        else:
            client = tweepy.Client(bearer_token=self._good_token())
        client.session = self._wire.session
        return client

    def granted(self) -> frozenset[str]:
        """Return the permissions that X named with the token; none where it named none."""
        return frozenset(str(self._terms().get("scope", "")).split())

    def renew(self, spent: str) -> None:
        """Renew the token that X did not take, unless somebody else has done so in between.

        Raises AuthLost when X does not renew it, or Transient.
        """
        with self._turn():
            if self._secrets.get("access_token") == spent:
                self._renew(self._secrets.get("refresh_token"))

    def _good_token(self) -> str:
        token = self._secrets.get("access_token")
        if self._clock().timestamp() < self._ends() - RENEW_EARLY_S:
            return token
        self.renew(token)
        return self._secrets.get("access_token")

    def _ends(self) -> float:
        """Return when the token ends; never, where nobody said it: then a 401 will."""
        ends = self._terms().get("ends")
        return float(ends) if isinstance(ends, int) else math.inf

    def _terms(self) -> dict[str, Any]:
        """Return what X said of the token that we hold; nothing of one that a person brought."""
        try:
            told = json.loads(self._secrets.get("token_terms") or "{}")
        except ValueError:
            return {}
        return told if told.get("of") == _mark(self._secrets.get("access_token")) else {}

    def _renew(self, refresh_token: str) -> None:
        exchange = self._wire.ask(lambda: self._post(refresh_token), LIBRARY_ERRORS)
        if exchange.status in {400, 401}:
            raise AuthLost(ENDED)
        if exchange.status != 200:
            judge(exchange, self._clock())
        self._keep(exchange)

    def _post(self, refresh_token: str) -> object:
        """Ask for a new pair; tweepy has no call for it."""
        client_id, secret = self._secrets.get("client_id"), self._secrets.get("client_secret")
        form = {
            "grant_type": "refresh_token",
            "refresh_token": refresh_token,
            "client_id": client_id,
        }
        auth = (client_id, secret) if secret else None
        return self._wire.session.post(TOKEN_ADDRESS, data=form, auth=auth)

    def _keep(self, exchange: Exchange) -> None:
        told = exchange.object()
        access, refresh = told.get("access_token"), told.get("refresh_token")
        if not (isinstance(access, str) and access and isinstance(refresh, str) and refresh):
            raise Malformed(OTHER_SHAPE)
        ends = int(self._clock().timestamp()) + _lives(told)
        terms = {"of": _mark(access), "ends": ends, "scope": str(told.get("scope") or "")}
        self._secrets.put("refresh_token", refresh)
        self._secrets.put("token_terms", json.dumps(terms))
        self._secrets.put("access_token", access)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold the account's lock, which other threads and other processes wait for."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / LOCK_FILE).open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _mark(token: str) -> str:
    """Return what a token is known by without being told."""
    return hashlib.sha256(token.encode()).hexdigest()


def _lives(told: dict[str, Any]) -> int:
    lives = told.get("expires_in")
    return lives if isinstance(lives, int) and 0 < lives < 10**9 else USER_TOKEN_S
