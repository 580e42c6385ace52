"""Tells from X's answer what happened, whatever the library makes of it.

Errors come as {type, title, detail, status}; type is an address whose last part names the problem,
under api.x.com or api.twitter.com alike. An answer of 200 may hold nothing but errors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from connectors.contract import (
    AuthLost,
    ConnectorError,
    Gone,
    Malformed,
    Permanent,
    PermissionMissing,
    QuotaSpent,
    Throttled,
    Transient,
)
from connectors.slices import CUT_OFF, OTHER_SHAPE
from connectors.wire import Exchange
from connectors.x.answers import Answer, read_answer, readable

# The window of X's rate limits, for an answer that does not say when it ends.
WINDOW_S: Final = 900.0
SHORTEST_S, LONGEST_S = 1.0, 3600.0
STRETCH_FROM, REST_FROM = 0.75, 0.95

# Unconfirmed: X does not document how it says that the credits are used up.
OUT_OF_CREDITS_STATUS: Final = frozenset({402, 403, 429})
OUT_OF_CREDITS_WORDS: Final = re.compile(r"\bcredits\b|\bspend(ing)? (cap|limit)", re.IGNORECASE)
# Unconfirmed: the words with which X refuses an account that it has locked or suspended.
LOCKED_WORDS: Final = re.compile(r"\b(suspended|locked)\b", re.IGNORECASE)
# Unconfirmed: what X says of a token without the scope; it has no problem type of its own.
NO_SCOPE_DETAIL: Final = "Forbidden"

HIDE_SCOPE: Final = "tweet.moderate.write"
READ_AND_WRITE: Final = "Read and write"

USED_UP: Final = "X's credits or its monthly usage cap are used up. Add credits in X's console."
TOO_OFTEN: Final = "X is asked too often and wants a pause."
ENDED: Final = "X no longer accepts this account's access. Connect the account again."
LOCKED: Final = "X has locked or suspended the account. Sign in to X and follow what it asks."
WRONG_LOGIN: Final = "X wants the access of the account's own user. Connect the account again."
READ_ONLY: Final = (
    "X lets this access only read. Give the app the permission to read and write, then connect the "
    "account again."
)
APP_REFUSED: Final = "X refuses the app itself. Look in X's console whether it is in a project."
REFUSED: Final = "X refused this to the account."
NOT_OURS: Final = (
    "X refused to hide or unhide this. It does so only for replies in conversations that the "
    "account itself started."
)
GONE: Final = "The post no longer exists on X."
NOT_SHOWN: Final = "X does not show this post to the account: it is protected, blocked or withheld."
NO_SUCH_ACCOUNT: Final = "X does not know the account. Check the setting account_id."
NOT_UNDERSTOOD: Final = (
    "X did not understand the request. If it goes on, try the other value of the setting spelling."
)
DOWN: Final = "X has a fault of its own."

_NOT_SHOWN: Final = frozenset(
    {"not-authorized-for-resource", "resource-unavailable", "disallowed-resource"}
)
_FAULTS: Final = frozenset({"internal-error", "field-hydration-failure"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One of X's errors: the last part of its type, and its words."""

    kind: str
    title: str
    detail: str

    @property
    def is_used_up(self) -> bool:
        """Say whether it tells of credits or of the usage cap."""
        words = f"{self.title} {self.detail}"
        return self.kind == "usage-capped" or bool(OUT_OF_CREDITS_WORDS.search(words))


def problem_of(body: Mapping[str, Any]) -> Problem:
    """Return the problem that an error body tells of; empty words where it tells of none."""
    kind, title, detail = (
        value if isinstance(value := body.get(name), str) else ""
        for name in ("type", "title", "detail")
    )
    return Problem(kind.rstrip("/").rpartition("/")[2], title, detail)


def judge(exchange: Exchange, now: datetime) -> Answer:
    """Return the answer if it is good, or raise what it means, in the contract's words."""
    if exchange.status // 100 == 2:
        return _judged(read_answer(exchange))
    problem = problem_of(exchange.object())
    raise _limit(exchange, problem, now) or _refusal(exchange, problem)


