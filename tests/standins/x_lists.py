"""Lists of posts as X's API v2 gives them: searched, cut into pages, with what comes along."""

from __future__ import annotations

import base64
import hashlib
import re
from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta
from itertools import chain
from operator import neg
from typing import Any

from tests.standins import x_bodies as bodies
from tests.standins.base import Answer, Request, StandIn
from tests.standins.faults import Fault, FaultScript
from tests.standins.x_world import Post, World, id_at, record_of

SEARCH_REACH = timedelta(days=7)

_QUERY = re.compile(r"\((?P<terms>.+)\) -from:(?P<without>\d+)(?P<bare> -is:retweet)?")
_IDS = {"since_id", "until_id"}
_TIMES = {"start_time", "end_time"}
_MIXED = "Invalid use of 'since_id' or 'until_id' in conjunction with 'start_time' or 'end_time'."
_TERM = re.compile(r'conversation_id:(?P<below>\d+)|url:"status/(?P<quoting>\d+)"')


class XLists(StandIn):
    """The posts around one account, in lists, and what giving them costs.

    list_lag_s and search_lag_s are how long a new post is in no list, or in no search.
    """

    def __init__(
        self,
        account: str,
        *,
        faults: FaultScript | None = None,
        lag_s: float = 0.0,
        list_lag_s: float = 0.0,
    ) -> None:
        super().__init__(faults=faults, lag_s=lag_s)
        self.world = World(account)
        self.list_lag_s = list_lag_s
        self.search_lag_s = 60.0
        self._billed: dict[tuple[str, str, str], float] = {}

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
