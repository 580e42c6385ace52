"""Turns an answer of Meta's Graph API into Watchroom's own error words, by its code alone.

The table is that of developers.facebook.com/docs/graph-api/guides/error-handling. Limits answer
with 400 or 403, and an error may come with any status, so the status decides only where there is
no code.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from connectors.contract import (
    AuthLost,
    ConnectorError,
    Gone,
    Malformed,
    Permanent,
    PermissionMissing,
    Throttled,
    Transient,
    WritesBlocked,
)
from connectors.reasons import Poison
from connectors.slices import Slice, whole
from connectors.wire import Exchange

# 4 and 17 are documented; that 32, 613, 80001 and 80002 are limits too is unconfirmed.
FACEBOOK_THROTTLE_CODES: Final = frozenset({4, 17, 32, 613, 80001, 80002})
# Unconfirmed: that 368 is how an account is punished for what it did.
FACEBOOK_WRITES_BLOCKED_CODES: Final = frozenset({368})
# Unconfirmed: that these two say, as 100 with subcode 33 does, that an object is not to be seen.
FACEBOOK_NOT_FOUND_CODES: Final = frozenset({803, 1705})
# Unconfirmed: that this older code still says that a login has ended.
FACEBOOK_SESSION_CODES: Final = frozenset({102})

TEMPORARY_CODES: Final = frozenset({1, 2})
TOKEN_CODE: Final = 190
PARAMETER_CODE: Final = 100
NOT_SEEN_SUBCODE: Final = 33
NOT_VISIBLE_CODE: Final = 210
IMPERSONATING: Final = "must be granted before impersonating"

PERMISSIONS: Final = (
    "pages_show_list",
    "pages_read_engagement",
    "pages_read_user_content",
    "pages_manage_engagement",
    "pages_manage_metadata",
    "pages_manage_ads",
    "instagram_basic",
    "instagram_manage_comments",
)
"""The permissions that an error's text may name, to be told to people."""

TOKEN_ENDED: Final[Mapping[int, str]] = {
    458: "the app was removed from the login",
    459: "Facebook asks for a check of the login: sign in on facebook.com first",
    460: "the password was changed",
    463: "it has expired",
    464: "the login was never confirmed",
    467: "it is no longer valid",
}

REST_DEFAULT_S: Final = 300.0
REST_LEAST_S: Final = 1.0
REST_MOST_S: Final = 3600.0
STRETCH_FROM: Final = 75.0
STRETCH_S: Final = 60.0
STOP_FROM: Final = 95.0

BUSY: Final = "{} cannot answer just now."
SLOWER: Final = "{} asks to be left alone for a while: too many requests."
NO_WRITES: Final = (
    "{0} does not let this account act for a while. Look on {0} under “Page quality” or “Account "
    "status” for the reason."
)
NOT_THERE: Final = "The item no longer exists on the platform."
BAD_REQUEST: Final = (
    "{} did not understand the request. This is a fault of Watchroom, or the setting "
    "api_version is too old or too new."
)
NO_ROLE: Final = (
    "This access may not act for the Page. Give the person who made it a role on the Page, tick "
    "the Page when signing in, and make a new access token."
)
NOT_PERMITTED: Final = "The access token lacks a permission. Make a new one that has it{}."
NOT_VISIBLE: Final = "{} does not let us see this author, so nothing can be done about them."
PROOF_REFUSED: Final = (
    "{} did not take the proof made with the app secret. Enter the secret app_secret of the "
    "app that the access token was made with."
)
REFUSED: Final = "{} refused this{}."
ENDED: Final = "The access token no longer works{}. Make a new one and enter it."


class BadParameter(Malformed):
    """The platform did not understand a parameter: our fault, or a cursor that it has forgotten."""


def judge(exchange: Exchange, name: str) -> None:
    """Raise what an answer means, and return when it is none of an error.

    name is what people call the platform, Facebook or Instagram.
    """
    error = _error_of(exchange)
    if exchange.status >= 500:
        raise Transient(BUSY.format(name), retry_after=exchange.retry_after)
    if error:
        raise _from_code(error, exchange, name)
    if exchange.status >= 400:
        raise _from_status(exchange, name)


def _error_of(exchange: Exchange) -> dict[str, Any]:
    """Return what stands in "error". It is cut out first, so that poison beside it is no matter."""
    try:
        piece: Slice | None = whole(exchange.body).get("error")
        return piece.read() if piece is not None else {}
    except (Malformed, Poison):
        return {}


