"""The audit chain under several writing processes on both engines: one transaction an append."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median
from typing import Final

import psycopg

from moderation import audit, migrations
from moderation.access import system
from moderation.store import Store
from tests.servers import PostgresServer

ORG: Final = "northmoor"
WRITERS: Final = (1, 4)
SECONDS: Final = 5.0
ROUNDS: Final = 3
WARM_UP: Final = 20
GOALS: Final = {"SQLite": 200, "PostgreSQL": 1000}
# The server of the tests leaves the disk out; here a commit must outlive a power cut.
DURABLE: Final = (
    "ALTER SYSTEM SET fsync = on",
    "ALTER SYSTEM SET full_page_writes = on",
    "SELECT pg_reload_conf()",
)


@dataclass(frozen=True, slots=True)
class Written:
    """What one writer did: how many appends, in how many seconds, of them on a processor."""

    appends: int
    wall_s: float
    cpu_s: float


def main() -> None:
    """Print appends a second of each engine, the best of some rounds, and check the chain."""
    print(f"A write that waits for the disk takes {_disk_ms():.1f} ms here (the middle of 100).")
    print(f"Load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    for name, opened in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        with opened() as url:
            store = Store.open(url)
            migrations.upgrade(store)
            for writers in WRITERS:
                _show(name, [_measure(url, writers) for _ in range(ROUNDS)])
            with store.reading() as session:
                verdict = audit.verify(session)
            store.close()
        state = f"breaks at {verdict.broken_at}" if verdict.broken_at else "is whole"
        print(f"  the chain of {verdict.entries:,} lines {state}", flush=True)


def _show(name: str, rounds: list[list[Written]]) -> None:
    best = max(rounds, key=_rate)
    appends = sum(one.appends for one in best)
    cpu_ms = sum(one.cpu_s for one in best) / appends * 1000
    goal = GOALS[name] if len(best) == max(WRITERS) else 0
    late = "" if _rate(best) >= goal else f"   under {goal:,}"
    rates = ", ".join(f"{_rate(one):,.0f}" for one in rounds)
    print(
        f"  {name:<11}{len(best)} writers {_rate(best):>7,.0f} appends/s (rounds: {rates}), "
        f"{cpu_ms:.2f} ms of a writer's processor each{late}",
        flush=True,
    )


def _rate(written: list[Written]) -> float:
    return sum(one.appends for one in written) / max(one.wall_s for one in written)


def _measure(url: str, writers: int) -> list[Written]:
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(writers)
    results: Queue[Written] = context.Queue()
    processes = [context.Process(target=write, args=(url, gate, results)) for _ in range(writers)]
    for process in processes:
        process.start()
    found = [results.get() for _ in processes]
    for process in processes:
        process.join()
    return found


def write(url: str, gate: Barrier, results: Queue[Written]) -> None:
    """Append until the time is up; the work of one process."""
    store = Store.open(url)
    for _ in range(WARM_UP):
        _append(store)
    gate.wait()
    began, cpu, appends = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - began < SECONDS:
        _append(store)
        appends += 1
    results.put(Written(appends, time.perf_counter() - began, time.process_time() - cpu))
    store.close()


def _append(store: Store) -> None:
    with store.transaction() as session:
        audit.append(
            session, "item.view", "item:1", actor=system("bench", ORG), at=datetime.now(UTC)
        )


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/record.db"


@contextmanager
def _postgresql() -> Iterator[str]:
    server = PostgresServer()
    try:
        url = server.empty()
        with psycopg.connect(url, autocommit=True) as connection:
            for statement in DURABLE:
                connection.execute(statement)
        yield url
    finally:
        server.stop()


def _disk_ms() -> float:
    with tempfile.TemporaryDirectory() as folder, Path(folder, "probe").open("wb") as file:
        return median(_sync_ms(file.fileno()) for _ in range(100))


def _sync_ms(descriptor: int) -> float:
    os.write(descriptor, b"0" * 8192)
    began = time.perf_counter()
    os.fdatasync(descriptor)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
