"""Works the classify lane to its end, for an import that nobody else would read."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from moderation.tables import JobRow, JobState, Lane
from worker.importing import progress_bar

if TYPE_CHECKING:
    from worker.workshop import Workshop

_OPEN: Final = (JobState.READY, JobState.LEASED)
# A smaller file is read sooner than a second process has loaded its model.
WORTH_SHARING: Final = 2 * 1024 * 1024
MOST_PROCESSES: Final = 4
LOOK_EVERY_S: Final = 0.2


@contextmanager
def helpers_for(file: Path) -> Iterator[None]:
    """Have a process on each further core read what comes in, until the lane is empty."""
    cores = min(os.cpu_count() or 1, MOST_PROCESSES)
    spawn = multiprocessing.get_context("spawn")
    all_in = spawn.Event()
    wanted = cores - 1 if file.stat().st_size >= WORTH_SHARING else 0
    # What a helper was reading when it was cut off is taken again when its lease runs out.
    helpers = [spawn.Process(target=_help, args=(all_in,), daemon=True) for _ in range(wanted)]
    for helper in helpers:
        helper.start()
    try:
        yield
    finally:
        all_in.set()
        for helper in helpers:
            helper.join()


def read_all(shop: Workshop, out: TextIO) -> None:
    """Run classify jobs until none is due, beside whoever else works the lane."""
    total = _left(shop)
    with progress_bar(out, "Reading  ") as progress:
        while _read_one(shop):
            progress(total - _left(shop), total)


def _help(all_in: Event) -> None:
    """Read pages in a process of its own; ends when everything is in and nothing is left.

    It ends too when the import was killed: nobody would ever tell it that everything is in.
    """
    from worker import opening

    importer = multiprocessing.parent_process()
    shop = opening.workshop()
    # What the record refuses, a full disk for example, the importer meets too and says in one line.
    with suppress(SQLAlchemyError):
        while _read_one(shop) or not all_in.wait(LOOK_EVERY_S):
            if importer is None or not importer.is_alive():
                return


def _read_one(shop: Workshop) -> bool:
    from worker.runner import Runner

    return Runner(shop, f"import:{os.getpid()}").run_next(Lane.CLASSIFY)


def _left(shop: Workshop) -> int:
    with shop.store.reading() as session:
        count = session.scalar(
            select(func.count()).where(JobRow.lane == Lane.CLASSIFY, JobRow.state.in_(_OPEN))
        )
    return count or 0
