"""Nothing is fetched but from the platform's own hosts, and these have to be open to everybody."""

from __future__ import annotations

from typing import Any

import pytest

from connectors.contract import Kind
from connectors.downloads.addresses import (
    INSIDE,
    NO_TLS,
    ODD_FORM,
    OTHER_HOST,
    OTHER_PORT,
    Hosts,
    NotFetched,
    may_connect,
    place_of,
)
from connectors.downloads.fetching import Downloader
from connectors.downloads.hosts import hosts_of
from connectors.registry import CONNECTORS, kind_of
from moderation.errors import SettingsError

HOSTS = Hosts(frozenset({"cdn.example.com"}), frozenset({"http://127.0.0.1:8080"}))

REFUSED = [
    ("", ODD_FORM),
    ("javascript:alert(1)", NO_TLS),
    ("file:///etc/passwd", NO_TLS),
    ("gopher://cdn.example.com/", NO_TLS),
    ("ftp://cdn.example.com/a.png", NO_TLS),
    ("data:image/png;base64,AAAA", NO_TLS),
    ("//cdn.example.com/a.png", NO_TLS),
    ("http://cdn.example.com/a.png", NO_TLS),
    ("https:/cdn.example.com/a.png", ODD_FORM),
    ("https:cdn.example.com/a.png", ODD_FORM),
    ("https:///cdn.example.com/a.png", ODD_FORM),
    ("https://cdn.example.com:8443/a.png", OTHER_PORT),
    ("https://cdn.example.com:22/a.png", OTHER_PORT),
    ("https://cdn.example.com:/a.png", OTHER_PORT),
    ("https://cdn.example.com:0443/a.png", OTHER_PORT),
    ("https://evil.example/a.png", OTHER_HOST),
    ("https://evilcdn.example.com/a.png", OTHER_HOST),
    ("https://cdn.example.com.evil.example/a.png", OTHER_HOST),
    ("https://example.com/a.png", OTHER_HOST),
    ("https://127.0.0.1/a.png", OTHER_HOST),
    ("https://127.1/a.png", OTHER_HOST),
    ("https://2130706433/a.png", ODD_FORM),
    ("https://0x7f.0.0.1/a.png", OTHER_HOST),
    ("https://0177.0.0.1/a.png", OTHER_HOST),
    ("https://169.254.169.254/latest/meta-data/", OTHER_HOST),
    ("https://[::1]/a.png", ODD_FORM),
    ("https://[::ffff:127.0.0.1]/a.png", ODD_FORM),
    ("https://localhost/a.png", ODD_FORM),
    ("https://cdn.example.com./a.png", ODD_FORM),
    ("https://cdn.example.com@evil.example/a.png", ODD_FORM),
    ("https://user:pass@cdn.example.com/a.png", ODD_FORM),
    ("https://cdn.example.com%2f@evil.example/", ODD_FORM),
    ("https://cdn.example.com%2eevil.example/", ODD_FORM),
    ("https://evil.example\\@cdn.example.com/a.png", ODD_FORM),
    ("https:\\\\cdn.example.com/a.png", ODD_FORM),
    ("https://cdn。example。com/a.png", ODD_FORM),
    ("https://ｃdn.example.com/a.png", ODD_FORM),
    ("https://cdn.exämple.com/a.png", ODD_FORM),
    ("https://xn--cdn-example-com.example/a.png", OTHER_HOST),
    ("https://cdn.example.com/a b.png", ODD_FORM),
    ("https://cdn.exam\tple.com/a.png", ODD_FORM),
    ("https://cdn.example.com/a\r\nHost: evil.example", ODD_FORM),
    (" https://cdn.example.com/a.png", ODD_FORM),
    ("https://cdn.example.com/\x00", ODD_FORM),
    ("https://.cdn.example.com/a.png", ODD_FORM),
    ("https://cdn..example.com/a.png", ODD_FORM),
    ("https://cdn_x.example.com/a.png", ODD_FORM),
    ("https://cdn.example.com/" + "a" * 9_000, ODD_FORM),
    ("http://127.0.0.1:80801/a.png", NO_TLS),
    ("http://127.0.0.1:8081/a.png", NO_TLS),
    ("http://127.0.0.1:8080@evil.example/a.png", NO_TLS),
    ("http://127.0.0.1:8080.evil.example/a.png", NO_TLS),
    ("http://localhost:8080/a.png", NO_TLS),
    ("https://127.0.0.1:8080/a.png", OTHER_HOST),
]

