"""Fifty accounts on mixed platforms, polled each minute for an hour by one worker on one core.

The stand-ins run in this process, the worker in another, so that only the worker is measured. Its
clock is moved: the platforms' own clocks are not, so that all of the hour lies within the minutes
that a connector looks back, and each poll is shown at least as many known comments as in earnest.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import statistics
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, Protocol

from benchmarks.material import comments
from benchmarks.one_worker import POLL, READ_BEFORE, Account, Minute, Spent, serve
from connectors.registry import METERED, kind_of
from tests.connected import STAND_INS
from tests.standins.base import StandIn

ACCOUNTS: Final = 50
ROUNDS: Final = 60
NEW_A_MINUTE: Final = 5
IDLE_ROUNDS: Final = 5
SHOWN: Final = (10, 30, 60)
REPLAYED: Final = "replay"


class Board(Protocol):
    """Where the public writes on one account."""

    connector: str

    def account(self) -> Account:
        """Return the account that reads it."""

    def say(self, text: str) -> None:
        """Let a comment appear."""

    def asked(self) -> int:
        """Return how many requests came since the last time somebody asked."""


class Served:
    """One account on a platform's stand-in."""

    def __init__(self, connector: str, server: StandIn) -> None:
        self.connector, self._server = connector, server
        self._post = server.post()

    def account(self) -> Account:
        """Return the account that reads it."""
        settings = dict(self._server.settings())
        if self.connector in METERED:
            tariff = kind_of(self.connector).tariff
            settings |= {tariff.setting: 1e9} if tariff else {}
        return Account(self.connector, settings, self._server.secrets())

    def say(self, text: str) -> None:
        """Let a comment appear."""
        self._server.comment(self._post, text)

    def asked(self) -> int:
        """Return how many requests came since the last time somebody asked."""
        count = len(self._server.journal)
        self._server.journal.clear()
        return count


class Replayed:
    """One account that is a file which grows."""

    connector = REPLAYED

    def __init__(self, feed: Path) -> None:
        self._feed = feed
        self._said = 0
        feed.touch()

    def account(self) -> Account:
        """Return the account that reads it."""
        return Account(self.connector, {"path": str(self._feed)})

    def say(self, text: str) -> None:
        """Let a comment appear."""
        self._said += 1
        line = {"id": f"c-{self._said}", "text": text, "created_at": datetime.now(UTC).isoformat()}
        with self._feed.open("a") as feed:
            feed.write(json.dumps({**line, "author": "reader"}) + "\n")

    def asked(self) -> int:
        """Return 0: a file is read without any request."""
        return 0


def main(rounds: int = ROUNDS) -> None:
    """Let an hour go by, then poll accounts where nothing is new; print a table of each."""
    with ExitStack() as until:
        folder = Path(until.enter_context(tempfile.TemporaryDirectory()))
        boards = [_board(number, folder, until) for number in range(ACCOUNTS)]
        worker, at_start = until.enter_context(_worker(folder, boards))
        hour = list(_hour(worker, boards, rounds))
        size = sum(part.stat().st_size for part in folder.glob("record.db*"))
        _print_hour(hour, at_start, size)
        _print_idle(worker, boards)


def _board(number: int, folder: Path, until: ExitStack) -> Board:
    names = [*sorted(STAND_INS), REPLAYED]
    name = names[number % len(names)]
    if name == REPLAYED:
        return Replayed(folder / f"feed-{number}.jsonl")
    return Served(name, until.enter_context(STAND_INS[name]()))


@contextmanager
def _worker(folder: Path, boards: Sequence[Board]) -> Iterator[tuple[Connection, float]]:
    """Start the worker on the last core and keep this process off it, where there is another."""
    cores = sorted(os.sched_getaffinity(0))
    ours, theirs = multiprocessing.Pipe()
    accounts = [board.account() for board in boards]
    process = multiprocessing.get_context("spawn").Process(
        target=serve, args=(theirs, cores[-1], folder, accounts)
    )
    process.start()
    os.sched_setaffinity(0, cores[:-1] or cores)
    try:
        yield ours, ours.recv()
        ours.send(None)
    finally:
        process.join(10)
        process.kill()
        os.sched_setaffinity(0, cores)


