"""Looks at the page of an item as anybody sees it, in a browser of its own: a picture and a copy.

Off unless the setting names a browser. What comes back is bytes to be kept beside a record; the
record itself never waits for it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route

HOSTS: Final = {
    "bluesky": ("bsky.app", "bsky.social", "bsky.network"),
    "facebook": ("facebook.com", "fbcdn.net"),
    "instagram": ("instagram.com", "cdninstagram.com", "fbcdn.net"),
    "x": ("x.com", "twimg.com"),
    "youtube": ("youtube.com", "ytimg.com", "ggpht.com", "gstatic.com", "googleusercontent.com"),
}
"""Whose pages a platform's page is made of; each name stands for those below it as well."""

LIMIT_S: Final = 15.0
VIEW: Final = (1280, 900)
HIGHEST: Final = 8_000
"""Dots. A page that goes on for ever is cut here."""
MOST_BYTES: Final = 30_000_000

NOT_INSTALLED: Final = "The browser's driver is not installed: pip install 'watchroom[browser]'."
NOT_STARTED: Final = "The browser did not start: {}"
NOT_OURS: Final = "The address does not lead to a page of the platform."
LED_AWAY: Final = "The page led to another site."
TOO_SLOW: Final = "The page did not come within {:.0f} seconds."
NOT_SHOWN: Final = "The browser could not show the page: {}"
TOO_LARGE: Final = "The page is larger than {} MB."

_FLAGS: Final = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-dev-shm-usage",
    "--dns-prefetch-disable",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--no-first-run",
    "--metrics-recording-only",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
)
_LOCAL: Final = frozenset({"127.0.0.1"})


class NotSeen(Exception):
    """The page could not be captured; the message says why, in words for people."""


@dataclass(frozen=True, slots=True)
class LivePage:
    """A page as the browser showed it.

    png is the picture, mhtml the page with everything in it, final_address where it led to.
    """

    address: str
    final_address: str
    title: str
    seen_at: datetime
    png: bytes
    mhtml: bytes
    is_cut: bool


class LivePages:
    """A browser that stays warm and reaches a platform's hosts and nothing else.

    Use it as a context: the browser ends with it. It has a thread of its own, so any thread may
    ask, and one page is seen after the other. Each capture has a fresh profile, without cookies: it
    shows what somebody sees who has not signed in. version is the browser's own, once it runs.
    """

    def __init__(self, program: Path, hosts: Collection[str], limit_s: float = LIMIT_S) -> None:
        self._program = program
        self._hosts = tuple(sorted(hosts))
        self._limit_s = limit_s
        self.version = ""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live-pages")

    def __enter__(self) -> Self:
        """Start the browser. Raises NotSeen."""
        try:
            self._thread.submit(self._start).result()
        except NotSeen:
            self._thread.shutdown()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the browser."""
        try:
            self._thread.submit(self._stop).result()
        finally:
            self._thread.shutdown()

    def capture(self, address: str) -> LivePage:
        """Return the page as it stands now. Raises NotSeen."""
        if not leads_to(address, self._hosts):
            raise NotSeen(NOT_OURS)
        return self._thread.submit(self._capture, address).result()

    def _start(self) -> None:
        try:
            from playwright.sync_api import Error, sync_playwright
        except ImportError as err:
            raise NotSeen(NOT_INSTALLED) from err
        self._error: type[Exception] = Error
        self._playwright: Playwright = sync_playwright().start()
        try:
            self._browser = self._started()
        except Error as err:
            self._playwright.stop()
            raise NotSeen(NOT_STARTED.format(_first_line(err))) from err
        self.version = self._browser.version

    def _stop(self) -> None:
        try:
            self._browser.close()
        finally:
            self._playwright.stop()

    def _capture(self, address: str) -> LivePage:
        ends = time.monotonic() + self._limit_s
        try:
            with self._fresh() as context:
                return self._captured(context, address, ends)
        except self._error as err:
            if time.monotonic() >= ends or type(err).__name__ == "TimeoutError":
                raise NotSeen(TOO_SLOW.format(self._limit_s)) from err
            raise NotSeen(NOT_SHOWN.format(_first_line(err))) from err

    def _started(self) -> Browser:
        """Start a browser that can look up no other name: a redirect passes the filter by."""
        open_names = (f"EXCLUDE {name}, EXCLUDE *.{name}" for name in self._hosts)
        rules = ", ".join(["MAP * ~NOTFOUND", *open_names])
        return self._playwright.chromium.launch(
            executable_path=self._program,
            args=[*_FLAGS, f"--host-resolver-rules={rules}"],
            # The browser's own sandbox does not start for root, who has no place in production.
            chromium_sandbox=os.geteuid() != 0,
            timeout=self._limit_s * 1000,
        )

    @contextmanager
    def _fresh(self) -> Iterator[BrowserContext]:
        context = self._browser.new_context(
            viewport={"width": VIEW[0], "height": VIEW[1]},
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
            service_workers="block",
            accept_downloads=False,
        )
        try:
            context.route("**/*", self._filtered)
            context.route_web_socket("**/*", lambda socket: socket.close())
            yield context
        finally:
            context.close()

    def _captured(self, context: BrowserContext, address: str, ends: float) -> LivePage:
        page = context.new_page()
        context.on("page", lambda other: other.close() if other != page else None)
        page.goto(address, wait_until="load", timeout=_left_ms(ends))
        if not leads_to(page.url, self._hosts):
            raise NotSeen(LED_AWAY)
        png, is_cut = _pictured(page, ends)
        session = context.new_cdp_session(page)
        copy = session.send("Page.captureSnapshot", {"format": "mhtml"})["data"].encode()
        if len(png) + len(copy) > MOST_BYTES:
            raise NotSeen(TOO_LARGE.format(MOST_BYTES // 1_000_000))
        now = datetime.now(UTC)
        return LivePage(address, page.url, page.title(), now, png, copy, is_cut)

    def _filtered(self, route: Route) -> None:
        if leads_to(route.request.url, self._hosts):
            route.continue_()
        else:
            route.abort()


def leads_to(address: str, hosts: Collection[str]) -> bool:
    """Say whether an address leads to one of the hosts or below, encrypted if not to ourselves."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOCAL):
        return False
    return any(host == name or host.endswith(f".{name}") for name in hosts)


def _pictured(page: Page, ends: float) -> tuple[bytes, bool]:
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    seen = max(VIEW[1], min(height, HIGHEST))
    page.set_viewport_size({"width": VIEW[0], "height": seen})
    png = page.screenshot(animations="disabled", timeout=_left_ms(ends))
    return png, height > HIGHEST


def _left_ms(ends: float) -> float:
    """Return what is left of the time, at least a millisecond: nought would mean no limit."""
    return max((ends - time.monotonic()) * 1000, 1.0)


def _first_line(error: Any) -> str:
    return str(error).partition("\n")[0][:200]
