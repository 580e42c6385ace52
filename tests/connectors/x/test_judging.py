"""Every status and every body of X means one of the errors of the contract."""

from __future__ import annotations

import inspect
import json
from datetime import UTC, datetime, timedelta

import pytest
import tweepy  # type: ignore[import-untyped]
import tweepy.errors  # type: ignore[import-untyped]

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
from connectors.x.access import LIBRARY_ERRORS
from connectors.x.judging import LONGEST_S, WINDOW_S, is_stale, judge, rest_after
from tests.standins import x_bodies as bodies
from tests.standins.base import HTML, Answer

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
POST, LIST = "/2/tweets/1", "/2/users/42/mentions"
HIDDEN = "/2/tweets/1/hidden"


def exchange(answer: Answer, method: str = "GET", path: str = POST) -> Exchange:
    """Return an exchange with that answer."""
    return Exchange(method, path, answer.status, answer.headers, answer.bytes())


def in_success(kind: str) -> Answer:
    """Return an answer of 200 that holds nothing but one error."""
    return Answer({"errors": [{"type": bodies.TYPES + kind, "title": "No", "detail": "No"}]})


REFUSALS: dict[str, tuple[Answer, type[ConnectorError]]] = {
    "no access": (bodies.unauthorized(), AuthLost),
    "locked": (bodies.locked(), AuthLost),
    "an app's own login": (bodies.wrong_login(), PermissionMissing),
    "an app that may only read": (bodies.read_only(), PermissionMissing),
    "an app in no project": (bodies.app_refused(), Permanent),
    "any other refusal": (bodies.forbidden(), Permanent),
    "an unknown parameter": (bodies.invalid("x", "1", "no"), Permanent),
    "a post without a trace": (bodies.problem(404, "Not Found", "Not Found"), Gone),
    "no path": (bodies.no_path(), Gone),
    "too many requests": (bodies.too_many(), Throttled),
    "the usage cap": (bodies.usage_capped(), QuotaSpent),
    "credits, 402": (bodies.out_of_credits(402), QuotaSpent),
    "credits, 403": (bodies.out_of_credits(403), QuotaSpent),
    "credits, 429": (bodies.out_of_credits(429), QuotaSpent),
    "402 without a body": (Answer(b"", 402), QuotaSpent),
    "a spending limit": (
        bodies.problem(403, "SpendCapReached", "You reached your spending limit."),
        QuotaSpent,
    ),
    "a teapot": (Answer(b"", 418), Permanent),
    "a fault": (bodies.down(), Transient),
    "a gateway's page": (Answer(HTML, 502), Transient),
    "a fault without a body": (Answer(b"", 500), Transient),
    "a page that says 200": (Answer(HTML), Malformed),
    "nothing": (Answer(b""), Malformed),
    "an empty object": (Answer({}), Malformed),
    "a list": (Answer([]), Malformed),
    "null data": (Answer({"data": None}), Malformed),
    "cut off": (Answer(b'{"data":{"id":"1"'), Malformed),
    "not modified": (Answer(b"", 304), Malformed),
    "200, not found": (Answer({"errors": [bodies.missing("1")]}), Gone),
    "200, not shown": (Answer({"errors": [bodies.not_shown("1")]}), Permanent),
    "200, withheld": (in_success("resource-unavailable"), Permanent),
    "200, disallowed": (in_success("disallowed-resource"), Permanent),
    "200, a fault": (in_success("internal-error"), Transient),
    "200, the usage cap": (in_success("usage-capped"), QuotaSpent),
    "200, something else": (in_success("rule-cap"), Malformed),
    "200, no errors": (Answer({"errors": []}), Malformed),
    "200, an error that is text": (Answer({"errors": ["no"]}), Malformed),
    "old errors": (Answer({"errors": [{"message": "Invalid token", "code": 89}]}, 401), AuthLost),
    "nested without end": (Answer(b"[" * 10**5 + b"]" * 10**5, 500), Transient),
}


@pytest.mark.parametrize(("answer", "error"), REFUSALS.values(), ids=REFUSALS.keys())
def test_a_refusal_means(answer: Answer, error: type[ConnectorError]) -> None:
    with pytest.raises(ConnectorError) as told:
        judge(exchange(answer), NOW)
    assert type(told.value) is error
    assert str(told.value).endswith(".")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (bodies.forbidden(), Permanent),
        (bodies.no_scope(), PermissionMissing),
        (bodies.read_only(), PermissionMissing),
        (bodies.down(), Transient),
        (bodies.too_many(), Throttled),
    ],
    ids=["refused", "no scope", "read only", "a fault", "too many"],
)
def test_a_refusal_to_hide_means(answer: Answer, error: type[ConnectorError]) -> None:
    with pytest.raises(ConnectorError) as told:
        judge(exchange(answer, "PUT", HIDDEN), NOW)
    assert type(told.value) is error


