"""The queue page over a full record, on both engines: p50 and p95 of each view, in parts."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Final

from flask.testing import FlaskClient

from benchmarks.full_record import ORG, PASSWORD, PEOPLE, Size, fill
from moderation import migrations
from moderation.access import Actor
from moderation.policy import Policy
from moderation.queries import queue
from moderation.queries.views import Standing, View
from moderation.settings import Settings
from moderation.store import Store
from review_ui.app import create_app
from tests.servers import PostgresServer

ITEMS: Final = 1_000_000
ROUNDS: Final = 30
GOAL_MS: Final = 150

VIEWS: Final = {
    "waiting": "",
    "waiting, page 2": "next",
    "oldest first": "?order=oldest",
    "check first": "?check_first=yes",
    "not scored": "?not_scored=yes",
    "critical": "?severity=4",
    "low": "?severity=1",
    "one category": "?category=doxing",
    "empty category": "?category=menace",
    "one account": "?account=3",
    "in hand": "?state=in_hand",
    "closed": "?state=closed",
    "all": "?state=all",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds: the middle, and the value that 95 in 100 stay under."""

    p50: float
    p95: float


def main(items: int = ITEMS) -> None:
    """Fill both engines, then print a table for each."""
    for name, opened in (("SQLite", _sqlite), ("PostgreSQL", _postgres)):
        with opened() as url, tempfile.TemporaryDirectory() as folder:
            store = Store.open(url)
            migrations.upgrade(store)
            started = perf_counter()
            fill(store, Size(items))
            print(f"{name}: {items:,} items, {items // 10:,} waiting, ", end="")
            print(f"filled in {perf_counter() - started:.0f} s", flush=True)
            _measure(store, Path(folder))
            store.close()


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/record.db"


@contextmanager
def _postgres() -> Iterator[str]:
    server = PostgresServer()
    yield server.empty()
    server.stop()


def _measure(store: Store, folder: Path) -> None:
    settings = Settings(data_dir=folder, database_url="")
    app = create_app(store, settings, Policy.load())
    print(f"  {'view':<18}{'p50':>8}{'p95':>8}   ms, as a comms lead")
    client = _signed_in(app.test_client(), "lead")
    for name, query in VIEWS.items():
        figures = _time(_asking(client, _second_page(client) if query == "next" else query))
        late = "" if figures.p95 <= GOAL_MS else f"   over {GOAL_MS}"
        print(f"  {name:<18}{figures.p50:>8.1f}{figures.p95:>8.1f}{late}", flush=True)
    for number, (name, role) in enumerate(PEOPLE.items(), start=1):
        actor = Actor(name, ORG, role, number)
        _breakdown(store, _signed_in(app.test_client(), name), actor)


def _breakdown(store: Store, client: FlaskClient, actor: Actor) -> None:
    """Print where the time of the plain queue page goes, for one role."""

    def count() -> None:
        with store.reading() as session:
            queue.counts(session, actor, Standing.WAITING)

    def lines() -> None:
        with store.reading() as session:
            queue.page(session, actor, View(), now=store.now())

    whole, counting, listing = _time(_asking(client, "")), _time(count), _time(lines)
    rest = max(0.0, whole.p50 - counting.p50 - listing.p50)
    print(
        f"  as {actor.name:<14} whole {whole.p50:.0f} (p95 {whole.p95:.0f}) = counts "
        f"{counting.p50:.0f} + lines {listing.p50:.0f} + page and sign-in {rest:.0f}",
        flush=True,
    )


def _signed_in(client: FlaskClient, name: str) -> FlaskClient:
    page = client.get("/sign-in").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"csrf_token": token, "email": f"{name}@example.org", "password": PASSWORD}
    if client.post("/sign-in", data=form).status_code != 303:
        sys.exit("The benchmark could not sign in.")
    return client


def _second_page(client: FlaskClient) -> str:
    after = client.get("/queue").text.split("/queue?after=")[1].split('"')[0]
    return f"?after={after}"


def _asking(client: FlaskClient, query: str) -> Callable[[], None]:
    def ask() -> None:
        answer = client.get(f"/queue{query}")
        if answer.status_code != 200:
            sys.exit(f"/queue{query} answered {answer.status_code}.")

    return ask


def _time(call: Callable[[], None]) -> Figures:
    call()
    times = []
    for _ in range(ROUNDS):
        started = perf_counter()
        call()
        times.append((perf_counter() - started) * 1000)
    cuts = quantiles(times, n=20, method="inclusive")
    return Figures(cuts[9], cuts[18])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS)
