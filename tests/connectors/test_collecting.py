"""How an answer came is noted from its own connection, and no secret is in the note."""

from __future__ import annotations

import dataclasses
import hashlib
import ssl
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests

from connectors.collecting import CUT, collected, listening
from connectors.limits import Limits
from connectors.wire import Wire
from moderation.model import Collected, Page
from tests.connectors.evil import Evil, answer, certificate, cut, evil, tls_of

REAL = "https://platform.example"
TOKEN = "tok-secret-0123456789"
COOKIE = "cookie-secret-987654"
DEEDS = {
    "/fine": answer(b"{}", "Date: Fri, 20 Nov 2026 14:05:00 GMT", f"Set-Cookie: s={COOKIE}"),
    "/echoes": answer(b"{}", f"X-Asked: GET /echoes?access_token={TOKEN}", "X-Api-Key: abc"),
    "/missing": answer(b"{}", status="404 Not Found"),
    "/cut": cut,
}


@pytest.fixture(scope="module")
def server() -> Iterator[Evil]:
    with evil(DEEDS) as server:
        yield server


@pytest.fixture
def wire(server: Evil) -> Wire:
    return Wire({REAL: server.url}, Limits(0.5, 0.5, 2.0), library="tweepy")


def _ask(wire: Wire, path: str, **more: Any) -> list[Collected]:
    given: dict[str, Any] = {
        "headers": {"Authorization": f"Bearer {TOKEN}", "X-Odd": "odd", "Accept": "a/b"}
    }
    with listening() as notes:
        wire.ask(lambda: wire.session.request("GET", REAL + path, **{**given, **more}), ())
    return notes


def _all_of(note: Collected) -> str:
    return repr(dataclasses.asdict(note))


def test_request_and_answer_are_noted_with_what_made_the_call(wire: Wire, server: Evil) -> None:
    (note,) = _ask(wire, "/fine?since=5&page_token=p1")
    assert (note.method, note.status, note.http) == ("GET", 200, "HTTP/1.1")
    assert note.url == f"{server.url}/fine?since=5&page_token=p1"
    assert ("Accept", "a/b") in note.request_headers
    assert ("Date", "Fri, 20 Nov 2026 14:05:00 GMT") in note.response_headers
    assert note.remote == server.url.removeprefix("http://")
    assert note.client.split(", ")[0].startswith("tweepy 4.")
    assert f"requests {requests.__version__}" in note.client
    assert (note.tls, note.cipher, note.certificate) == ("", "", b"")


def test_what_opens_the_account_is_cut_and_named(wire: Wire) -> None:
    (note,) = _ask(wire, f"/fine?access_token={TOKEN}&fields=id", json={"password": "pw-123456"})
    assert TOKEN not in _all_of(note)
    assert COOKIE not in _all_of(note)
    assert "pw-123456" not in _all_of(note)
    assert note.url.endswith(f"/fine?access_token={CUT}&fields=id")
    assert set(note.cut) == {
        "query parameter access_token",
        "header Authorization",
        "header X-Odd",
        "body of the request",
        "header Set-Cookie of the answer",
    }
    assert ("Authorization", CUT) in note.request_headers


def test_an_answer_that_repeats_the_request_gives_nothing_away(wire: Wire) -> None:
    (note,) = _ask(wire, f"/echoes?access_token={TOKEN}")
    assert TOKEN not in _all_of(note)
    assert ("X-Asked", f"GET /echoes?access_token={CUT}") in note.response_headers
    assert ("X-Api-Key", CUT) in note.response_headers


OPENING = (
    *("access_token", "appsecret_proof", "client_secret", "oauth_signature", "sig", "api_key"),
    *("X-Amz-Signature", "key", "code", "id_token", "jwt", "password", "refreshToken", "auth"),
)


@pytest.mark.parametrize("name", OPENING)
def test_a_parameter_that_may_open_something_is_cut(wire: Wire, name: str) -> None:
    (note,) = _ask(wire, f"/fine?{name}=value-0123")
    assert "value-0123" not in _all_of(note)


@pytest.mark.parametrize(
    "name", ["pageToken", "pagination_token", "next_token", "cursor", "after", "author_id", "limit"]
)
def test_a_place_in_a_list_is_kept(wire: Wire, name: str) -> None:
    (note,) = _ask(wire, f"/fine?{name}=value-0123")
    assert f"{name}=value-0123" in note.url


def test_an_answer_that_says_no_is_noted_too(wire: Wire) -> None:
    assert [note.status for note in _ask(wire, "/missing")] == [404]


def test_several_answers_are_noted_in_their_order_and_none_once_nobody_listens(wire: Wire) -> None:
    def page() -> Page:
        for path in ("/missing", "/fine"):
            wire.ask(partial(wire.session.get, REAL + path), ())
        return Page((), "", b"")

    assert [note.status for note in collected(page).collected] == [404, 200]
    wire.ask(lambda: wire.session.get(f"{REAL}/fine"), ())
    assert collected(lambda: Page((), "", b"")).collected == ()


def test_a_connection_that_broke_off_left_no_answer_to_note(wire: Wire) -> None:
    with listening() as notes, pytest.raises(Exception, match="broke off"):
        wire.ask(lambda: wire.session.get(f"{REAL}/cut"), ())
    assert notes == []


def test_the_certificate_is_that_of_the_very_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(tmp_path)
    # The wire trusts the public authorities alone; for this one a stand-in's is added.
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(pem))
    with evil(DEEDS, tls_of(pem)) as server:
        wire = Wire({REAL: server.url}, Limits(0.5, 0.5, 2.0))
        (first,) = _ask(wire, "/fine")
        (second,) = _ask(wire, "/fine")
        for note in (first, second):
            presented = ssl.PEM_cert_to_DER_cert(pem.read_text().partition("-----BEGIN PRIV")[0])
            assert hashlib.sha256(note.certificate).digest() == hashlib.sha256(presented).digest()
            assert note.tls.startswith("TLSv1.")
            assert note.cipher
            assert note.remote == server.url.removeprefix("https://")
