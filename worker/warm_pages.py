"""One browser for a process: started when a page is first wanted, kept warm, ended with it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection
from pathlib import Path
from typing import Final

from worker.live_pages import LivePage, LivePages, NotSeen

LOG: Final = logging.getLogger("watchroom.live_pages")


class WarmPages:
    """Sees pages with one browser after the other, each of which reaches one platform alone.

    Another platform's page, and a page that could not be seen, cost a new start.
    """

    def __init__(self, program: Path) -> None:
        self._program = program
        self._lock = threading.Lock()
        self._hosts: frozenset[str] = frozenset()
        self._pages: LivePages | None = None

    def capture(self, address: str, hosts: Collection[str]) -> tuple[LivePage, str]:
        """Return the page as it stands now, and the browser's version. Raises NotSeen."""
        with self._lock:
            pages = self._started(frozenset(hosts))
            try:
                return pages.capture(address), pages.version
            except NotSeen:
                # It may be the browser that is at fault: the next page gets another.
                self._end()
                raise

    def close(self) -> None:
        """End the browser; another page starts one again."""
        with self._lock:
            self._end()

    def _started(self, hosts: frozenset[str]) -> LivePages:
        if self._pages is not None and self._hosts == hosts:
            return self._pages
        self._end()
        self._pages, self._hosts = LivePages(self._program, hosts).__enter__(), hosts
        return self._pages

    def _end(self) -> None:
        ended, self._pages = self._pages, None
        if ended is None:
            return
        try:
            ended.__exit__(None, None, None)
        except Exception as err:  # noqa: BLE001  a browser that died has nothing left to end
            LOG.warning("browser_not_ended error=%s", type(err).__name__)