def _from_status(exchange: Exchange, name: str) -> ConnectorError:
    if exchange.status == 401:
        return AuthLost(ENDED.format(""))
    if exchange.status == 429:
        return Throttled(SLOWER.format(name), retry_after=regain_s(exchange.headers))
    if exchange.status == 404:
        return Gone(NOT_THERE)
    return Permanent(REFUSED.format(name, f" (status {exchange.status})"))


def _from_code(error: Mapping[str, Any], exchange: Exchange, name: str) -> ConnectorError:
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    message = str(error.get("message") or "")
    if code in FACEBOOK_THROTTLE_CODES or (code is None and exchange.status == 429):
        return Throttled(SLOWER.format(name), retry_after=regain_s(exchange.headers))
    if code in FACEBOOK_WRITES_BLOCKED_CODES:
        return WritesBlocked(NO_WRITES.format(name), retry_after=REST_MOST_S)
    if code in TEMPORARY_CODES or error.get("is_transient") is True:
        return Transient(BUSY.format(name), retry_after=exchange.retry_after)
    if code == TOKEN_CODE or code in FACEBOOK_SESSION_CODES:
        return _from_token(subcode, message)
    if code == PARAMETER_CODE or code in FACEBOOK_NOT_FOUND_CODES:
        return _from_parameter(code, subcode, message, name)
    return _from_refusal(code, message, exchange, name)


def _from_token(subcode: int | None, message: str) -> ConnectorError:
    # The one place where words decide: the code is that of a dead token, and the token lives.
    if subcode is None and IMPERSONATING in message:
        return PermissionMissing(NO_ROLE, names=_named(message))
    why = TOKEN_ENDED.get(subcode or 0, "")
    return AuthLost(ENDED.format(f": {why}" if why else ""))


def _from_parameter(
    code: int | None, subcode: int | None, message: str, name: str
) -> ConnectorError:
    if code in FACEBOOK_NOT_FOUND_CODES or subcode == NOT_SEEN_SUBCODE:
        return Gone(NOT_THERE)
    if "appsecret_proof" in message:
        return Permanent(PROOF_REFUSED.format(name))
    return BadParameter(BAD_REQUEST.format(name))


def _from_refusal(code: int | None, message: str, exchange: Exchange, name: str) -> ConnectorError:
    if code == NOT_VISIBLE_CODE:
        return Permanent(NOT_VISIBLE.format(name))
    if code == 10 or (code is not None and 200 <= code <= 299):
        names = _named(message)
        return PermissionMissing(
            NOT_PERMITTED.format(f": {', '.join(names)}" if names else ""), names=names
        )
    if code is None:
        is_refusal = exchange.status >= 400
        return _from_status(exchange, name) if is_refusal else Malformed(BUSY.format(name))
    return Permanent(REFUSED.format(name, f" (code {code})"))


def _named(message: str) -> tuple[str, ...]:
    """Return the permissions that a message names; nothing else of it is passed on."""
    return tuple(name for name in PERMISSIONS if name in message)


def _number(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if abs(value) < 10**9 else None


def regain_s(headers: Mapping[str, str]) -> float:
    """Return how many seconds to wait after a limit, within bounds."""
    told = max((float(use.get(_REGAIN) or 0) for use in usages(headers)), default=0.0)
    if told <= 0:
        return REST_DEFAULT_S
    return min(REST_MOST_S, max(REST_LEAST_S, told * 60.0))


def rest_s(headers: Mapping[str, str]) -> float:
    """Return how many seconds to pause after an answer, for what the headers say is used up."""
    used = max((use.get(name, 0.0) for use in usages(headers) for name in _SHARES), default=0.0)
    if used >= STOP_FROM:
        return regain_s(headers)
    return STRETCH_S if used >= STRETCH_FROM else 0.0


_REGAIN: Final = "estimated_time_to_regain_access"
_SHARES: Final = ("call_count", "total_cputime", "total_time")


def usages(headers: Mapping[str, str]) -> list[dict[str, float]]:
    """Return what the headers say of use: shares in per cent, and minutes until access is back."""
    found = [_finite(_header(headers, "X-App-Usage"))]
    for uses in _header(headers, "X-Business-Use-Case-Usage").values():
        found += [_finite(use) for use in uses if isinstance(use, dict)] if _is_list(uses) else []
    return found


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _finite(use: Mapping[str, Any]) -> dict[str, float]:
    return {
        name: float(use[name])
        for name in (*_SHARES, _REGAIN)
        if isinstance(use.get(name), int | float) and math.isfinite(use[name])
    }


def _header(headers: Mapping[str, str], name: str) -> dict[str, Any]:
    try:
        return whole(str(headers.get(name) or "").encode("utf-8", "replace")).read()
    except (Malformed, Poison):
        return {}
