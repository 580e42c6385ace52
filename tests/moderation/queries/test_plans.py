"""The plans of every query that a page makes: none reads a big table from end to end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from benchmarks.full_record import PASSWORD, PEOPLE, Size, fill
from moderation import migrations
from moderation.policy import Policy
from moderation.store import Store
from review_ui.app import create_app
from tests.review_ui.world import Browser, settings
from tests.servers import Databases

ITEMS = 6_000
# Tables that grow with what comes in; the others hold people, accounts and settings.
BIG = (
    "item", "item_version", "proposal", "signal", "decision", "evidence_record",
    "platform_action", "action_attempt", "audit_body", "audit_entry", "job", "post",
    "ingest_page", "quarantine", "case_item", "case_note", "item_claim", "pattern", "pattern_item",
)  # fmt: skip
PAGES = (
    "/queue", "/queue?order=oldest", "/queue?check_first=yes", "/queue?not_scored=yes",
    "/queue?severity=4", "/queue?category=doxing", "/queue?account=3",
    "/queue?severity=2&category=personal_abuse&account=2", "/queue?state=in_hand",
    "/queue?state=in_hand&order=oldest", "/queue?state=closed", "/queue?state=all",
    "/items/109", "/items/100?state=all", "/items/2000", "/items/111?state=in_hand&order=oldest",
)  # fmt: skip
SQLITE_SCAN = re.compile(r"^SCAN (\w+)(?: USING.*)?$")
POSTGRES_SCAN = re.compile(r"Seq Scan on (\w+)")


def _fill(url: str) -> None:
    store = Store.open(url)
    migrations.upgrade(store)
    fill(store, Size(ITEMS))
    store.close()


@pytest.fixture
def full(databases: Databases) -> Iterator[Store]:
    """A record with thousands of items, each test once on SQLite and once on PostgreSQL."""
    url = databases.copy_of("full-record", _fill)
    store = Store.open(url)
    yield store
    store.close()
    databases.discard(url)


@contextmanager
def _listening(store: Store) -> Iterator[list[tuple[str, Any]]]:
    """Collect every SELECT with its values."""
    heard: list[tuple[str, Any]] = []

    def hear(_c: object, _cur: object, statement: str, values: Any, *_: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            heard.append((statement, values))

    event.listen(store.read_engine, "before_cursor_execute", hear)
    yield heard
    event.remove(store.read_engine, "before_cursor_execute", hear)


def _scanned(store: Store, statement: str, values: Any) -> set[str]:
    """Return the tables that a statement reads from end to end, by the engine's own word."""
    with store.read_engine.connect() as connection:
        if store.is_sqlite:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            return {m.group(1) for row in rows if (m := SQLITE_SCAN.match(row[3]))}
        # With a price on reading everything, it is read only where no index would do.
        connection.exec_driver_sql("SET enable_seqscan = off")
        rows = connection.exec_driver_sql(f"EXPLAIN {statement}", values)
        return {m.group(1) for row in rows if (m := POSTGRES_SCAN.search(row[0]))}


def _faults(store: Store, heard: list[tuple[str, Any]]) -> list[str]:
    return [
        f"{table}: {statement}"
        for statement, values in heard
        for table in _scanned(store, statement, values) & set(BIG)
    ]


@pytest.mark.parametrize("name", PEOPLE)
def test_no_page_of_the_queue_or_of_an_item_reads_a_big_table_from_end_to_end(
    full: Store, tmp_path: Path, name: str
) -> None:
    browser = Browser(create_app(full, settings(tmp_path), Policy.load()).test_client())
    assert browser.sign_in(name, PASSWORD).status_code == 303
    with _listening(full) as heard:
        statuses = {path: browser.get(path).status_code for path in PAGES}
    assert set(statuses.values()) <= {200, 404}, statuses
    assert statuses["/queue"] == 200
    assert len(heard) > len(PAGES)
    faults = _faults(full, heard)
    assert not faults, "\n\n".join(sorted(set(faults)))


def test_a_query_without_an_index_is_noticed(full: Store) -> None:
    statement = "SELECT id FROM item WHERE author_name = 'nobody'"
    assert _faults(full, [(statement, ())]) == [f"item: {statement}"]