def test_a_fault_on_a_write_leaves_the_outcome_unknown() -> None:
    with pytest.raises(Transient) as told:
        judge(exchange(bodies.down(), "PUT", HIDDEN), NOW)
    assert not isinstance(told.value, NotDone)


def test_a_missing_permission_is_named_as_x_names_it() -> None:
    with pytest.raises(PermissionMissing) as told:
        judge(exchange(bodies.no_scope(), "PUT", HIDDEN), NOW)
    assert told.value.names == ("tweet.moderate.write",)


def test_an_unknown_account_is_a_wrong_setting() -> None:
    with pytest.raises(Permanent, match="account_id") as told:
        judge(exchange(bodies.no_path(), path=LIST), NOW)
    assert not isinstance(told.value, Gone)


@pytest.mark.parametrize(
    "body",
    [
        {"data": {"id": "1"}},
        {"data": [], "errors": [bodies.missing("1")]},
        {"meta": {"result_count": 0}},
        {"meta": {"result_count": 0}, "errors": [bodies.missing("1")]},
    ],
    ids=["data", "data with partial errors", "an empty page", "an empty page with errors"],
)
def test_an_answer_with_data_or_a_page_is_good(body: dict[str, object]) -> None:
    judge(exchange(Answer(body)), NOW)


@pytest.mark.parametrize(
    ("reset", "seconds"),
    [
        (NOW + timedelta(seconds=90), 90.0),
        (NOW - timedelta(seconds=1), 1.0),
        (NOW + timedelta(days=400), WINDOW_S),
        (NOW - timedelta(days=400), WINDOW_S),
        (NOW + timedelta(seconds=LONGEST_S), LONGEST_S),
    ],
)
def test_a_throttle_waits_until_the_reset_within_reason(reset: datetime, seconds: float) -> None:
    answer = bodies.too_many()
    answer.headers = {"x-rate-limit-reset": str(int(reset.timestamp()))}
    with pytest.raises(Throttled) as told:
        judge(exchange(answer), NOW)
    assert told.value.retry_after == seconds


@pytest.mark.parametrize("reset", ["", "soon", "-1", "9" * 40, "1e9", "٣"])
def test_a_reset_that_makes_no_sense_is_the_whole_window(reset: str) -> None:
    answer = bodies.too_many()
    answer.headers = {"x-rate-limit-reset": reset}
    with pytest.raises(Throttled) as told:
        judge(exchange(answer), NOW)
    assert told.value.retry_after == WINDOW_S


@pytest.mark.parametrize(
    ("remaining", "rest_s"), [("100", 0.0), ("26", 0.0), ("20", 5.0), ("5", 100.0), ("0", 100.0)]
)
def test_an_allowance_that_runs_low_asks_for_a_rest(remaining: str, rest_s: float) -> None:
    headers = {
        "x-rate-limit-limit": "100",
        "x-rate-limit-remaining": remaining,
        "x-rate-limit-reset": str(int(NOW.timestamp()) + 100),
    }
    assert rest_after(exchange(Answer({}, headers=headers)), NOW) == rest_s


@pytest.mark.parametrize("limit", ["", "0", "many"])
def test_an_allowance_that_is_not_told_asks_for_none(limit: str) -> None:
    headers = {"x-rate-limit-limit": limit, "x-rate-limit-remaining": "0"}
    assert rest_after(exchange(Answer({}, headers=headers)), NOW) == 0.0


@pytest.mark.parametrize("name", ["next_token", "pagination_token"])
def test_a_token_that_x_forgot_is_told_from_other_refusals(name: str) -> None:
    assert is_stale(exchange(bodies.invalid(name, "T2", f"The {name} is not valid")))
    assert not is_stale(exchange(bodies.invalid("query", "(", "There were errors")))
    assert not is_stale(exchange(bodies.down()))


def test_no_error_repeats_what_x_said() -> None:
    secret = "canary-of-a-text"
    for status in (200, 400, 401, 402, 403, 404, 429, 500):
        body = json.dumps({"title": secret, "detail": secret, "errors": [{"detail": secret}]})
        with pytest.raises(ConnectorError) as told:
            judge(Exchange("GET", POST, status, {}, body.encode()), NOW)
        assert secret not in f"{told.value!r} {told.value}"


def test_every_error_of_the_library_is_known() -> None:
    public = [
        error
        for module in (tweepy, tweepy.errors)
        for _, error in inspect.getmembers(module, inspect.isclass)
        if issubclass(error, Exception)
    ]
    assert len(public) >= 8
    assert all(issubclass(error, LIBRARY_ERRORS) for error in public)
