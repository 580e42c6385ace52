"""What goes on while somebody watches the demonstration: comments, edits, faults, a lost access."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle

import click

from moderation import jobs
from tests.standins.faults import Fault, FaultScript
from tests.standins.platforms_places import Place
from tests.standins.platforms_story import Said
from worker.workshop import Workshop

SAY_EVERY_S = 4.0
EDIT_EVERY_S = 35.0
DELETE_EVERY_S = 60.0
TROUBLE_STEP_S = 20.0
QUIET_STEPS = 3
ACCESS_STEP_S = 60.0
LAG_S = 8.0
ADDED = "{} (Edited to add: share this.)"


@dataclass(frozen=True)
class Trouble:
    """A fault that every call meets for a while; without one, what is done shows up late."""

    platform: str
    says: str
    fault: Fault | None = None


TROUBLES = (
    Trouble("instagram", "answers every call with an error of its own", Fault.SERVER_ERROR),
    Trouble("facebook", f"shows what was done {LAG_S:.0f} seconds late"),
    Trouble("x", "says that it is asked too often", Fault.RATE_LIMITED),
    Trouble("mastodon", "cannot be reached behind its gateway", Fault.BAD_GATEWAY),
    Trouble("youtube", "answers every call with an error of its own", Fault.SERVER_ERROR),
    Trouble("bluesky", "drops every connection", Fault.CUT_BEFORE),
)


@dataclass
class Chore:
    """Something that is done again and again; due is a time of the monotonic clock."""

    every_s: float
    do: Callable[[], object]
    due: float = field(init=False)

    def __post_init__(self) -> None:
        self.due = time.monotonic() + self.every_s

    def attend(self) -> None:
        """Do it when its time has come."""
        if time.monotonic() >= self.due:
            self.due = time.monotonic() + self.every_s
            self.do()


class Live:
    """Lets things happen on the platforms until it is told to stop.

    accounts are the ids in the record by platform; lost is the platform whose access ends, if any;
    a pace below 1 makes all of it happen faster.
    """

    def __init__(
        self,
        shop: Workshop,
        places: Mapping[str, Place],
        accounts: Mapping[str, int],
        ahead: Sequence[Said],
        lost: str | None,
        *,
        pace: float = 1.0,
    ) -> None:
        self._shop = shop
        self._places = places
        self._accounts = accounts
        self._ahead = cycle(ahead)
        self._pace = pace
        self._recent: deque[Said] = deque(maxlen=10)
        self._steps = [(TROUBLE_STEP_S, self._troubles())]
        if lost:
            self._steps.append((ACCESS_STEP_S, self._access(places[lost])))

    def start(self, stop: threading.Event) -> threading.Thread:
        """Start, and return the thread, which ends soon after stop is set."""
        thread = threading.Thread(target=self._run, args=(stop,), name="platforms")
        thread.start()
        return thread

    def _run(self, stop: threading.Event) -> None:
        doings: list[tuple[float, Callable[[], object]]] = [
            (SAY_EVERY_S, self._say),
            (EDIT_EVERY_S, self._edit),
            (DELETE_EVERY_S, self._delete),
            *((every_s, partial(next, steps, None)) for every_s, steps in self._steps),
        ]
        chores = [Chore(every_s * self._pace, do) for every_s, do in doings]
        while not stop.wait(0.5 * self._pace):
            for chore in chores:
                chore.attend()

    def _say(self) -> None:
        """Write the next comment, or let its author change or delete one as the story has it."""
        one = next(self._ahead)
        place = self._places[one.where]
        place.play(one)
        if one.change:
            self._reread(one.where)
        elif one.post:
            self._recent.append(one)

    def _edit(self) -> None:
        """Let somebody add a line to what they wrote a moment ago, where the platform lets them."""
        for one in reversed(self._recent):
            place = self._places[one.where]
            if place.can_edit and one.text and one.id in place.ids:
                place.edit(one.id, ADDED.format(one.text))
                self._reread(one.where)
                return

    def _delete(self) -> None:
        """Let somebody delete what they wrote some comments ago."""
        while self._recent:
            one = self._recent.popleft()
            place = self._places[one.where]
            if one.id in place.ids:
                place.delete(one.id)
                self._reread(one.where)
                return

    def _reread(self, platform: str) -> None:
        """Have the account's threads read again now, which is otherwise done every few hours."""
        now = self._shop.now()
        ref = f"{self._accounts[platform]}:sweep"
        with self._shop.store.transaction() as session:
            jobs.promise(session, "reread", ref, f"reread:{ref}:{now.isoformat()}", at=now)

    def _troubles(self) -> Iterator[None]:
        """Let one platform after the other be in trouble for a step, with quiet before each."""
        for trouble in cycle(TROUBLES):
            for _ in range(QUIET_STEPS):
                yield
            place = self._places[trouble.platform]
            server = place.server
            _tell(place, f"{trouble.says} for {TROUBLE_STEP_S:.0f} seconds")
            if trouble.fault:
                server.faults = FaultScript(shares={trouble.fault: 1.0})
            else:
                server.lag_s = LAG_S
            yield
            server.faults, server.lag_s = FaultScript(), 0.0

    def _access(self, place: Place) -> Iterator[None]:
        """Let a platform end the account's access, and take the same access again later."""
        place.server.lose_access()
        _tell(place, "has ended the access: see Accounts in a few seconds")
        yield
        place.server.renew_access()
        _tell(place, "takes the access again: press Resume on the page Accounts")
        yield


def _tell(place: Place, says: str) -> None:
    click.echo(f"{time.strftime('%H:%M:%S')} The stand-in for {place.title} {says}.")