def _hour(worker: Connection, boards: Sequence[Board], rounds: int) -> Iterator[Minute]:
    chance = random.Random(7)
    texts = (comment["text"] for comment in comments(rounds * NEW_A_MINUTE))
    for _ in range(rounds):
        for _ in range(NEW_A_MINUTE):
            chance.choice(boards).say(next(texts))
        yield _told(worker, "minute")
        for board in boards:
            board.asked()


def _told(worker: Connection, *asked: Any) -> Minute:
    worker.send(asked)
    minute: Minute = worker.recv()
    return minute


def _print_hour(hour: Sequence[Minute], at_start: float, size: int) -> None:
    minutes = len(hour)
    cpu_s = sum(minute.cpu_s for minute in hour)
    print(f"{ACCOUNTS} accounts, {minutes} minutes, {NEW_A_MINUTE} new comments a minute")
    print(f"{'work':26}{'jobs':>8}{'CPU s':>9}{'a minute':>10}{'of a core':>11}")
    kinds = _by_kind(hour)
    beside = Spent(0, cpu_s - sum(spent.cpu_s for spent in kinds.values()))
    for name, spent in {**kinds, "claiming": beside}.items():
        _print_work(name, spent, minutes)
    _print_work("all", Spent(sum(one.jobs for one in kinds.values()), cpu_s), minutes)
    _print_memory(hour, at_start)
    print(
        f"the record after it: {size / 2**20:.1f} MB, of which SQLite keeps what it reads in memory"
    )


def _print_memory(hour: Sequence[Minute], at_start: float) -> None:
    walls = sorted(minute.wall_s for minute in hour)
    print(f"seconds a round: median {statistics.median(walls):.2f}, slowest {walls[-1]:.2f}")
    print(f"memory after {READ_BEFORE:,} comments read: {at_start / 1024:.1f} MB")
    for at in SHOWN:
        if at <= len(hour):
            print(f"memory at minute {at}: {hour[at - 1].memory_kb / 1024:.1f} MB")
    for since in (SHOWN[0], SHOWN[1]):
        if len(hour) - since > 1:
            print(f"slope from minute {since}: {_slope(hour[since - 1 :]):+.1f} kB a minute")


def _print_work(name: str, spent: Spent, minutes: int) -> None:
    a_minute = spent.cpu_s / minutes
    print(f"{name:26}{spent.jobs:>8,}{spent.cpu_s:>9.2f}{a_minute:>10.3f}{a_minute / 60:>11.2%}")


def _by_kind(hour: Sequence[Minute]) -> dict[str, Spent]:
    found: dict[str, Spent] = {}
    for minute in hour:
        for kind, spent in minute.kinds.items():
            found[kind] = _sum(found.get(kind, Spent()), spent)
    return dict(sorted(found.items(), key=lambda one: -one[1].cpu_s))


def _sum(one: Spent, other: Spent) -> Spent:
    return Spent(one.jobs + other.jobs, one.cpu_s + other.cpu_s, one.wall_s + other.wall_s)


def _slope(minutes: Sequence[Minute]) -> float:
    memory = [minute.memory_kb for minute in minutes]
    return statistics.linear_regression(range(len(memory)), memory).slope


def _print_idle(worker: Connection, boards: Sequence[Board]) -> None:
    """Print what polls cost that bring nothing new, by platform and beside the replayed file."""
    _told(worker, "minute")
    asked: Counter[str] = Counter()
    spent = dict.fromkeys([REPLAYED, *sorted(STAND_INS)], Spent())
    for _ in range(IDLE_ROUNDS):
        for name in spent:
            _asked(boards)
            spent[name] = _sum(spent[name], _told(worker, "idle", name).kinds[POLL])
            asked[name] += _asked(boards)
    print(f"\n{'idle polls of':16}{'polls':>7}{'requests each':>15}{'CPU ms each':>13}", end="")
    print(f"{'polls/s':>9}{'of replay':>11}{'by CPU':>9}")
    base = spent[REPLAYED]
    for name, one in spent.items():
        rate, cpu_ms = one.jobs / one.wall_s, 1000 * one.cpu_s / one.jobs
        print(
            f"{name:16}{one.jobs:>7}{asked[name] / one.jobs:>15.2f}{cpu_ms:>13.2f}{rate:>9.0f}"
            f"{rate / (base.jobs / base.wall_s):>11.2f}"
            f"{base.cpu_s / base.jobs * 1000 / cpu_ms:>9.2f}"
        )


def _asked(boards: Sequence[Board]) -> int:
    return sum(board.asked() for board in boards)
