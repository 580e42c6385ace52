"""The world behind the Graph API's stand-ins: tokens, permissions, people, limits and lags."""

from __future__ import annotations

from collections import deque
from datetime import datetime
from typing import Any, ClassVar

from tests.standins.base import StandIn
from tests.standins.graph_bodies import GraphFault, encoded, may_not_read
from tests.standins.graph_deliveries import Delivery, change, delivery
from tests.standins.graph_things import Person, Thing
from tests.standins.graph_words import VERSION

TOKEN = "EAAGstandInToken7f3a9c"
HOUR = 3600.0


class GraphWorld(StandIn):
    """Who may do what, who is who, and how long readers lag behind.

    reads maps what is read, an edge or a type, to the permission that this needs.
    """

    reads: ClassVar[dict[str, str]] = {}

    kind_of_call = "pages"
    throttle_code = 32
    pushes = "page"

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.token = TOKEN
        self.app_secret = ""
        self.me = ("104857600123456", "Northmoor Fire and Rescue")
        self.granted: set[str] = set()
        self.dead: int | None = None
        self.role = True
        self.punished = False
        self.tells_permissions = False
        self.allowance = 100_000
        self.regain_minutes = 0
        self.list_lag_s = 0.0
        self.short_by = 0
        self.hides_ignored: set[str] = set()
        self.spliced: dict[str, bytes] = {}
        self.things: dict[str, Thing] = {}
        self.people: dict[str, Person] = {}
        self._numbers = 0
        self.called: deque[datetime] = deque()

    # The world.

    def secrets(self) -> dict[str, str]:
        return {"access_token": self.token, "app_secret": self.app_secret}

    def person(self, name: str | None) -> Person | None:
        """Return somebody by name, who has the same id each time."""
        if name is None:
            return None
        return self.people.setdefault(name, Person(str(7_000_000 + len(self.people)), name))

    def number(self) -> int:
        """Return a number that was not given before."""
        self._numbers += 1
        return self._numbers

    def edit(self, native_id: str, text: str) -> None:
        with self.lock:
            self.things[native_id].text = text

    def is_hidden(self, native_id: str) -> bool:
        return self.things[native_id].hidden

    def set_hidden(self, native_id: str, *, hidden: bool) -> None:
        """Hide or show something, as a person does in the platform's own interface."""
        thing = self.things[native_id]
        if hidden != thing.hidden and native_id not in self.hides_ignored:
            thing.was_hidden = self.seen_hidden(thing)
            thing.hidden, thing.hidden_at = hidden, self.clock.now()

    def seen_hidden(self, thing: Thing) -> bool:
        """Return what readers see by now of whether something is hidden."""
        settled = thing.hidden_at is None or self.is_settled(thing.hidden_at)
        return thing.hidden if settled else thing.was_hidden

    def splice(self, native_id: str, raw: bytes) -> None:
        """Give a record of these bytes in lists, in place of what stands there."""
        self.spliced[native_id] = raw

    def lose_access(self) -> None:
        self.dead = 460

    def renew_access(self) -> None:
        self.dead = None

    def lose_permission(self, name: str) -> None:
        """Take one permission away from the token."""
        self.granted.discard(name)

    def delivery(
        self, *told: tuple[str, str], repeated: int = 1, out_of_order: bool = False
    ) -> Delivery:
        """Return what is pushed of some changes, each a verb and an id; oldest first by itself."""
        changes = [change(self.things[native_id], verb) for verb, native_id in told] * repeated
        if out_of_order:
            changes.reverse()
        at = int(self.clock.now().timestamp())
        return delivery(self.pushes, self.subscribed(), changes, at, self.app_secret)

    def subscribed(self) -> str:
        """Return the id of the account that deliveries are about."""
        raise NotImplementedError

    def may_read(self, what: str) -> None:
        """Raise GraphFault where the token lacks the permission to read this."""
        permission = self.reads.get(what)
        if permission and permission not in self.granted:
            raise GraphFault(may_not_read(permission))

    def listed(self, thing: Thing) -> bool:
        """Say whether something shows in lists by now."""
        age = (self.clock.now() - thing.put).total_seconds()
        return not thing.gone and age >= self.list_lag_s

    def used(self) -> float:
        """Return the share of the hour's allowance that is used up, in per cent."""
        now = self.clock.now()
        while self.called and (now - self.called[0]).total_seconds() > HOUR:
            self.called.popleft()
        return 100.0 * len(self.called) / self.allowance

    def usage(self, used: int | None = None) -> dict[str, str]:
        """Return the headers that tell of the use."""
        share = int(self.used()) if used is None else used
        shares = {"call_count": share, "total_cputime": share // 2, "total_time": share // 2}
        minutes = self.regain_minutes if share >= 100 else 0
        use = {"type": self.kind_of_call, **shares, "estimated_time_to_regain_access": minutes}
        return {
            "X-App-Usage": encoded(shares).decode(),
            "X-Business-Use-Case-Usage": encoded({self.me[0]: [use]}).decode(),
            "facebook-api-version": VERSION,
        }
