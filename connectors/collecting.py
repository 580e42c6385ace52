"""Keeps how each answer came, for evidence: request, answer and connection, without any secret.

What may be kept of a request is named here; everything else of it is cut, and named as cut. So a
header that a library adds one day cannot carry a token into a record.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import requests

from connectors.limits import Peer
from moderation.model import Collected, Comment, Page

CUT: Final = "[cut]"
Seen = TypeVar("Seen", Page, Comment)

_PLAIN_HEADERS: Final = frozenset(
    {"accept", "accept-encoding", "accept-language", "connection", "content-length"}
    | {"content-type", "host", "if-modified-since", "if-none-match", "user-agent"}
    | {"atproto-accept-labelers", "x-goog-api-client"}
)
# Of what a platform answers everything is kept but what looks as if it opened something.
_OPENS: Final = re.compile(
    r"cookie|token|secret|passw|proof|signature|credential|assertion|(?:^|[_-])(?:api)?key$|"
    r"^code|auth(?!or|enticate$)|^oauth|session|jwt|bearer|[_-]sig$|^sig$|nonce|state$",
    re.IGNORECASE,
)
# Places in a list, which several platforms call tokens.
_PLACES: Final = frozenset({"pagetoken", "next_token", "pagination_token", "page_token"})
# Shorter ones would be found inside ordinary words.
_SHORTEST_SECRET: Final = 8
# Such as oauth_signature_method: the names inside an Authorization header are no secret.
_A_WORD: Final = re.compile(r"[a-z_]{1,24}")


class _Here(threading.local):
    """What this thread's call has noted so far; None while nobody listens."""

    notes: list[Collected] | None = None


_HERE: Final = _Here()


def collected(ask: Callable[[], Seen]) -> Seen:
    """Return what a connector's call returns, with how its answers came. Raises what it raises."""
    with listening() as notes:
        seen = ask()
    return replace(seen, collected=tuple(notes))


@contextmanager
def listening() -> Iterator[list[Collected]]:
    """Note how answers come in this thread as long as the block lasts, also where a call fails."""
    before = _HERE.notes
    notes: list[Collected] = []
    _HERE.notes = notes
    try:
        yield notes
    finally:
        _HERE.notes = before


def note(
    request: requests.PreparedRequest, response: requests.Response, peer: Peer, library: str
) -> None:
    """Note one exchange whose answer is complete, where somebody listens in this thread."""
    if _HERE.notes is not None:
        _HERE.notes.append(noted(request, response, peer, library, at=datetime.now(UTC)))


def noted(
    request: requests.PreparedRequest,
    response: requests.Response,
    peer: Peer,
    library: str,
    *,
    at: datetime,
) -> Collected:
    """Return the note of one exchange. library is what made the call beside requests, or nothing.

    What opens something is cut wherever it stands: some answers repeat the request.
    """
    url, cut_of_url = _without_secrets(request.url or "")
    sent, cut_sent = _sorted_out(request.headers.items(), lambda name: name not in _PLAIN_HEADERS)
    came, cut_came = _sorted_out(
        response.raw.headers.items(), lambda name: bool(_OPENS.search(name))
    )
    cut = [
        *(f"query parameter {name}" for name in cut_of_url),
        *(f"header {name}" for name in cut_sent),
        *(["body of the request"] if request.body else []),
        *(f"header {name} of the answer" for name in cut_came),
    ]
    opening = [told for name, told in cut_sent.items() if _OPENS.search(name)]
    secrets = _secrets([*cut_of_url.values(), *opening])
    return Collected(
        method=request.method or "GET",
        url=_cleaned(url, secrets),
        status=response.status_code,
        at=at,
        cut=tuple(dict.fromkeys(cut)),
        request_headers=tuple((name, _cleaned(told, secrets)) for name, told in sent),
        response_headers=tuple((name, _cleaned(told, secrets)) for name, told in came),
        http=response.raw.version_string,
        tls=peer.tls,
        cipher=peer.cipher,
        certificate=peer.certificate,
        remote=peer.remote,
        client=client_of(library),
    )


@cache
def client_of(library: str) -> str:
    """Return the names and versions of what made a call, as "tweepy 4.17.0, requests 2.34.2"."""
    return ", ".join(_named(name) for name in (library, "requests", "urllib3") if name)


def _named(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name


def _without_secrets(url: str) -> tuple[str, dict[str, str]]:
    """Return an address without what opens something, and what was cut, by its name."""
    parts = urlsplit(url)
    cut: dict[str, str] = {}
    kept = []
    for name, told in parse_qsl(parts.query, keep_blank_values=True):
        if _OPENS.search(name) and name.lower() not in _PLACES:
            cut[name] = told
            kept.append((name, CUT))
        else:
            kept.append((name, told))
    query = urlencode(kept, safe="[],:{}") if cut else parts.query
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, "")), cut


def _sorted_out(
    headers: Iterable[tuple[Any, Any]], is_cut: Callable[[str], bool]
) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Return headers with the values that are cut replaced, and these values by their names."""
    kept: list[tuple[str, str]] = []
    cut: dict[str, str] = {}
    for name, told in ((_text(name), _text(told)) for name, told in headers):
        if is_cut(name.lower()):
            cut[name] = f"{cut.get(name, '')} {told}".strip()
            told = CUT
        kept.append((name, told))
    return kept, cut


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _secrets(values: Iterable[str]) -> list[str]:
    """Return the parts of cut values that would give something away wherever they stand."""
    parts = {part for value in values for part in re.split(r"[\s,;=\"]+", value)}
    telling = (one for one in parts if len(one) >= _SHORTEST_SECRET and not _A_WORD.fullmatch(one))
    return sorted(telling, key=len, reverse=True)


def _cleaned(text: str, secrets: Iterable[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, CUT)
    return text
