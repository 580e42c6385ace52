"""The stand-ins speak the platform's words and no others, and refuse what the platform refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from connectors.meta.facebook_page import FacebookPage
from connectors.meta.facebook_records import (
    COMMENT_FIELDS,
    MENTION_FIELDS,
    POST_FIELDS,
    REVIEW_FIELDS,
)
from connectors.meta.instagram import Instagram
from connectors.meta.instagram_records import (
    COMMENT_FIELDS as REMARK_FIELDS,
)
from connectors.meta.instagram_records import MEDIA_FIELDS, TAG_FIELDS
from tests.connectors.graph.rounds import pages, rounds
from tests.standins import graph_bodies as bodies
from tests.standins.faults import Fault, FaultScript
from tests.standins.graph import FacebookStandIn, GraphStandIn, InstagramStandIn, ref_of
from tests.standins.graph_deliveries import SIGNATURE
from tests.standins.graph_fields import read_fields
from tests.standins.graph_words import (
    DELIVERED,
    EDGES,
    ERROR_TYPES,
    FIELDS,
    INNER,
    VERSION,
)

LISTS = frozenset({"data", "paging", "summary"})
ANSWERED = frozenset({"success"})
ANYWHERE = frozenset().union(*FIELDS.values(), *INNER.values())
EDGE_NAMES = frozenset(name for _, _, name in EDGES) | {"mentioned_comment", "mentioned_media"}
KNOWN = (
    ANYWHERE | EDGE_NAMES | LISTS | ANSWERED | {"error", "media", "image", "permission", "status"}
)


def names_in(told: Any) -> Iterator[str]:
    """Yield every name inside a body."""
    if isinstance(told, dict):
        for name, value in told.items():
            yield name
            yield from names_in(value)
    for one in told if isinstance(told, list) else []:
        yield from names_in(one)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Return a list that every body of the stand-ins is added to."""
    found: list[bytes] = []
    answer = GraphStandIn.answer

    def listening(self: GraphStandIn, request: Any) -> Any:
        told = answer(self, request)
        found.append(told.bytes())
        return told

    monkeypatch.setattr(GraphStandIn, "answer", listening)
    return found


def test_every_body_holds_the_platforms_names_alone(
    facebook: FacebookPage,
    page: FacebookStandIn,
    instagram: Instagram,
    account: InstagramStandIn,
    heard: list[bytes],
) -> None:
    for server in (page, account):
        server.tells_permissions = True
        post = server.post()
        top = server.comment(post, "One")
        server.things[top].more["picture"] = "https://scontent.example/1.jpg"
        for number in range(120):
            server.comment(post, f"Answer {number}", parent=top)
        server.mention("Mention")
    page.visitor_post("Two")
    page.review("Three")
    page.advert("Four")
    for connector, server in ((facebook, page), (instagram, account)):
        connector.check()
        for feed in connector.feeds:
            brought = pages(connector, None, feed.name)
        list(rounds(connector, server.clock.now()))
        ref = ref_of(pages(connector, None)[-1].records[0])  # type: ignore[arg-type]
        connector.fetch(ref)
        for action in sorted(connector.supports, reverse=True):
            connector.act(ref, action)
            connector.read_back(ref, action)
        assert brought
    told = [json.loads(body) for body in heard]
    assert len(told) > 40
    banned = {name for name in names_in(told) if re.fullmatch("[0-9]+", name)}
    assert set(names_in(told)) - banned <= KNOWN
    for body in heard:
        assert body.isascii()
        assert b"/" not in body.replace(b"\\/", b"")


@pytest.mark.parametrize(
    "answer",
    [
        bodies.not_there("GET", "1"),
        bodies.no_alias("x"),
        bodies.no_path("/x"),
        bodies.no_field("x", "Page"),
        bodies.bad_parameter("x"),
        bodies.bad_cursor(),
        *(bodies.dead_token(subcode) for subcode in bodies.DEAD),
        bodies.unknown_token(),
        bodies.no_role(),
        bodies.may_not_read("x"),
        bodies.may_not_act("x"),
        bodies.refused_item(),
        bodies.punished(),
        *(bodies.throttled(code) for code in bodies.THROTTLES),
        bodies.broken("GET"),
    ],
)
def test_every_error_has_the_platforms_shape(answer: Any) -> None:
    told = json.loads(answer.bytes())
    assert set(told) == {"error"}
    assert set(told["error"]) <= INNER["error"]
    assert told["error"]["type"] in ERROR_TYPES
    assert 400 <= answer.status <= 500
    assert answer.status != 429


def test_every_delivery_holds_the_platforms_names_alone(
    page: FacebookStandIn, account: InstagramStandIn
) -> None:
    written = [page.comment(page.post(), "One"), page.visitor_post("Two")]
    pushed = page.delivery(*(("add", one) for one in written))
    assert pushed.headers[SIGNATURE].startswith("sha256=")
    changes = json.loads(pushed.body)["entry"][0]["changes"]
    media = account.post()
    remark = account.comment(media, "Three", parent=account.comment(media, "Top"))
    more = json.loads(account.delivery(("add", remark)).body)["entry"][0]["changes"]
    for change in (*changes, *more):
        allowed = DELIVERED["page" if change["field"] == "feed" else change["field"]]
        assert set(change["value"]) <= allowed


