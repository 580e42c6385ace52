"""`watchroom import` killed again and again in the middle: nothing is lost and nothing is twice."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

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

MANY = 20_000
KILLS = 5


def count(store: Store, table: type) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def latest(store: Store, key: Any) -> int:
    """Return about how many rows there are, by the index alone: it is asked all the time."""
    with store.reading() as session:
        return session.scalar(select(func.max(key))) or 0


def let_leases_run_out(store: Store) -> None:
    """Do what a minute does to the leases of whoever was killed."""
    with store.transaction() as session:
        session.execute(
            update(JobRow).where(JobRow.state == JobState.LEASED).values(lease_until=store.now())
        )


def test_twenty_thousand_comments_survive_five_kills(database_url: str, tmp_path: Path) -> None:
    migrate(database_url)
    feed = tmp_path / "feed.jsonl"
    with feed.open("w") as file:
        for n in range(MANY):
            file.write(json.dumps({"id": f"c-{n}", "text": f"Nice one, crew {n % 700}"}) + "\n")
        file.write("{poison\n")
    settings = {"DATA_DIR": tmp_path / "data", "DATABASE_URL": database_url}
    arguments = ("import", feed, "--account=page")
    store = Store.open(database_url)
    # Three times while comments are taken in, twice while they are read.
    chance = random.Random(20_261_120)  # noqa: S311  which moments it hits is no secret
    marks = sorted(chance.randrange(500, MANY - 500) for _ in range(KILLS - 2))
    killed = 0
    moments = [(ItemRow.id, mark) for mark in marks]
    moments += [(ProposalRow.item_id, mark) for mark in sorted(chance.sample(range(500, 8000), 2))]
    for key, mark in moments:
        with running(*arguments, log=tmp_path / "import.log", **settings) as process:
            wait_until(
                lambda key=key, mark=mark: latest(store, key) >= mark or process.ended,  # type: ignore[misc]
                f"{mark} rows",
                patience=120,
            )
            killed += not process.ended
        assert 0 < count(store, ItemRow)
        assert count(store, ProposalRow) < MANY
        let_leases_run_out(store)
        with store.reading() as session:
            assert list(invariants.broken(session)) == []
    assert killed == KILLS
    done = watchroom(*arguments, **settings)
    assert done.returncode == 0, done.stderr
    assert f"In all          {MANY + 1:,}" in done.stdout
    assert count(store, ItemRow) == count(store, ItemVersionRow) == MANY
    assert count(store, ProposalRow) == MANY
    assert count(store, QuarantineRow) == 1
    with store.reading() as session:
        assert session.scalar(select(ItemRow.id).where(ItemRow.state == ItemState.NEW)) is None
        assert set(session.scalars(select(JobRow.state))) == {JobState.DONE}
        assert list(invariants.broken(session)) == []
        assert audit.verify(session).broken_at == 0
    store.close()
