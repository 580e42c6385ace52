"""The Graph API itself: paths, versions, tokens, permissions, limits, fields and edges."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode

from tests.standins.base import Answer, Request
from tests.standins.faults import Fault
from tests.standins.graph_bodies import (
    GraphFault,
    bad_cursor,
    bad_parameter,
    broken,
    dead_token,
    encoded,
    error,
    no_alias,
    no_field,
    no_path,
    no_role,
    not_there,
    throttled,
    unknown_token,
)
from tests.standins.graph_fields import Field, read_fields
from tests.standins.graph_lists import Key, Shelf, cursor_of, key_of, some
from tests.standins.graph_things import Name, Thing
from tests.standins.graph_words import EDGES, EVERYWHERE, FIELDS, NODES, VERSION
from tests.standins.graph_world import GraphWorld


class GraphStandIn(GraphWorld):
    """What Facebook and Instagram share. A subclass gives objects, edges and writes."""

    def answer(self, request: Request) -> Answer:
        self.called.append(self.clock.now())
        try:
            answer = self._answer(request)
        except GraphFault as fault:
            answer = fault.answer
        answer.headers = {**self.usage(), **answer.headers}
        return answer

    def server_error(self, request: Request) -> Answer:
        return broken(request.method)

    def rate_limited(self, request: Request) -> Answer:
        answer = throttled(self.throttle_code)
        answer.headers = self.usage(100)
        return answer

    def _answer(self, request: Request) -> Answer:
        parts = request.path.strip("/").split("/")
        if parts[0] != VERSION or not 2 <= len(parts) <= 3:
            raise GraphFault(no_path(request.path))
        params = _params(request)
        self._admit(request, params)
        if self.used() >= 100:
            raise GraphFault(throttled(self.throttle_code))
        asked = {name: value for name, value in params.items() if name not in EVERYWHERE}
        if parts[1:] == ["me", "permissions"]:
            return self._permissions(request.method)
        if parts[1:] == ["me"]:
            return self._on_object(request.method, self._myself(), asked)
        thing = self._thing(request.method, parts[1])
        if len(parts) == 3:
            return self._on_edge(request.method, thing, parts[2], asked)
        return self._on_object(request.method, thing, asked)

    def _admit(self, request: Request, params: dict[str, str]) -> None:
        bearer = re.fullmatch(r"(?:Bearer|OAuth) (.+)", request.headers.get("authorization", ""))
        token = params.get("access_token") or (bearer[1] if bearer else "")
        if not token:
            raise GraphFault(
                error("An access token is required to request this resource.", 104, status=401)
            )
        if token != self.token:
            raise GraphFault(unknown_token())
        if self.dead is not None:
            raise GraphFault(dead_token(self.dead))
        if not self.role:
            raise GraphFault(no_role())
        if self.app_secret:
            proof = hmac.new(self.app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
            if params.get("appsecret_proof") != proof:
                message = "Invalid appsecret_proof provided in the API argument"
                raise GraphFault(error(message, 100, kind="GraphMethodException"))

    def _myself(self) -> Thing:
        now = self.clock.now()
        return Name(self.me[0], self.me[1], now, now, (0.0, 0))

    def _permissions(self, method: str) -> Answer:
        if method != "GET" or not self.tells_permissions:
            raise GraphFault(no_field("permissions", "Page"))
        granted = [{"permission": name, "status": "granted"} for name in sorted(self.granted)]
        return Answer(encoded({"data": granted}))

    def _thing(self, method: str, native_id: str) -> Thing:
        if not re.fullmatch(r"[0-9_]+", native_id):
            raise GraphFault(no_alias(native_id))
        thing = self.things.get(native_id)
        if thing is None or thing.gone:
            raise GraphFault(not_there(method, native_id))
        return thing

    def _on_object(self, method: str, thing: Thing, asked: dict[str, str]) -> Answer:
        allowed = NODES.get((method, thing.kind))
        if allowed is None:
            raise GraphFault(not_there(method, thing.id))
        _check(asked, allowed)
        if method == "GET":
            self.may_read(thing.kind)
            return self._encoded(self.rendered(thing, _fields(asked.get("fields", "id"))))
        return self.written(method, thing, asked)

    def _on_edge(self, method: str, thing: Thing, edge: str, asked: dict[str, str]) -> Answer:
        allowed = EDGES.get((method, thing.kind, edge))
        if allowed is None:
            raise GraphFault(no_path(f"/{edge}"))
        _check(asked, allowed)
        if method != "GET":
            return self.written(method, thing, asked)
        fields = _fields(asked.get("fields", "id"))
        return self._encoded(self.list_body(thing, edge, asked, fields))

    # What is shown.

    def rendered(self, thing: Thing, fields: tuple[Field, ...]) -> dict[str, Any] | str:
        """Return an object with the fields that were asked for; id is always among them."""
        values = thing.values(hidden=self.seen_hidden(thing))
        found: dict[str, Any] = {}
        for one in fields:
            if one.name in FIELDS[thing.kind]:
                value = values.get(one.name)
                if isinstance(value, Thing):
                    value = self.rendered(value, one.inside or _fields("id"))
                if value is not None:
                    found[one.name] = value
            elif ("GET", thing.kind, one.name) in EDGES:
                body = self.list_body(thing, one.name, one.args, one.inside or _fields("id"))
                if body["data"] or "summary" in body:
                    found[one.name] = body
            else:
                found[one.name] = self.special(thing, one)
        return {**found, "id": values["id"]} if "id" in FIELDS[thing.kind] else found

    def special(self, thing: Thing, asked: Field) -> Any:
        """Return a field that is neither a value nor a list."""
        raise GraphFault(no_field(asked.name, thing.kind))

    def list_body(
        self, thing: Thing, edge: str, asked: dict[str, str], fields: tuple[Field, ...]
    ) -> dict[str, Any]:
        """Return one page of an edge."""
        self.may_read(edge)
        shelf, newest_first = self.edge(thing, edge, asked)
        query = f"{thing.id}/{edge}/{asked.get('filter', '')}/{asked.get('order', '')}"
        after = self._after(query, asked.get("after", ""))
        limit = _limit(asked.get("limit", "25"))
        room = max(1, limit - self.short_by) if limit > 10 else limit
        page = some(_walk(shelf, after, down=newest_first), room, self._shown(asked))
        before = some(_walk(shelf, after, down=not newest_first), 3 if after else 0, self.listed)
        things = self.shaken([one for _, one in page], [one for _, one in reversed(before)])
        data = [
            f"@@{one.id}@@" if one.id in self.spliced else self.rendered(one, fields)
            for one in things
        ]
        body: dict[str, Any] = {"data": data}
        if page:
            more = {**asked, "after": cursor_of(query, page[-1][0]), "limit": str(limit)}
            body["paging"] = self._paging(thing, edge, query, page, more, full=len(page) == room)
        return {**body, **self.summary(thing, shelf, asked)}

    def edge(self, thing: Thing, edge: str, asked: dict[str, str]) -> tuple[Shelf[Any], bool]:
        """Return the list behind an edge, and whether its newest stands first."""
        raise NotImplementedError

    def written(self, method: str, thing: Thing, asked: dict[str, str]) -> Answer:
        """Do what was asked, and say so."""
        raise NotImplementedError

    def summary(self, thing: Thing, shelf: Shelf[Any], asked: dict[str, str]) -> dict[str, Any]:
        """Return what an edge tells beside its list."""
        return {}

    def _shown(self, asked: dict[str, str]) -> Any:
        since = float(asked.get("since") or 0)
        return lambda thing: self.listed(thing) and thing.key[0] >= since

    def _after(self, query: str, cursor: str) -> Key | None:
        if not cursor:
            return None
        if self.faults.strikes(Fault.EXPIRED_CURSOR):
            raise GraphFault(bad_cursor())
        try:
            return key_of(query, cursor)
        except ValueError:
            raise GraphFault(bad_cursor()) from None

    def _paging(
        self,
        thing: Thing,
        edge: str,
        query: str,
        page: list[tuple[Key, Thing]],
        more: dict[str, str],
        *,
        full: bool,
    ) -> dict[str, Any]:
        cursors = {"before": cursor_of(query, page[0][0]), "after": more["after"]}
        if not full:
            return {"cursors": cursors}
        address = urlencode({"access_token": self.token, "pretty": "0", **more})
        following = f"https://graph.facebook.com/{VERSION}/{thing.id}/{edge}?{address}"
        return {"cursors": cursors, "next": following}

    def _encoded(self, body: Any) -> Answer:
        raw = encoded(body)
        for native_id, spliced in self.spliced.items():
            raw = raw.replace(f'"@@{native_id}@@"'.encode(), spliced)
        return Answer(raw)


def _walk(shelf: Shelf[Any], after: Key | None, *, down: bool) -> Iterator[tuple[Key, Any]]:
    return shelf.down(after) if down else shelf.up(after)


def _params(request: Request) -> dict[str, str]:
    """Return the parameters of the query and of the form together."""
    form = parse_qs(request.body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in {**request.query, **form}.items()}


def _check(asked: dict[str, str], allowed: frozenset[str]) -> None:
    for name in asked:
        if name not in allowed:
            raise GraphFault(bad_parameter(name))


def _fields(text: str) -> tuple[Field, ...]:
    try:
        return read_fields(text)
    except ValueError:
        raise GraphFault(bad_parameter("fields")) from None


def _limit(text: str) -> int:
    if not text.isdigit() or int(text) > 100:
        raise GraphFault(bad_parameter("limit"))
    return int(text)
