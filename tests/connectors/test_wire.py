"""The way to a platform holds against whatever stands at its other end, in time and in memory."""

from __future__ import annotations

import gc
import logging
import socket
import ssl
import threading
import time
import traceback
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from connectors.contract import ConnectorError, Malformed, NotDone, Permanent, Transient
from connectors.limits import CUT, TOO_LARGE, TOO_SLOW, Limits
from connectors.wire import (
    ELSEWHERE,
    NO_ANSWER,
    NOT_TRUSTED,
    STRANGER,
    Exchange,
    Wire,
    base_of,
    is_stand_in,
)
from moderation.errors import SettingsError
from tests.connectors.evil import (
    Deed,
    Evil,
    answer,
    bomb,
    certificate,
    continue_without_end,
    cut,
    drip,
    evil,
    flood,
    hang,
    headers_without_end,
    nested_bomb,
    tls_of,
)

REAL = "https://platform.example"
TOKEN = "tok-secret-0123456789"
LIMITS = Limits(connect_s=0.5, read_s=0.5, total_s=1.0)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
PROMPT_S = 2.5
"""Any call is over by then: a second for it, and the machine's own slowness."""

DEEDS: dict[str, Deed] = {
    "/fine": answer(b'{"a":1}'),
    "/drips-its-body": drip(HEAD, b'{"a":"' + b"x" * 994),
    "/drips-its-headers": drip(b"HTTP/1.1 200 OK\r\n", b"X-Slow: " + b"x" * 1000),
    "/drips-its-first-line": drip(b"", HEAD * 10),
    "/hangs": hang,
    "/cut-before-the-answer": cut,
    "/cut-body": answer(b'{"a":', length=1000),
    "/cut-headers": lambda client: client.sendall(b"HTTP/1.1 200 OK\r\nX-He"),
    "/cut-chunks": lambda client: client.sendall(
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":'
    ),
    "/no-http": lambda client: client.sendall(b"SSH-2.0-OpenSSH_9.9\r\n"),
    "/no-gzip": answer(b"plain", "Content-Encoding: gzip"),
    "/huge": flood(1_000_000_000),
    "/bomb": bomb(200_000_000),
    "/nested-bomb": nested_bomb(200_000_000),
    "/small-bomb": bomb(10_000_000),
    "/well-packed": bomb(1_000_000),
    "/headers-without-end": headers_without_end,
    "/continue-without-end": continue_without_end,
    "/moves": answer(b"", "Location: /moves", status="302 Found"),
    "/moves-away": answer(b"", "Location: https://evil.example/", status="307 Temporary Redirect"),
    "/html": answer(b"<html><body>Sign in to the wifi</body></html>", "Content-Type: text/html"),
    "/empty": answer(b""),
    "/truncated": answer(b'{"data":[{"id":"1"},{"id":'),
    "/deep": answer(b"[" * 100_000 + b"]" * 100_000),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Evil]:
    with evil(DEEDS) as server:
        yield server


@pytest.fixture
def wire(server: Evil) -> Wire:
    return Wire({REAL: server.url}, LIMITS)


def get(wire: Wire, path: str, method: str = "GET") -> Exchange:
    """Ask as a library does that puts its token into the address and into a header."""
    return wire.ask(
        lambda: wire.session.request(
            method,
            f"{REAL}{path}?access_token={TOKEN}",
            headers={"Authorization": f"Bearer {TOKEN}"},
        ),
        (),
    )


FAULTS: list[tuple[str, type[ConnectorError], str]] = [
    ("/drips-its-body", Transient, TOO_SLOW),
    ("/drips-its-headers", Transient, TOO_SLOW),
    ("/drips-its-first-line", Transient, TOO_SLOW),
    ("/hangs", Transient, TOO_SLOW),
    ("/cut-before-the-answer", Transient, CUT),
    ("/cut-body", Transient, CUT),
    ("/cut-chunks", Transient, CUT),
    ("/no-http", Transient, CUT),
    ("/no-gzip", Transient, CUT),
    ("/huge", Malformed, TOO_LARGE),
    ("/bomb", Malformed, TOO_LARGE),
    ("/nested-bomb", Malformed, TOO_LARGE),
    ("/small-bomb", Malformed, TOO_LARGE),
    ("/headers-without-end", Transient, CUT),
    ("/continue-without-end", Transient, TOO_SLOW),
    ("/moves", Malformed, ELSEWHERE),
    ("/moves-away", Malformed, ELSEWHERE),
]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(("path", "meant", "says"), FAULTS, ids=[path for path, *_ in FAULTS])
def test_whatever_a_server_does_a_call_ends_in_time_and_says_what_happened(
    wire: Wire,
    caplog: pytest.LogCaptureFixture,
    path: str,
    meant: type[ConnectorError],
    says: str,
    method: str,
) -> None:
    caplog.set_level(logging.INFO)
    began = time.monotonic()
    with pytest.raises(ConnectorError) as caught:
        get(wire, path, method)
    assert time.monotonic() - began < PROMPT_S
    assert (type(caught.value), str(caught.value)) == (meant, says)
    shown = "".join(traceback.format_exception(caught.value)) + caplog.text
    assert TOKEN not in shown
    assert TOKEN not in repr(caught.value)


