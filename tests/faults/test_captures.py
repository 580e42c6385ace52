"""A thousand captures and twenty killed workers: each record is complete or absent, none is half.

`WATCHROOM_TEST_STORMS=large` (as `make storms` sets it) makes ten thousand and a hundred of them.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from moderation.evidence.care.checking import Care, go_on
from moderation.evidence.vault import GRACE
from moderation.tables import Lane
from tests.faults.captures import CapturedPage
from tests.processes import Process
from tests.servers import wait_until
from tests.world import World

LARGE = os.environ.get("WATCHROOM_TEST_STORMS") == "large"
CAPTURES, KILLS = (10_000, 100) if LARGE else (1_000, 20)
LONGEST_LIFE_S = 2.0
# A machine that is busy with other things may take several times as long as an idle one.
PATIENCE = 7_200.0 if LARGE else 600.0
SEED = 11


@pytest.mark.timeout(10_000 if LARGE else 900)
def test_every_record_is_complete_or_absent_however_often_the_workers_are_killed(
    world: World, tmp_path: Path, record_testsuite_property: Callable[[str, object], None]
) -> None:
    # One process writes an SQLite file; PostgreSQL takes several.
    number = 1 if world.store.is_sqlite else 2
    page = CapturedPage(world, tmp_path)
    page.take_in(CAPTURES)
    with page.crew.running(number) as workers:
        cut = _kill_again_and_again(page, workers)
        wait_until(lambda: _is_over(page, workers), "the last capture", patience=PATIENCE)
    records = page.records()
    orphans = page.unnamed(records)
    said = f"{len(records)} captured, {cut} cut off, {len(orphans)} files left by these"
    record_testsuite_property(f"captures, {number} workers, {KILLS} kills", said)
    assert page.crew.complaints() == []
    assert len(records) == CAPTURES, said
    assert {record.fault for record in records} == {""}, said
    assert cut > 0, "no kill struck a capture"
    assert list(page.shop.vault.rehash()) == []
    page.require_whole()
    _sweep(page, len(orphans))


def _kill_again_and_again(page: CapturedPage, workers: list[Process]) -> int:
    """Kill a worker at a moment of its life; what is captured by then is whole, each time."""
    order = random.Random(SEED)  # noqa: S311  The same moments every time.
    cut, last = 0, 0
    for _ in range(KILLS):
        worker = order.choice(workers)
        page.crew.wait_until_it_works(worker, PATIENCE)
        time.sleep(order.uniform(0, LONGEST_LIFE_S))
        cut += page.crew.kill(worker, page.shop.now())
        fresh = page.records(last)
        assert {record.fault for record in fresh} <= {""}
        last = max([last, *(record.row.id for record in fresh)])
        worker.start()
    return cut


def _sweep(page: CapturedPage, orphans: int) -> None:
    """Let the nightly check remove what nothing names, and nothing else."""
    then = time.time() - 2 * GRACE.total_seconds()
    for path in page.settings.vault_dir.rglob("*"):
        if path.is_file():
            os.utime(path, (then, then))
    care = Care(page.store, page.shop.vault, page.shop.vault_index)
    done = go_on(care, page.shop.now(), seconds=PATIENCE)
    assert done is not None
    assert (done.counts, done.removed) == ({}, orphans)
    assert page.unnamed(page.records()) == set()


def _is_over(page: CapturedPage, workers: list[Process]) -> bool:
    """Say whether every capture is settled, or nothing will be: a worker ended by itself."""
    return not page.open_jobs(Lane.CAPTURE) or any(worker.ended for worker in workers)
