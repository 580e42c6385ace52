"""What an answer of the Graph API means follows from its code, its status and nothing else."""

from __future__ import annotations

import inspect
import json

import facebook as library  # type: ignore[import-untyped]
import pytest
import requests

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
from connectors.meta.errors import BadParameter, judge, rest_s
from connectors.meta.graph import LIBRARY_ERRORS, listing
from connectors.wire import Exchange
from tests.standins import graph_bodies as bodies
from tests.standins.base import HTML, Answer

MINUTES = "estimated_time_to_regain_access"


def exchange(status: int, body: bytes, **headers: str) -> Exchange:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Exchange("GET", "/v26.0/1", status, told, body)


def of(answer: Answer, status: int | None = None) -> Exchange:
    return exchange(status or answer.status, answer.bytes())


def coded(code: object, status: int = 400, **more: object) -> Exchange:
    told = {"message": "Secret words", "type": "OAuthException", "code": code, **more}
    return exchange(status, json.dumps({"error": told}).encode())


TABLE = {
    "code 1": (coded(1), Transient),
    "code 2": (coded(2), Transient),
    "transient by its own word": (coded(999, is_transient=True), Transient),
    "code 4": (of(bodies.throttled(4)), Throttled),
    "code 17": (of(bodies.throttled(17)), Throttled),
    "code 32": (of(bodies.throttled(32)), Throttled),
    "code 613": (of(bodies.throttled(613)), Throttled),
    "code 80001": (of(bodies.throttled(80001)), Throttled),
    "code 80002": (of(bodies.throttled(80002)), Throttled),
    "code 10": (of(bodies.may_not_read("pages_read_user_content")), PermissionMissing),
    "code 200": (of(bodies.may_not_act("pages_manage_engagement")), PermissionMissing),
    "code 283": (coded(283), PermissionMissing),
    "code 299": (coded(299), PermissionMissing),
    "code 210, an author who is not visible": (coded(210), Permanent),
    "code 300": (coded(300), Permanent),
    **{
        f"code 190, subcode {subcode}": (of(bodies.dead_token(subcode)), AuthLost)
        for subcode in bodies.DEAD
    },
    "code 190 alone": (of(bodies.unknown_token()), AuthLost),
    "code 190 with a subcode never seen": (coded(190, error_subcode=499), AuthLost),
    "code 190 without a role": (of(bodies.no_role()), PermissionMissing),
    "code 102": (coded(102), AuthLost),
    "code 368": (of(bodies.punished()), WritesBlocked),
    "code 100": (of(bodies.bad_parameter("x")), BadParameter),
    "code 100, subcode 33": (of(bodies.not_there("GET", "1")), Gone),
    "code 100 about the proof": (coded(100, message="Invalid appsecret_proof provided"), Permanent),
    "code 803": (of(bodies.no_alias("x")), Gone),
    "code 1705": (coded(1705), Gone),
    "a code nobody knows": (coded(31337), Permanent),
    "an error with status 200": (coded(17, 200), Throttled),
    "a code that is text": (coded("190"), Permanent),
    "a code beyond reason": (coded(10**40), Permanent),
    "an error without a code and with status 200": (coded(None, 200), Malformed),
    "500 with the platform's body": (of(bodies.broken("GET")), Transient),
    "500 whatever the code": (of(bodies.dead_token(463), 500), Transient),
    "503 with JSON without an error": (exchange(503, b'{"data":[]}'), Transient),
    "502 with a page": (exchange(502, HTML), Transient),
    "401 without a body": (exchange(401, b""), AuthLost),
    "404 without a body": (exchange(404, b""), Gone),
    "429 without a body": (exchange(429, b""), Throttled),
    "429 with an error without a code": (coded(None, 429), Throttled),
    "400 with a page": (exchange(400, HTML), Permanent),
    "400 with JSON without an error": (exchange(400, b"{}"), Permanent),
    "400 with an error that is text": (exchange(400, b'{"error":"no"}'), Permanent),
    "400 with an error that is poison": (
        exchange(400, b'{"error":{"code":' + b"9" * 5_000 + b"}}"),
        Permanent,
    ),
}


