"""The six platforms of the demonstration are read into the pages, and a signal ends all of it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest
from sqlalchemy import select

from moderation.settings import Settings
from moderation.tables import JobRow
from tests.processes import ROOT, environment
from tests.servers import wait_until
from tests.standins.platforms_live import Live
from tests.standins.platforms_places import MAKERS, open_places
from tests.standins.platforms_story import (
    HELD,
    QUOTES,
    SPAM,
    UNNAMED,
    WITHOUT_WORDS,
    Said,
    story,
)
from tests.world import World
from worker.demo import material
from worker.workshop import Workshop

READY = re.compile(r"Watchroom is ready: (http://127\.0\.0\.1:\d+)")
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
ACCOUNT = re.compile(r"Northmoor on (\w+) \(stand-in\)</h2>\s*<strong[^>]*>([^<]+)<")
COUNT = re.compile(r"Northmoor on (\w+) \(stand-in\)\s*<span class=\"count\">([\d,]+)</span>")
NAMES = {"Facebook", "Instagram", "X", "YouTube", "Bluesky", "Mastodon"}
PATIENCE_S = 60.0


class Demonstration:
    """The process as a person starts it, and a browser that is signed in as the lead."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "said.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.standins.platforms_demo"],
                cwd=folder,
                env={**environment({}), "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._browser: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        self.home = ""

    def said(self) -> str:
        """Return what it has said so far."""
        return self._log.read_text()

    def sign_in(self) -> None:
        """Wait until it is ready, and sign in."""
        wait_until(self._is_ready, "the address of the pages", patience=PATIENCE_S)
        [token] = TOKEN.findall(self.page("/sign-in"))[:1]
        form = {
            "csrf_token": token,
            "email": material.email("lead"),
            "password": material.PASSWORD,
        }
        self._browser.open(f"{self.home}/sign-in", urlencode(form).encode()).close()

    def page(self, path: str) -> str:
        """Return a page's HTML."""
        with self._browser.open(self.home + path) as answer:
            return unescape(answer.read().decode())

    def _is_ready(self) -> bool:
        assert self.process.poll() is None, self.said()
        found = READY.search(self.said())
        self.home = found[1] if found else ""
        return bool(found)


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[Demonstration]:
    made = Demonstration(tmp_path)
    yield made
    made.process.kill()
    made.process.wait(15)


def test_all_six_platforms_are_read_into_the_pages_until_a_signal_ends_it(
    demonstration: Demonstration,
) -> None:
    demonstration.sign_in()

    def states() -> dict[str, str]:
        return dict(ACCOUNT.findall(demonstration.page("/accounts")))

    def waiting() -> set[str]:
        found = COUNT.findall(demonstration.page("/queue"))
        return {name for name, count in found if count != "0"}

    wait_until(
        lambda: states() == dict.fromkeys(NAMES, "Being read"),
        "six accounts that are being read",
        patience=PATIENCE_S,
    )
    wait_until(
        lambda: waiting() == NAMES,
        "an item of each platform in the queue",
        patience=PATIENCE_S,
    )
    wait_until(
        lambda: demonstration.page("/accounts").count("Read back to") == len(NAMES),
        "six accounts whose earlier comments were read",
        patience=PATIENCE_S,
    )
    demonstration.process.send_signal(signal.SIGINT)
    assert demonstration.process.wait(45) == 0
    said = demonstration.said()
    assert said.splitlines()[-1].startswith("Stopped"), said
    assert "Traceback" not in said


def test_the_story_holds_everything_that_a_platform_can_bring() -> None:
    told = story(datetime.now(UTC))
    past = [one for one in told.past if isinstance(one, Said)]
    everything = [*past, *told.ahead]
    assert {one.where for one in past} == {one.where for one in told.ahead} == set(MAKERS)
    assert [one.at for one in told.past] == sorted(one.at for one in told.past)
    assert {one.kind for one in past} >= {"comment", "reply", "mention", "review", "message"}
    assert {one.change for one in told.ahead} == {"", "edited", "deleted"}
    for ids in (QUOTES, HELD, SPAM, UNNAMED, WITHOUT_WORDS):
        assert ids <= {one.id for one in everything}
    assert any(one.is_quote for one in past)
    assert any(one.id in HELD for one in past)
    assert any(one.kind == "comment" and not one.text for one in past)
    assert any(one.author is None for one in past)


def test_everything_happens_on_the_platforms_and_goes_on_from_the_start(
    sqlite_world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = Workshop(Settings(data_dir=tmp_path, database_url=""), sqlite_world.store)
    places, told = open_places(), story(shop.now())
    for name, place in places.items():
        place.play_past([one for one in told.past if one.where == name])
        assert abs((place.server.clock.now() - datetime.now(UTC)).total_seconds()) < 0.1
    for one in [*told.ahead, *told.ahead]:
        places[one.where].play(one)
    accounts = {name: number for number, name in enumerate(places, 1)}
    live, stop = Live(shop, places, accounts, told.ahead, "x", pace=0.001), threading.Event()
    thread = live.start(stop)
    said: list[str] = []

    def has_said(words: str, times: int = 1) -> bool:
        said.append(capsys.readouterr().out)
        return "".join(said).count(words) >= times

    wait_until(lambda: has_said("X has ended the access"), "an access that ends")
    wait_until(lambda: has_said("X takes the access again"), "the access that was ended")
    wait_until(lambda: has_said("Instagram answers every call", 2), "trouble on each platform")
    with shop.store.reading() as session:
        reread = set(session.scalars(select(JobRow.ref).where(JobRow.kind == "reread")))
    assert thread.is_alive(), "nothing that it did has failed"
    stop.set()
    thread.join(15)
    assert {f"{accounts[name]}:sweep" for name in ("facebook", "mastodon")} <= reread
    for place in places.values():
        place.server.stop()
