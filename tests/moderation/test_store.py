"""The record commits whole or not at all, nudges after the commit, and says what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError, StatementError

from moderation import jobs
from moderation.errors import StoreError
from moderation.store import Store
from moderation.tables import JobRow, OrganisationRow
from tests.moderation.deeds import at_once, cut_off
from tests.world import NOW, World


def organisation(org_id: str, at: datetime = NOW) -> OrganisationRow:
    return OrganisationRow(id=org_id, name=org_id, created_at=at)


def stored(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(OrganisationRow.id).order_by(OrganisationRow.id)))


def test_a_transaction_that_ends_well_is_kept(store: Store) -> None:
    with store.transaction() as session:
        session.add(organisation("northmoor"))
    assert stored(store) == ["northmoor"]


def test_a_transaction_that_is_interrupted_leaves_nothing(store: Store) -> None:
    with cut_off(store) as session:
        session.add(organisation("northmoor"))
        session.flush()
    assert stored(store) == []


def test_what_a_reading_session_writes_is_not_kept(store: Store) -> None:
    with store.reading() as session:
        session.add(organisation("northmoor"))
        session.flush()
    assert stored(store) == []


def test_a_reference_to_nothing_is_refused(world: World) -> None:
    gone = delete(OrganisationRow).where(OrganisationRow.id == "northmoor")
    with cut_off(world.store) as session, pytest.raises(IntegrityError):
        session.execute(gone)
    assert stored(world.store) == ["northmoor", "southmoor"]


def test_writers_that_read_first_take_turns_and_lose_no_count(store: Store) -> None:
    with store.transaction() as session:
        session.add(OrganisationRow(id="counter", name="0", created_at=NOW))
    # As a second process would: what one store does to take turns does not bind the other.
    other = Store.open(store.write_engine.url.render_as_string(hide_password=False))

    def count_up(through: Store) -> None:
        for _ in range(5):
            with through.transaction() as session:
                row = session.scalars(select(OrganisationRow).with_for_update()).one()
                row.name = str(int(row.name) + 1)

    assert at_once([partial(count_up, one) for one in (store, other) * 4]) == [None] * 8
    other.close()
    with store.reading() as session:
        assert session.scalar(select(OrganisationRow.name)) == "40"


def test_lanes_are_nudged_after_the_commit_and_not_before(store: Store) -> None:
    heard: list[tuple[Sequence[tuple[str, int]], bool]] = []

    def nudge(promised: Sequence[tuple[str, int]]) -> None:
        with store.reading() as session:
            committed = session.scalar(select(JobRow.id)) is not None
        heard.append((promised, committed))

    store.nudge = nudge
    with store.transaction() as session:
        job_id = jobs.promise(session, "act", "1", "act:1", at=NOW)
        assert heard == []
    assert heard == [([("act", job_id)], True)]


def test_nobody_is_nudged_for_work_that_was_rolled_back_or_is_due_later(store: Store) -> None:
    heard: list[object] = []
    store.nudge = heard.append
    with cut_off(store) as session:
        jobs.promise(session, "act", "1", "act:1", at=NOW)
    with store.transaction() as session:
        jobs.promise(session, "act", "2", "act:2", at=NOW, after=NOW + timedelta(hours=1))
    assert heard == []


def test_times_come_back_aware_and_to_the_millisecond(store: Store) -> None:
    moment = datetime(2026, 7, 1, 12, 30, 15, 123000, UTC)
    with store.transaction() as session:
        session.add(organisation("northmoor", moment))
    with store.reading() as session:
        kept = session.scalars(select(OrganisationRow.created_at)).one()
    assert (kept, kept.tzinfo) == (moment, UTC)


def test_a_time_without_its_zone_is_refused(store: Store) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="without a zone"), store.transaction() as session:
        session.add(organisation("northmoor", naive))
    assert stored(store) == []


def test_the_clock_of_the_record_is_in_utc(store: Store) -> None:
    now = store.now()
    assert now.tzinfo is UTC
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_record_that_answers_passes_its_check(store: Store) -> None:
    store.check()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("not an address", "is not a database address"),
        ("mysql://user@host/watchroom", "names mysql"),
        ("nosuchthing://user@host/watchroom", "names nosuchthing"),
        ("postgresql://user@host:port/watchroom", "is not a database address"),
    ],
)
def test_a_wrong_address_is_named_with_what_to_write(url: str, says: str) -> None:
    with pytest.raises(StoreError, match=says) as caught:
        Store.open(url)
    assert "\n" not in str(caught.value)
    assert "SQLite or PostgreSQL" in str(caught.value) or "sqlite:///" in str(caught.value)


def test_a_password_is_not_told_by_the_refusal_of_an_address() -> None:
    with pytest.raises(StoreError) as caught:
        Store.open("postgresql://user:hunter2:@host:hunter2/watchroom")
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("url", ["sqlite+nosuch:///{}", "sqlite:///{}"])
def test_the_driver_is_ours_to_choose(url: str, tmp_path: Path) -> None:
    store = Store.open(url.format(tmp_path / "watchroom.db"))
    store.check()
    assert store.is_sqlite
    store.close()


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    store = Store.open("postgresql://watchroom:hunter2@127.0.0.1:1/watchroom")
    with pytest.raises(StoreError, match="WATCHROOM_DATABASE_URL") as caught:
        store.check()
    assert "127.0.0.1:1" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_a_file_that_is_no_database_and_a_missing_folder_say_what_to_mend(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear sir or madam, " * 100)
    for path in (letter, tmp_path / "missing" / "watchroom.db"):
        store = Store.open(f"sqlite:///{path}")
        with pytest.raises(StoreError, match="WATCHROOM_DATABASE_URL"):
            store.check()
        store.close()
    assert letter.read_text().startswith("Dear sir")
