"""The stand-in for YouTube gives and takes what the discovery document has, and no more."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import googleapiclient.discovery_cache  # type: ignore[import-untyped]
import pytest
import requests

from connectors.youtube.link import API, UNITS_LIST, UNITS_MODERATE
from tests.connectors.youtube.helping import Channel
from tests.standins.base import Entry, Request
from tests.standins.youtube import YouTubeStandIn
from tests.standins.youtube_table import ERRORS, GLOBALS, METHODS, REVISION, SCHEMAS, SIGN_IN_ERRORS
from tests.standins.youtube_world import CHANNEL, HELD, OTHER_CHANNEL, SPAM

DOCUMENT = Path(googleapiclient.discovery_cache.__file__).parent / "documents" / "youtube.v3.json"
Ask = Callable[..., requests.Response]


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(DOCUMENT.read_text())
    return read


@pytest.fixture
def ask(channel: Channel) -> Iterator[Ask]:
    """Ask the stand-in as nobody's library would."""
    server = channel.server
    given = {**server.secrets(), "grant_type": "refresh_token"}
    with requests.Session() as session:
        session.trust_env = False
        token = session.post(server.url + "/token", data=given).json()["access_token"]

        def asked(path: str, method: str = "GET", **query: Any) -> requests.Response:
            bearer = {"Authorization": f"Bearer {query.pop('token', token)}"}
            return session.request(method, server.url + path, params=query, headers=bearer)

        yield asked


def test_the_table_was_read_at_a_revision_that_still_stands(document: dict[str, Any]) -> None:
    """Another revision is no fault: read the difference, then write its number into the table."""
    assert document["revision"] >= REVISION
    assert document["rootUrl"] == API + "/"


def test_each_method_and_parameter_is_in_the_document(document: dict[str, Any]) -> None:
    for (verb, path), method in METHODS.items():
        told = document["resources"][method.resource]["methods"][method.name]
        assert (told["httpMethod"], "/" + told["path"]) == (verb, path)
        assert method.parameters <= set(told["parameters"])
        needed = {name for name, one in told["parameters"].items() if one.get("required")}
        assert method.required == needed
        assert method.units == (UNITS_MODERATE if verb == "POST" else UNITS_LIST)
    assert set(document["parameters"]) >= GLOBALS


def test_each_field_is_in_the_document(document: dict[str, Any]) -> None:
    for name, fields in SCHEMAS.items():
        assert fields <= set(document["schemas"][name]["properties"]), name


def test_what_the_document_says_of_the_lists_still_holds(document: dict[str, Any]) -> None:
    """Read-back rests on these two sentences."""
    by_id = document["schemas"]["CommentSnippet"]["properties"]["moderationStatus"]["description"]
    assert "Will not be set if the comments were requested through the id filter" in by_id
    methods = document["resources"]["commentThreads"]["methods"]
    listed = methods["list"]["parameters"]["moderationStatus"]["description"]
    assert "Valid values: published, heldForReview, likelySpam." in listed


def check(body: Any, schema: str, document: dict[str, Any]) -> None:
    """Compare a body with a schema of the table, and its values with the document's types."""
    assert isinstance(body, dict)
    assert set(body) <= SCHEMAS[schema], schema
    kinds = {"string": str, "integer": int, "boolean": bool}
    for name, value in body.items():
        told = document["schemas"][schema]["properties"][name]
        if "$ref" in told:
            check(value, told["$ref"], document)
        elif told["type"] == "array":
            for one in value:
                check(one, told["items"]["$ref"], document)
        else:
            assert isinstance(value, kinds[told["type"]]), name
            assert value in told.get("enum", [value])


def test_every_body_of_a_list_fits_the_document(
    channel: Channel, ask: Ask, document: dict[str, Any]
) -> None:
    thread = channel.write()
    for _ in range(8):
        channel.write(parent=thread)
    channel.write(author=None)
    for status in (HELD, SPAM):
        channel.write("", status=status)
    channel.server.world.remarks[thread].picture = "https://yt.example/x.gif"
    channel.server.post()
    base = "/youtube/v3/"
    every = {"allThreadsRelatedToChannelId": CHANNEL, "part": "snippet,replies"}
    for status in ("published", HELD, SPAM):
        for size in (1, 100):
            got = ask(base + "commentThreads", **every, moderationStatus=status, maxResults=size)
            check(got.json(), "CommentThreadListResponse", document)
    for query in ({"parentId": thread, "maxResults": 3}, {"id": thread}, {"id": "no"}):
        got = ask(base + "comments", part="snippet", **query)
        check(got.json(), "CommentListResponse", document)
    got = ask(base + "channels", part="snippet", mine="true")
    check(got.json(), "ChannelListResponse", document)
    uploads = {"playlistId": "UU" + CHANNEL[2:], "part": "contentDetails", "maxResults": 1}
    check(ask(base + "playlistItems", **uploads).json(), "PlaylistItemListResponse", document)


def error_of(got: requests.Response) -> tuple[int, str]:
    body = got.json()["error"]
    assert got.headers["Content-Type"].startswith("application/json")
    assert set(body) == {"code", "message", "errors", "status"}
    assert body["code"] == got.status_code
    assert set(body["errors"][0]) == {"message", "domain", "reason"}
    return got.status_code, body["errors"][0]["reason"]