def is_stale(exchange: Exchange) -> bool:
    """Say whether X no longer knows the token of a page that it gave itself."""
    if exchange.status != 400:
        return False
    said = exchange.body
    return b"next_token" in said or b"pagination_token" in said


def rest_after(exchange: Exchange, now: datetime) -> float:
    """Return how many seconds to leave X alone, from the allowance that its headers tell of."""
    limit, remaining = (_count(exchange, f"x-rate-limit-{name}") for name in ("limit", "remaining"))
    if limit <= 0 or remaining < 0:
        return 0.0
    used = 1 - remaining / limit
    if used < STRETCH_FROM:
        return 0.0
    left_s = _until_reset(exchange, now)
    return left_s if used >= REST_FROM else left_s / max(1, remaining)


def _judged(answer: Answer) -> Answer:
    if answer.data is not None or answer.meta is not None:
        return answer
    if not answer.errors:
        raise Malformed(OTHER_SHAPE)
    raise _in_success(problem_of(readable(answer.errors[0])))


def _in_success(problem: Problem) -> ConnectorError:
    if problem.is_used_up:
        return QuotaSpent(USED_UP, retry_after=LONGEST_S)
    if problem.kind == "resource-not-found":
        return Gone(GONE)
    if problem.kind in _NOT_SHOWN:
        return Permanent(NOT_SHOWN)
    return Transient(DOWN) if problem.kind in _FAULTS else Malformed(OTHER_SHAPE)


def _limit(exchange: Exchange, problem: Problem, now: datetime) -> ConnectorError | None:
    """Return what is the matter when it is how often, or how much, X was asked."""
    used_up = exchange.status in OUT_OF_CREDITS_STATUS and problem.is_used_up
    if exchange.status == 402 or used_up:
        return QuotaSpent(USED_UP, retry_after=LONGEST_S)
    if exchange.status == 429:
        return Throttled(TOO_OFTEN, retry_after=_until_reset(exchange, now))
    return None


def _refusal(exchange: Exchange, problem: Problem) -> ConnectorError:
    status = exchange.status
    if status == 401:
        return AuthLost(ENDED)
    if status == 403:
        return _forbidden(exchange, problem)
    if status == 404:
        return Gone(GONE) if exchange.path.startswith("/2/tweets/") else Permanent(NO_SUCH_ACCOUNT)
    if 400 <= status < 500:
        # A refusal that was cut off does not say what was refused: a stale token, for example.
        was_cut = status == 400 and not exchange.object()
        return Malformed(CUT_OFF) if was_cut else Permanent(NOT_UNDERSTOOD)
    if status >= 500:
        return Transient(DOWN, retry_after=exchange.retry_after)
    return Malformed(OTHER_SHAPE)


def _forbidden(exchange: Exchange, problem: Problem) -> ConnectorError:
    by_kind: dict[str, ConnectorError] = {
        "unsupported-authentication": PermissionMissing(WRONG_LOGIN, names=("users.read",)),
        "oauth1-permissions": PermissionMissing(READ_ONLY, names=(READ_AND_WRITE,)),
        "client-forbidden": Permanent(APP_REFUSED),
        **dict.fromkeys(_NOT_SHOWN, Permanent(NOT_SHOWN)),
    }
    if LOCKED_WORDS.search(problem.detail):
        return AuthLost(LOCKED)
    if problem.kind in by_kind:
        return by_kind[problem.kind]
    if exchange.method != "PUT":
        return Permanent(REFUSED)
    if problem.detail == NO_SCOPE_DETAIL:
        return PermissionMissing(READ_ONLY, names=(HIDE_SCOPE,))
    return Permanent(NOT_OURS)


def _until_reset(exchange: Exchange, now: datetime) -> float:
    """Return the seconds until the window ends; the whole window where X says nothing sensible."""
    left_s = _count(exchange, "x-rate-limit-reset") - now.timestamp()
    if not -WINDOW_S < left_s <= LONGEST_S:
        return WINDOW_S
    return min(max(left_s, SHORTEST_S), LONGEST_S)


def _count(exchange: Exchange, name: str) -> int:
    """Return a header that is a whole number, -1 where it is none."""
    told = str(exchange.headers.get(name, ""))
    return int(told) if re.fullmatch(r"[0-9]{1,12}", told, re.ASCII) else -1
