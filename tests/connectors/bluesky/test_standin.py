"""The stand-in says nothing that Bluesky's lexicons do not, and refuses what they do not know."""

from __future__ import annotations

import json
from typing import Any

import pydantic
import pytest
import requests
from atproto import models  # type: ignore[import-untyped]

from moderation.model import ActionKind
from tests.connectors.bluesky.account import Account
from tests.standins.base import Answer, Request
from tests.standins.bluesky_protocol import _GET, _POST

# The client's models are made from the lexicons; atproto 0.0.73.
_SIGNED = {"Authorization": "Bearer access-1"}
# What the real servers add to the lexicon's answers.
_ADDED = {"active", "status", "didDoc"}


def model_of(method: str) -> Any:
    """Return the client's models of a method."""
    return getattr(models, "".join(part[0].upper() + part[1:] for part in method.split(".")))


def unknown_in(value: Any) -> list[str]:
    """Return the names in an answer that its model does not know, at any depth."""
    found: list[str] = []
    if isinstance(value, pydantic.BaseModel):
        found += [name for name in value.model_extra or {} if name not in _ADDED]
        value = [getattr(value, name) for name in type(value).model_fields]
    if isinstance(value, list):
        found += [name for one in value for name in unknown_in(one)]
    return found


@pytest.fixture
def answers(account: Account) -> dict[str, list[Any]]:
    """Every kind of answer that the connector can be given, by method."""
    found: dict[str, list[Any]] = {}
    real = account.server._answer

    def kept(request: Request) -> Answer:
        answer = real(request)
        if answer.status == 200:
            method = request.path.removeprefix("/xrpc/")
            found.setdefault(method, []).append(json.loads(answer.bytes()))
        return answer

    account.server._answer = kept  # type: ignore[method-assign]
    server, connector = account.server, account.connector
    root = server.post()
    first = server.comment(root, "One.")
    server.comment(root, "Two.", parent=first, author="troll.example.com")
    quote = account.ref(server.quote(root, "Three."))
    server.mention("Four.")
    server.plain_mention("Five.")
    ref = account.ref(first)
    for action in (ActionKind.HIDE, ActionKind.BLOCK, ActionKind.REPORT):
        connector.act(ref, action)
        connector.read_back(ref, action)
    connector.act(quote, ActionKind.HIDE)
    connector.read_back(quote, ActionKind.HIDE)
    connector.fetch(quote)
    account.poll()
    account.poll(feed="search")
    account.reread()
    for action in (ActionKind.UNHIDE, ActionKind.UNBLOCK):
        connector.act(ref, action)
        connector.read_back(ref, action)
    server.expire_access()
    connector.check()
    server.forget_sessions()
    connector.check()
    return found


def test_every_answer_fits_its_lexicon_and_holds_no_name_of_its_own(
    answers: dict[str, list[Any]],
) -> None:
    assert set(answers) == set(_GET) | set(_POST)
    for method, bodies in answers.items():
        for body in bodies:
            read = model_of(method).Response.model_validate(body)
            assert unknown_in(read) == [], method


@pytest.mark.parametrize("method", sorted(_GET))
def test_every_parameter_is_one_of_the_lexicons(method: str) -> None:
    _, names = _GET[method]
    known = getattr(model_of(method), "Params", None)
    fields = known.model_fields.values() if known else []
    aliases = {field.alias for field in fields} | set(known.model_fields if known else ())
    assert names <= aliases


@pytest.mark.parametrize("method", sorted(_POST))
def test_every_field_of_a_body_is_one_of_the_lexicons(method: str) -> None:
    known = getattr(model_of(method), "Data", None)
    aliases = {field.alias for field in known.model_fields.values()} if known else set()
    names = set(known.model_fields) if known else set()
    assert _POST[method] <= aliases | names


@pytest.mark.parametrize(
    ("verb", "path", "status", "word"),
    [
        ("GET", "app.bsky.feed.getTimeline", 501, "MethodNotImplemented"),
        ("POST", "app.bsky.feed.getPosts", 501, "MethodNotImplemented"),
        ("DELETE", "app.bsky.feed.getPosts", 501, "MethodNotImplemented"),
        ("GET", "app.bsky.feed.getPosts?uris=x&nonsense=1", 400, "InvalidRequest"),
        ("GET", "app.bsky.feed.getPosts", 400, "InvalidRequest"),
        ("GET", "app.bsky.notification.listNotifications?cursor=x", 400, "InvalidRequest"),
        ("GET", "app.bsky.notification.listNotifications?limit=0", 400, "InvalidRequest"),
    ],
)
def test_what_bluesky_does_not_know_is_refused_in_its_own_words(
    account: Account, verb: str, path: str, status: int, word: str
) -> None:
    answer = requests.request(verb, f"{account.server.url}/xrpc/{path}", headers=_SIGNED, timeout=5)
    assert (answer.status_code, answer.json()["error"]) == (status, word)


@pytest.mark.parametrize("method", [name for name, (public, _) in _GET.items() if not public])
def test_what_needs_a_session_is_refused_without_one(account: Account, method: str) -> None:
    address = f"{account.server.url}/xrpc/{method}"
    answer = requests.get(address, timeout=5)
    assert (answer.status_code, answer.json()["error"]) == (401, "AuthMissing")
    signed = {"Authorization": "Bearer refresh-1"}
    answer = requests.get(address, headers=signed, timeout=5)
    assert (answer.status_code, answer.json()["error"]) == (400, "InvalidToken")


def test_a_cursor_is_bound_to_its_query(account: Account) -> None:
    root = account.server.post()
    for number in range(80):
        account.server.comment(root, f"Number {number}.")
    address = f"{account.server.url}/xrpc/app.bsky.notification.listNotifications"
    first = requests.get(f"{address}?reasons=reply", headers=_SIGNED, timeout=5).json()
    same = {"reasons": "reply", "cursor": first["cursor"]}
    other = {"reasons": "quote", "cursor": first["cursor"]}
    assert requests.get(address, params=same, headers=_SIGNED, timeout=5).status_code == 200
    assert requests.get(address, params=other, headers=_SIGNED, timeout=5).status_code == 400


def test_nobody_writes_to_somebody_elses_repository(account: Account) -> None:
    body = {"repo": "did:plc:other", "collection": "app.bsky.feed.post", "rkey": "3k"}
    answer = requests.post(
        f"{account.server.url}/xrpc/com.atproto.repo.deleteRecord",
        json=body,
        headers=_SIGNED,
        timeout=5,
    )
    assert (answer.status_code, answer.json()["error"]) == (401, "AuthenticationRequired")
