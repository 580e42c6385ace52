"""One replayed account of the invented organisation, its worker's parts, and a clock to move."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import select

from classifiers.contract import Classifier
from connectors.replay import Replay
from moderation import invariants, jobs
from moderation.jobs import Claim
from moderation.model import ActionKind, Signal
from moderation.settings import Settings
from moderation.tables import AccountRow, ItemRow, JobRow, JobState, Lane
from moderation.taxonomy import LABELS
from tests.world import NOW, ORG, World
from worker.detection import Detection
from worker.runner import Runner
from worker.workshop import Workshop

SETTLE_S = 4.0


class Calm:
    """A detector that finds every text harmless."""

    model = "calm@1"
    sha256 = "00"

    def score(self, texts: Sequence[str]) -> list[Signal]:
        return [Signal(self.model, dict.fromkeys(LABELS, 0.01)) for _ in texts]


class SteppedShop(Workshop):
    """A workshop whose clock the test moves, with the test's detectors where it gives some."""

    at: datetime = NOW
    detectors: Sequence[Classifier] | None = None

    def now(self) -> datetime:
        return self.at

    @cached_property
    def detection(self) -> Detection:
        if self.detectors is None:
            return Workshop(self.settings, self.store).detection
        return Detection(self.detectors, self.policy, self.directory, self.policy_of)


class Replayed:
    """The organisation's page as a replayed feed, with what a worker needs to work it."""

    def __init__(self, world: World, folder: Path, **settings: Any) -> None:
        self.world, self.store = world, world.store
        self.feed = folder / "feed.jsonl"
        self.feed.touch()
        given: dict[str, Any] = {"org": ORG, "settle_s": SETTLE_S, **settings}
        url = world.store.write_engine.url.render_as_string(hide_password=False)
        self.settings = Settings(data_dir=folder / "data", database_url=url, **given)
        self.shop = SteppedShop(self.settings, world.store)
        self.runner = Runner(self.shop, "test")
        self.account_id = world.accounts[ORG].id
        self.connect()

    def connect(self, **connector: Any) -> None:
        """Set the account's connector up, such as faults=[...] or page_size=5."""
        with self.store.transaction() as session:
            account = session.get_one(AccountRow, self.account_id)
            account.connector = "replay"
            account.settings = {"path": str(self.feed), **connector}

    def say(self, native_id: str, text: str = "Nice one", **more: Any) -> None:
        """Let one comment, edit or deletion appear on the page."""
        line = {
            "id": native_id,
            "text": text,
            "author": {"id": f"a-{native_id}"},
            "created_at": self.shop.now().isoformat(),
            **more,
        }
        with self.feed.open("a") as feed:
            feed.write(json.dumps(line) + "\n")

    def poll(self) -> None:
        """Promise a poll and work every lane until nothing is due."""
        self.promise_poll()
        self.work()

    def promise_poll(self, slot: str = "") -> int:
        ref = f"{self.account_id}:comments"
        slot = slot or self.shop.now().isoformat()
        return self.promise("poll", ref, f"poll:{ref}:{slot}")

    def promise(self, kind: str, ref: str, dedupe: str) -> int:
        with self.store.transaction() as session:
            job_id = jobs.promise(session, kind, ref, dedupe, at=self.shop.now())
        assert job_id is not None
        return job_id

    def open_jobs(self, lane: Lane) -> int:
        """Return how many jobs of a lane are still to be done."""
        with self.store.reading() as session:
            states = (JobState.READY, JobState.LEASED)
            found = session.scalars(
                select(JobRow.id).where(JobRow.lane == lane, JobRow.state.in_(states))
            )
            return len(found.all())

    def work(self, *lanes: Lane) -> None:
        """Run what is due, in the order of the lanes, until nothing is."""
        while any(self.runner.run_next(lane) for lane in lanes or tuple(Lane)):
            pass

    def later(self, seconds: float = SETTLE_S + 1) -> None:
        self.shop.at += timedelta(seconds=seconds)

    def claim(self, kind: str) -> Claim:
        """Take the only open job of a kind, as another worker would."""
        job = self.job(kind)
        with self.store.transaction() as session:
            held = jobs.claim(session, job.id, owner="other", now=self.shop.now())
        assert held is not None
        return held

    def job(self, kind: str) -> JobRow:
        """Return the latest job of a kind."""
        return self.jobs(kind)[-1]

    def jobs(self, kind: str) -> list[JobRow]:
        with self.store.reading() as session:
            query = select(JobRow).where(JobRow.kind == kind).order_by(JobRow.id)
            return list(session.scalars(query))

    def items(self) -> list[ItemRow]:
        with self.store.reading() as session:
            return list(session.scalars(select(ItemRow).order_by(ItemRow.id)))

    def item(self, native_id: str) -> ItemRow:
        return next(item for item in self.items() if item.native_id == native_id)

    def acts(self) -> list[ActionKind]:
        """Return what reached the platform, oldest first."""
        with self.store.reading() as session:
            account = session.get_one(AccountRow, self.account_id)
        connector = self.shop.connector(account)
        assert isinstance(connector, Replay)
        return [act.action for act in connector.state.acts()]

    def require_whole(self) -> None:
        """Fail when an invariant of the record does not hold."""
        with self.store.reading() as session:
            assert list(invariants.broken(session)) == []

    def all_done(self) -> bool:
        with self.store.reading() as session:
            states = set(session.scalars(select(JobRow.state)))
        return states <= {JobState.DONE}


def give_lease_back(replayed: Replayed) -> None:
    """Move every lease into the past, as if a minute had gone by since its worker died."""
    with replayed.store.transaction() as session:
        for job in session.scalars(select(JobRow).where(JobRow.state == JobState.LEASED)):
            job.lease_until = replayed.shop.at - timedelta(seconds=1)


__all__ = ["SETTLE_S", "Calm", "Replayed", "SteppedShop", "give_lease_back"]
