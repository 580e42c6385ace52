"""The invariants hold for a record that was made lawfully, and each one catches its corruption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, table, text
from sqlalchemy.orm import Session

from moderation import invariants
from moderation.invariants import Invariant
from moderation.store import Store
from moderation.tables import Base
from tests.conftest import migrate
from tests.moderation.locks import unlocked
from tests.moderation.whole_record import build
from tests.servers import Databases

ALL = invariants.load()
SOURCE = Path(invariants.__file__).with_name("invariants.sql").read_text(encoding="utf-8")


def migrate_and_build(url: str) -> None:
    migrate(url)
    build(url)


@pytest.fixture
def whole(databases: Databases) -> Iterator[Store]:
    """A record in which everything has happened once, each test once on each engine."""
    url = databases.copy_of("whole", migrate_and_build)
    store = Store.open(url)
    yield store
    store.close()
    databases.discard(url)


def broken(session: Session) -> set[str]:
    return {found.invariant.name for found in invariants.broken(session)}


def test_every_invariant_of_the_file_is_read() -> None:
    assert len(ALL) == len(re.findall(r"^-- I\d", SOURCE, re.MULTILINE)) >= 28
    assert [one.name for one in ALL] == [f"I{n:02}" for n in range(1, len(ALL) + 1)]
    queries = [line for line in SOURCE.splitlines() if line and not line.startswith("--")]
    assert [f"{one.sql};" for one in ALL] == queries


def test_every_invariant_only_reads() -> None:
    for one in ALL:
        assert one.sql.startswith("SELECT ")
        assert not re.search(r"\b(insert|update|delete|drop|alter)\b(?!')", one.sql, re.IGNORECASE)


def test_an_empty_record_breaks_none(store: Store) -> None:
    with store.reading() as session:
        assert list(invariants.broken(session)) == []


def test_a_record_in_which_everything_has_happened_breaks_none(whole: Store) -> None:
    with whole.reading() as session:
        assert list(invariants.broken(session)) == []


def test_every_table_that_an_invariant_reads_has_rows_in_it(whole: Store) -> None:
    read = {name for one in ALL for name in re.findall(r"(?:FROM|JOIN) (\w+)", one.sql)}
    assert read <= set(Base.metadata.tables)
    with whole.reading() as session:
        for name in sorted(read):
            assert session.scalar(select(func.count()).select_from(table(name))), name


@pytest.mark.parametrize("invariant", ALL, ids=[one.name for one in ALL])
def test_its_corruption_is_caught(whole: Store, invariant: Invariant) -> None:
    with unlocked(whole) as session:
        session.execute(text(invariant.breaks))
    with whole.reading() as session:
        assert invariant.name in broken(session)


@pytest.mark.parametrize(
    ("harm", "caught"),
    [
        pytest.param("DELETE FROM job", "I06", id="the outbox is emptied"),
        pytest.param(
            "DELETE FROM ingest_page WHERE id = 1", "I03", id="a page is lost, its cursor is not"
        ),
        pytest.param(
            "DELETE FROM item_version WHERE body = 'not read yet'",
            "I02",
            id="half a page was committed",
        ),
        pytest.param(
            "UPDATE decision SET item_id = item_id + 1000", "I21", id="a decision is borrowed"
        ),
        pytest.param("UPDATE platform_action SET decision_id = 999", "I21", id="nobody decided"),
        pytest.param("DELETE FROM evidence_record", "I10", id="a report without a capture"),
        pytest.param(
            "UPDATE evidence_record SET item_id = item_id + 1000",
            "I10",
            id="another item's evidence",
        ),
        pytest.param(
            "UPDATE job SET fence = 0, attempts = 1", "I19", id="an attempt without a fence"
        ),
        pytest.param(
            "UPDATE signal SET scores = NULL", "I22", id="a detector that failed said clear"
        ),
        pytest.param("DELETE FROM alert", "I16", id="nobody was told of a case"),
        pytest.param(
            "DELETE FROM audit_entry WHERE seq = 3", "I20", id="a line taken out of the middle"
        ),
        pytest.param("DELETE FROM audit_entry WHERE seq > 5", "I24", id="the tail cut off"),
        pytest.param("UPDATE audit_body SET body = NULL", "I23", id="bodies emptied"),
        pytest.param("UPDATE case_member SET barred = TRUE", "I28", id="a case nobody can see"),
        pytest.param("DELETE FROM item_version WHERE seq = 1", "I04", id="first words are lost"),
        pytest.param("UPDATE item SET state = 'closed'", "I25", id="closed and in the queue"),
    ],
)
def test_harm_that_was_not_thought_of_for_one_query_is_caught(
    whole: Store, harm: str, caught: str
) -> None:
    with unlocked(whole) as session:
        session.execute(text(harm))
    with whole.reading() as session:
        assert caught in broken(session)


def test_what_is_broken_is_shown_with_its_first_rows_alone(whole: Store) -> None:
    with unlocked(whole) as session:
        session.execute(text("UPDATE item SET version = version + 1"))
    with whole.reading() as session:
        found = next(one for one in invariants.broken(session) if one.invariant.name == "I05")
    assert 0 < len(found.rows) <= invariants.SHOWN
    assert all(isinstance(row[0], int) for row in found.rows)
    assert (
        found.invariant.says == "the versions of an item have no gap, and the item knows its latest"
    )
