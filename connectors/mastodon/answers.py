"""Says what a Mastodon instance's answer means: done, refused, gone, too often, or access lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from connectors.contract import (
    AuthLost,
    ConnectorError,
    Gone,
    Malformed,
    NotDone,
    Permanent,
    PermissionMissing,
    Throttled,
    Transient,
)
from connectors.times import read_time
from connectors.wire import Exchange

WAIT_S: Final = 60.0
MOST_S: Final = 3600.0
STRETCH_FROM: Final = 0.75
REST_FROM: Final = 0.95

SCOPES: Final = (
    ("GET", r"/api/v1/notifications", "read:notifications"),
    ("GET", r"/api/v1/accounts/verify_credentials", "read:accounts"),
    ("GET", r"/api/v1/accounts/relationships", "read:follows"),
    ("GET", r"/api/v1/accounts/[^/]+/statuses", "read:statuses"),
    ("GET", r"/api/v1/statuses(/.*)?", "read:statuses"),
    ("POST", r"/api/v1/reports", "write:reports"),
    ("POST", r"/api/v1/accounts/[^/]+/(un)?block", "write:blocks"),
)

_ONE_THING: Final = re.compile(
    r"/api/v1/(?:statuses/[^/]+(?:/context)?|accounts/[^/]+/(?:statuses|block|unblock)|reports)/?"
)

DEAD: Final = (
    "The instance no longer accepts this access. Sign in there as the account, make a new access "
    "token and give it to Watchroom."
)
STOPPED: Final = (
    "The instance lets this account no longer sign in. Sign in there with a browser to see why."
)
NO_SCOPE: Final = (
    "The access token lacks the permission {}. Make a new token at the instance with this "
    "permission and give it to Watchroom."
)
REFUSED: Final = "The instance refuses this, and would refuse it again."
GUARDED: Final = "Something in front of the instance refused the call before it arrived there."
GONE: Final = "The instance no longer has this, or no longer shows it to this account."
NO_MASTODON: Final = (
    "The instance does not know a call that every Mastodon has. Check the setting instance."
)
SLOWER: Final = "The instance asks for fewer calls."
FAILED: Final = "The instance failed to answer."
BUSY: Final = "The instance did not take the call in time."
ODD: Final = "The instance answered with something that is no answer to this call."


def judge(exchange: Exchange) -> None:
    """Raise what an answer means, unless it is the one that was asked for."""
    if exchange.status == 200:
        return
    raise _meant(exchange)


def _meant(exchange: Exchange) -> ConnectorError:
    status = exchange.status
    if status == 429:
        return Throttled(SLOWER, retry_after=wait_of(exchange))
    if status >= 500:
        return Transient(FAILED, retry_after=exchange.retry_after)
    if status == 401:
        return AuthLost(DEAD)
    if status == 408:
        return Transient(BUSY)
    if status < 400:
        return Malformed(ODD)
    return _refusal(exchange, exchange.object().get("error"))


def _refusal(exchange: Exchange, error: object) -> ConnectorError:
    said = error.casefold() if isinstance(error, str) else ""
    if exchange.status == 403:
        return _forbidden(exchange, said)
    if exchange.status in {404, 410}:
        # A web server that is no Mastodon has no such error, and its 404 says nothing of a post.
        return (
            Gone(GONE) if said and _ONE_THING.fullmatch(exchange.path) else Permanent(NO_MASTODON)
        )
    if exchange.status == 422 and "authenticated user" in said:
        return AuthLost(DEAD)
    return Permanent(REFUSED)


def _forbidden(exchange: Exchange, said: str) -> ConnectorError:
    if "insufficient_scope" in exchange.headers.get("WWW-Authenticate", "") or "scope" in said:
        scope = scope_of(exchange)
        return PermissionMissing(NO_SCOPE.format(scope), names=(scope,))
    if said.startswith(("your login", "your account")):
        return AuthLost(STOPPED)
    return Permanent(REFUSED) if said else NotDone(GUARDED, retry_after=WAIT_S)


def scope_of(exchange: Exchange) -> str:
    """Return the permission that a call needs, as Mastodon calls it."""
    path = exchange.path.rstrip("/")
    return next(
        (
            scope
            for method, pattern, scope in SCOPES
            if method == exchange.method and re.fullmatch(pattern, path)
        ),
        "read",
    )


def lacking(granted: object, needed: Mapping[str, str]) -> tuple[str, ...]:
    """Return which permissions a list of scopes does not hold; read holds all that begin with it.

    granted None, from an instance before 4.3, says nothing of what is missing.
    """
    if not isinstance(granted, list):
        return ()
    return tuple(
        scope for scope in needed if scope not in granted and scope.split(":")[0] not in granted
    )


def wait_of(exchange: Exchange) -> float:
    """Return how many seconds the allowance takes to recover, between a second and an hour."""
    until = read_time(exchange.headers.get("X-RateLimit-Reset"))
    if until is None:
        return exchange.retry_after or WAIT_S
    return min(MOST_S, max(1.0, (until - _now_there(exchange)).total_seconds()))


def rest_of(exchange: Exchange) -> float:
    """Return how many seconds to leave the instance alone, from its own count of our calls."""
    limit = _count(exchange, "X-RateLimit-Limit")
    left = _count(exchange, "X-RateLimit-Remaining")
    if limit <= 0 or left < 0:
        return 0.0
    used = 1 - left / limit
    if used < STRETCH_FROM:
        return 0.0
    return wait_of(exchange) * min(1.0, (used - STRETCH_FROM) / (REST_FROM - STRETCH_FROM))


def _count(exchange: Exchange, name: str) -> int:
    told = exchange.headers.get(name, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else -1


def _now_there(exchange: Exchange) -> datetime:
    """Return the instance's own time, against which its limits are told."""
    try:
        return parsedate_to_datetime(exchange.headers.get("Date", "")).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return datetime.now(UTC)
