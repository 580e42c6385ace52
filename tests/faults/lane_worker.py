"""A worker of one lane alone, in an interpreter of its own: it works until it is killed."""

from __future__ import annotations

import logging
import os
import sys
import time

from moderation.settings import Settings
from moderation.store import Store
from moderation.tables import Lane
from worker.opening import start_logs
from worker.runner import Runner
from worker.workshop import Workshop

LOG = logging.getLogger("watchroom.lane_worker")
LOOK_EVERY_S = 0.05
STARTED = "lane_worker_started"


def owner(lane: Lane, pid: int) -> str:
    """Return the name that stands in the leases of the worker with that number."""
    return f"{pid}:{lane.value}"


def started(lane: Lane, pid: int) -> str:
    """Return what the worker with that number logs when it begins to work."""
    return f"{STARTED} owner={owner(lane, pid)}."


def main(lane: Lane) -> None:
    """Work the lane as the embedded profile's thread does."""
    settings = Settings.from_env(os.environ)
    start_logs(settings.log_level)
    shop = Workshop(settings, Store.open(settings.database_url))
    runner = Runner(shop, owner(lane, os.getpid()))
    LOG.info(started(lane, os.getpid()))
    while True:
        if not runner.run_next(lane):
            time.sleep(LOOK_EVERY_S)


if __name__ == "__main__":
    main(Lane(sys.argv[1]))
