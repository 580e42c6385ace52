"""Works the classify lane to its end in this process, for an import that nobody else would read."""

from __future__ import annotations

import os
from typing import Final, TextIO

from sqlalchemy import func, select

from moderation.tables import JobRow, JobState, Lane
from worker.importing import progress_bar
from worker.runner import Runner
from worker.workshop import Workshop

_OPEN: Final = (JobState.READY, JobState.LEASED)


def read_all(shop: Workshop, out: TextIO) -> None:
    """Run classify jobs until none is due, beside whoever else works the lane."""
    total = _left(shop)
    runner = Runner(shop, f"import:{os.getpid()}")
    with progress_bar(out, "Reading  ") as progress:
        done = 0
        while runner.run_next(Lane.CLASSIFY):
            done += 1
            progress(min(done, total), total)


def _left(shop: Workshop) -> int:
    with shop.store.reading() as session:
        count = session.scalar(
            select(func.count()).where(JobRow.lane == Lane.CLASSIFY, JobRow.state.in_(_OPEN))
        )
    return count or 0