def test_every_error_is_one_of_the_table(channel: Channel, ask: Ask) -> None:
    server = channel.server
    base, every = "/youtube/v3/", {"part": "snippet", "allThreadsRelatedToChannelId": CHANNEL}
    moderate = base + "comments/setModerationStatus"
    native_id, gone = channel.write(), channel.write()
    other = server.post()
    server.world.videos[other].is_open = False
    server.world.remarks[gone].status = "rejected"
    found = {
        error_of(ask("/youtube/v3/nonsense")),
        error_of(ask(base + "comments/markAsSpam", "POST", id=native_id)),
        error_of(ask(base + "comments", "DELETE", id=native_id)),
        error_of(ask(base + "commentThreads", **every, wrong="x")),
        error_of(ask(base + "commentThreads", **every, videoId=other)),
        error_of(ask(base + "commentThreads", **every, moderationStatus="rejected")),
        error_of(ask(base + "commentThreads", **every, maxResults=101)),
        error_of(ask(base + "commentThreads", part="snippet")),
        error_of(ask(base + "commentThreads", allThreadsRelatedToChannelId=CHANNEL)),
        error_of(ask(base + "commentThreads", **every, token="no")),
        error_of(ask(base + "commentThreads", **every, pageToken="no")),
        error_of(ask(base + "commentThreads", part="snippet", videoId="no")),
        error_of(ask(base + "commentThreads", part="snippet", videoId=other)),
        error_of(
            ask(base + "commentThreads", part="snippet", allThreadsRelatedToChannelId=OTHER_CHANNEL)
        ),
        error_of(ask(base + "comments", part="snippet", parentId="no")),
        error_of(ask(base + "playlistItems", part="contentDetails", playlistId="no")),
        error_of(ask(moderate, "POST", id="no", moderationStatus="published")),
        error_of(ask(moderate, "POST", id=gone, moderationStatus="published")),
        error_of(ask(moderate, "POST", id=native_id, moderationStatus="likelySpam")),
        error_of(ask(moderate, "POST", id=native_id, moderationStatus=HELD, banAuthor="true")),
    }
    server.refused[native_id] = (400, "operationNotSupported")
    found.add(error_of(ask(moderate, "POST", id=native_id, moderationStatus=HELD)))
    server.expired_reason = "invalidPageToken"
    found.add(error_of(ask(base + "commentThreads", **every, pageToken="no")))
    server.access.is_owner = False
    found.add(error_of(ask(base + "commentThreads", **every, moderationStatus=HELD)))
    server.access.scope = ""
    found.add(error_of(ask(base + "commentThreads", **every)))
    server.units_a_day = 0
    found.add(error_of(ask(base + "commentThreads", **every)))
    server.is_switched_off = True
    found.add(error_of(ask(base + "commentThreads", **every)))
    found |= own_words(server)
    assert found == ERRORS


def own_words(server: YouTubeStandIn) -> set[tuple[int, str]]:
    """Return the errors that faults strike with."""
    request = Request("GET", "/youtube/v3/comments", {}, {}, b"")
    told = [server.server_error(request)]
    for status in (403, 429):
        server.limited_status = status
        told.append(server.rate_limited(request))
    return {(one.status, one.body["error"]["errors"][0]["reason"]) for one in told}


def test_every_error_of_the_sign_in_is_one_of_the_table(channel: Channel) -> None:
    server = channel.server
    good = {**server.secrets(), "grant_type": "refresh_token"}
    request = Request("POST", "/token", {}, {}, b"")
    found = {(one.status, one.body["error"]) for one in (server.rate_limited(request),)}
    found.add((500, server.server_error(request).body["error"]))
    with requests.Session() as session:
        session.trust_env = False
        for form in (
            {**good, "refresh_token": "no"},
            {**good, "client_secret": "no"},
            {**good, "grant_type": "password"},
        ):
            got = session.post(server.url + "/token", data=form)
            found.add((got.status_code, got.json()["error"]))
        got = session.get(server.url + "/token")
        found.add((got.status_code, got.json()["error"]))
    assert found == SIGN_IN_ERRORS


def test_a_page_token_is_good_for_its_own_query_alone(channel: Channel, ask: Ask) -> None:
    for _ in range(4):
        channel.write()
    every = {"part": "snippet", "allThreadsRelatedToChannelId": CHANNEL, "maxResults": 2}
    token = ask("/youtube/v3/commentThreads", **every).json()["nextPageToken"]
    path = "/youtube/v3/commentThreads"
    assert len(ask(path, **every, pageToken=token).json()["items"]) == 2
    assert ask(path, **every, pageToken=token, moderationStatus=HELD).status_code == 400


def test_the_quota_begins_again_with_the_day_in_california(channel: Channel, ask: Ask) -> None:
    channel.server.units_a_day = 1
    query = {"part": "snippet", "mine": "true"}
    statuses = [ask("/youtube/v3/channels", **query).status_code for _ in range(2)]
    assert statuses == [200, 403]
    channel.server.clock.advance(25 * 3600)
    channel.server.access.tokens = {
        token: at.replace(year=at.year + 1) for token, at in channel.server.access.tokens.items()
    }
    assert ask("/youtube/v3/channels", **query).status_code == 200


def test_the_journal_holds_what_was_asked(channel: Channel) -> None:
    channel.poll()
    assert isinstance(channel.server.journal[-1], Entry)
    assert channel.server.journal[-1].status == 200
