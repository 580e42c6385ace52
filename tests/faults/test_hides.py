"""Fifteen hundred hides and fifty killed workers: none is lost, made twice or guessed."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from moderation.tables import Lane
from tests.faults.hides import Hide, HidingPage
from tests.processes import Process
from tests.servers import wait_until
from tests.standins.faults import Fault, FaultScript
from tests.standins.graph import FacebookStandIn
from tests.world import World

HIDES, KILLS = 1_500, 50
FAULTS = {Fault.APPLIED_BUT_500: 0.05, Fault.HANG_AFTER: 0.03}
LAG_S, SETTLE_S = 1.5, 2.5
LONGEST_LIFE_S = 2.0
# A machine that is busy with other things may take several times as long as an idle one.
PATIENCE = 400.0
SEED = 9


@pytest.mark.timeout(900)
def test_no_hide_is_lost_doubled_or_guessed_however_often_the_workers_are_killed(
    world: World, tmp_path: Path, record_testsuite_property: Callable[[str, object], None]
) -> None:
    # One process writes an SQLite file; PostgreSQL takes several.
    number = 1 if world.store.is_sqlite else 2
    faults = FaultScript(SEED, FAULTS, methods={"POST"})
    with FacebookStandIn(faults=faults, lag_s=LAG_S) as server:
        page = HidingPage(world, tmp_path, server, settle_s=SETTLE_S)
        wanted = page.take_in(HIDES)
        with page.crew.running(number, SETTLE_S=0) as workers:
            _ask_and_kill(page, wanted, workers)
            wait_until(lambda: _is_over(page, workers), "the last hide", patience=PATIENCE)
        hides = page.hides()
    figures = _figures(hides, faults)
    said = ", ".join(f"{times} {what}" for what, times in figures.items())
    record_testsuite_property(f"hides, {number} workers", said)
    assert page.crew.complaints() == []
    assert [hide.action.item_id for hide in hides] == wanted, said
    assert _numbers(hides, lambda hide: not hide.is_accounted_for) == [], said
    assert [hide.story for hide in hides if hide.was_made_twice] == [], said
    assert _numbers(hides, lambda hide: not hide.is_in_the_record) == [], said
    assert _numbers(hides, lambda hide: not hide.was_seen_before_verified(LAG_S)) == [], said
    assert figures["cut off"] > 0, "no kill struck a call"
    assert all(faults.struck.values()), "too calm a platform"
    page.require_whole()


def _ask_and_kill(page: HidingPage, wanted: list[int], workers: list[Process]) -> None:
    """Ask for some hides and kill a worker at a moment of its life, again and again."""
    order = random.Random(SEED)  # noqa: S311  The same moments every time.
    some = len(wanted) // KILLS
    for kill in range(KILLS):
        page.ask(wanted[kill * some : (kill + 1) * some])
        worker = order.choice(workers)
        page.crew.wait_until_it_works(worker, PATIENCE)
        time.sleep(order.uniform(0, LONGEST_LIFE_S))
        page.crew.kill(worker, page.shop.now())
        worker.start()


def _is_over(page: HidingPage, workers: list[Process]) -> bool:
    """Say whether every hide is settled, or nothing will be: a worker ended by itself."""
    return not page.open_jobs(Lane.ACT) or any(worker.ended for worker in workers)


def _numbers(hides: list[Hide], wrong: Callable[[Hide], bool]) -> list[int]:
    return [hide.action.id for hide in hides if wrong(hide)]


def _figures(hides: list[Hide], faults: FaultScript) -> dict[str, int]:
    """Return what a person wants to know of the run."""
    states = Counter(hide.action.state.value for hide in hides)
    return {
        **states,
        "calls": sum(len(hide.posts) for hide in hides),
        "made twice": sum(hide.was_made_twice for hide in hides),
        "attempts": sum(len(hide.attempts) for hide in hides),
        "cut off": sum(hide.cut_off for hide in hides),
        **{fault.value: times for fault, times in faults.struck.items()},
    }
