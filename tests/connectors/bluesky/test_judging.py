"""Every status and every error word of Bluesky means one thing in the words of the contract."""

from __future__ import annotations

import json
import re
import time

import pytest

from connectors.bluesky.judging import judge, rest_of, wait_of, word_of
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


def exchange(status: int, body: object = b"", **headers: str) -> Exchange:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Exchange("GET", "/xrpc/app.bsky.feed.getPosts", status, told, raw)


def error(status: int, word: str) -> Exchange:
    return exchange(status, {"error": word, "message": "You are useless and a secret-token"})


TABLE: list[tuple[int, str, type[ConnectorError]]] = [
    (400, "ExpiredToken", AuthLost),
    (400, "InvalidToken", AuthLost),
    (401, "AuthMissing", AuthLost),
    (401, "AuthenticationRequired", AuthLost),
    (401, "AuthFactorTokenRequired", AuthLost),
    (401, "AccountTakedown", AuthLost),
    (400, "AccountTakedown", AuthLost),
    (403, "AccountSuspended", AuthLost),
    (400, "AccountDeactivated", AuthLost),
    (401, "SomethingNew", AuthLost),
    (403, "Forbidden", PermissionMissing),
    (403, "", PermissionMissing),
    (400, "NotFound", Gone),
    (400, "RecordNotFound", Gone),
    (400, "RepoNotFound", Gone),
    (400, "RepoTakendown", Gone),
    (400, "RepoSuspended", Gone),
    (400, "RepoDeactivated", Gone),
    (400, "InvalidSwap", NotDone),
    (409, "", NotDone),
    (400, "InvalidRequest", Permanent),
    (400, "", Permanent),
    (404, "XRPCNotSupported", Permanent),
    (404, "", Permanent),
    (413, "PayloadTooLarge", Permanent),
    (418, "SomethingNew", Permanent),
    (501, "MethodNotImplemented", Permanent),
    (408, "", Transient),
    (425, "", Transient),
    (400, "UpstreamTimeout", Transient),
    (500, "InternalServerError", Transient),
    (500, "NotFound", Transient),
    (500, "ExpiredToken", Transient),
    (502, "UpstreamFailure", Transient),
    (503, "", Transient),
    (504, "UpstreamTimeout", Transient),
    (599, "", Transient),
    (429, "RateLimitExceeded", Throttled),
    (429, "", Throttled),
    (400, "RateLimitExceeded", Throttled),
]


@pytest.mark.parametrize(("status", "word", "kind"), TABLE)
def test_an_answer_means_exactly_one_thing(
    status: int, word: str, kind: type[ConnectorError]
) -> None:
    with pytest.raises(ConnectorError) as caught:
        judge(error(status, word))
    assert type(caught.value) is kind
    said = str(caught.value)
    assert said.endswith((".", ").")), said
    assert "secret" not in said
    assert "useless" not in said


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_a_success_means_nothing_whatever_its_body(status: int) -> None:
    judge(exchange(status, b"<html>"))
    judge(exchange(status, {"error": "NotFound"}))


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"{", b"[]", b"null", b'{"error":5}', b'{"error":"<b>x</b>"}', b"\xff"],
    ids=str,
)
def test_a_broken_body_of_an_error_is_judged_by_its_status(body: bytes) -> None:
    assert word_of(exchange(400, body)) == ""
    with pytest.raises(Permanent, match=re.escape("status 400")):
        judge(exchange(400, body))
    with pytest.raises(Transient):
        judge(exchange(503, body))


@pytest.mark.parametrize(
    ("headers", "least", "most"),
    [
        ({"retry_after": "17"}, 17, 17),
        ({"retry_after": "0"}, 1, 1),
        ({"retry_after": "-5"}, 1, 1),
        ({"retry_after": "9999999"}, 3600, 3600),
        ({"retry_after": "soon"}, 60, 60),
        ({}, 60, 60),
        ({"ratelimit_reset": str(int(time.time()) + 2_000)}, 1_000, 2_001),
        ({"ratelimit_reset": "1"}, 1, 1),
        ({"ratelimit_reset": "nan"}, 60, 60),
        ({"retry_after": "inf"}, 3600, 3600),
    ],
)
def test_a_wait_is_between_a_second_and_an_hour(
    headers: dict[str, str], least: float, most: float
) -> None:
    assert least <= wait_of(exchange(429, **headers)) <= most


@pytest.mark.parametrize(
    ("left", "least", "most"),
    [("3000", 0, 0), ("751", 0, 0), ("750", 25, 30), ("151", 25, 30), ("150", 250, 300)],
)
def test_a_rest_grows_as_the_allowance_is_used_up(left: str, least: float, most: float) -> None:
    reset = str(int(time.time()) + 300)
    told = {"ratelimit_limit": "3000", "ratelimit_remaining": left, "ratelimit_reset": reset}
    assert least <= rest_of(exchange(200, **told)) <= most


@pytest.mark.parametrize("header", ["ratelimit_limit", "ratelimit_remaining", "ratelimit_reset"])
@pytest.mark.parametrize("told", ["", "0", "x", "-1"])
def test_headers_that_make_no_sense_ask_for_no_endless_rest(header: str, told: str) -> None:
    reset = str(int(time.time()) + 300)
    usual = {"ratelimit_limit": "3000", "ratelimit_remaining": "10", "ratelimit_reset": reset}
    assert 0 <= rest_of(exchange(200, **(usual | {header: told}))) <= 300
