"""The stand-in gives no field, parameter or error that Mastodon's documentation does not have."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from connectors.mastodon.answers import SCOPES
from connectors.mastodon.connector import PERMISSIONS
from tests.standins.faults import Fault, FaultScript
from tests.standins.mastodon import MastodonStandIn
from tests.standins.mastodon_bodies import ERRORS, REFERENCE
from tests.standins.mastodon_world import LOST, TOKEN

INNER = {
    "account": "Account",
    "target_account": "Account",
    "status": "Status",
    "quoted_status": "Status",
    "quote": "Quote",
    "poll": "Poll",
    "media_attachments": "MediaAttachment",
    "ancestors": "Status",
    "descendants": "Status",
}
"""Which entity stands under which name."""


def ask(
    server: MastodonStandIn, path: str, body: str | None = None, token: str = TOKEN
) -> tuple[int, Any, dict[str, str]]:
    """Call the stand-in by hand and return its status, body and headers."""
    headers = {"Authorization": f"Bearer {token}"}
    method = "GET" if body is None else "POST"
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    answer = requests.request(method, server.url + path, data=body, headers=headers, timeout=5)
    return answer.status_code, answer.json(), dict(answer.headers)


def strangers(entity: str, body: Any) -> list[str]:
    """Return the fields of a body that its entity does not have, at any depth."""
    if isinstance(body, list):
        return [found for one in body for found in strangers(entity, one)]
    if not isinstance(body, dict):
        return []
    found = [f"{entity}.{name}" for name in body if name not in REFERENCE[entity]]
    for name, value in body.items():
        if name in INNER:
            found += strangers(INNER[name], value)
    return found


@pytest.fixture
def world(server: MastodonStandIn) -> dict[str, str]:
    """Return the ids of a world that holds every kind of body."""
    post = server.post()
    first = server.comment(
        post,
        "One",
        warning="Careful",
        poll=("Yes", "No"),
        pictures=(("https://far.example/a.png", "A picture"),),
    )
    server.quote(post, "Two")
    return {"post": post, "first": first, "author": server.toots[first].author.id}


def test_every_body_has_fields_of_the_reference_alone(
    server: MastodonStandIn, world: dict[str, str]
) -> None:
    post, first, author = world["post"], world["first"], world["author"]
    report = f"account_id={author}&status_ids[]={first}&category=other&comment=x&forward=1"
    asked = [
        ("CredentialAccount", "/api/v1/accounts/verify_credentials", None),
        ("Application", "/api/v1/apps/verify_credentials", None),
        ("Notification", "/api/v1/notifications", None),
        ("Status", "/api/v1/accounts/100/statuses", None),
        ("Status", f"/api/v1/statuses/{first}", None),
        ("Status", f"/api/v1/statuses?id[]={first}&id[]={post}", None),
        ("Context", f"/api/v1/statuses/{post}/context", None),
        ("Relationship", f"/api/v1/accounts/relationships?id[]={author}", None),
        ("Relationship", f"/api/v1/accounts/{author}/block", ""),
        ("Relationship", f"/api/v1/accounts/{author}/unblock", ""),
        ("Report", "/api/v1/reports", report),
        ("Report", "/api/v1/reports/", report),
    ]
    for entity, path, body in asked:
        status, told, headers = ask(server, path, body)
        assert (status, bool(told)) == (200, True), path
        assert strangers(entity, told) == []
        assert headers["X-RateLimit-Reset"].endswith("Z")


def test_every_error_is_one_of_the_reference(
    server: MastodonStandIn, world: dict[str, str]
) -> None:
    long = f"account_id={world['author']}&status_ids[]={world['first']}&comment={'x' * 1001}"
    rules = f"account_id={world['author']}&status_ids[]={world['first']}&category=violation"
    paths = [
        ("/api/v1/statuses/5", None),
        ("/api/v1/statuses/5/context", None),
        ("/api/v1/accounts/5/statuses", None),
        ("/api/v1/accounts/5/block", ""),
        ("/api/v1/reports", "account_id=5&status_ids[]=6"),
        ("/api/v1/reports", long),
        ("/api/v1/reports", rules),
        ("/api/v1/notifications?colour=red", None),
        ("/api/v1/hidden", None),
    ]
    got = [ask(server, path, body)[:2] for path, body in paths]
    got.append(ask(server, "/api/v1/notifications", token="other")[:2])
    for way in LOST:
        server.lose_access(way)
        got.append(ask(server, "/api/v1/notifications")[:2])
    server.lost, server.scopes = "", set()
    got.append(ask(server, "/api/v1/notifications")[:2])
    for fault in (Fault.RATE_LIMITED, Fault.SERVER_ERROR):
        server.faults = FaultScript(1, {fault: 1.0})
        got.append(ask(server, "/api/v1/notifications")[:2])
    assert {(status, body["error"]) for status, body in got} == ERRORS
    assert all(strangers("Error", body) == [] for _, body in got)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/statuses/{first}/hide", ""),
        ("/api/v1/statuses/{first}/hidden", ""),
        ("/api/v1/statuses/{first}", ""),
        ("/api/v1/accounts/{author}/report", ""),
        ("/api/v2/notifications", None),
    ],
)
def test_what_the_platform_lacks_is_not_found(
    server: MastodonStandIn, world: dict[str, str], path: str, body: str | None
) -> None:
    assert ask(server, path.format(**world), body)[0] == 404


def test_a_list_links_to_its_older_and_its_newer_neighbours(server: MastodonStandIn) -> None:
    post = server.post()
    for count in range(5):
        server.comment(post, f"Answer {count}")
    _, told, headers = ask(server, "/api/v1/notifications?limit=2&min_id=1")
    assert [one["id"] for one in told] == ["3", "2"]
    assert 'max_id=2>; rel="next"' in headers["Link"]
    assert 'min_id=3>; rel="prev"' in headers["Link"]
    _, told, _ = ask(server, "/api/v1/notifications?limit=2&max_id=4")
    assert [one["id"] for one in told] == ["3", "2"]


def test_the_allowance_falls_and_recovers_with_the_clock(server: MastodonStandIn) -> None:
    server.allowance = 2
    left = [ask(server, "/api/v1/notifications")[2]["X-RateLimit-Remaining"] for _ in range(2)]
    assert left == ["1", "0"]
    assert ask(server, "/api/v1/notifications")[0] == 429
    server.clock.advance(301)
    assert ask(server, "/api/v1/notifications")[0] == 200


def test_each_permission_that_is_asked_for_is_needed_by_a_call() -> None:
    assert {scope for *_, scope in SCOPES} == set(PERMISSIONS)


def test_ten_thousand_answers_are_served_quickly(server: MastodonStandIn) -> None:
    post = server.post()
    for count in range(10_000):
        server.comment(post, f"Answer {count}", author=f"reader {count % 100}")
    for at in range(0, 10_000, 500):
        status, told, _ = ask(server, f"/api/v1/notifications?limit=80&min_id={at}")
        assert (status, len(told)) == (200, 80)
