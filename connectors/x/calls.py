"""The calls to X that Watchroom makes: each is paid for, sent through tweepy, and judged."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from connectors.contract import Meter, NotDone, Transient
from connectors.wire import Exchange, Wire
from connectors.x.access import LIBRARY_ERRORS, Access
from connectors.x.answers import Answer
from connectors.x.judging import is_stale, judge
from connectors.x.prices import HIDE_USD, OWNED, SEARCHED, USER_USD, Prices, cost_of

PAGE: Final = 100
SPELLINGS: Final = ("tweet", "post")
STALE: Final = "X no longer knows the place in its list that it gave itself."

# At their most talkative these write tokens and texts of posts into the log.
for _library in ("tweepy", "oauthlib", "requests_oauthlib"):
    logging.getLogger(_library).setLevel(logging.WARNING)

Params = Mapping[str, str | int]
_PAGED: Final[Params] = {"max_results": PAGE}


class Forgotten(Transient):
    """X no longer knows the token of a page that it gave itself."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list. after is the token that it was asked for with, empty for the first page."""

    answer: Answer
    after: str = ""


@dataclass(frozen=True, slots=True)
class Calls:
    """One account's calls.

    spelling is what X calls a post in names of parameters and fields, "tweet" or "post". owned says
    that the app belongs to the account, whose own reads are then cheap.
    """

    account_id: str
    access: Access
    wire: Wire
    meter: Meter
    spelling: str
    owned: bool
    clock: Callable[[], datetime]

    def mentions(self, params: Params) -> Listed:
        """Return a page of the account's mentions, newest first."""
        route = f"/2/users/{self.account_id}/mentions"
        return self._list(route, {**_PAGED, **self._full(), **params}, self._own())

    def search(self, query: str, params: Params) -> Listed:
        """Return a page of a search over the last seven days, newest first."""
        asked = {**_PAGED, "query": query, **self._full(), **params}
        return self._list("/2/tweets/search/recent", asked, SEARCHED, "next_token")

    def own_posts(self, params: Params) -> Listed:
        """Return a page of the posts with which the account started something, newest first."""
        fields = {
            f"{self.spelling}.fields": "conversation_id,created_at",
            "exclude": "replies,retweets",
        }
        route = f"/2/users/{self.account_id}/tweets"
        return self._list(route, {**_PAGED, **fields, **params}, self._own())

    def post(self, post_id: str) -> Answer:
        """Return one post; asked for evidence, so it may use what is kept for actions."""
        route = f"/2/tweets/{post_id}"
        return self._paid(self._read(route, self._full(), SEARCHED, act=True), SEARCHED)

    def me(self) -> Answer:
        """Return whose access this is."""
        return self._at(USER_USD, "GET", "/2/users/me")

    def hide(self, post_id: str, *, hidden: bool) -> Answer:
        """Hide a reply, or show it again."""
        return self._at(HIDE_USD, "PUT", f"/2/tweets/{post_id}/hidden", {"hidden": hidden})

    def _own(self) -> Prices:
        return OWNED if self.owned else SEARCHED

    def _full(self) -> dict[str, str]:
        """Return the parameters that bring all of a post, its author and what it answers."""
        name = self.spelling
        fields = (
            "attachments,author_id,conversation_id,created_at,edit_controls,"
            f"edit_history_{name}_ids,entities,in_reply_to_user_id,lang,note_{name},"
            f"referenced_{name}s,withheld"
        )
        return {
            f"{name}.fields": fields,
            "expansions": f"author_id,referenced_{name}s.id",
            "user.fields": "name,username",
        }

    def _list(
        self, route: str, params: Params, prices: Prices, place: str = "pagination_token"
    ) -> Listed:
        """Return a page, the first one where there is no token. Raises Forgotten."""
        asked = {name: value for name, value in params.items() if value != ""}
        after = str(asked.pop("after", ""))
        where = {place: after} if after else {}
        exchange = self._read(route, {**asked, **where}, prices)
        if after and is_stale(exchange):
            raise Forgotten(STALE)
        return Listed(self._paid(exchange, prices), after)

    def _read(self, route: str, params: Params, prices: Prices, *, act: bool = False) -> Exchange:
        """Ask for what costs as much as comes back."""
        limit = int(params.get("max_results", 1))
        self.meter.require(prices.most(limit, bare="expansions" not in params), act=act)
        return self._send("GET", route, params=dict(params))

    def _paid(self, exchange: Exchange, prices: Prices) -> Answer:
        answer = judge(exchange, self.clock())
        if cost := cost_of(answer, prices):
            self.meter.spend(cost)
        return answer

    def _at(
        self, price: float, method: str, route: str, body: dict[str, bool] | None = None
    ) -> Answer:
        """Return the answer to a call at a fixed price, which is due even if the answer is lost."""
        self.meter.require(price, act=True)
        try:
            exchange = self._send(method, route, json=body)
        except NotDone:
            raise
        except Transient:
            self.meter.spend(price)
            raise
        self.meter.spend(price)
        return judge(exchange, self.clock())

    def _send(self, method: str, route: str, **what: Any) -> Exchange:
        client = self.access.client()
        exchange = self._ask(client, method, route, what)
        if exchange.status == 401 and client.bearer_token:
            self.access.renew(client.bearer_token)
            exchange = self._ask(self.access.client(), method, route, what)
        return exchange

    def _ask(self, client: Any, method: str, route: str, what: dict[str, Any]) -> Exchange:
        # Not through the library's method for each call: those warn of names that they do not know.
        signed = client.bearer_token is None
        return self.wire.ask(
            lambda: client.request(method, route, user_auth=signed, **what), LIBRARY_ERRORS
        )
