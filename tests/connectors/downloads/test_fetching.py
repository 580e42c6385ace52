"""A download ends in time, within its size, and at the host that was checked, or says why not."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.downloads.addresses import INSIDE, ODD_FORM, OTHER_HOST, Hosts, NotFetched
from connectors.downloads.fetching import (
    BROKE_OFF,
    EMPTY,
    NO_ANSWER,
    NOT_TRUSTED,
    SENT_ROUND,
    UNKNOWN_HOST,
    Downloader,
    Fetched,
)
from connectors.limits import Limits, Peer, Tls
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
from tests.standins.pictures import engine

HOST = "cdn.example.com"
LIMITS = Limits(connect_s=0.5, read_s=0.5, total_s=1.0, size=20_000_000, ratio=100)
PROMPT_S = 2.5
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"


def _moves(to: str, status: str = "302 Found") -> Deed:
    return answer(b"", f"Location: {to}", status=status)


DEEDS: dict[str, Deed] = {
    "/engine.png": answer(engine(), "Content-Type: image/png", "Set-Cookie: a=b"),
    "/packed.png": answer(gzip.compress(engine()), "Content-Encoding: gzip"),
    "/drips": drip(HEAD, b"x" * 1000),
    "/drips-its-headers": drip(b"HTTP/1.1 200 OK\r\n", b"X-Slow: " + b"x" * 1000),
    "/hangs": hang,
    "/cut": cut,
    "/cut-body": answer(b"\x89PNG", length=1000),
    "/huge": flood(1_000_000_000),
    "/large": flood(21_000_000),
    "/bomb": bomb(200_000_000),
    "/nested-bomb": nested_bomb(200_000_000),
    "/small-bomb": bomb(10_000_000),
    "/headers-without-end": headers_without_end,
    "/continue-without-end": continue_without_end,
    "/empty": answer(b""),
    "/gone": answer(b"gone", status="404 Not Found"),
    "/refused": answer(b"no", status="403 Forbidden"),
    "/moves": _moves("/engine.png"),
    "/moves-thrice": _moves("/moves-twice", "301 Moved Permanently"),
    "/moves-twice": _moves("/moves", "308 Permanent Redirect"),
    "/moves-four-times": _moves("/moves-thrice"),
    "/moves-for-ever": _moves("/moves-for-ever"),
    "/moves-nowhere": answer(b"", status="302 Found"),
    "/moves-to-a-file": _moves("file:///etc/passwd"),
    "/moves-inside": _moves("http://169.254.169.254/latest/meta-data/"),
    "/moves-away": _moves("https://evil.example/a.png"),
    "/moves-to-loopback": _moves("http://127.0.0.1:1/a.png"),
    "/moves-oddly": _moves("https://evil.example\\@cdn.example.com/"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Evil]:
    with evil(DEEDS) as server:
        yield server


def _guard(server: Evil) -> Downloader:
    """Return a downloader for which the server is a stand-in on this machine."""
    return Downloader(Hosts(origins=frozenset({server.url})), limits=LIMITS)


def _why(server: Evil, path: str) -> str:
    began = time.monotonic()
    with pytest.raises(NotFetched) as caught:
        _guard(server).fetch(server.url + path)
    assert time.monotonic() - began < PROMPT_S
    return str(caught.value)


@pytest.mark.parametrize("path", ["/engine.png", "/packed.png", "/moves", "/moves-thrice"])
def test_a_picture_comes_as_its_exact_bytes(server: Evil, path: str) -> None:
    came = _guard(server).fetch(server.url + path)
    assert (came.data, came.url) == (engine(), server.url + path)
    assert came.remote == server.url.removeprefix("http://")


def test_where_a_redirect_ended_is_kept(server: Evil) -> None:
    assert _guard(server).fetch(f"{server.url}/moves").final_url == f"{server.url}/engine.png"


@pytest.mark.parametrize("path", ["/drips", "/drips-its-headers", "/hangs"])
def test_a_slow_answer_is_left_when_the_time_is_up(server: Evil, path: str) -> None:
    assert _why(server, path) in {"It did not come within 1 seconds.", NO_ANSWER, BROKE_OFF}


@pytest.mark.parametrize("path", ["/huge", "/large", "/bomb", "/nested-bomb", "/small-bomb"])
def test_what_is_too_large_or_packed_to_burst_is_left(server: Evil, path: str) -> None:
    assert "larger than 20 MB" in _why(server, path)


@pytest.mark.parametrize(
    "path", ["/cut", "/cut-body", "/headers-without-end", "/continue-without-end"]
)
def test_a_broken_answer_is_told_in_words(server: Evil, path: str) -> None:
    assert _why(server, path) in {BROKE_OFF, NO_ANSWER, "It did not come within 1 seconds."}


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/empty", EMPTY),
        ("/gone", "The platform did not give it (status 404)."),
        ("/refused", "The platform did not give it (status 403)."),
        ("/moves-four-times", SENT_ROUND),
        ("/moves-for-ever", SENT_ROUND),
        ("/moves-nowhere", SENT_ROUND),
        ("/moves-to-a-file", "Its address is not secured (https), so nothing was fetched from it."),
        ("/moves-inside", "Its address is not secured (https), so nothing was fetched from it."),
        (
            "/moves-to-loopback",
            "Its address is not secured (https), so nothing was fetched from it.",
        ),
        ("/moves-away", OTHER_HOST),
        ("/moves-oddly", ODD_FORM),
    ],
)
def test_what_is_not_given_or_leads_away_is_told_in_words(
    server: Evil, path: str, why: str
) -> None:
    assert _why(server, path) == why


def test_no_cookie_no_credential_and_no_proxy_of_the_environment_is_used(
    server: Evil, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    guard = _guard(server)
    for _ in range(2):
        assert guard.fetch(f"{server.url}/engine.png").told_type == "image/png"


def test_a_name_that_nobody_knows_is_told() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError(host)

    guard = Downloader(Hosts(frozenset({HOST})), resolve=unknown)
    with pytest.raises(NotFetched, match="could not be found") as caught:
        guard.fetch(f"https://{HOST}/a.png")
    assert str(caught.value) == UNKNOWN_HOST


def test_a_name_that_takes_for_ever_to_look_up_is_left() -> None:
    def slow(host: str, port: int) -> list[str]:
        time.sleep(2)
        return ["8.8.8.8"]

    began = time.monotonic()
    with pytest.raises(NotFetched, match="within 1 seconds"):
        Downloader(Hosts(frozenset({HOST})), resolve=slow, limits=LIMITS).fetch(f"https://{HOST}/")
    assert time.monotonic() - began < PROMPT_S


def test_a_name_is_looked_up_once_and_the_answer_that_was_checked_is_connected_to(
    server: Evil,
) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    port = server.url.rpartition(":")[2]
    hosts = Hosts(origins=frozenset({f"http://localhost:{port}"}))
    guard = Downloader(hosts, resolve=rebinding, limits=LIMITS)
    assert guard.fetch(f"http://localhost:{port}/engine.png").remote == f"127.0.0.1:{port}"
    assert asked == ["localhost"]
    with pytest.raises(NotFetched, match="not open to everybody"):
        guard.fetch(f"http://localhost:{port}/engine.png")


def test_a_connection_that_reached_somebody_else_is_left_before_anything_is_sent(
    server: Evil, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing on this machine leads a connection astray, so the other end's name is changed here.
    monkeypatch.setattr("connectors.limits._peer_of", lambda sock: Peer("10.0.0.1", 80))
    before = len(server.asked)
    assert _why(server, "/engine.png") == INSIDE
    assert len(server.asked) == before


# Over TLS: the certificate has to fit the host, whatever address it is reached at.


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Evil, Path]]:
    pem = certificate(tmp_path_factory.mktemp("tls"), host="localhost")
    with evil(DEEDS, tls_of(pem)) as server:
        yield server, pem


def _fetch(server: Evil, host: str, authorities: Path | None) -> Fetched:
    origin = f"https://{host}:{server.url.rpartition(':')[2]}"
    guard = Downloader(
        Hosts(origins=frozenset({origin})),
        resolve=lambda host, port: ["127.0.0.1"],
        limits=LIMITS,
        authorities=str(authorities or ""),
    )
    return guard.fetch(f"{origin}/engine.png")


def test_the_hosts_name_is_what_the_certificate_is_held_against(
    secured: tuple[Evil, Path],
) -> None:
    server, pem = secured
    came = _fetch(server, "localhost", pem)
    assert came.data == engine()
    assert came.remote.startswith("127.0.0.1:")


@pytest.mark.parametrize(("host", "is_trusted"), [("other.example", True), ("localhost", False)])
def test_a_certificate_of_another_host_or_of_nobody_we_trust_is_refused(
    secured: tuple[Evil, Path], host: str, is_trusted: bool
) -> None:
    server, pem = secured
    with pytest.raises(NotFetched) as caught:
        _fetch(server, host, pem if is_trusted else None)
    assert str(caught.value) == NOT_TRUSTED


def test_the_connection_says_whom_it_reached(secured: tuple[Evil, Path]) -> None:
    server, pem = secured
    port = int(server.url.rpartition(":")[2])
    connection = Tls("127.0.0.1", port, ca_certs=str(pem), server_hostname="localhost")
    connection.connect()
    connection.close()
    assert connection.peer.certificate
    assert connection.peer.tls.startswith("TLSv1.")
    assert connection.peer.remote == f"127.0.0.1:{port}"
