"""Every answer of YouTube and of Google's sign-in means one thing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from connectors.contract import (
    AuthLost,
    ConnectorError,
    Gone,
    Malformed,
    NotDone,
    Permanent,
    PermissionMissing,
    QuotaSpent,
    Throttled,
    Transient,
)
from connectors.wire import Exchange
from connectors.youtube.errors import SCOPE, judge, judge_token, pacific_day
from tests.standins import youtube_bodies
from tests.standins.youtube_table import ERRORS, SIGN_IN_ERRORS

NOON = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)  # twelve o'clock in California


def exchange(
    status: int,
    body: Any = b"",
    *,
    method: str = "GET",
    path: str = "/youtube/v3/comments",
    **headers: str,
) -> Exchange:
    told = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Exchange(method, path, status, headers, told)


def refused(status: int, reason: str, **more: Any) -> Exchange:
    return exchange(status, youtube_bodies.error(status, reason).body, **more)


def raised(one: Exchange) -> ConnectorError:
    with pytest.raises(ConnectorError) as told:
        judge(one, NOON)
    assert str(told.value).endswith(".")
    return told.value


MEANS: dict[tuple[int, str], type[ConnectorError]] = {
    (400, "processingFailure"): Transient,
    (400, "invalidPageToken"): Permanent,
    (400, "operationNotSupported"): Permanent,
    (400, "banWithoutReject"): Permanent,
    (400, "badRequest"): Permanent,
    (400, "required"): Permanent,
    (401, "authError"): AuthLost,
    (403, "commentsDisabled"): Permanent,
    (403, "forbidden"): PermissionMissing,
    (403, "insufficientPermissions"): PermissionMissing,
    (403, "quotaExceeded"): QuotaSpent,
    (403, "rateLimitExceeded"): Throttled,
    (429, "rateLimitExceeded"): Throttled,
    (403, "accessNotConfigured"): Permanent,
    (404, "commentNotFound"): Gone,
    (404, "videoNotFound"): Gone,
    (404, "channelNotFound"): Permanent,
    (404, "playlistNotFound"): Permanent,
    (404, "notFound"): Permanent,
    (500, "backendError"): Transient,
}


def test_every_error_of_the_table_has_a_meaning() -> None:
    assert set(MEANS) == ERRORS


@pytest.mark.parametrize(("status", "reason"), sorted(MEANS))
def test_an_error_means_what_its_reason_says(status: int, reason: str) -> None:
    assert type(raised(refused(status, reason))) is MEANS[status, reason]


@pytest.mark.parametrize("status", [200, 204, 206])
def test_a_success_means_nothing(status: int) -> None:
    judge(exchange(status), NOON)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 599])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("body", [b"", b"<html>", {"error": "x"}, {"error": {"errors": 3}}])
def test_a_server_error_leaves_the_outcome_open(status: int, method: str, body: Any) -> None:
    assert type(raised(exchange(status, body, method=method))) is Transient


@pytest.mark.parametrize("status", [300, 304, 400, 402, 403, 404, 409, 418])
@pytest.mark.parametrize(
    "body",
    [b"", b"<html>No</html>", b'{"error"', [], {"error": None}, {"error": {"errors": [{}, 1]}}],
)
def test_a_refusal_without_a_reason_is_malformed(status: int, body: Any) -> None:
    assert type(raised(exchange(status, body))) is Malformed


def test_a_reason_that_is_a_sentence_or_a_token_is_none() -> None:
    assert type(raised(refused(403, "ya29.canary says 1//no"))) is Malformed


def test_a_reason_may_stand_in_the_details_alone() -> None:
    details = [{"@type": "ErrorInfo", "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]
    told = raised(exchange(403, {"error": {"code": 403, "details": details}}))
    assert isinstance(told, PermissionMissing)
    assert told.names == (SCOPE,)


def test_a_write_that_could_not_be_processed_is_refused() -> None:
    assert type(raised(refused(400, "processingFailure", method="POST"))) is Permanent


def test_a_spent_quota_comes_back_at_midnight_in_california() -> None:
    told = raised(refused(403, "quotaExceeded"))
    assert isinstance(told, QuotaSpent)
    assert told.retry_after == 12 * 3600


@pytest.mark.parametrize(
    ("told", "waits"),
    [("30", 30), ("0", 1), ("999999", 3600), ("", 60), ("soon", 60), ("-5", 60), ("9" * 5000, 60)],
)
@pytest.mark.parametrize(("status", "reason"), [(429, "rateLimitExceeded"), (503, "backendError")])
def test_a_wait_is_taken_within_bounds(told: str, waits: float, status: int, reason: str) -> None:
    body = {"error": {"errors": [{"reason": reason}]}}
    given = raised(exchange(status, body, **{"Retry-After": told}))
    assert isinstance(given, Transient)
    assert given.retry_after == waits


SIGN_IN_MEANS: dict[tuple[int, str], type[ConnectorError]] = {
    (400, "invalid_grant"): AuthLost,
    (401, "invalid_client"): AuthLost,
    (400, "unsupported_grant_type"): AuthLost,
    (404, "not_found"): NotDone,
    (429, "rate_limit_exceeded"): Throttled,
    (500, "internal_failure"): NotDone,
}


def test_every_error_of_the_sign_in_has_a_meaning() -> None:
    assert set(SIGN_IN_MEANS) == SIGN_IN_ERRORS


@pytest.mark.parametrize(("status", "name"), sorted(SIGN_IN_MEANS))
def test_an_error_of_the_sign_in_says_that_nothing_was_done(status: int, name: str) -> None:
    one = exchange(status, {"error": name}, method="POST", path="/token")
    assert type(raised(one)) is SIGN_IN_MEANS[status, name]


@pytest.mark.parametrize("status", [200, 204, 302, 400, 403, 500, 502])
@pytest.mark.parametrize("body", [b"", b"<html>", {}, [], {"access_token": 5}, {"error": {}}])
def test_a_sign_in_that_says_nothing_is_worth_another_try(status: int, body: Any) -> None:
    one = exchange(status, body, method="POST", path="/token")
    assert isinstance(raised(one), NotDone)


def test_a_token_that_was_given_is_well() -> None:
    judge_token(exchange(200, {"access_token": "ya29.x"}, method="POST", path="/token"))


@pytest.mark.parametrize(
    ("now", "key", "hours"),
    [
        (datetime(2026, 11, 20, 7, 59, tzinfo=UTC), "2026-11-19", 1 / 60),
        (datetime(2026, 11, 20, 8, 0, tzinfo=UTC), "2026-11-20", 24),
        (datetime(2026, 3, 8, 8, 0, tzinfo=UTC), "2026-03-08", 23),
        (datetime(2026, 11, 1, 7, 0, tzinfo=UTC), "2026-11-01", 25),
    ],
    ids=["before midnight", "at midnight", "the clocks go forward", "the clocks go back"],
)
def test_a_day_of_the_quota_ends_at_midnight_in_california(
    now: datetime, key: str, hours: float
) -> None:
    day = pacific_day(now)
    assert day.key == key
    assert (day.ends - now).total_seconds() == pytest.approx(hours * 3600)
