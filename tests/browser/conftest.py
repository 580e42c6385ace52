"""Fixtures for tests in a real Chromium: pages that fail on any script error or blocked content."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from waitress.server import create_server
from waitress.wasyncore import close_all

from moderation.store import Store
from tests.review_ui.world import World, build
from tests.servers import chromium_executable
from worker.commands.serving import WEB_THREADS

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 780}
PICTURES = Path(__file__).parents[2] / "test-results" / "pictures"

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]

# Chromium writes this line for every answer of 400 and above, which tests ask for on purpose.
ANSWERED_WITH_ERROR = "Failed to load resource: the server responded with a status of"


Serve = Callable[[Flask], str]


class NewPage(Protocol):
    """Opens a page of its own, with its own cookies, as another person's browser would."""

    def __call__(self, viewport: Any = ..., **options: Any) -> Page:
        """Return the page; options are Playwright's for a context (base_url, locale, ...)."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_executable(), headless=True, args=FLAGS
        )
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser, serve: Serve) -> Iterator[NewPage]:
    """Pages for one test; at its end, any script error or blocked content on them fails it.

    It asks for serve so that the pages close before their server does.
    """
    del serve
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(ANSWERED_WITH_ERROR):
            faults.append(message.text)

    def open_page(viewport: Any = DESKTOP, **options: Any) -> Page:
        context = browser.new_context(viewport=viewport, locale="en-GB", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "The browser complained:\n" + "\n".join(faults)


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page at desktop width."""
    return new_page()


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    """A page at the width of a small phone."""
    return new_page(PHONE)


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keep a picture of the whole page in test-results/pictures, for people to look at."""

    def keep(page: Page, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.wait_for_load_state()
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    return keep


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve an app on a free port of this machine until the test ends; returns its address."""
    running = []

    def start(app: Flask) -> str:
        connections: dict[int, Any] = {}
        server = create_server(app, host="127.0.0.1", port=0, threads=WEB_THREADS, map=connections)
        thread = threading.Thread(target=server.run)
        thread.start()
        running.append((server, connections, thread))
        return f"http://127.0.0.1:{server.effective_port}"

    yield start
    for server, connections, thread in running:
        server.task_dispatcher.shutdown()
        # Run by the server's own thread, which ends when it has no connection left to watch.
        server.trigger.pull_trigger(partial(close_all, connections, ignore_all=True))
        thread.join()


@pytest.fixture
def world(sqlite_store: Store, tmp_path: Path) -> World:
    """Give the small organisation that most of these tests look at."""
    return build(sqlite_store, tmp_path)


@pytest.fixture
def home(world: World, serve: Serve) -> str:
    """Serve its pages and return their address."""
    return serve(world.app)
