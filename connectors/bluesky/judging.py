"""What an answer of a Bluesky server means, in the words of the contract."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable
from typing import Final

from connectors.contract import (
    AuthLost,
    ConnectorError,
    Gone,
    NotDone,
    Permanent,
    PermissionMissing,
    Throttled,
    Transient,
)
from connectors.wire import Exchange

# https://docs.bsky.app/docs/advanced-guides/rate-limits: the shortest window is 5 minutes.
_WAIT_S: Final = 60.0
_LEAST_S: Final = 1.0
_MOST_S: Final = 3600.0
_WORD: Final = re.compile(r"[A-Za-z]{1,60}", re.ASCII)
_NOT_IMPLEMENTED: Final = 501
_TOO_MANY: Final = 429
_SERVER: Final = 500

SIGN_IN_AGAIN: Final = (
    "Bluesky no longer accepts this account's app password. Make a new one under Settings, Privacy "
    "and security, App passwords, and enter it here."
)
CODE_WANTED: Final = (
    "Bluesky asks for a code by e-mail, which it does for the main password only. Make an app "
    "password under Settings, Privacy and security, App passwords, and enter that."
)
CLOSED: Final = (
    "Bluesky has suspended this account, or it was deactivated. Sign in at bsky.app to see why and "
    "to ask for it back."
)
NOT_THERE: Final = "Bluesky no longer has what was asked for."
BUSY: Final = "Somebody else changed the same record at the same moment, so nothing was done."
TOO_OFTEN: Final = "Bluesky has been asked too often and wants a pause."
TROUBLE: Final = "Bluesky has trouble of its own at the moment ({})."
NOT_OFFERED: Final = "This Bluesky server does not offer what was asked for ({})."
FORBIDDEN: Final = (
    "Bluesky does not allow this with the access that it was given ({}). Make a new app password "
    "and enter it here."
)
REFUSED: Final = "Bluesky refused the request ({})."

STALE: Final = frozenset({"ExpiredToken", "InvalidToken"})
"""Error words of an access token that is to be renewed."""

# Error words of 4xx answers. Those of an access that has ended, seen from the server's own answers:
# a wrong password is 401 AuthenticationRequired, a dead token 400 ExpiredToken or InvalidToken.
_WORDS: Final[dict[str, Callable[[], ConnectorError]]] = {
    "ExpiredToken": lambda: AuthLost(SIGN_IN_AGAIN),
    "InvalidToken": lambda: AuthLost(SIGN_IN_AGAIN),
    "AuthMissing": lambda: AuthLost(SIGN_IN_AGAIN),
    "AuthenticationRequired": lambda: AuthLost(SIGN_IN_AGAIN),
    "AuthFactorTokenRequired": lambda: AuthLost(CODE_WANTED),
    "AccountTakedown": lambda: AuthLost(CLOSED),
    "AccountSuspended": lambda: AuthLost(CLOSED),
    "AccountDeactivated": lambda: AuthLost(CLOSED),
    "NotFound": lambda: Gone(NOT_THERE),
    "RecordNotFound": lambda: Gone(NOT_THERE),
    "RepoNotFound": lambda: Gone(NOT_THERE),
    "RepoTakendown": lambda: Gone(NOT_THERE),
    "RepoSuspended": lambda: Gone(NOT_THERE),
    "RepoDeactivated": lambda: Gone(NOT_THERE),
    "InvalidSwap": lambda: NotDone(BUSY, retry_after=5.0),
    "XRPCNotSupported": lambda: Permanent(NOT_OFFERED.format("XRPCNotSupported")),
    "MethodNotImplemented": lambda: Permanent(NOT_OFFERED.format("MethodNotImplemented")),
    "UpstreamFailure": lambda: Transient(TROUBLE.format("UpstreamFailure")),
    "UpstreamTimeout": lambda: Transient(TROUBLE.format("UpstreamTimeout")),
}

# Statuses whose meaning needs no error word; what they leave over is a refusal.
_STATUSES: Final[dict[int, Callable[[str], ConnectorError]]] = {
    401: lambda _word: AuthLost(SIGN_IN_AGAIN),
    403: lambda word: PermissionMissing(FORBIDDEN.format(word)),
    404: lambda word: Permanent(NOT_OFFERED.format(word)),
    408: lambda word: Transient(TROUBLE.format(word)),
    409: lambda _word: NotDone(BUSY, retry_after=5.0),
    425: lambda word: Transient(TROUBLE.format(word)),
}


def judge(exchange: Exchange) -> None:
    """Raise what an answer means, unless it says that all is well.

    A 5xx says nothing of what was done before it, so it is never more than Transient.
    """
    status, word = exchange.status, word_of(exchange)
    told = word or f"status {status}"
    if is_success(exchange):
        return
    if status == _TOO_MANY or word == "RateLimitExceeded":
        raise Throttled(TOO_OFTEN, retry_after=wait_of(exchange))
    if status == _NOT_IMPLEMENTED:
        raise Permanent(NOT_OFFERED.format(told))
    if status >= _SERVER:
        raise Transient(TROUBLE.format(told), retry_after=exchange.retry_after)
    if word in _WORDS:
        raise _WORDS[word]()
    if status in _STATUSES:
        raise _STATUSES[status](told)
    raise Permanent(REFUSED.format(told))


def is_success(exchange: Exchange) -> bool:
    """Say whether the status is a success; the body may still be anything."""
    return 200 <= exchange.status < 300


def word_of(exchange: Exchange) -> str:
    """Return the error word of a refusal, such as RecordNotFound; empty when there is none."""
    if is_success(exchange):
        return ""
    word = exchange.object().get("error")
    return word if isinstance(word, str) and _WORD.fullmatch(word) else ""


def bear_cursor(after: str) -> tuple[str, ...]:
    """Return the words to bear where a platform's own cursor is among the parameters.

    A refusal of the parameters is one of the cursor then: nothing else in them ever changes.
    """
    return ("InvalidRequest",) if after else ()


def wait_of(exchange: Exchange) -> float:
    """Return how many seconds a throttled caller waits: what the headers say, within an hour."""
    after = _number(exchange, "retry-after")
    if math.isnan(after):
        after = _number(exchange, "ratelimit-reset") - time.time()
    return _WAIT_S if math.isnan(after) else min(max(after, _LEAST_S), _MOST_S)


def rest_of(exchange: Exchange) -> float:
    """Return how many seconds to rest so that the allowance lasts: none below 75 % of its use.

    From there a tenth of the time until it recovers, and from 95 % the whole of it.
    """
    limit = _number(exchange, "ratelimit-limit")
    left = _number(exchange, "ratelimit-remaining")
    until = _number(exchange, "ratelimit-reset") - time.time()
    if any(map(math.isnan, (limit, left, until))) or limit <= 0 or left > limit / 4 or until <= 0:
        return 0.0
    return min(until, _MOST_S) if left <= limit / 20 else min(until, _MOST_S) / 10


def _number(exchange: Exchange, header: str) -> float:
    """Return a header's number; not a number where it has none."""
    try:
        return float(exchange.headers.get(header, ""))
    except ValueError:
        return math.nan
