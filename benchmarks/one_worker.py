"""One worker in a process of its own, on one core, whose clock moves when it is told to."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from benchmarks.material import comments
from connectors.contract import COMMENTS
from moderation import jobs, migrations
from moderation.access import Role
from moderation.accounts import secret_store
from moderation.jobs import Claim
from moderation.proposal import Subject
from moderation.settings import Settings
from moderation.store import Store
from moderation.tables import AccountRow, AccountStatus, Lane, OrganisationRow, UserRow
from tests.replayed import SteppedShop
from worker.runner import Runner
from worker.ticker import DUTIES, Ticker

ORG: Final = "northmoor"
READ_BEFORE: Final = 10_000
BATCH: Final = 10
POLL: Final = "poll of comments"
MINUTE: Final = timedelta(minutes=1)
PAGE_KB: Final = os.sysconf("SC_PAGE_SIZE") / 1024


@dataclass(frozen=True, slots=True)
class Account:
    """One account to be read: its connector, and what leads it to its stand-in."""

    connector: str
    settings: Mapping[str, Any]
    secrets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spent:
    """What one kind of work took: how many jobs, processor seconds, seconds on the clock."""

    jobs: int = 0
    cpu_s: float = 0.0
    wall_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Minute:
    """What one minute of work took in all and by kind of job, and the memory held after it."""

    cpu_s: float
    wall_s: float
    memory_kb: float
    kinds: Mapping[str, Spent]


class Timed(Runner):
    """A runner that keeps what each kind of job took, beside what claiming it did."""

    def __init__(self, shop: SteppedShop) -> None:
        super().__init__(shop, "bench")
        self.kinds: dict[str, Spent] = defaultdict(Spent)

    def _run(self, held: Claim) -> None:
        cpu, wall = time.process_time(), time.perf_counter()
        super()._run(held)
        self.note(_named(held), cpu, wall)

    def note(self, kind: str, cpu: float, wall: float) -> None:
        """Keep what one piece of work took that began at these readings of the clocks."""
        had = self.kinds[kind]
        self.kinds[kind] = Spent(
            had.jobs + 1,
            had.cpu_s + time.process_time() - cpu,
            had.wall_s + time.perf_counter() - wall,
        )


def _named(held: Claim) -> str:
    if held.kind != "poll":
        return held.kind
    return POLL if held.ref.endswith(COMMENTS.name) else "poll of other feeds"


class Worker:
    """The lanes of one worker and its ticker over a fresh record with these accounts."""

    def __init__(self, folder: Path, accounts: Sequence[Account]) -> None:
        url = f"sqlite:///{folder}/record.db"
        self._store = Store.open(url)
        migrations.upgrade(self._store)
        self._shop = SteppedShop(Settings(folder / "data", url, org=ORG), self._store)
        # A whole second: the record keeps milliseconds, and a poll must be due to the minute.
        self._shop.at = datetime.now(UTC).replace(microsecond=0)
        self._ids = self._fill(accounts)
        self._runner = Timed(self._shop)
        # Stand-ins of one platform all say that they are the same account, which a check refuses.
        self._ticker = Ticker(self._shop, tuple(duty for duty in DUTIES if duty.name != "checks"))
        self._warm_up()

    def _warm_up(self) -> None:
        # The automata of the rules grow with each new sort of text, ever more slowly and up to a
        # bound: what is measured is a worker of some days, not one that has just started.
        self._shop.load_models()
        texts = [comment["text"] for comment in comments(READ_BEFORE, seed=8)]
        for start in range(0, READ_BEFORE, BATCH):
            batch = texts[start : start + BATCH]
            self._shop.detection.read([Subject(text, org=ORG) for text in batch])

    def minute(self) -> Minute:
        """Move on a minute and do all that is due then."""
        self._shop.at += MINUTE
        return self._measured(self._ticker.tick)

    def idle(self, connector: str) -> Minute:
        """Move on a minute and poll the comments of one connector's accounts, and nothing else."""
        self._shop.at += MINUTE
        return self._measured(lambda: self._promise(connector))

    def _measured(self, begin: Callable[[], None]) -> Minute:
        self._runner.kinds.clear()
        cpu, wall = time.process_time(), time.perf_counter()
        begin()
        self._runner.note("tick", cpu, wall)
        while sum(self._drain(lane) for lane in Lane):
            pass
        took = time.process_time() - cpu, time.perf_counter() - wall
        return Minute(*took, memory_kb(), dict(self._runner.kinds))

    def _drain(self, lane: Lane) -> int:
        done = 0
        while self._runner.run_next(lane):
            done += 1
        return done

    def _promise(self, connector: str) -> None:
        now = self._shop.now()
        with self._store.transaction() as session:
            for account_id in self._ids[connector]:
                ref = f"{account_id}:{COMMENTS.name}"
                jobs.promise(session, "poll", ref, f"poll:{ref}:idle:{now.timestamp()}", at=now)

    def _fill(self, accounts: Sequence[Account]) -> dict[str, list[int]]:
        now = self._shop.now()
        ids = defaultdict(list)
        with self._store.transaction() as session:
            session.add(OrganisationRow(id=ORG, name="Northmoor", created_at=now))
            session.flush()
            session.add_all(_person(role, now) for role in Role)
            for number, account in enumerate(accounts, 1):
                row = AccountRow(
                    org_id=ORG,
                    key=f"account-{number}",
                    platform=account.connector,
                    name=f"Account {number}",
                    connector=account.connector,
                    settings=dict(account.settings),
                    status=AccountStatus.OK,
                    created_at=now,
                    secrets_at=now,
                )
                session.add(row)
                session.flush()
                ids[account.connector].append(row.id)
                keys = self._shop.sealing_keys
                for name, value in account.secrets.items():
                    secret_store.put(session, keys, row.id, name, value, now=now)
        return ids


def _person(role: Role, now: datetime) -> UserRow:
    """Return somebody of that role, so that alerts have a person to tell."""
    email, name = f"{role.value}@example.org", role.value.title()
    return UserRow(
        org_id=ORG,
        email=email,
        name=name,
        role=role,
        password_hash="unusable",  # noqa: S106  nobody signs in
        created_at=now,
    )


def memory_kb() -> float:
    """Return how much memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_KB


def serve(told: Connection, core: int, folder: Path, accounts: Sequence[Account]) -> None:
    """Work on one core as told over the connection, until told nothing: a method, its arguments."""
    os.sched_setaffinity(0, {core})
    worker = Worker(folder, accounts)
    told.send(memory_kb())
    while asked := told.recv():
        name, *arguments = asked
        told.send(getattr(worker, name)(*arguments))
