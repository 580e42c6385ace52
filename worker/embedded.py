"""The embedded profile: web pages, ticker and a thread per lane in one process, and no broker."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from moderation.tables import Lane
from worker.runner import Runner
from worker.ticker import Ticker
from worker.workshop import Workshop

LOG: Final = logging.getLogger("watchroom.embedded")
# A lane looks for itself this often; a nudge after a commit wakes it at once.
LOOK_EVERY_S: Final = 2.0


class Lanes:
    """A thread for each lane, and the ticker's; start once, stop once."""

    def __init__(self, shop: Workshop) -> None:
        self._shop = shop
        self._stop = threading.Event()
        self._wake = {lane: threading.Event() for lane in Lane}
        self._threads = [
            threading.Thread(target=self._serve, args=(lane,), name=f"lane-{lane.value}")
            for lane in Lane
        ]
        ticker = Ticker(shop)
        self._threads.append(threading.Thread(target=ticker.run, args=(self._stop,), name="ticker"))

    def start(self) -> None:
        """Start the threads and let commits in this process wake them."""
        self._shop.store.nudge = self._nudge
        for thread in self._threads:
            thread.start()

    def stop(self, patience_s: float = 20.0) -> bool:
        """Let each thread finish the job in hand; False when one did not end in time.

        A job that is cut off keeps its lease and is taken again when that has run out.
        """
        self._stop.set()
        for event in self._wake.values():
            event.set()
        for thread in self._threads:
            thread.join(patience_s)
        return not any(thread.is_alive() for thread in self._threads)

    def _nudge(self, promised: Sequence[tuple[str, int]]) -> None:
        for lane, _ in promised:
            self._wake[Lane(lane)].set()

    def _serve(self, lane: Lane) -> None:
        runner = Runner(self._shop, f"{os.getpid()}:{lane.value}")
        while not self._stop.is_set():
            try:
                worked = runner.run_next(lane)
            except SQLAlchemyError as err:
                LOG.warning("lane_waits lane=%s error=%s", lane.value, type(err).__name__)
                worked = False
            if not worked:
                self._wake[lane].wait(LOOK_EVERY_S)
                self._wake[lane].clear()
