"""Worker processes of one lane over one record: started, listened to, killed at any moment."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import update

from moderation.settings import Settings
from moderation.store import Store
from moderation.tables import JobRow, JobState, Lane
from tests.faults import lane_worker
from tests.processes import Process
from tests.servers import wait_until


class _Worker(Process):
    command = (sys.executable, "-m", lane_worker.__name__)


class Crew:
    """The workers of one lane. Their logs lie in folder."""

    def __init__(self, lane: Lane, settings: Settings, store: Store, folder: Path) -> None:
        self._lane, self._settings, self._store, self._folder = lane, settings, store, folder

    @contextmanager
    def running(self, number: int, **given: object) -> Iterator[list[Process]]:
        """Run so many of them until the end of the block; given are further settings."""
        own = {"DATA_DIR": self._settings.data_dir, "DATABASE_URL": self._settings.database_url}
        with ExitStack() as stack:
            workers: list[Process] = []
            for n in range(number):
                log = self._folder / f"{self._lane.value}-{n}.log"
                workers.append(_Worker(self._lane.value, log=log, **own, **given))
                stack.callback(workers[-1].kill)
            yield workers

    def wait_until_it_works(self, worker: Process, patience: float) -> None:
        """Wait until a worker has begun to work, or has ended by itself."""
        start = lane_worker.started(self._lane, worker.pid)
        wait_until(lambda: worker.ended or worker.said(start), "a worker", patience=patience)

    def complaints(self) -> list[str]:
        """Return what they logged beside that they began to work."""
        logs = self._folder.glob(f"{self._lane.value}-*.log")
        lines = [line for log in logs for line in log.read_text(errors="replace").splitlines()]
        return [line for line in lines if lane_worker.STARTED not in line]

    def kill(self, worker: Process, now: datetime) -> bool:
        """Kill one in whatever it does, and do to its leases what a minute would.

        True where it had a job under way.
        """
        owner = lane_worker.owner(self._lane, worker.pid)
        worker.kill()
        with self._store.transaction() as session:
            cut = session.scalars(
                update(JobRow)
                .where(JobRow.state == JobState.LEASED, JobRow.lease_owner == owner)
                .values(lease_until=now - timedelta(seconds=1))
                .returning(JobRow.id)
            ).all()
        return bool(cut)