@pytest.mark.parametrize("path", ["/huge", "/bomb", "/nested-bomb"])
def test_an_answer_without_bounds_takes_bounded_memory(wire: Wire, path: str) -> None:
    get(wire, "/fine")
    tracemalloc.start()
    try:
        with pytest.raises(Malformed):
            get(wire, path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 60_000_000


def test_a_short_answer_may_be_packed_as_tightly_as_it_likes(wire: Wire) -> None:
    assert len(get(wire, "/well-packed").body) == 1_000_000


def test_a_call_that_is_cut_off_between_two_bytes_leaves_no_connection_open() -> None:
    limits = Limits(connect_s=0.5, read_s=0.5, total_s=0.05)
    with evil(DEEDS) as server:
        for _ in range(10):
            with pytest.raises(Transient, match="slowly"):
                get(Wire({REAL: server.url}, limits), "/drips-its-body")
            # What was left open is told when it is thrown away, and a warning is an error here.
            gc.collect()


def test_a_wire_works_on_after_every_fault(wire: Wire) -> None:
    for path, *_ in FAULTS[4:]:
        with pytest.raises(ConnectorError):
            get(wire, path)
        assert get(wire, "/fine").body == b'{"a":1}'


def test_headers_that_break_off_are_no_answer_that_can_be_read(wire: Wire) -> None:
    with pytest.raises(Transient):
        get(wire, "/cut-headers").json()


@pytest.mark.parametrize("path", ["/html", "/empty", "/truncated"])
def test_an_answer_that_is_no_json_is_malformed(wire: Wire, path: str) -> None:
    exchange = get(wire, path)
    assert exchange.status == 200
    with pytest.raises(Malformed):
        exchange.json()
    assert exchange.object() == {}


def test_json_without_a_bottom_is_cut_but_never_read(wire: Wire) -> None:
    exchange = get(wire, "/deep")
    assert len(exchange.json().items()) == 1
    assert exchange.object() == {}


def test_an_exchange_shows_neither_its_body_nor_its_headers_nor_its_query(wire: Wire) -> None:
    exchange = get(wire, "/fine")
    assert exchange.path == "/fine"
    assert repr(exchange) == "Exchange(method='GET', path='/fine', status=200)"


def test_a_redirect_is_not_followed(server: Evil, wire: Wire) -> None:
    count = len(server.asked)
    with pytest.raises(Malformed):
        get(wire, "/moves")
    assert len(server.asked) == count + 1


# What was certainly not done, and what may have been.


def test_nobody_listening_means_that_nothing_was_done(tmp_path: Path) -> None:
    with evil({}) as gone:
        url = gone.url
    with pytest.raises(NotDone) as caught:
        get(Wire({REAL: url}, LIMITS), "/fine", "POST")
    assert (type(caught.value), str(caught.value)) == (NotDone, NO_ANSWER)


def test_a_name_that_nobody_knows_means_that_nothing_was_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(NotDone) as caught:
        get(Wire({REAL: "https://no-such-host.invalid"}, LIMITS), "/fine", "POST")
    assert str(caught.value) == NO_ANSWER
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("path", ["/cut-before-the-answer", "/hangs", "/cut-body", "/moves"])
def test_a_write_that_reached_the_platform_has_an_open_outcome(wire: Wire, path: str) -> None:
    with pytest.raises(Transient) as caught:
        get(wire, path, "POST")
    assert not isinstance(caught.value, NotDone)


def test_a_write_is_never_sent_a_second_time(server: Evil, wire: Wire) -> None:
    count = len(server.asked)
    with pytest.raises(Transient):
        get(wire, "/cut-before-the-answer", "POST")
    assert len(server.asked) == count + 1


# TLS.


@pytest.mark.parametrize("host", ["127.0.0.1", "other.example"])
def test_a_certificate_that_nobody_vouches_for_is_sent_nothing(tmp_path: Path, host: str) -> None:
    with evil(DEEDS, tls_of(certificate(tmp_path, host=host))) as server:
        with pytest.raises(NotDone) as caught:
            get(Wire({REAL: server.url}, LIMITS), "/fine", "POST")
        assert str(caught.value) == NOT_TRUSTED
        assert server.asked == []
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


def test_a_certificate_of_another_name_is_sent_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = certificate(tmp_path, host="other.example")
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(path))
    with evil(DEEDS, tls_of(path)) as server:
        with pytest.raises(NotDone, match="certificate"):
            get(Wire({REAL: server.url}, LIMITS), "/fine", "POST")
        assert server.asked == []


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Return the TLS of a server whose authority is the one that everybody trusts."""
    path = certificate(tmp_path)
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(path))
    return tls_of(path)


def test_a_certificate_that_fits_is_trusted(trusted: ssl.SSLContext) -> None:
    with evil(DEEDS, trusted) as server:
        assert get(Wire({REAL: server.url}, LIMITS), "/fine").body == b'{"a":1}'


@pytest.mark.parametrize("path", ["/drips-its-body", "/drips-its-headers", "/hangs"])
def test_a_slow_server_is_cut_off_under_tls_too(trusted: ssl.SSLContext, path: str) -> None:
    with evil(DEEDS, trusted) as server:
        began = time.monotonic()
        with pytest.raises(Transient) as caught:
            get(Wire({REAL: server.url}, LIMITS), path)
        assert time.monotonic() - began < PROMPT_S
        assert str(caught.value) == TOO_SLOW


def test_a_tls_that_breaks_once_the_call_is_sent_leaves_the_outcome_open(
    trusted: ssl.SSLContext,
) -> None:
    def garbage(client: Any) -> None:
        with socket.socket(fileno=client.detach()) as plain:
            plain.sendall(b"\x17\x03\x03\x00\x20" + b"x" * 32)
            time.sleep(0.2)

    with evil({"/garbage": garbage}, trusted) as server:
        with pytest.raises(Transient) as caught:
            get(Wire({REAL: server.url}, LIMITS), "/garbage", "POST")
        assert len(server.asked) == 1
        assert not isinstance(caught.value, NotDone)


def test_a_server_that_never_finishes_its_handshake_is_left() -> None:
    with evil({}) as server:
        began = time.monotonic()
        url = server.url.replace("http:", "https:")
        with pytest.raises(Transient):
            get(Wire({REAL: url}, LIMITS), "/fine")
        assert time.monotonic() - began < PROMPT_S


# Where it goes.


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/fine",
        "http://platform.example/fine",
        "https://platform.example:444/fine",
        "https://platform.example.evil.example/fine",
        "https://platform.example@evil.example/fine",
        "https://evil.example/@platform.example",
        "http://127.0.0.1:1/fine",
        "http://169.254.169.254/latest/meta-data",
    ],
)
def test_any_other_address_is_refused(server: Evil, wire: Wire, address: str) -> None:
    count = len(server.asked)
    with pytest.raises(Permanent) as caught:
        wire.ask(lambda: wire.session.get(address), ())
    assert str(caught.value) == STRANGER
    assert len(server.asked) == count


@pytest.mark.parametrize("scheme", ["file", "ftp", "gopher"])
def test_any_other_way_is_refused(wire: Wire, scheme: str) -> None:
    with pytest.raises(Permanent) as caught:
        wire.ask(lambda: wire.session.get(f"{scheme}://platform.example/etc/{TOKEN}"), ())
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("name", ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"])
def test_a_proxy_of_the_environment_is_ignored(
    wire: Wire, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for spelling in (name, name.lower()):
        monkeypatch.setenv(spelling, "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert get(wire, "/fine").status == 200


@pytest.mark.parametrize(
    "name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"]
)
def test_an_authority_of_the_environment_is_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = certificate(tmp_path)
    monkeypatch.setenv(name, str(tmp_path if name.endswith("DIR") else path))
    with evil(DEEDS, tls_of(path)) as server, pytest.raises(NotDone, match="certificate"):
        get(Wire({REAL: server.url}, LIMITS), "/fine")


def test_a_password_file_of_the_environment_is_ignored(
    server: Evil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    wire = Wire({REAL: server.url}, LIMITS)
    sent: list[Any] = []
    wire.session.hooks["response"].append(lambda got, **_: sent.append(got.request.headers))
    wire.ask(lambda: wire.session.get(f"{REAL}/fine"), ())
    assert "Authorization" not in sent[0]


def test_no_library_can_switch_the_guard_off(tmp_path: Path) -> None:
    with evil(DEEDS, tls_of(certificate(tmp_path))) as server:
        wire = Wire({REAL: server.url}, LIMITS)
        switched: dict[str, Any] = {"verify": False, "timeout": 600, "proxies": {"https": "x://"}}
        with pytest.raises(NotDone):
            wire.ask(lambda: wire.session.get(f"{REAL}/fine", **switched), ())


# What a library makes of it.


class LibraryError(Exception):
    """A library's own error."""


