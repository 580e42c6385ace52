"""Check the stamps of a pack against the certificates in it, and these against what is told."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from cryptography import x509

from moderation.evidence.opened import Opened

if TYPE_CHECKING:
    from moderation.evidence.stamps.tokens import Anchors

_AUTHORITY: Final = re.compile(r"data/authorities/([A-Za-z0-9.-]+)-ca\.pem")
_TOKEN: Final = re.compile(r"(.+/)([A-Za-z0-9.-]+)\.tsr")


@dataclass(frozen=True, slots=True)
class Seen:
    """One good stamp: over which file, by whom, of which time."""

    over: str
    authority: str
    at: datetime


class Stamps:
    """Checks stamps; authorities holds the fingerprint of each file of certificates by name."""

    def __init__(self, pack: Opened, told: Collection[str]) -> None:
        self._pack = pack
        self._anchors: dict[str, Anchors] = {}
        self.authorities: dict[str, str] = {}
        self.seen: list[Seen] = []
        for found in filter(None, map(_AUTHORITY.fullmatch, pack.names)):
            self._know(found[1], found[0], told)

    def check(self, folder: str, over: str) -> None:
        """Check each stamp that stands in a folder as one over a file."""
        for name in self._pack.names:
            found = _TOKEN.fullmatch(name)
            if found is not None and found[1] == folder:
                self._check(name, found[2], over)

    def _check(self, name: str, authority: str, over: str) -> None:
        # A pack without stamps is checked without this, and the store that its room brings along.
        from moderation.evidence.stamps.tokens import Refused, check

        anchors = self._anchors.get(authority)
        if anchors is None:
            self._pack.fault(name, f"no data/authorities/{authority}-ca.pem to check it against")
            return
        try:
            token = check(self._pack.read(name), self._pack.read(over), anchors)
        except Refused as err:
            self._pack.fault(name, f"no stamp over {over}: {err}")
            return
        self.seen.append(Seen(over, authority, token.stamped_at))

    def _know(self, authority: str, name: str, told: Collection[str]) -> None:
        data = self._pack.read(name)
        self.authorities[authority] = hashlib.sha256(data).hexdigest()
        if told and self.authorities[authority] not in told:
            found = self.authorities[authority]
            self._pack.fault(name, f"its fingerprint is {found}, which is none of those given")
        from moderation.evidence.stamps.tokens import Anchors

        try:
            certificates = x509.load_pem_x509_certificates(data)
        except ValueError:
            self._pack.fault(name, "not a file of certificates")
            return
        roots = tuple(one for one in certificates if one.issuer == one.subject)
        between = tuple(one for one in certificates if one.issuer != one.subject)
        self._anchors[authority] = Anchors(roots, between)
