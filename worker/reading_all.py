"""Works the classify lane to its end, for an import that nobody else would read."""

from __future__ import annotations

import multiprocessing
import os
from typing import TYPE_CHECKING, Final, TextIO

from sqlalchemy import func, select

from moderation.tables import JobRow, JobState, Lane
from worker.importing import progress_bar

if TYPE_CHECKING:
    from worker.workshop import Workshop

_OPEN: Final = (JobState.READY, JobState.LEASED)
# Fewer pages than this are read sooner than a second process has loaded its model.
WORTH_SHARING: Final = 12
MOST_PROCESSES: Final = 4


def read_all(shop: Workshop, out: TextIO) -> None:
    """Run classify jobs until none is due, on every core, beside whoever else works the lane."""
    total = _left(shop)
    cores = min(os.cpu_count() or 1, MOST_PROCESSES) if total >= WORTH_SHARING else 1
    spawn = multiprocessing.get_context("spawn")
    # A daemon dies with this process; what it was reading is taken again when its lease runs out.
    helpers = [spawn.Process(target=_help, daemon=True) for _ in range(cores - 1)]
    for helper in helpers:
        helper.start()
    with progress_bar(out, "Reading  ") as progress:
        while _read_one(shop):
            progress(total - _left(shop), total)
    for helper in helpers:
        helper.join()


def _help() -> None:
    """Read pages in a process of its own until none is left."""
    from worker import opening

    shop = opening.workshop()
    while _read_one(shop):
        pass


def _read_one(shop: Workshop) -> bool:
    from worker.runner import Runner

    return Runner(shop, f"import:{os.getpid()}").run_next(Lane.CLASSIFY)


def _left(shop: Workshop) -> int:
    with shop.store.reading() as session:
        count = session.scalar(
            select(func.count()).where(JobRow.lane == Lane.CLASSIFY, JobRow.state.in_(_OPEN))
        )
    return count or 0