ASKED = {
    "Comment": COMMENT_FIELDS,
    "PagePost": f"{POST_FIELDS},{MENTION_FIELDS}",
    "Recommendation": REVIEW_FIELDS,
    "IGComment": REMARK_FIELDS,
    "IGMedia": f"{MEDIA_FIELDS},{TAG_FIELDS}",
}


@pytest.mark.parametrize("kind", ASKED)
def test_the_connectors_ask_for_fields_that_the_reference_has(kind: str) -> None:
    edges = {edge for _, type_, edge in EDGES if type_ == kind}
    assert {field.name for field in read_fields(ASKED[kind])} <= FIELDS[kind] | edges


def ask(server: GraphStandIn, method: str, path: str, **params: str) -> requests.Response:
    """Ask the stand-in what a library would never ask."""
    params = {"access_token": server.token, **params}
    return requests.request(method, f"{server.url}{path}", params=params, timeout=5)


@pytest.mark.parametrize(
    ("method", "path", "params"),
    [
        ("GET", "/v26.0/ID/nothing", {}),
        ("POST", "/v26.0/ID/reports", {}),
        ("POST", "/v26.0/COMMENT/report", {}),
        ("GET", "/v1.0/ID/feed", {}),
        ("GET", "/ID/feed", {}),
        ("GET", "/v26.0/ID/feed", {"colour": "red"}),
        ("GET", "/v26.0/ID/feed", {"limit": "101"}),
        ("GET", "/v26.0/ID/feed", {"limit": "x"}),
        ("GET", "/v26.0/ID/feed", {"fields": "id,nothing"}),
        ("GET", "/v26.0/ID/feed", {"fields": "id,,{"}),
        ("GET", "/v26.0/ID/feed", {"after": "nonsense"}),
        ("GET", "/v26.0/POST/comments", {"order": "ranked"}),
        ("GET", "/v26.0/POST/comments", {"filter": "all"}),
        ("POST", "/v26.0/COMMENT", {"hide": "true"}),
        ("POST", "/v26.0/COMMENT", {"is_hidden": "True"}),
        ("PUT", "/v26.0/COMMENT", {}),
        ("DELETE", "/v26.0/ID", {}),
        ("POST", "/v26.0/ID/blocked", {"user": "me"}),
    ],
)
def test_what_the_platform_does_not_know_is_an_error_and_changes_nothing(
    page: FacebookStandIn, method: str, path: str, params: dict[str, str]
) -> None:
    post = page.post()
    comment = page.comment(post, "One")
    path = path.replace("ID", page.page.id).replace("POST", post).replace("COMMENT", comment)
    answer = ask(page, method, path, **params)
    assert answer.status_code in {400, 404}
    assert set(answer.json()) == {"error"}
    assert not page.is_hidden(comment)
    assert not page.things[comment].gone


def test_nobody_is_blocked_and_nothing_is_reported_on_instagram(account: InstagramStandIn) -> None:
    remark = account.comment(account.post(), "One")
    for path in (f"/{account.account.id}/blocked", f"/{remark}/report", f"/{remark}/comments"):
        assert ask(account, "POST", f"/{VERSION}{path}").status_code == 404
    assert ask(account, "POST", f"/{VERSION}/{remark}", is_hidden="true").status_code == 400


def test_a_cursor_of_another_list_is_refused(page: FacebookStandIn) -> None:
    posts = [page.post(), page.post()]
    for post in posts * 40:
        page.comment(post, "One")
    first = ask(page, "GET", f"/{VERSION}/{posts[0]}/comments").json()
    after = first["paging"]["cursors"]["after"]
    assert ask(page, "GET", f"/{VERSION}/{posts[0]}/comments", after=after).ok
    assert not ask(page, "GET", f"/{VERSION}/{posts[1]}/comments", after=after).ok
    assert not ask(page, "GET", f"/{VERSION}/{posts[0]}/comments", after=after, filter="stream").ok


def test_a_token_is_taken_from_the_query_the_form_or_a_header(page: FacebookStandIn) -> None:
    path, post = f"{page.url}/{VERSION}/{page.page.id}/", page.comment(page.post(), "One")
    assert requests.get(path, params={"access_token": page.token}, timeout=5).ok
    for word in ("Bearer", "OAuth"):
        told = {"Authorization": f"{word} {page.token}"}
        assert requests.get(path, headers=told, timeout=5).ok
    form = {"access_token": page.token, "is_hidden": "true"}
    assert requests.post(f"{page.url}/{VERSION}/{post}/", data=form, timeout=5).ok
    assert requests.get(path, timeout=5).status_code == 401
    assert requests.get(path, params={"access_token": "x"}, timeout=5).status_code == 400


def test_the_first_level_is_the_default_and_a_stream_holds_all(page: FacebookStandIn) -> None:
    post = page.post()
    top = page.comment(post, "One")
    answer = page.comment(post, "Two", parent=top)
    path = f"/{VERSION}/{post}/comments"
    assert [one["id"] for one in ask(page, "GET", path).json()["data"]] == [top]
    stream = ask(page, "GET", path, filter="stream").json()["data"]
    assert [one["id"] for one in stream] == [top, answer]


def test_one_seed_makes_the_same_faults(page: FacebookStandIn) -> None:
    shares = {Fault.SERVER_ERROR: 0.3, Fault.RATE_LIMITED: 0.3}
    drawn = []
    for _ in range(2):
        page.faults = FaultScript(11, shares)
        drawn.append([ask(page, "GET", f"/{VERSION}/me").status_code for _ in range(20)])
    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) == 3
