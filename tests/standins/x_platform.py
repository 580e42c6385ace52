"""Answers as X's API v2 does: mentions, own posts, recent search, one post, hidden replies.

It answers in the spelling that it is asked in, as X was seen to do in September 2026.
"""

from __future__ import annotations

import base64
import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import chain
from operator import neg
from typing import Any, ClassVar

from tests.standins import x_bodies as bodies
from tests.standins.base import Answer, Fault, FaultScript, Request, StandIn
from tests.standins.x_keys import Keys
from tests.standins.x_world import Post, World, id_at, record_of

ACCOUNT = "42"
HANDLE = "exampleshire"
SEARCH_REACH = timedelta(days=7)
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
_QUERY = re.compile(r"\((?P<terms>.+)\) -from:(?P<without>\d+)(?P<bare> -is:retweet)?")
_IDS = {"since_id", "until_id"}
_TIMES = {"start_time", "end_time"}
_MIXED = "Invalid use of 'since_id' or 'until_id' in conjunction with 'start_time' or 'end_time'."
_TERM = re.compile(r'conversation_id:(?P<below>\d+)|url:"status/(?P<quoting>\d+)"')


class XPlatform(StandIn):
    """X, with one account that is ours.

    spellings are those that it takes. list_lag_s and search_lag_s are how long a new post is in no
    list, or in no search. refusing answers everything in place of the platform, writes_refused
    only what acts.
    """

    platform: ClassVar[str] = "x"

    def __init__(
        self,
        *,
        faults: FaultScript | None = None,
        lag_s: float = 0.0,
        hang_s: float = 1.0,
        list_lag_s: float = 0.0,
    ) -> None:
        super().__init__(faults=faults, lag_s=lag_s, hang_s=hang_s)
        self.keys = Keys()
        self.world = World(ACCOUNT)
        self.world.users[HANDLE] = ACCOUNT
        self.me = (ACCOUNT, HANDLE, "Exampleshire Ambulance Service")
        self.spellings = {"tweet", "post"}
        self.list_lag_s = list_lag_s
        self.search_lag_s = 60.0
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
        self._billed: dict[tuple[str, str, str], float] = {}

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

    def _search(self, request: Request) -> Answer:
        query = request.one("query")
        asked = _QUERY.fullmatch(query)
        terms = asked["terms"].split(" OR ") if asked else []
        read = [_TERM.fullmatch(term) for term in terms]
        if asked is None or len(query) > 512 or not all(read):
            return bodies.invalid("query", query, "There were errors processing your request")
        start = request.one("start_time")
        now = self.clock.now()
        if start and datetime.fromisoformat(start) < now - SEARCH_REACH:
            return bodies.invalid(
                "start_time", start, "'start_time' must be on or after 7 days ago"
            )
        lists = [
            self.world.below[int(term["below"])]
            if term["below"]
            else self.world.quoting[int(term["quoting"])]
            for term in read
            if term is not None
        ]
        low = max(_window(request)[0], id_at(now - SEARCH_REACH))
        reached = (ids[bisect_left(ids, low) :] for ids in lists)
        # Lists in order one behind the other: sorting them merges them.
        ids = sorted(chain.from_iterable(reached))
        ids = [id_ for id_ in ids if self.world.posts[id_].author != asked["without"]]
        return self._list(request, "search", ids, self.search_lag_s, 0.005)

    def _list(
        self, request: Request, name: str, ids: list[int], lag_s: float, price: float
    ) -> Answer:
        """Answer with a page of posts, whose ids stand oldest first."""
        token_name = "next_token" if name == "search" else "pagination_token"
        size = int(request.one("max_results", "10"))
        if not bodies.LEAST_RESULTS[name] <= size <= 100:
            return bodies.invalid("max_results", str(size), "max_results is out of bounds")
        if _IDS & set(request.query) and _TIMES & set(request.query):
            return bodies.invalid("start_time", request.one("start_time"), _MIXED)
        now = self.clock.now()
        low, high = _window(request)
        ids = ids[bisect_left(ids, low) : bisect_left(ids, min(high, id_at(now) + (1 << 22)))]
        if name == "tweets":
            ids = [id_ for id_ in ids if self.world.posts[id_].parent is None]
        ids = self._shown_by(ids, now - timedelta(seconds=lag_s))
        ids.reverse()
        place = 0
        if token := request.one(token_name):
            bound, _, last = base64.urlsafe_b64decode(token.encode()).decode().partition(":")
            if bound != _bound(request) or self.faults.strikes(Fault.EXPIRED_CURSOR):
                says = f"The `{token_name}` query parameter value [{token}] is not valid"
                return bodies.invalid(token_name, token, says)
            place = bisect_right(ids, -int(last), key=neg)
        shown = self.shaken(ids[place : place + size], ids[max(0, place - size) : place])
        for id_ in shown:
            self._bill("post", str(id_), price)
        return self._page(request, shown, ids[place : place + size], size)

    def _shown_by(self, ids: list[int], latest: datetime) -> list[int]:
        """Return the posts that were written by then; an edit moves a post, and not its time."""
        surely = bisect_left(ids, id_at(latest))
        return ids[:surely] + [id_ for id_ in ids[surely:] if self.world.posts[id_].at <= latest]

    def _page(self, request: Request, shown: list[int], whole: list[int], size: int) -> Answer:
        meta: dict[str, Any] = {"result_count": len(shown)}
        if shown:
            meta |= {"newest_id": str(max(shown)), "oldest_id": str(min(shown))}
        if len(whole) == size:
            last = f"{_bound(request)}:{whole[-1]}"
            meta["next_token"] = base64.urlsafe_b64encode(last.encode()).decode()
        if not shown:
            return Answer({"meta": meta})
        records, beside = self._shown(request, [(self.world.posts[id_], id_) for id_ in shown])
        body = b'{"data":[' + b",".join(records) + b"]" + beside
        return Answer(body + b',"meta":' + Answer(meta).bytes() + b"}")

    def _shown(self, request: Request, posts: list[tuple[Post, int]]) -> tuple[list[bytes], bytes]:
        """Return the records of posts, and what comes along with them as the rest of an object."""
        name = "post" if "post.fields" in request.query else "tweet"
        fields = set(request.one(f"{name}.fields").split(","))
        expansions = request.one("expansions").split(",")
        records = [record_of(post, version, name, fields) for post, version in posts]
        included: dict[str, list[Any]] = {}
        errors: list[dict[str, Any]] = []
        if "author_id" in expansions:
            included["users"] = self._users(post for post, _ in posts)
        if f"referenced_{name}s.id" in expansions:
            ids = {id_ for post, _ in posts for id_ in (post.parent, post.quoted) if id_}
            there = [id_ for id_ in sorted(ids) if not self.world.posts[id_].removed]
            included[f"{name}s"] = [
                record_of(self.world.posts[id_], id_, name, fields) for id_ in there
            ]
            errors = [
                bodies.missing(str(id_), f"referenced_{name}s.id") for id_ in ids - set(there)
            ]
            for id_ in there:
                self._bill("post", str(id_), 0.005)
        parts = [
            b'"%s":[%s]' % (key.encode(), b",".join(_bytes(one) for one in found))
            for key, found in included.items()
            if found
        ]
        beside = b',"includes":{%s}' % b",".join(parts) if parts else b""
        return records, beside + (b',"errors":' + Answer(errors).bytes() if errors else b"")

    def _users(self, posts: Any) -> list[dict[str, str]]:
        handles = {id_: handle for handle, id_ in self.world.users.items()}
        ids = dict.fromkeys(post.author for post in posts if not post.withheld and not post.raw)
        for id_ in ids:
            self._bill("user", id_, 0.010)
        return [{"id": id_, "name": handles[id_].title(), "username": handles[id_]} for id_ in ids]

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

    def _bill(self, kind: str, id_: str, price: float) -> None:
        day = f"{self.clock.now():%Y-%m-%d}"
        self._billed[(day, kind, id_)] = max(price, self._billed.get((day, kind, id_), 0.0))

    @property
    def billed_usd(self) -> float:
        """Return what X would bill: each thing once in a UTC day."""
        return sum(self._billed.values())


def _bytes(one: Any) -> bytes:
    return one if isinstance(one, bytes) else Answer(one).bytes()


def _bound(request: Request) -> str:
    """Return what a token is bound to: the path and all parameters but itself."""
    asked = sorted(
        (name, values) for name, values in request.query.items() if not name.endswith("_token")
    )
    return hashlib.sha256(repr((request.path, asked)).encode()).hexdigest()[:16]


def _window(request: Request) -> tuple[int, int]:
    """Return the lowest id that was asked for, and the one before which to stop."""
    start, end = request.one("start_time"), request.one("end_time")
    low = id_at(datetime.fromisoformat(start)) if start else 0
    low = max(low, int(request.one("since_id", "0")) + 1)
    high = id_at(datetime.fromisoformat(end)) if end else 1 << 63
    return low, min(high, int(request.one("until_id", str(high))))
