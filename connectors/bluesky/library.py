"""Lets the client atproto make the requests, over the guarded wire; its parsing is never used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import httpx
import requests
from atproto import Client, Request, models  # type: ignore[import-untyped]
from atproto.exceptions import AtProtocolError  # type: ignore[import-untyped]
from atproto_client.models.dot_dict import DotDict  # type: ignore[import-untyped]

LIBRARY_ERRORS: Final[tuple[type[Exception], ...]] = (
    AtProtocolError,
    httpx.HTTPError,
    httpx.InvalidURL,
    # Of its parsing, which pydantic does: ValueError is its error's base.
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
)
"""What the client may raise, of its own or from the parsers below it."""

# They belong to one connection each, or say how a body was packed that is unpacked by now.
_NOT_PASSED_ON: Final = frozenset(
    {"host", "connection", "accept-encoding", "content-length"}
    | {"content-encoding", "transfer-encoding"}
)


class Library:
    """The client for one server, which is asked for nothing but what is called here.

    It never logs in by itself: its own login would move it to the host that a DID document names.
    """

    def __init__(self, session: requests.Session, address: str) -> None:
        transport = _OverWire(session)
        request = Request(transport=transport, trust_env=False, timeout=None)
        self._client = Client(address, request=request)

    def query(self, name: str, parameters: Mapping[str, Any], headers: Mapping[str, str]) -> None:
        """Make a query, such as app.bsky.feed.getPosts; the wire keeps the answer."""
        # A query that takes no parameters has no model of them.
        model = _model(name).Params.model_validate(dict(parameters)) if parameters else None
        self._client.invoke_query(name, params=model, headers=dict(headers))

    def procedure(
        self, name: str, body: Mapping[str, Any] | None, headers: Mapping[str, str]
    ) -> None:
        """Call a procedure, such as com.atproto.repo.putRecord, once its body fits the lexicon.

        What goes out is the body as it was given: the client's models would leave out what they do
        not know or what is null.
        """
        if body is None:
            self._client.invoke_procedure(name, headers=dict(headers))
            return
        _model(name).Data.model_validate(dict(body))
        self._client.invoke_procedure(
            name,
            data=DotDict(dict(body)),
            input_encoding="application/json",
            headers=dict(headers),
        )


def _model(name: str) -> Any:
    """Return the module of a lexicon's models: app.bsky.feed.getPosts is AppBskyFeedGetPosts."""
    return getattr(models, "".join(part[0].upper() + part[1:] for part in name.split(".")))


class _OverWire(httpx.BaseTransport):
    """Carries the client's requests over a session of requests, whose limits then hold."""

    def __init__(self, session: requests.Session) -> None:
        self._session = session

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request. A ConnectorError of the wire passes through as it is."""
        answer = self._session.request(
            request.method,
            str(request.url),
            data=request.read() or None,
            headers=_passed_on(request.headers),
            allow_redirects=False,
        )
        return httpx.Response(
            answer.status_code,
            headers=_passed_on(answer.headers),
            content=answer.content,
            request=request,
        )


def _passed_on(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: told for name, told in headers.items() if name.lower() not in _NOT_PASSED_ON}
