"""The way to a time-stamp authority: one guarded question, and a pause while it is away."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from connectors.contract import ConnectorError, Malformed, NotDone
from connectors.limits import Limits
from connectors.wire import Exchange, Wire
from moderation.authorities import Authority
from moderation.evidence.stamps import Anchors, Query, Refused, Token, check

# The whole question stays well inside the job's lease of 60 seconds. A stamp has a few kB.
LIMITS: Final = Limits(connect_s=5.0, read_s=10.0, total_s=20.0, size=200_000)
AWAY_S: Final = 60.0
_HEADERS: Final = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
}

UNREACHABLE: Final = "The authority could not be reached, or its certificate does not fit."
TOO_SLOW: Final = "The authority did not answer in time, or the connection broke off."
TOO_MUCH: Final = "The authority's answer is larger than a time stamp, or leads elsewhere."
WRONG_STATUS: Final = "The authority answered with status {}."


class Away(Exception):
    """No stamp could be had; the message says in words why."""


class TimeAuthority:
    """One authority of the settings. Its certificates are read once; clock gives seconds.

    After a question that went unanswered the next ones are not put for a minute: thousands of
    stamps may wait, and each would wait in vain for as long as an answer may take.
    """

    def __init__(
        self,
        authority: Authority,
        limits: Limits = LIMITS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = authority.name
        self._url = authority.url
        self._anchors = Anchors.of(authority)
        parts = urlsplit(authority.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        self._wire = Wire({origin: origin}, limits)
        self._clock = clock
        self._away_until = 0.0
        self._why = ""

    def stamp(self, message: bytes) -> tuple[bytes, Token]:
        """Return the authority's whole answer about these bytes and what it says.

        Raises Away when there is no answer, and Refused when the answer is not to be believed.
        """
        if self._clock() < self._away_until:
            raise Away(self._why)
        query = Query.over(message)
        answer = self._asked(query.der)
        return answer, check(answer, message, self._anchors, query.nonce)

    def _asked(self, der: bytes) -> bytes:
        try:
            exchange = self._sent(der)
        except ConnectorError as err:
            raise self._away(_words(err)) from err
        if exchange.status != 200:
            raise self._away(WRONG_STATUS.format(exchange.status))
        return exchange.body

    def _sent(self, der: bytes) -> Exchange:
        post, url = self._wire.session.post, self._url
        return self._wire.ask(lambda: post(url, data=der, headers=_HEADERS), raises=())

    def _away(self, why: str) -> Away:
        self._away_until, self._why = self._clock() + AWAY_S, why
        return Away(why)


def _words(err: ConnectorError) -> str:
    if isinstance(err, NotDone):
        return UNREACHABLE
    return TOO_MUCH if isinstance(err, Malformed) else TOO_SLOW


__all__ = ["LIMITS", "Away", "Refused", "TimeAuthority"]
