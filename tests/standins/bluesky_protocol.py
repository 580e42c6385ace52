"""The protocol of the stand-in for Bluesky: methods, parameters, sessions, pages and refusals.

Method names, parameters and bodies are those of the lexicons (github.com/bluesky-social/atproto at
d6296a1); error bodies are those that the real servers gave.
"""

from __future__ import annotations

import base64
import bisect
import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, ClassVar

from tests.standins.base import Answer, Request, StandIn
from tests.standins.bluesky_views import DEEPEST, Views
from tests.standins.bluesky_world import POSTGATE, THREADGATE, World
from tests.standins.faults import Fault, FaultScript

HANDLE = "fire.example.org"
PASSWORD = "abcd-efgh-ijkl-mnop"
LABELER = "did:plc:ar7c4by46qjdydhdevvrndac"
WINDOW_S = 300
SIGN_INS = 30

# What each method may be asked with. True: it may be asked without signing in.
_GET: dict[str, tuple[bool, frozenset[str]]] = {
    "com.atproto.server.getSession": (False, frozenset()),
    "com.atproto.repo.getRecord": (False, frozenset({"repo", "collection", "rkey"})),
    "com.atproto.repo.listRecords": (False, frozenset({"repo", "collection", "limit", "cursor"})),
    "app.bsky.notification.listNotifications": (False, frozenset({"reasons", "limit", "cursor"})),
    "app.bsky.feed.searchPosts": (False, frozenset({"q", "sort", "limit", "cursor"})),
    "app.bsky.feed.getPosts": (True, frozenset({"uris"})),
    "app.bsky.feed.getPostThread": (True, frozenset({"uri", "depth", "parentHeight"})),
    "app.bsky.feed.getQuotes": (True, frozenset({"uri", "limit", "cursor"})),
    "app.bsky.graph.getRelationships": (True, frozenset({"actor", "others"})),
    "app.bsky.unspecced.getPostThreadV2": (
        True,
        frozenset({"anchor", "above", "below", "branchingFactor", "sort"}),
    ),
    "app.bsky.unspecced.getPostThreadOtherV2": (True, frozenset({"anchor"})),
}
_POST: dict[str, frozenset[str]] = {
    "com.atproto.server.createSession": frozenset({"identifier", "password"}),
    "com.atproto.server.refreshSession": frozenset(),
    "com.atproto.repo.createRecord": frozenset({"repo", "collection", "rkey", "record"}),
    "com.atproto.repo.putRecord": frozenset({"repo", "collection", "rkey", "record", "swapRecord"}),
    "com.atproto.repo.deleteRecord": frozenset({"repo", "collection", "rkey"}),
    "com.atproto.moderation.createReport": frozenset(
        {"reasonType", "reason", "subject", "modTool"}
    ),
}
LISTS = {THREADGATE: ("hiddenReplies", 300), POSTGATE: ("detachedEmbeddingUris", 50)}


def refused(word: str, message: str, status: int = 400) -> Answer:
    """Return an error as Bluesky words it."""
    return Answer({"error": word, "message": message}, status)


