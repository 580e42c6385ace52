"""A live page is pictured and copied by a browser that reaches the page's own hosts alone."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from PIL import Image

from tests.servers import chromium_executable
from worker import live_pages
from worker.live_pages import LivePages, NotSeen
from worker.warm_pages import WarmPages

pytestmark = pytest.mark.browser

OURS = frozenset({"127.0.0.1"})
TITLE = "A comment on Mill Lane"
COMMENT = """<!doctype html><html lang=en><title>{title}</title>
<body style="background:#d4351c"><p>You lot were a disgrace.
<script>document.body.append("Written by the page itself.")</script>"""


class Site(BaseHTTPRequestHandler):
    """Pages of a platform, and a note of every request that arrives."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(f"{self.headers['Host']}{self.path}")
        port = self.headers["Host"].rpartition(":")[2]
        elsewhere = f"http://localhost:{port}/secret"
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", elsewhere)
            self.end_headers()
            return
        if self.path == "/slow":
            time.sleep(4)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.page(elsewhere).encode())

    def page(self, elsewhere: str) -> str:
        begun = COMMENT.format(title=TITLE)
        return begun + {
            "/greedy": f"""<link rel=preconnect href="{elsewhere}">
                <link rel=dns-prefetch href="{elsewhere}">
                <img src="{elsewhere}"><img src="/away"><iframe src="{elsewhere}"></iframe>
                <img src="http://169.254.169.254/latest"><iframe src="file:///etc/passwd"></iframe>
                <script>fetch("{elsewhere}"); new WebSocket("{elsewhere}".replace("http", "ws"));
                navigator.sendBeacon("{elsewhere}"); open("{elsewhere}")</script>""",
            "/nagging": "<script>alert(1); confirm(2); prompt(3); print()</script>",
            "/endless": "<script>while (true) {}</script>",
            "/tall": "<div style='height:90000px'></div>",
            "/script-away": f"<script>location = '{elsewhere}'</script>",
        }.get(self.path, "")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser(site: str) -> Iterator[LivePages]:
    with LivePages(Path(chromium_executable()), OURS, limit_s=15) as pages:
        yield pages


@pytest.fixture
def hasty(browser: LivePages, monkeypatch: pytest.MonkeyPatch) -> LivePages:
    monkeypatch.setattr(browser, "_limit_s", 2.0)
    return browser


def test_a_page_is_pictured_and_copied_as_its_scripts_make_it(
    browser: LivePages, site: str
) -> None:
    seen = browser.capture(f"{site}/comment")
    image = Image.open(io.BytesIO(seen.png))
    assert image.size == live_pages.VIEW
    assert image.convert("RGB").getpixel((1000, 800)) == (212, 53, 28)
    assert (seen.address, seen.final_address) == (f"{site}/comment", f"{site}/comment")
    assert seen.title == TITLE
    assert not seen.is_cut
    assert b"Written by the page itself." in seen.mhtml.replace(b"=\r\n", b"")


def test_nothing_leaves_for_another_host(browser: LivePages, site: str) -> None:
    Site.asked.clear()
    browser.capture(f"{site}/greedy")
    time.sleep(0.5)
    assert f"{site.removeprefix('http://')}/greedy" in Site.asked
    assert [asked for asked in Site.asked if not asked.startswith("127.0.0.1")] == []


@pytest.mark.parametrize("path", ["/away", "/script-away"])
def test_a_page_that_leads_away_is_not_followed(browser: LivePages, site: str, path: str) -> None:
    Site.asked.clear()
    with contextlib.suppress(NotSeen):
        browser.capture(site + path)
    time.sleep(0.5)
    assert [asked for asked in Site.asked if "secret" in asked] == []


def test_dialogues_are_answered_by_nobody(browser: LivePages, site: str) -> None:
    assert browser.capture(f"{site}/nagging").title == TITLE


@pytest.mark.parametrize("path", ["/slow", "/endless"])
def test_a_page_that_never_comes_is_given_up(hasty: LivePages, site: str, path: str) -> None:
    start = time.monotonic()
    with pytest.raises(NotSeen, match="did not come within 2 seconds"):
        hasty.capture(site + path)
    assert time.monotonic() - start < 8


def test_after_a_page_that_was_given_up_the_next_one_is_seen(browser: LivePages, site: str) -> None:
    assert browser.capture(f"{site}/comment").png


def test_a_page_without_end_is_cut_and_says_so(browser: LivePages, site: str) -> None:
    seen = browser.capture(f"{site}/tall")
    assert Image.open(io.BytesIO(seen.png)).size == (1280, live_pages.HIGHEST)
    assert seen.is_cut


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://localhost/",
        "https://127.0.0.1.evil.example/",
        "https://evil.example/?127.0.0.1",
        "https://127.0.0.1@evil.example/",
        "javascript:alert(1)",
        "chrome://version",
        "https://[::1/",
        "",
    ],
)
def test_an_address_of_somebody_else_is_refused(browser: LivePages, address: str) -> None:
    with pytest.raises(NotSeen, match="does not lead to a page of the platform"):
        browser.capture(address)


def test_a_browser_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(NotSeen, match="did not start"), LivePages(tmp_path / "none", OURS):
        pass


def test_a_browser_that_died_is_replaced_for_the_next_page(site: str) -> None:
    pages, hosts = WarmPages(Path(chromium_executable())), OURS
    assert pages.capture(f"{site}/comment", hosts)
    os.kill(_newest_child(_newest_child(os.getpid())), signal.SIGKILL)
    with pytest.raises(NotSeen):
        pages.capture(f"{site}/comment", hosts)
    page, version = pages.capture(f"{site}/comment", hosts)
    assert page.png
    assert version
    pages.close()
    pages.close()


def _newest_child(pid: int) -> int:
    found = subprocess.run(["pgrep", "-n", "-P", str(pid)], capture_output=True, check=True)
    return int(found.stdout)