CLOSED = [
    "0.0.0.0",  # noqa: S104  One that is refused.
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b::e000:1",
    "64:ff9b:1::7f00:1",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
    "2001:10::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "2a00:1450::5efe:7f00:1",
    "2a00:1450::200:5efe:10.0.0.1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "not an address",
    "2130706433",
    "0x7f000001",
    "",
]

OPEN = ["8.8.8.8", "157.240.1.1", "2a00:1450:4009::5", "64:ff9b::808:808"]


@pytest.mark.parametrize(("url", "why"), REFUSED, ids=lambda value: ascii(value)[:60])
def test_an_address_that_is_not_the_platforms_own_is_refused(url: str, why: str) -> None:
    with pytest.raises(NotFetched) as caught:
        place_of(url, HOSTS)
    assert str(caught.value) == why


@pytest.mark.parametrize(
    ("url", "fetched"),
    [
        ("https://cdn.example.com/a.png?x=1&y=%20", "https://cdn.example.com/a.png?x=1&y=%20"),
        ("https://CDN.Example.com", "https://cdn.example.com/"),
        ("HTTPS://cdn.example.com:443/a#part", "https://cdn.example.com/a"),
        ("https://eu-1.cdn.example.com?x=1", "https://eu-1.cdn.example.com/?x=1"),
        ("http://127.0.0.1:8080/media/a.png", "http://127.0.0.1:8080/media/a.png"),
    ],
)
def test_an_address_of_the_platforms_own_is_followed(url: str, fetched: str) -> None:
    assert place_of(url, HOSTS).url == fetched


@pytest.mark.parametrize("address", CLOSED)
def test_a_host_that_leads_inside_is_refused(address: str) -> None:
    assert not may_connect(address, is_local=False)
    guard = Downloader(HOSTS, resolve=lambda host, port: [address])
    with pytest.raises(NotFetched) as caught:
        guard.fetch("https://cdn.example.com/a.png")
    assert str(caught.value) == INSIDE


@pytest.mark.parametrize("address", OPEN)
def test_an_address_open_to_everybody_may_be_connected_to(address: str) -> None:
    assert may_connect(address, is_local=False)
    assert not may_connect(address, is_local=True)


def test_one_closed_address_among_open_ones_spoils_them_all() -> None:
    guard = Downloader(HOSTS, resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(NotFetched, match="not open to everybody"):
        guard.fetch("https://cdn.example.com/a.png")


@pytest.mark.parametrize("address", ["8.8.8.8", "10.0.0.1", "2a00:1450:4009::5"])
def test_a_stand_in_of_this_machine_is_on_this_machine(address: str) -> None:
    guard = Downloader(HOSTS, resolve=lambda host, port: [address])
    with pytest.raises(NotFetched, match="not open to everybody"):
        guard.fetch("http://127.0.0.1:8080/a.png")


# What an account's settings make of it.


def _kind(**more: Any) -> Kind:
    return Kind(lambda *_: pytest.fail("nothing is connected"), **more)


def test_hosts_are_the_platforms_those_of_the_settings_and_a_stand_in() -> None:
    settings = {
        "instance": "https://town.example",
        "media_hosts": "files.town.example  Media.example",
        "base_url": "http://127.0.0.1:4000/x/",
        "token_url": "https://elsewhere.example",
    }
    found = hosts_of(_kind(media_hosts=("cdn.example",), media_at=("instance",)), settings)
    names = {"cdn.example", "town.example", "files.town.example", "media.example"}
    assert found == Hosts(frozenset(names), frozenset({"http://127.0.0.1:4000"}))


@pytest.mark.parametrize("given", ["https://cdn.example", "*.example.com", "localhost", "a.b/c"])
def test_a_setting_that_names_no_host_is_refused(given: str) -> None:
    with pytest.raises(SettingsError, match="media_hosts"):
        hosts_of(_kind(), {"media_hosts": given})


@pytest.mark.parametrize("name", sorted(set(CONNECTORS) - {"import", "replay"}))
def test_every_platform_says_where_its_pictures_come_from(name: str) -> None:
    kind = kind_of(name)
    assert kind.media_hosts or kind.media_at
    assert not hosts_of(kind, {}).origins
