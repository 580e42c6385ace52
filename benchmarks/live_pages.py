"""How long a browser that is warm needs to picture and copy a page, apart from the network."""

from __future__ import annotations

import statistics
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from tests.servers import chromium_executable
from worker.live_pages import LivePages

RUNS: Final = 10
TARGET_S: Final = 1.5
PAGE: Final = (
    b"<!doctype html><html lang=en><title>A page</title>"
    + b"<article><h2>Somebody</h2><p>You lot were a disgrace on Mill Lane.</p></article>" * 60
)


class Site(BaseHTTPRequestHandler):
    """One page, whatever is asked for."""

    def do_GET(self) -> None:  # The library's name for it.
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Print the start of the browser and the median of a capture."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    start = time.perf_counter()
    with LivePages(Path(chromium_executable()), {"127.0.0.1"}) as pages:
        print(f"start of the browser: {time.perf_counter() - start:.2f} s")
        times, size = [], 0
        for run in range(RUNS):
            start = time.perf_counter()
            seen = pages.capture(f"http://127.0.0.1:{server.server_address[1]}/{run}")
            times.append(time.perf_counter() - start)
            size = len(seen.png) + len(seen.mhtml)
    server.shutdown()
    median = statistics.median(times)
    print(
        f"a page of 60 comments: median {median:.2f} s, slowest {max(times):.2f} s, "
        f"{size / 1000:.0f} kB, {median / TARGET_S:.0%} of {TARGET_S} s"
    )