def test_a_library_that_swallows_a_fault_does_not_hide_it(wire: Wire) -> None:
    def call() -> object:
        try:
            return wire.session.get(f"{REAL}/hangs")
        except ConnectorError:
            return {"data": "all is well"}

    with pytest.raises(Transient, match="slowly"):
        wire.ask(call, ())


def test_a_librarys_own_error_gives_way_to_the_exchange(wire: Wire) -> None:
    def call() -> None:
        wire.session.get(f"{REAL}/html")
        raise LibraryError(TOKEN)

    assert wire.ask(call, (LibraryError,)).status == 200


@pytest.mark.parametrize("raised", [LibraryError(TOKEN), ValueError(TOKEN)])
def test_a_library_that_sends_nothing_is_told_without_its_words(
    wire: Wire, raised: Exception
) -> None:
    def call() -> None:
        raise raised

    with pytest.raises(Permanent, match=type(raised).__name__) as caught:
        wire.ask(call, (LibraryError, ValueError))
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


def test_a_library_that_does_nothing_is_told(wire: Wire) -> None:
    with pytest.raises(Permanent, match="nothing was sent"):
        wire.ask(lambda: None, ())


def test_an_error_that_no_library_raises_is_our_own_fault_and_passes(wire: Wire) -> None:
    def call() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        wire.ask(call, (LibraryError,))


