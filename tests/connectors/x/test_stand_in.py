"""The stand-in for X offers what X offers and nothing more, under X's own names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from requests_oauthlib import OAuth1  # type: ignore[import-untyped]

from connectors.x.connector import CONVERSATIONS, QUOTES
from moderation.model import ActionKind, ItemKind
from tests.connectors.x.account import comments, connected, ref_of, renewable, walk
from tests.standins import x_bodies as bodies
from tests.standins.base import Answer
from tests.standins.faults import Fault
from tests.standins.x import XStandIn
from tests.standins.x_keys import SIGNED_FOR


def ask(x: XStandIn, method: str, path: str, **what: Any) -> requests.Response:
    """Ask the stand-in something with a good signature over X's real address."""
    keys = x.keys
    auth = OAuth1(
        keys.consumer_key, keys.consumer_secret, keys.access_token, keys.access_token_secret
    )
    request = requests.Request(method, SIGNED_FOR + path, auth=auth, **what).prepare()
    request.url = (request.url or "").replace(SIGNED_FOR, x.url)
    with requests.Session() as session:
        return session.send(request, timeout=2)


def known(spelling: str) -> set[str]:
    """Return every name that the table has for a spelling."""
    fields = {name.format(name=spelling) for name in bodies.POST_FIELDS}
    inner = {name for names in bodies.POST_FIELDS.values() for name in names}
    shell = {"data", "includes", "users", f"{spelling}s", "meta", "errors", "hidden"}
    return fields | inner | shell | bodies.USER_FIELDS | bodies.META_FIELDS | bodies.PROBLEM_FIELDS


