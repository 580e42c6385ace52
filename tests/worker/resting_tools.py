"""Accounts on stand-ins that fail and recover, and the installation's clock above them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.connected import STAND_INS, Connected
from tests.standins.faults import Fault, FaultScript
from tests.world import World
from worker import polling


@contextmanager
def account_on(world: World, folder: Path, name: str, **settings: Any) -> Iterator[Connected]:
    with STAND_INS[name]() as server:
        connected = Connected(world, folder, name, server)
        connected.connect(**settings)
        yield connected


def poll(connected: Connected, feed: str = "comments") -> None:
    connected.later(1)
    connected.run("poll", f"{connected.account_id}:{feed}")


def fail(connected: Connected, fault: Fault) -> None:
    connected.server.faults = FaultScript(1, {fault: 1.0})


def work_well(connected: Connected) -> None:
    connected.server.faults = FaultScript()


def tick(connected: Connected, seconds: float, every: float = 30) -> None:
    """Let time go by as the installation's clock does: promise what is due and work it."""
    for _ in range(int(seconds / every)):
        with connected.store.transaction() as session:
            polling.promise_due(session, connected.shop)
        connected.work()
        connected.later(every)