def test_the_last_of_several_exchanges_counts(wire: Wire) -> None:
    def call() -> None:
        with pytest.raises(ConnectorError):
            wire.session.get(f"{REAL}/cut-body")
        wire.session.get(f"{REAL}/fine")

    assert wire.ask(call, ()).path == "/fine"


def test_threads_do_not_hear_each_others_exchanges(wire: Wire) -> None:
    heard: list[tuple[str, str]] = []

    def ask(path: str) -> None:
        heard.extend((path, get(wire, path).path) for _ in range(20))

    threads = [threading.Thread(target=ask, args=(f"/fine-{count}",)) for count in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard) == 120
    assert all(asked == got for asked, got in heard)


def test_a_deadline_of_one_call_does_not_cut_another(wire: Wire) -> None:
    for _ in range(5):
        assert get(wire, "/fine").status == 200
        time.sleep(0.3)


# Base addresses.


@pytest.mark.parametrize(
    ("given", "reached"),
    [
        ("", REAL),
        (None, REAL),
        ("https://other.example/", "https://other.example"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:8080/x/", "http://localhost:8080/x"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_a_base_address_is_the_settings_or_the_real_one(given: str | None, reached: str) -> None:
    assert base_of({"base_url": given}, REAL) == reached


@pytest.mark.parametrize(
    "given",
    [
        "http://platform.example",
        "ftp://127.0.0.1",
        "platform.example",
        "https://",
        "http://127.0.0.1.evil.example",
    ],
)
def test_a_base_address_without_tls_is_refused(given: str) -> None:
    with pytest.raises(SettingsError, match="base_url"):
        base_of({"base_url": given}, REAL)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, False),
        ({"base_url": "https://other.example"}, False),
        ({"base_url": "http://127.0.0.1:1"}, True),
        ({"token_url": "http://localhost:1"}, True),
        ({"page": "http://127.0.0.1:1"}, False),
    ],
)
def test_a_stand_in_is_told_from_the_real_platform(
    settings: dict[str, str], expected: bool
) -> None:
    assert is_stand_in(settings) is expected