class Protocol(StandIn):
    """One server that is the account's host and the public's view at once.

    list_lag_s is how many seconds new posts take to show up in lists, page_most how many a list
    holds at most whatever its limit, deepest how deep a thread is shown, and allowance how many
    calls are allowed in five minutes.
    """

    platform: ClassVar[str] = "bluesky"

    def __init__(self, *, faults: FaultScript | None = None, lag_s: float = 0.0) -> None:
        super().__init__(faults=faults, lag_s=lag_s)
        self.world = World(HANDLE, self.clock.now)
        self.list_lag_s = 0.0
        self.page_most = 100
        self.deepest = DEEPEST
        self.allowance = 3_000
        self.password = PASSWORD
        self.session_handle = HANDLE
        self.session_more: dict[str, Any] = {"active": True}
        self._tokens = 0
        self._calls = 0
        self._good: dict[str, str] = {}
        self._expired: set[str] = set()
        self._signed_in_at: list[datetime] = []
        self._inserted: dict[str, str] = {}
        self._pages: dict[str, list[Any]] = {}

    def rate_limited(self, request: Request) -> Answer:
        del request
        answer = refused("RateLimitExceeded", "Rate Limit Exceeded", 429)
        return Answer(answer.body, 429, self._headers(left=0))

    def server_error(self, request: Request) -> Answer:
        del request
        return refused("InternalServerError", "Internal Server Error", 500)

    def answer(self, request: Request) -> Answer:
        self._calls += 1
        if self._calls > self.allowance:
            return self.rate_limited(request)
        answer = self._answer(request)
        answer.headers.update(self._headers(left=self.allowance - self._calls))
        body = answer.bytes()
        for mark, raw in self._inserted.items():
            body = body.replace(f'"{mark}"'.encode(), raw.encode())
        return Answer(body, answer.status, answer.headers, answer.content_type)

    def _headers(self, *, left: int) -> dict[str, str]:
        reset = int(time.time()) + WINDOW_S
        return {
            "RateLimit-Limit": str(self.allowance),
            "RateLimit-Remaining": str(max(left, 0)),
            "RateLimit-Reset": str(reset),
            "RateLimit-Policy": f"{self.allowance};w={WINDOW_S}",
        }

    def _answer(self, request: Request) -> Answer:
        method = request.path.removeprefix("/xrpc/")
        known = _GET if request.method == "GET" else _POST
        if not request.path.startswith("/xrpc/") or method not in known:
            return refused("MethodNotImplemented", "Method Not Implemented", 501)
        public, names = _GET.get(method, (False, _POST.get(method, frozenset())))
        body = request.json() or {}
        unknown = set(request.query if request.method == "GET" else body) - names
        if unknown:
            return refused("InvalidRequest", f"Invalid {method} params: {sorted(unknown)}")
        if method == "com.atproto.server.createSession":
            return self._sign_in(body)
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not token and not public:
            return refused("AuthMissing", "Authentication Required", 401)
        if token and (wrong := self._wrong(token, method)):
            return wrong
        handler: Callable[..., Answer] = getattr(self, f"_{method.rpartition('.')[2]}")
        if request.method == "GET":
            return handler(request, self._views(signed_in=bool(token)))
        return handler(request, body)

    def _wrong(self, token: str, method: str) -> Answer | None:
        """Return why a token is refused: for renewing a session its own kind is wanted."""
        wanted = "refresh" if method.endswith("refreshSession") else "access"
        if token not in self._good or not token.startswith(wanted):
            return refused("InvalidToken", "Token could not be verified")
        if token in self._expired:
            return refused("ExpiredToken", "Token has expired")
        return None

    def _views(self, *, signed_in: bool) -> Views:
        return Views(self.world, self.is_settled, signed_in=signed_in, deepest=self.deepest)

    def _sign_in(self, body: dict[str, Any]) -> Answer:
        since = self.clock.now() - timedelta(seconds=WINDOW_S)
        self._signed_in_at = [at for at in self._signed_in_at if at > since]
        if len(self._signed_in_at) >= SIGN_INS:
            return Answer(refused("RateLimitExceeded", "Rate Limit Exceeded").body, 429)
        self._signed_in_at.append(self.clock.now())
        known = {HANDLE, self.world.did}
        if body.get("identifier") not in known or body.get("password") != self.password:
            return refused("AuthenticationRequired", "Invalid identifier or password", 401)
        return self._session()

    def _session(self) -> Answer:
        self._tokens += 1
        access, refresh = f"access-{self._tokens}", f"refresh-{self._tokens}"
        self._good |= {access: self.world.did, refresh: self.world.did}
        tokens = {"accessJwt": access, "refreshJwt": refresh}
        return Answer({**self._account(), **tokens})

    def _account(self) -> dict[str, Any]:
        # It names another host, which the connector must not go to.
        service = {
            "id": "#atproto_pds",
            "type": "AtprotoPersonalDataServer",
            "serviceEndpoint": "https://elsewhere.example.net",
        }
        document = {"id": self.world.did, "service": [service]}
        handle = {"did": self.world.did, "handle": self.session_handle, "didDoc": document}
        return {**handle, **self.session_more}

    def _refreshSession(self, request: Request, _body: Any) -> Answer:  # noqa: N802
        self._good.pop(request.headers["authorization"].removeprefix("Bearer "))
        return self._session()

    def _getSession(self, _request: Request, _views: Views) -> Answer:  # noqa: N802
        return Answer(self._account())

    def _paged(
        self,
        request: Request,
        name: str,
        found: list[Any],
        view: Callable[[Any], dict[str, Any] | None],
    ) -> Answer:
        """Return a page of a list that ascends by what its elements begin with, from its end."""
        query = sorted((key, told) for key, told in request.query.items() if key not in _PAGING)
        mark = f"{request.path}{query}"
        limit = min(int(request.one("limit", "50")), self.page_most)
        if not 1 <= limit <= 100:
            return refused("InvalidRequest", "Invalid limit")
        cursor, end = request.one("cursor"), len(found)
        if cursor:
            place = _place(cursor, mark)
            if place is None or self.faults.strikes(Fault.EXPIRED_CURSOR):
                return refused("InvalidRequest", "Malformed cursor")
            end = bisect.bisect_left(found, place, key=_order)
        downwards = (one for one in reversed(found[:end]) if self._is_listed(one[0]))
        ready = list(islice(downwards, limit))
        answer: dict[str, Any] = {}
        if len(ready) == limit and ready[-1] != found[0]:
            answer["cursor"] = _cursor(_order(ready[-1]), mark)
        page = [shown for one in ready if (shown := view(one)) is not None]
        answer[name] = self.shaken(page, self._pages.get(mark, []) if cursor else [])
        self._pages[mark] = page
        return Answer(answer)

    def _is_listed(self, at: Any) -> bool:
        if not isinstance(at, datetime):
            return True
        return (self.clock.now() - at).total_seconds() >= self.list_lag_s


_PAGING = frozenset({"limit", "cursor"})


def _order(one: tuple[Any, ...]) -> str:
    """Return an element's place in its list as text that sorts as the list does."""
    first = f"{one[0].timestamp():017.6f}" if isinstance(one[0], datetime) else one[0]
    return f"{first} {one[1]}"


def _cursor(place: str, mark: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([place, mark]).encode()).decode()


def _place(cursor: str, mark: str) -> str | None:
    """Return the place that a cursor stands for; None for one of another query, or none at all."""
    try:
        place, bound_to = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except ValueError:
        return None
    return str(place) if bound_to == mark else None