def names_in(value: Any) -> Iterator[str]:
    """Yield every name in an answer."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            # What was asked for stands below "parameters" under its own name.
            yield from [] if name == "parameters" else names_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names_in(inner)


class Kept(XStandIn):
    """A stand-in that keeps what it answers."""

    said: list[bytes]

    def serve(self, request: Any) -> tuple[Answer | None, Fault | None]:
        """Keep the answer."""
        answer, fault = super().serve(request)
        if answer is not None:
            self.said.append(answer.bytes())
        return answer, fault


@pytest.mark.parametrize("spelling", ["tweet", "post"])
def test_every_answer_has_only_names_of_the_published_specification(
    spelling: str, tmp_path: Path
) -> None:
    x = Kept()
    x.said = []
    with x:
        connector = connected(x, tmp_path, spelling=spelling)
        at = x.clock.now() - timedelta(hours=1)
        post = x.post(at=at)
        reply = x.comment(post, "long " * 100, at=at + timedelta(minutes=1))
        x.world.posts[int(x.mention("", at=at))].picture = True
        gone = x.comment(post, "x", parent=reply, at=at + timedelta(minutes=2))
        x.quote(post, "Look", at=at + timedelta(minutes=3))
        x.edit(reply, "longer " * 100)
        found = [
            one
            for feed in ("comments", CONVERSATIONS.name, QUOTES.name)
            for one in comments(walk(connector, feed=feed))
        ]
        connector.act(
            ref_of(next(one for one in found if one.kind is ItemKind.COMMENT)), ActionKind.HIDE
        )
        connector.fetch(ref_of(found[0]))
        assert {one.kind for one in found} == {
            ItemKind.COMMENT,
            ItemKind.REPLY,
            ItemKind.MENTION,
            ItemKind.QUOTE,
        }
        connector.check()
        x.remove(gone)
        ask(x, "GET", f"/2/tweets/{gone}")
    told = [json.loads(body) for body in x.said]
    assert len(told) > 8
    assert {name for body in told for name in names_in(body)} <= known(spelling)


def test_every_refusal_has_only_names_and_types_of_the_table() -> None:
    refusals = [
        bodies.unauthorized(),
        bodies.forbidden(),
        bodies.no_scope(),
        bodies.read_only(),
        bodies.wrong_login(),
        bodies.app_refused(),
        bodies.locked(),
        bodies.usage_capped(),
        bodies.out_of_credits(),
        bodies.too_many(),
        bodies.down(),
        bodies.invalid("x", "1", "no"),
    ]
    for answer in refusals:
        assert set(names_in(answer.body)) <= bodies.PROBLEM_FIELDS
        assert answer.body["type"] in bodies.PROBLEM_TYPES
        assert answer.body["status"] == answer.status
        assert answer.content_type == "application/problem+json"
    for error in (bodies.missing("1"), bodies.not_shown("1")):
        assert set(error) <= bodies.PROBLEM_FIELDS
        assert error["type"] in bodies.PROBLEM_TYPES


def test_a_renewal_has_only_names_of_the_standard(x: XStandIn) -> None:
    secrets = renewable(x)
    form = {
        "grant_type": "refresh_token",
        "client_id": secrets["client_id"],
        "refresh_token": secrets["refresh_token"],
    }
    first = requests.post(f"{x.url}/2/oauth2/token", data=form, timeout=2)
    again = requests.post(f"{x.url}/2/oauth2/token", data=form, timeout=2)
    assert (first.status_code, set(first.json())) == (200, bodies.TOKEN_FIELDS)
    assert (again.status_code, set(again.json())) == (400, bodies.TOKEN_ERROR_FIELDS)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/2/users/42/blocking"),
        ("POST", "/2/tweets/1/report"),
        ("POST", "/2/report"),
        ("DELETE", "/2/tweets/1"),
        ("GET", "/2/tweets/1/hidden"),
        ("GET", "/1.1/statuses/mentions_timeline.json"),
    ],
)
def test_what_x_does_not_offer_is_not_there(method: str, path: str, x: XStandIn) -> None:
    assert ask(x, method, path).status_code == 404


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/2/users/42/mentions", {"since": "1"}),
        ("/2/users/42/mentions", {"max_results": "4"}),
        ("/2/users/42/mentions", {"max_results": "101"}),
        ("/2/users/42/mentions", {"pagination_token": "bWFkZSB1cDox"}),
        ("/2/tweets/search/recent", {"query": "brand"}),
        ("/2/tweets/search/recent", {"query": f"({'conversation_id:1 OR ' * 30}"}),
        (
            "/2/tweets/search/recent",
            {"query": "(conversation_id:1) -from:42", "start_time": "2020-01-01T00:00:00Z"},
        ),
    ],
)
def test_a_parameter_that_x_does_not_take_is_refused(
    path: str, params: dict[str, str], x: XStandIn
) -> None:
    refused = ask(x, "GET", path, params=params)
    assert refused.status_code == 400
    assert refused.json()["type"].endswith("/invalid-request")


@pytest.mark.parametrize("of_ids", [{"since_id": "1"}, {"until_id": "9"}])
def test_ids_and_times_are_not_taken_together(of_ids: dict[str, str], x: XStandIn) -> None:
    path = "/2/users/42/mentions"
    assert ask(x, "GET", path, params=of_ids).status_code == 200
    mixed = ask(x, "GET", path, params={**of_ids, "start_time": "2026-11-20T00:00:00Z"})
    assert (mixed.status_code, "Invalid use" in mixed.text) == (400, True)


def test_a_token_is_good_for_its_own_question_alone(x: XStandIn) -> None:
    for _ in range(12):
        x.mention("@exampleshire")
    first = ask(x, "GET", "/2/users/42/mentions", params={"max_results": "5"}).json()
    token = first["meta"]["next_token"]
    other = {"max_results": "6", "pagination_token": token}
    assert ask(x, "GET", "/2/users/42/mentions", params=other).status_code == 400
    same = {"max_results": "5", "pagination_token": token}
    assert ask(x, "GET", "/2/users/42/mentions", params=same).json()["meta"]["result_count"] == 5


def test_a_page_that_is_full_to_the_brim_is_followed_by_an_empty_one(x: XStandIn) -> None:
    for _ in range(5):
        x.mention("@exampleshire")
    first = ask(x, "GET", "/2/users/42/mentions", params={"max_results": "5"}).json()
    token = first["meta"]["next_token"]
    params = {"max_results": "5", "pagination_token": token}
    assert ask(x, "GET", "/2/users/42/mentions", params=params).json() == {
        "meta": {"result_count": 0}
    }


def test_a_signature_is_good_once(x: XStandIn) -> None:
    keys = x.keys
    auth = OAuth1(
        keys.consumer_key, keys.consumer_secret, keys.access_token, keys.access_token_secret
    )
    request = requests.Request("GET", f"{SIGNED_FOR}/2/users/me", auth=auth).prepare()
    request.url = f"{x.url}/2/users/me"
    with requests.Session() as session:
        assert [session.send(request, timeout=2).status_code for _ in range(2)] == [200, 401]


def test_a_new_mention_may_take_its_time_to_be_listed(tmp_path: Path) -> None:
    with XStandIn(list_lag_s=30) as x:
        connector = connected(x, tmp_path)
        x.mention("@exampleshire")
        assert [len(page.records) for page in walk(connector)] == [0]
        x.clock.advance(31)
        assert [len(page.records) for page in walk(connector)] == [1]
