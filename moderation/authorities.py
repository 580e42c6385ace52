"""The time-stamp authorities of an installation, as the settings name them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

# What a setting of each begins with: the address itself stands under the bare name.
SLOTS: Final = ("TSA", "TSA_2")
_PARTS: Final = ("NAME", "CA", "CHAIN", "CERTIFICATE")
KNOWN: Final = frozenset(
    name for slot in SLOTS for name in (slot, *(f"{slot}_{part}" for part in _PARTS))
)
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
# It becomes part of file names in packs.
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,59}")
_PEM: Final = b"-----BEGIN CERTIFICATE-----"
_LARGEST: Final = 1_000_000

Setting = Callable[[str, str], str]
Fault = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority that is asked for trusted time.

    ca is a PEM file with its root, the one thing that is trusted; chain a PEM file with what stands
    between root and signer. certificate is the signer's own, where no other is to be taken.
    """

    name: str
    url: str
    ca: Path
    chain: Path | None = None
    certificate: Path | None = None


def read(setting: Setting, fault: Fault, prefix: str) -> tuple[Authority, ...]:
    """Read the authorities that are set.

    setting(name, default) reads one setting without its prefix, fault() takes what is wrong.

    prefix stands before a setting's name where people read it.
    """
    found: list[Authority] = []
    for slot in SLOTS:
        authority = _Slot(setting, fault, prefix, slot).authority()
        if authority is not None and authority.name in {one.name for one in found}:
            fault(f"{prefix}{slot}_NAME must be another name than the first authority's.")
        elif authority is not None:
            found.append(authority)
    return tuple(found)


class _Slot:
    """Reads the settings of one authority and names what is wrong with each."""

    def __init__(self, setting: Setting, fault: Fault, prefix: str, slot: str) -> None:
        self._fault = fault
        self._full = prefix + slot
        self._url = setting(slot, "")
        self._given = {part: setting(f"{slot}_{part}", "") for part in _PARTS}
        self._faults = 0

    def authority(self) -> Authority | None:
        """Return the authority; None when it is not set, or when something is wrong with it."""
        if not self._url:
            self._strays()
            return None
        name, ca = self._name(), self._file("CA")
        if not self._given["CA"]:
            self._wrong("_CA", "must name a PEM file with the authority's root certificate")
        chain, certificate = self._file("CHAIN"), self._file("CERTIFICATE")
        if self._faults or ca is None:
            return None
        return Authority(name, self._url, ca, chain, certificate)

    def _strays(self) -> None:
        for part in filter(self._given.get, _PARTS):
            self._wrong(f"_{part}", f"is of no use without {self._full}, the authority's address")

    def _name(self) -> str:
        host = _host(self._url)
        if host is None:
            self._wrong(
                "",
                "must be an address such as https://time.example.org; one without TLS is taken "
                "only on this machine",
            )
        name = self._given["NAME"] or host or "authority"
        if _NAME.fullmatch(name) is None:
            self._wrong(
                "_NAME", "must be up to 60 letters, digits, dots and hyphens, such as time-office"
            )
        return name

    def _file(self, part: str) -> Path | None:
        if not self._given[part]:
            return None
        path = Path(self._given[part]).expanduser().resolve()
        if _PEM in _head(path):
            return path
        self._wrong(f"_{part}", "must name a readable PEM file with a certificate")
        return None

    def _wrong(self, part: str, rule: str) -> None:
        self._faults += 1
        self._fault(f"{self._full}{part} {rule}.")


def _host(url: str) -> str | None:
    """Return the host of an address that may be asked, else None."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.username is not None:
        return None
    allowed = {"http", "https"} if host in LOOPBACK else {"https"}
    return host if parts.scheme in allowed else None


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except OSError:
        return b""
