"""Four processes that write at the same time make one chain: no fork, no gap, nothing lost."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from multiprocessing.synchronize import Barrier

import pytest
from sqlalchemy import select

from moderation import audit
from moderation.access import system
from moderation.store import Store
from moderation.tables import AuditBodyRow, AuditEntryRow, AuditHeadRow
from tests.moderation.deeds import cut_off
from tests.world import NOW, ORG

WRITERS, TRANSACTIONS = 4, 25


def write(url: str, writer: int, gate: Barrier) -> None:
    """Write one or two lines a transaction; every fifth is rolled back."""
    store = Store.open(url)
    actor = system("test", ORG)
    gate.wait()
    for n in range(TRANSACTIONS):
        with cut_off(store) if n % 5 == 4 else store.transaction() as session:
            for part in range(1 + n % 2):
                about = f"writer:{writer}:{n}:{part}"
                audit.append(session, "item.view", about, actor=actor, at=NOW)
    store.close()


def kept() -> list[str]:
    """Return what one writer leaves, without its own number, in its order."""
    return [f"{n}:{part}" for n in range(TRANSACTIONS) if n % 5 != 4 for part in range(1 + n % 2)]


@pytest.fixture
def written(store: Store) -> Store:
    """A record into which four processes wrote at the same time."""
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(WRITERS)
    url = store.write_engine.url.render_as_string(hide_password=False)
    writers = [context.Process(target=write, args=(url, writer, gate)) for writer in range(WRITERS)]
    for one in writers:
        one.start()
    for one in writers:
        one.join(120)
    assert [one.exitcode for one in writers] == [0] * WRITERS
    return store


def test_four_writing_processes_make_one_whole_chain(written: Store) -> None:
    lines = WRITERS * len(kept())
    with written.reading() as session:
        assert audit.verify(session) == audit.Verdict(lines)
        entries = session.execute(
            select(AuditEntryRow.seq, AuditEntryRow.prev_hash).order_by(AuditEntryRow.seq)
        ).all()
        head = session.get_one(AuditHeadRow, 1)
        about = session.scalars(select(AuditBodyRow.object).order_by(AuditBodyRow.seq)).all()
    assert [entry.seq for entry in entries] == list(range(1, lines + 1))
    assert max(Counter(entry.prev_hash for entry in entries).values()) == 1
    assert head.seq == lines
    for writer in range(WRITERS):
        own = f"writer:{writer}:"
        assert [one.removeprefix(own) for one in about if one and one.startswith(own)] == kept()
