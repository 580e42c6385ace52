"""What was committed with an audit line outlives a server that ends in the same moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import system
from moderation.store import Store
from moderation.tables import AuditBodyRow
from tests.conftest import migrate
from tests.servers import PostgresServer
from tests.world import NOW, ORG

LINES = 20


@pytest.fixture
def opened(postgres: PostgresServer) -> Iterator[Store]:
    url = postgres.copy_of("migrated", migrate)
    store = Store.open(url)
    yield store
    store.close()
    postgres.discard(url)


def add(session: Session, n: int) -> None:
    audit.append(session, "item.view", f"item:{n}", actor=system("test", ORG), at=NOW)


def lines(store: Store) -> list[str | None]:
    with store.reading() as session:
        assert audit.verify(session).broken_at == 0
        return list(session.scalars(select(AuditBodyRow.object).order_by(AuditBodyRow.seq)))


def test_every_line_whose_transaction_returned_is_there_after_a_crash(
    opened: Store, postgres: PostgresServer
) -> None:
    for crash in range(1, 4):
        for n in range(LINES):
            with opened.transaction() as session:
                add(session, n)
        postgres.restart_at_once()
        opened.write_engine.dispose()
        assert lines(opened) == [f"item:{n}" for n in range(LINES)] * crash


def test_a_session_that_nobody_flushes_after_flushes_by_itself(
    opened: Store, postgres: PostgresServer
) -> None:
    with Session(opened.write_engine) as session:
        add(session, 1)
        session.commit()
    postgres.restart_at_once()
    opened.write_engine.dispose()
    assert lines(opened) == ["item:1"]


def test_a_commit_without_a_line_waits_for_the_disk_as_ever(opened: Store) -> None:
    with opened.transaction() as session:
        add(session, 1)
    with opened.transaction() as session:
        assert session.scalar(text("SHOW synchronous_commit")) == "on"
