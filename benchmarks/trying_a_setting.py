"""Trying a setting on 100,000 stored items, on both engines: how long, and how long a batch."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from sqlalchemy import insert, select, text

from benchmarks.full_record import ORG, Size, fill
from moderation import migrations
from moderation.access import Actor, Role
from moderation.policy import Policy
from moderation.store import Store
from moderation.tables import SignalRow, UserRow
from moderation.taxonomy import LABELS
from moderation.tuning import trying
from moderation.tuning.setting import Choice
from tests.servers import PostgresServer

ITEMS: Final = 100_000
GOAL_S: Final = 10
_AT_ONCE: Final = 5_000
_REST: Final = text(
    "INSERT INTO proposal (item_id, version_seq, outcome, severity, category, categories, "
    "target_type, target_why, check_first, reasons, likelihood, policy_revision, model_sha256, at) "
    "SELECT id, 1, outcome, severity, NULL, '[]', target_type, '', '[]', '[]', 'unlikely', "
    "'2026-11-20', '', seen_at FROM item WHERE queue_rank IS NULL"
)


def main(items: int = ITEMS) -> None:
    """Fill both engines, then try a setting that flags less."""
    for name, opened in (("SQLite", _sqlite), ("PostgreSQL", _postgres)):
        with opened() as url:
            store = Store.open(url, durable=False)
            migrations.upgrade(store)
            fill(store, Size(items))
            _read(store, items)
            print(f"{name}: {_tried(store)}", flush=True)
            store.close()


def _tried(store: Store) -> str:
    policy = Policy.load()
    longest = 0.0

    @contextmanager
    def timed() -> Iterator[Any]:
        nonlocal longest
        begun = perf_counter()
        with store.reading() as session:
            yield session
        longest = max(longest, perf_counter() - begun)

    with store.reading() as session:
        lead = session.scalars(select(UserRow).where(UserRow.role == Role.COMMS_LEAD)).one()
    actor = Actor(lead.name, ORG, lead.role, lead.id)
    begun = perf_counter()
    trial = trying.try_out(
        timed, policy, Choice(flag_from=0.65).over(policy), actor=actor, now=store.now()
    )
    took = perf_counter() - begun
    return (
        f"{trial.read:,} items in {took:.1f} s (goal {GOAL_S} s), longest read {longest:.2f} s; "
        f"{trial.whole.now:,} flagged now, {trial.whole.tried:,} with the setting"
    )


def _read(store: Store, items: int) -> None:
    """Store what a model said: seven in eight quiet, the rest loud, half of those with a rule."""
    chance = random.Random(7)
    with store.transaction() as session:
        session.execute(_REST)
    for first in range(1, items + 1, _AT_ONCE):
        last = min(first + _AT_ONCE, items + 1)
        rows = [_signal(number, chance) for number in range(first, last)]
        with store.transaction() as session:
            session.execute(insert(SignalRow), [row for pair in rows for row in pair])


def _signal(number: int, chance: random.Random) -> list[dict[str, Any]]:
    loud = number % 8 == 0
    share = round(chance.uniform(0.4, 0.99) if loud else chance.uniform(0.0, 0.3), 3)
    codes = {"abuse": share, "abuse.personal_abuse": share, "abuse.abuse_of_service": 0.2,
             "not_abuse.criticism": 0.4, "not_abuse.complaint": 0.2, "not_abuse.neutral": 0.1,
             "target.service": 0.5, "target.staff_group": 0.3}  # fmt: skip
    common = {"item_id": number, "version_seq": 1, "unscored": "", "read_by": "1", "read_as": None}
    scores = {label: round(share * chance.random(), 4) for label in LABELS}
    said = [{**common, "detector": "embedded@1", "scores": scores, "hits": [],
             "words": ["shambles", "lot"] if loud else [], "codes": codes}]  # fmt: skip
    if number % 16 == 0:
        hit = ["abuse.contempt", "Contempt for somebody", 8, 20]
        said.append({**common, "detector": "rules.abuse_words@1", "scores": None, "hits": [hit],
                     "words": [], "codes": None})  # fmt: skip
    return said


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'bench.db'}"


@contextmanager
def _postgres() -> Iterator[str]:
    server = PostgresServer()
    yield server.empty()
    server.stop()
