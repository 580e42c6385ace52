"""What an instance's answer means: the table of statuses, bodies and limits."""

from __future__ import annotations

import inspect
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from mastodon import errors
from requests.structures import CaseInsensitiveDict

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
from connectors.mastodon.answers import (
    GUARDED,
    NO_MASTODON,
    SCOPES,
    judge,
    lacking,
    rest_of,
    scope_of,
    wait_of,
)
from connectors.mastodon.calls import LIBRARY_ERRORS
from connectors.wire import Exchange
from tests.standins.base import HTML
from tests.standins.mastodon_bodies import ERRORS

NOTES = "/api/v1/notifications"
POST = "/api/v1/statuses/2"
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def exchange(
    status: int,
    body: Any = b"",
    *,
    path: str = POST,
    method: str = "GET",
    headers: dict[str, str] | None = None,
) -> Exchange:
    """Return an exchange as the wire gives it."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Exchange(method, path, status, CaseInsensitiveDict(headers or {}), raw)


TABLE: list[tuple[int, object, type[ConnectorError]]] = [
    (201, {}, Malformed),
    (202, {}, Malformed),
    (204, b"", Malformed),
    (304, b"", Malformed),
    (400, {"error": "Bad Request"}, Permanent),
    (401, {"error": "The access token is invalid"}, AuthLost),
    (401, {"error": "The access token was revoked"}, AuthLost),
    (401, {"error": "The access token expired"}, AuthLost),
    (401, HTML, AuthLost),
    (403, {"error": "This action is outside the authorized scopes"}, PermissionMissing),
    (403, {"error": "Your login is currently disabled"}, AuthLost),
    (403, {"error": "Your login is missing a confirmed e-mail address"}, AuthLost),
    (403, {"error": "Your account requires two-factor authentication"}, AuthLost),
    (403, {"error": "This action is not allowed"}, Permanent),
    (403, HTML, NotDone),
    (403, b"", NotDone),
    (404, {"error": "Record not found"}, Gone),
    (404, HTML, Permanent),
    (404, b"", Permanent),
    (406, {"error": "Not Acceptable"}, Permanent),
    (408, b"", Transient),
    (410, {"error": "Gone"}, Gone),
    (418, b"", Permanent),
    (422, {"error": "This method requires an authenticated user"}, AuthLost),
    (422, {"error": "Validation failed: Comment is too long"}, Permanent),
    (422, {"error": 5}, Permanent),
    (422, [1], Permanent),
    (429, {"error": "Too many requests"}, Throttled),
    (429, HTML, Throttled),
    (500, {"error": "Internal Server Error"}, Transient),
    (502, HTML, Transient),
    (503, {"error": "Remote data could not be fetched"}, Transient),
    (503, b'{"a":' * 3, Transient),
    (504, b"", Transient),
    (520, HTML, Transient),
    (999, b"", Transient),
]


@pytest.mark.parametrize(("status", "body", "meant"), TABLE)
def test_each_answer_means_one_thing(
    status: int, body: object, meant: type[ConnectorError]
) -> None:
    with pytest.raises(ConnectorError) as caught:
        judge(exchange(status, body))
    assert type(caught.value) is meant
    assert str(caught.value).endswith(".")
    assert "token is invalid" not in str(caught.value)


def test_an_answer_that_was_asked_for_raises_nothing() -> None:
    judge(exchange(200, HTML))


def test_every_other_status_is_an_error_as_well() -> None:
    for status in {*range(1000)} - {200}:
        with pytest.raises(ConnectorError):
            judge(exchange(status))


@pytest.mark.parametrize(("status", "error"), sorted(ERRORS))
def test_every_error_of_the_reference_is_known(status: int, error: str) -> None:
    with pytest.raises(ConnectorError) as caught:
        judge(exchange(status, {"error": error}))
    assert type(caught.value) is not Malformed


def test_a_server_error_of_a_write_leaves_the_outcome_open() -> None:
    with pytest.raises(Transient) as caught:
        judge(exchange(500, path="/api/v1/reports/", method="POST"))
    assert not isinstance(caught.value, NotDone)


def test_a_missing_page_of_a_list_is_no_deleted_post() -> None:
    with pytest.raises(Permanent, match="setting instance") as caught:
        judge(exchange(404, {"error": "Not Found"}, path=NOTES))
    assert not isinstance(caught.value, Gone)
    assert str(caught.value) == NO_MASTODON


def test_a_refusal_by_something_in_front_of_the_instance_may_pass() -> None:
    with pytest.raises(NotDone) as caught:
        judge(exchange(403, HTML, method="POST"))
    assert str(caught.value) == GUARDED


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", NOTES, "read:notifications"),
        ("GET", "/api/v1/accounts/verify_credentials", "read:accounts"),
        ("GET", "/api/v1/accounts/relationships", "read:follows"),
        ("GET", "/api/v1/accounts/9/statuses", "read:statuses"),
        ("GET", "/api/v1/statuses", "read:statuses"),
        ("GET", "/api/v1/statuses/2", "read:statuses"),
        ("GET", "/api/v1/statuses/2/context", "read:statuses"),
        ("POST", "/api/v1/reports/", "write:reports"),
        ("POST", "/api/v1/accounts/9/block", "write:blocks"),
        ("POST", "/api/v1/accounts/9/unblock", "write:blocks"),
        ("GET", "/api/v1/elsewhere", "read"),
    ],
)
def test_a_missing_permission_is_called_by_its_name(method: str, path: str, scope: str) -> None:
    header = {"WWW-Authenticate": 'Bearer realm="Doorkeeper", error="insufficient_scope"'}
    answer = exchange(403, {"error": "Verboten"}, path=path, method=method, headers=header)
    with pytest.raises(PermissionMissing) as caught:
        judge(answer)
    assert caught.value.names == (scope,)
    assert scope in str(caught.value)
    assert scope_of(answer) == scope


@pytest.mark.parametrize(
    ("granted", "missing"),
    [
        (None, ()),
        ("read", ()),
        (["read", "write"], ()),
        (["read"], ("write:reports", "write:blocks")),
        ([], tuple(dict.fromkeys(scope for *_, scope in SCOPES))),
        (["read", "write:reports"], ("write:blocks",)),
        (["write", "read:accounts"], ("read:notifications", "read:statuses", "read:follows")),
    ],
)
def test_the_wider_permission_holds_the_narrower(granted: object, missing: tuple[str, ...]) -> None:
    needed = dict.fromkeys((scope for *_, scope in SCOPES), "")
    assert set(lacking(granted, needed)) == set(missing)


@pytest.mark.parametrize(
    ("reset", "seconds"),
    [
        ((NOW + timedelta(seconds=90)).isoformat(), 90.0),
        ("2026-11-20T10:01:30.000000Z", 90.0),
        (str(int(NOW.timestamp()) + 90), 90.0),
        ((NOW - timedelta(seconds=90)).isoformat(), 1.0),
        ((NOW + timedelta(days=90)).isoformat(), 3600.0),
        ("soon", 60.0),
        ("9" * 5000, 60.0),
        ("", 60.0),
    ],
)
def test_the_wait_is_told_against_the_instances_own_clock(reset: str, seconds: float) -> None:
    headers = {"X-RateLimit-Reset": reset, "Date": format_datetime(NOW, usegmt=True)}
    assert wait_of(exchange(429, headers=headers)) == seconds


@pytest.mark.parametrize("date", ["", "yesterday", "Fri, 99 Nov 2026 10:00:00 GMT"])
def test_without_its_clock_ours_is_taken(date: str) -> None:
    until = datetime.now(UTC) + timedelta(seconds=100)
    headers = {"X-RateLimit-Reset": until.isoformat(), "Date": date}
    assert 90 < wait_of(exchange(429, headers=headers)) <= 100


@pytest.mark.parametrize(
    ("limit", "left", "rest"),
    [
        ("300", "300", 0.0),
        ("300", "76", 0.0),
        ("300", "45", 50.0),
        ("300", "15", 100.0),
        ("300", "0", 100.0),
        ("0", "0", 0.0),
        ("300", "", 0.0),
        ("300", "-5", 0.0),
        ("", "5", 0.0),
        ("9" * 5000, "1", 0.0),
    ],
)
def test_the_rest_grows_as_the_allowance_runs_low(limit: str, left: str, rest: float) -> None:
    headers = {
        "X-RateLimit-Limit": limit,
        "X-RateLimit-Remaining": left,
        "X-RateLimit-Reset": (NOW + timedelta(seconds=100)).isoformat(),
        "Date": format_datetime(NOW, usegmt=True),
    }
    assert rest_of(exchange(200, headers=headers)) == pytest.approx(rest)


def test_every_error_of_the_library_is_expected() -> None:
    raised = [
        one
        for _, one in inspect.getmembers(errors, inspect.isclass)
        if issubclass(one, Exception) and one.__module__ == errors.__name__
    ]
    assert len(raised) >= 16
    assert [one for one in raised if not issubclass(one, LIBRARY_ERRORS)] == []
