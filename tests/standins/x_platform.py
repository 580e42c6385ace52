"""Answers as X's API v2 does: mentions, own posts, recent search, one post, hidden replies.

It answers in the spelling that it is asked in, as X was seen to do in September 2026.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

from tests.standins import x_bodies as bodies
from tests.standins.base import Answer, Request
from tests.standins.x_keys import Keys
from tests.standins.x_lists import XLists

ACCOUNT = "42"
HANDLE = "exampleshire"
MENTIONS_KEPT = 800
WINDOW_S = 900

_ROUTES = (
    ("GET", re.compile(r"/2/users/(\d+)/mentions"), "mentions"),
    ("GET", re.compile(r"/2/users/(\d+)/tweets"), "tweets"),
    ("GET", re.compile(r"/2/tweets/search/recent"), "search"),
    ("GET", re.compile(r"/2/users/me"), "me"),
    ("GET", re.compile(r"/2/tweets/(\d+)"), "lookup"),
    ("PUT", re.compile(r"/2/tweets/(\d+)/hidden"), "hidden"),
)


class XPlatform(XLists):
    """X, with one account that is ours.

    spellings are those that it takes. refusing answers everything in place of the platform,
    writes_refused only what acts.
    """

    platform: ClassVar[str] = "x"

    def __init__(self, **more: Any) -> None:
        super().__init__(ACCOUNT, **more)
        self.keys = Keys()
        self.world.users[HANDLE] = ACCOUNT
        self.me = (ACCOUNT, HANDLE, "Exampleshire Ambulance Service")
        self.spellings = {"tweet", "post"}
        self.refusing: Callable[[], Answer] | None = None
        self.writes_refused: Callable[[str], Answer] | None = None
        self.limits = {
            "mentions": 300,
            "tweets": 900,
            "search": 300,
            "me": 75,
            "lookup": 900,
            "hidden": 50,
        }
        self._used: dict[str, tuple[datetime, int]] = {}

    def server_error(self, request: Request) -> Answer:
        """Return X's own body of a fault."""
        return bodies.down()

    def rate_limited(self, request: Request) -> Answer:
        """Return a 429 with the headers of the window."""
        answer = bodies.too_many()
        answer.headers = self._headers(300, 0, self.clock.now() + timedelta(seconds=2))
        return answer

    def answer(self, request: Request) -> Answer:
        """Answer one request."""
        now = self.clock.now()
        if request.path == "/2/oauth2/token" and request.method == "POST":
            return self.keys.renew(request, now)
        for method, pattern, name in _ROUTES:
            found = pattern.fullmatch(request.path)
            if found and method == request.method:
                return self._admitted(request, name, found.groups())
        return bodies.no_path()

    def _admitted(self, request: Request, name: str, ids: tuple[str, ...]) -> Answer:
        way = self.keys.way_of(request, self.clock.now())
        if not way:
            return bodies.unauthorized()
        if way == "app":
            return bodies.wrong_login()
        if self.refusing is not None:
            return self.refusing()
        limited, headers = self._count(name)
        answer = limited or self._refused(request, name) or self._said(request, name, ids)
        answer.headers.update(headers)
        if way == "signed":
            answer.headers["x-access-level"] = self.keys.level
        return answer

    def _refused(self, request: Request, name: str) -> Answer | None:
        allowed = bodies.PARAMETERS[name]
        if not {"tweet", "post"} <= self.spellings:
            other = "tweet.fields" if "post" in self.spellings else "post.fields"
            allowed = allowed - {other}
        for parameter, values in request.query.items():
            if parameter not in allowed:
                says = f"The query parameter [{parameter}] is not one of [{','.join(allowed)}]"
                return bodies.invalid(parameter, values[0], says)
        return self._not_allowed(request, name)

    def _not_allowed(self, request: Request, name: str) -> Answer | None:
        signed = request.headers["authorization"].startswith("OAuth")
        needed = {"tweet.moderate.write"} if name == "hidden" else set()
        if signed and needed and self.keys.level == "read":
            return bodies.read_only()
        if not signed and not ({"tweet.read", "users.read"} | needed) <= set(self.keys.scopes):
            return bodies.no_scope()
        return None

    def _said(self, request: Request, name: str, ids: tuple[str, ...]) -> Answer:
        if name == "me":
            self._bill("user", self.me[0], 0.010)
            return Answer({"data": dict(zip(("id", "username", "name"), self.me, strict=True))})
        if name == "lookup":
            return self._lookup(request, ids[0])
        if name == "hidden":
            return self._hide(request, ids[0])
        if name == "search":
            return self._search(request)
        if ids[0] != ACCOUNT:
            return Answer({"errors": [bodies.missing(ids[0])]})
        ids_of = self.world.mentions[-MENTIONS_KEPT:] if name == "mentions" else self.world.own
        return self._list(request, name, list(ids_of), self.list_lag_s, 0.001)

    def _lookup(self, request: Request, asked: str) -> Answer:
        post = self.world.posts.get(int(asked))
        if post is None or post.removed:
            return Answer({"errors": [bodies.missing(asked)]})
        if post.protected:
            return Answer({"errors": [bodies.not_shown(asked)]})
        self._bill("post", asked, 0.005)
        record, beside = self._shown(request, [(post, int(asked))])
        return Answer(b'{"data":' + record[0] + beside + b"}")

    def _hide(self, request: Request, asked: str) -> Answer:
        body = request.json()
        if not isinstance(body, dict) or not isinstance(body.get("hidden"), bool):
            return bodies.invalid("hidden", str(body), "$.hidden: is missing but it is required")
        if self.writes_refused is not None:
            return self.writes_refused(asked)
        post = self.world.posts.get(int(asked))
        if post is None or post.removed:
            return Answer({"errors": [bodies.missing(asked)]})
        root = self.world.posts[post.conversation]
        if post.parent is None or root.author != ACCOUNT or post.author == ACCOUNT:
            return bodies.forbidden()
        post.hidden_at = self.clock.now() if body["hidden"] else None
        return Answer({"data": {"hidden": body["hidden"]}})

    def _count(self, name: str) -> tuple[Answer | None, dict[str, str]]:
        """Count a request against its window; the answer is the refusal of one too many."""
        now = self.clock.now()
        until, used = self._used.get(name, (now, 0))
        if until <= now:
            until, used = now + timedelta(seconds=WINDOW_S), 0
        self._used[name] = (until, used + 1)
        left = self.limits[name] - used - 1
        headers = self._headers(self.limits[name], max(0, left), until)
        return (bodies.too_many() if left < 0 else None), headers

    def _headers(self, limit: int, left: int, until: datetime) -> dict[str, str]:
        return {
            "x-rate-limit-limit": str(limit),
            "x-rate-limit-remaining": str(left),
            "x-rate-limit-reset": str(int(until.timestamp())),
        }
