"""`watchroom import` killed again and again in the middle: nothing is lost and nothing is twice."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from moderation import audit, invariants
from moderation.lifecycle import ItemState
from moderation.store import Store
from moderation.tables import (
    ItemRow,
    ItemVersionRow,
    JobRow,
    JobState,
    ProposalRow,
    QuarantineRow,
)
from tests.conftest import migrate
from tests.processes import running, watchroom
from tests.servers import wait_until
from worker.reading_all import WORTH_SHARING

MANY = 20_000
FEW = 4_000


class Import:
    """One file on its way into one record, by processes that are killed."""

    def __init__(self, url: str, folder: Path) -> None:
        self.store = Store.open(url)
        self._settings: dict[str, Any] = {"DATA_DIR": folder / "data", "DATABASE_URL": url}
        self._feed, self._log = folder / "feed.jsonl", folder / "import.log"
        # Which moments are hit is no secret.
        self.chance = random.Random(20_261_120)  # noqa: S311

    def write(self, number: int, *, padding: int = 0) -> None:
        """Write the file; padding makes it large without giving anybody more to read."""
        with self._feed.open("w") as file:
            for n in range(number):
                line = {"id": f"c-{n}", "text": f"Nice one, crew {n % 700}", "more": "x" * padding}
                file.write(json.dumps(line) + "\n")
            file.write("{poison\n")

    def kill_at(self, key: Any, mark: int, *options: str) -> None:
        """Start it, and kill it when so many rows are there; then let its leases run out."""
        arguments = ("import", self._feed, "--account=page", *options)
        with running(*arguments, log=self._log, **self._settings) as process:
            wait_until(
                lambda: self._latest(key) >= mark or process.ended, f"{mark} rows", patience=120
            )
            assert not process.ended, "it came to its end before it could be killed"
            process.kill_alone()
            wait_until(lambda: process.left == 0, "the end of its helpers")
        with self.store.transaction() as session:
            leased = update(JobRow).where(JobRow.state == JobState.LEASED)
            session.execute(leased.values(lease_until=self.store.now()))
        self.require_whole()

    def finish(self, *options: str) -> str:
        done = watchroom("import", self._feed, "--account=page", *options, **self._settings)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def count(self, table: type) -> int:
        with self.store.reading() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def require_whole(self) -> None:
        with self.store.reading() as session:
            assert list(invariants.broken(session)) == []

    def _latest(self, key: Any) -> int:
        """Return about how many rows there are, by the index alone: it is asked all the time."""
        with self.store.reading() as session:
            return session.scalar(select(func.max(key))) or 0


@pytest.fixture
def bring_in(database_url: str, tmp_path: Path) -> Iterator[Import]:
    """An import into an empty record, on both engines."""
    migrate(database_url)
    made = Import(database_url, tmp_path)
    yield made
    made.store.close()


def test_twenty_thousand_comments_survive_five_kills(bring_in: Import) -> None:
    bring_in.write(MANY)
    for mark in sorted(bring_in.chance.sample(range(100, MANY - 8_000), 5)):
        bring_in.kill_at(ItemRow.id, mark, "--no-wait")
        assert 0 < bring_in.count(ItemRow) < MANY
    assert f"In all          {MANY + 1:,}" in bring_in.finish("--no-wait")
    assert bring_in.count(ItemRow) == bring_in.count(ItemVersionRow) == MANY
    assert bring_in.count(QuarantineRow) == 1
    bring_in.require_whole()


def test_comments_that_were_being_read_are_read_once_each_after_two_kills(
    bring_in: Import,
) -> None:
    bring_in.write(FEW, padding=WORTH_SHARING // FEW)
    for mark in sorted(bring_in.chance.sample(range(1, FEW - 1_500), 2)):
        bring_in.kill_at(ProposalRow.item_id, mark)
        assert 0 < bring_in.count(ProposalRow) < FEW
    bring_in.finish()
    assert bring_in.count(ItemRow) == bring_in.count(ProposalRow) == FEW
    with bring_in.store.reading() as session:
        assert session.scalar(select(ItemRow.id).where(ItemRow.state == ItemState.NEW)) is None
        assert set(session.scalars(select(JobRow.state))) == {JobState.DONE}
        assert audit.verify(session).broken_at == 0
    bring_in.require_whole()
