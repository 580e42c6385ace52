"""Google's library works over the guarded wire, and no error of its own passes."""

from __future__ import annotations

import gzip
import inspect
from types import ModuleType

import google.auth.exceptions
import googleapiclient.errors  # type: ignore[import-untyped]
import httplib2  # type: ignore[import-untyped]
import httplib2.error  # type: ignore[import-untyped]
import pytest
import requests

from connectors.contract import Transient
from connectors.youtube.link import LIBRARY_ERRORS, Http
from tests.connectors.youtube.helping import Channel, ids
from tests.standins.base import Answer, Request

MODULES = (googleapiclient.errors, google.auth.exceptions, httplib2, httplib2.error)


def errors_of(module: ModuleType) -> list[type[Exception]]:
    return [
        one
        for _, one in inspect.getmembers(module, inspect.isclass)
        if issubclass(one, Exception) and not issubclass(one, Warning)
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda one: one.__name__)
def test_every_error_of_the_library_is_known(module: ModuleType) -> None:
    found = errors_of(module)
    assert found
    assert [one for one in found if not issubclass(one, LIBRARY_ERRORS)] == []


def test_a_packed_answer_is_unpacked_once(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = [channel.write()]
    plain = channel.server.answer

    def packed(request: Request) -> Answer:
        answer = plain(request)
        answer.body = gzip.compress(answer.bytes())
        answer.headers["Content-Encoding"] = "gzip"
        return answer

    monkeypatch.setattr(channel.server, "answer", packed)
    assert ids(channel.poll()) == written
    with requests.Session() as session:
        session.trust_env = False
        response, body = Http(session).request(channel.server.url + "/youtube/v3/comments")
    assert (response.status, response.reason) == (401, "Unauthorized")
    assert "content-encoding" not in response
    assert body.startswith(b"{")


def test_the_environment_does_not_lead_the_library_elsewhere(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_CLOUD_UNIVERSE_DOMAIN", "elsewhere.example")
    monkeypatch.setenv("GOOGLE_API_USE_MTLS_ENDPOINT", "always")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    written = [channel.write()]
    assert ids(channel.again().poll("comments", None)) == written


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b"null", b'{"kind": "youtube#other"}', b'{"items": []}', b"\xff", b"[" * 9],
    ids=range(8),
)
def test_an_answer_of_another_shape_is_worth_another_try(
    channel: Channel, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    channel.tube.check()
    monkeypatch.setattr(channel.server, "answer", lambda _request: Answer(body))
    with pytest.raises(Transient):
        channel.tube.poll("comments", None)


def test_the_library_writes_no_body_of_a_refusal_down(
    channel: Channel, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    channel.tube.check()
    body = b"<html>canary: words of a comment</html>"
    monkeypatch.setattr(channel.server, "answer", lambda _request: Answer(body, 403))
    with pytest.raises(Transient):
        channel.tube.poll("comments", None)
    assert "canary" not in caplog.text


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(
    channel: Channel, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    channel.tube.check()
    there = {"Location": channel.server.url + "/elsewhere"}
    monkeypatch.setattr(channel.server, "answer", lambda _request: Answer(b"", status, there))
    with pytest.raises(Transient, match="another address"):
        channel.tube.poll("comments", None)
    assert channel.server.calls(path="/elsewhere") == []


def test_every_request_goes_with_the_parameters_of_a_sweep(channel: Channel) -> None:
    channel.poll()
    [entry] = channel.server.calls(path="commentThreads")
    assert entry.query == {
        "part": ["snippet,replies"],
        "allThreadsRelatedToChannelId": [channel.server.settings()["channel_id"]],
        "moderationStatus": ["published"],
        "order": ["time"],
        "textFormat": ["plainText"],
        "maxResults": ["100"],
        "alt": ["json"],
    }