@pytest.mark.parametrize("what", TABLE)
def test_each_answer_has_its_meaning(what: str) -> None:
    answer, meaning = TABLE[what]
    with pytest.raises(ConnectorError) as told:
        judge(answer, "Facebook")
    assert type(told.value) is meaning
    assert str(told.value).endswith(".")
    assert "Secret" not in str(told.value)


@pytest.mark.parametrize("what", TABLE)
def test_an_answer_of_instagram_is_not_put_down_to_facebook(what: str) -> None:
    answer, _ = TABLE[what]
    with pytest.raises(ConnectorError) as told:
        judge(answer, "Instagram")
    # An account's login is one at Facebook, whichever of the two is read with it.
    assert "Facebook" not in str(told.value) or "sign in on facebook.com" in str(told.value)
    assert "{" not in str(told.value)


@pytest.mark.parametrize("body", [b'{"data":[]}', b'{"success":true}', b"[]", HTML, b""])
def test_an_answer_without_an_error_is_none(body: bytes) -> None:
    judge(exchange(200, body), "Facebook")


@pytest.mark.parametrize("body", [b"{}", b'{"data":{}}', b'{"data":null}', b'{"success":true}'])
def test_an_answer_without_a_list_does_not_pass_for_an_empty_one(body: bytes) -> None:
    with pytest.raises(Malformed):
        listing(exchange(200, body))


@pytest.mark.parametrize("body", [HTML, b"", b'{"data":[{"id":"1"}', b"null", b'"data"'])
def test_what_is_no_json_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        listing(exchange(200, body))


def test_a_permission_that_is_missing_is_named() -> None:
    with pytest.raises(PermissionMissing) as told:
        judge(of(bodies.may_not_act("pages_manage_engagement")), "Facebook")
    assert told.value.names == ("pages_manage_engagement",)


@pytest.mark.parametrize(
    ("minutes", "seconds"),
    [(7, 420.0), (0, 300.0), (-5, 300.0), (10**9, 3600.0), ("7", 300.0), (0.001, 1.0)],
)
def test_a_limit_says_how_long_to_wait_within_bounds(minutes: object, seconds: float) -> None:
    use = json.dumps({"1": [{"type": "pages", MINUTES: minutes}]})
    answer = exchange(
        400, bodies.throttled(80001).bytes(), X_Business_Use_Case_Usage=use, X_App_Usage="{}"
    )
    with pytest.raises(Throttled) as told:
        judge(answer, "Facebook")
    assert told.value.retry_after == seconds


@pytest.mark.parametrize(
    ("used", "seconds"), [(0, 0.0), (74, 0.0), (75, 60.0), (94, 60.0), (95, 300.0), (500, 300.0)]
)
def test_an_allowance_that_runs_low_asks_for_rest(used: int, seconds: float) -> None:
    assert rest_s({"X-App-Usage": json.dumps({"call_count": 1, "total_time": used})}) == seconds
    use = json.dumps({"1": [{"type": "pages", "total_cputime": used}]})
    assert rest_s({"X-Business-Use-Case-Usage": use}) == seconds


@pytest.mark.parametrize(
    "header", ["", "nonsense", "[]", "{", '{"1":7}', '{"1":[7]}', '{"1":[{"call_count":"x"}]}']
)
def test_headers_that_make_no_sense_ask_for_nothing(header: str) -> None:
    assert rest_s({"X-App-Usage": header, "X-Business-Use-Case-Usage": header}) == 0.0


def test_every_error_of_the_library_is_known() -> None:
    own = [
        error
        for _, error in inspect.getmembers(library, inspect.isclass)
        if issubclass(error, Exception)
    ]
    assert library.GraphAPIError in own
    assert all(issubclass(error, LIBRARY_ERRORS) for error in own)
    assert issubclass(requests.JSONDecodeError, LIBRARY_ERRORS)
