"""Judges what YouTube and Google's sign-in answered, and names the day that the quota counts over.

The reasons are those of the reference: https://developers.google.com/youtube/v3/docs/errors
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from connectors.contract import (
    AuthLost,
    ConnectorError,
    Gone,
    Malformed,
    NotDone,
    Period,
    Permanent,
    PermissionMissing,
    QuotaSpent,
    Throttled,
    Transient,
)
from connectors.wire import Exchange

SCOPE: Final = "https://www.googleapis.com/auth/youtube.force-ssl"
TOKEN_PATH: Final = "/token"  # noqa: S105  the path of an address
PACIFIC: Final = ZoneInfo("America/Los_Angeles")

PROCESSING_FAILURE: Final = "processingFailure"
COMMENTS_DISABLED: Final = "commentsDisabled"
# Unconfirmed: by which of these YouTube refuses a page token that it no longer knows. Its own page
# on commentThreads.list names processingFailure alone, other lists name invalidPageToken.
EXPIRED_PAGE_TOKEN: Final = frozenset({PROCESSING_FAILURE, "invalidPageToken"})

_QUOTA: Final = frozenset({"quotaExceeded", "dailyLimitExceeded"})
_SLOWER: Final = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
_GONE: Final = frozenset({"commentNotFound", "videoNotFound", "parentCommentNotFound"})
_PERMISSION: Final = frozenset(
    {"forbidden", "insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}
)
_SWITCHED_OFF: Final = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})

GONE: Final = "The comment no longer exists on YouTube, or it was rejected, which is final."
ACCESS_ENDED: Final = (
    "YouTube no longer accepts the access to this channel. Sign in to Google again as the channel "
    "and give Watchroom the new refresh token."
)
CLIENT_REFUSED: Final = (
    "Google does not know the client id, or its secret is wrong. Copy both again from the Google "
    "Cloud project."
)
NO_PERMISSION: Final = (
    "YouTube does not let this access do that. Sign in to Google again as the channel's owner and "
    "tick every box that Google shows."
)
SWITCHED_OFF: Final = (
    "The YouTube Data API is switched off in the Google Cloud project. Switch it on there."
)
QUOTA_SPENT: Final = "The Google Cloud project's units for today are used up."
SLOWER: Final = "YouTube asks us to slow down."
BUSY: Final = "YouTube could not answer for the moment."
SIGN_IN_BUSY: Final = "Google's sign-in could not answer for the moment."
NO_REASON: Final = "YouTube refused without giving a reason that can be read."

_REASON: Final = re.compile(r"[A-Za-z_]{1,60}", re.ASCII)
_WAIT_LEAST: Final = 1.0


def pacific_day(now: datetime) -> Period:
    """Return the day of the quota, which ends at midnight in California, 23 to 25 hours long."""
    day = now.astimezone(PACIFIC).date()
    ends = datetime.combine(day + timedelta(days=1), time.min, PACIFIC)
    return Period(day.isoformat(), ends.astimezone(UTC))


def judge(exchange: Exchange, now: datetime) -> None:
    """Return when the call was answered well; raise what the answer means otherwise.

    An exchange with Google's sign-in as the last one says that the call itself was never made.
    """
    if exchange.path == TOKEN_PATH:
        judge_token(exchange)
        raise NotDone(SIGN_IN_BUSY)
    if not 200 <= exchange.status < 300:
        raise _refusal(exchange, now)


def judge_token(exchange: Exchange) -> None:
    """Return when an access token was given; raise what the sign-in's answer means otherwise."""
    told = exchange.object()
    error = told.get("error")
    if exchange.status == 200 and isinstance(told.get("access_token"), str):
        return
    if exchange.status == 429:
        raise Throttled(SLOWER, retry_after=exchange.retry_after)
    if exchange.status in {400, 401, 403} and isinstance(error, str):
        clients_own = error in {"invalid_client", "unauthorized_client"}
        raise AuthLost(CLIENT_REFUSED if clients_own else ACCESS_ENDED)
    raise NotDone(SIGN_IN_BUSY, retry_after=exchange.retry_after)


def reason_of(exchange: Exchange) -> str:
    """Return the reason that an error's body gives; empty when it gives none."""
    error = exchange.object().get("error")
    if not isinstance(error, Mapping):
        return ""
    for told in (*_objects(error.get("errors")), *_objects(error.get("details"))):
        reason = told.get("reason")
        if isinstance(reason, str) and _REASON.fullmatch(reason):
            return reason
    return ""


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _refusal(exchange: Exchange, now: datetime) -> ConnectorError:
    reason = reason_of(exchange)
    if exchange.status >= 500:
        return Transient(BUSY, retry_after=exchange.retry_after)
    if exchange.status == 401:
        return AuthLost(ACCESS_ENDED)
    if reason in _QUOTA:
        left = (pacific_day(now).ends - now).total_seconds()
        return QuotaSpent(QUOTA_SPENT, retry_after=max(_WAIT_LEAST, left))
    if exchange.status == 429 or reason in _SLOWER:
        return Throttled(SLOWER, retry_after=exchange.retry_after)
    return _lasting(exchange, reason)


def _lasting(exchange: Exchange, reason: str) -> ConnectorError:
    if reason in _GONE:
        return Gone(GONE)
    if reason in _PERMISSION:
        return PermissionMissing(NO_PERMISSION, names=(SCOPE,))
    if reason in _SWITCHED_OFF:
        return Permanent(SWITCHED_OFF)
    if reason == PROCESSING_FAILURE and exchange.method == "GET":
        return Transient(BUSY)
    if not reason:
        return Malformed(NO_REASON)
    return Permanent(_SAYS.get(reason, f"YouTube refused this for good ({reason})."))


_SAYS: Final = {
    COMMENTS_DISABLED: "Comments are switched off below this video.",
    "channelNotFound": "YouTube has no channel with this id. Look it up again in YouTube Studio.",
    "operationNotSupported": "YouTube does not take this action for this comment.",
    PROCESSING_FAILURE: "YouTube could not carry this out. Do it in YouTube Studio.",
}
