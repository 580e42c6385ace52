"""Says which addresses may be fetched from: the platform's hosts, and what they lead to.

An address stands in what a stranger wrote or in what a platform answered, so it is written by an
adversary. Both its name and every network address behind the name have to pass. A list of what is
forbidden has failed others three times in a year; so this is one of what is allowed, by name, and
of the part of the internet that is open to all, by number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

ODD_FORM: Final = "Its address is written in a way that is not followed."
NO_TLS: Final = "Its address is not secured (https), so nothing was fetched from it."
OTHER_PORT: Final = "Its address names a port of its own, which is not followed."
OTHER_HOST: Final = (
    "It does not lie on one of the platform's own hosts for pictures, so nothing was fetched."
)
INSIDE: Final = (
    "Its host leads to a place that is not open to everybody on the internet, so nothing was "
    "fetched."
)

_PRINTED: Final = re.compile(r"[!-\[\]-~]{1,8000}")
# Names alone: no user, no dot at the end, no escapes, and nothing that is not ASCII.
_SECURED: Final = re.compile(
    r"https://(?P<host>[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,10})(?P<port>:[0-9]*)?"
    r"(?P<target>[/?][^#]*)?(?:#.*)?",
    re.IGNORECASE,
)
_HTTPS: Final = 443

_GLOBAL_6: Final = IPv6Network("2000::/3")
_NAT64: Final = IPv6Network("64:ff9b::/96")
_NOT_GLOBAL_6: Final = tuple(
    map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
)
# Global by the library, and yet no host's own: 6to4 relays, and what the IETF keeps for itself.
_NOT_GLOBAL_4: Final = tuple(map(IPv4Network, ("192.0.0.0/24", "192.88.99.0/24")))


class NotFetched(Exception):
    """A picture or video was not fetched; the message says why, in words for people."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Where media may come from.

    names are hosts, each with everything below it. origins are stand-ins on this machine, such as
    "http://127.0.0.1:8080", which a person put into the account's settings.
    """

    names: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """One address taken apart. target is path and query; is_local says that it is a stand-in."""

    scheme: str
    host: str
    port: int
    target: str
    is_local: bool = False

    @property
    def named(self) -> str:
        """Return host and port as the Host header gives them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"https": _HTTPS, "http": 80}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """Return the address."""
        return f"{self.scheme}://{self.named}{self.target}"


def place_of(url: str, hosts: Hosts) -> Place:
    """Return where an address leads. Raises NotFetched unless it is one that may be followed."""
    if not _PRINTED.fullmatch(url):
        raise NotFetched(ODD_FORM)
    local = _local(url, hosts.origins)
    if local is not None:
        return local
    found = _SECURED.fullmatch(url)
    if found is None:
        raise NotFetched(ODD_FORM if url.lower().startswith("https:") else NO_TLS)
    host = found["host"].lower()
    if not any(_lies_at(host, name) for name in hosts.names):
        raise NotFetched(OTHER_HOST)
    if found["port"] not in (None, ":443"):
        raise NotFetched(OTHER_PORT)
    return Place("https", host, _HTTPS, _target(found["target"]))


def may_connect(address: str, *, is_local: bool) -> bool:
    """Say whether a resolved address may be connected to: open to all, or on this machine alone."""
    try:
        at = ip_address(address)
    except ValueError:
        return False
    return at.is_loopback if is_local else _is_open(at)


def _local(url: str, origins: frozenset[str]) -> Place | None:
    for origin in origins:
        rest = url.removeprefix(origin)
        if rest != url and rest[:1] in ("", "/", "?"):
            scheme, _, at = origin.partition("://")
            host, _, port = at.rpartition(":")
            return Place(scheme, host.strip("[]"), int(port), _target(rest.split("#")[0]), True)
    return None


def _target(told: str | None) -> str:
    return told if told and told.startswith("/") else f"/{told or ''}"


def _lies_at(host: str, name: str) -> bool:
    """Compare by whole labels: evilexample.com is not example.com."""
    return host == name or host.endswith(f".{name}")


def _is_open(at: IPv4Address | IPv6Address) -> bool:
    if isinstance(at, IPv4Address):
        reserved = any(at in network for network in _NOT_GLOBAL_4)
        return at.is_global and not (at.is_multicast or at.is_reserved or reserved)
    if at.scope_id is not None:
        return False
    if at in _NAT64:
        return _is_open(IPv4Address(int(at) & 0xFFFF_FFFF))
    # Mapped, compatible and translated addresses lie outside the part that is in use, Teredo and
    # 6to4 in networks that are left out, and so no IPv4 address can hide in what remains.
    is_open = at in _GLOBAL_6 and at.is_global and not at.is_multicast
    return is_open and not any(at in network for network in _NOT_GLOBAL_6) and not _is_isatap(at)


def _is_isatap(at: IPv6Address) -> bool:
    return (int(at) >> 32) & 0xFDFF_FFFF == 0x0000_5EFE
