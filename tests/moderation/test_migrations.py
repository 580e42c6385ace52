"""The revisions build exactly what the tables say, can be taken back, and refuse what they must."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from moderation import migrations
from moderation.errors import StoreError
from moderation.store import Store
from moderation.tables import Base
from tests.moderation.deeds import captured_abuse
from tests.world import fill

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}
FUNCTIONS = "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
LOCKS = {
    "audit_body_erased_only",
    "audit_body_kept",
    "audit_checkpoint_kept",
    "audit_checkpoint_sealed",
    "audit_entry_kept_delete",
    "audit_entry_kept_update",
    "capture_before_act",
    "case_note_kept_update",
    "decision_kept_update",
    "disclosure_kept",
    "erasure_kept",
    "evidence_addition_kept",
    "evidence_addition_sealed",
    "evidence_record_kept",
    "evidence_record_sealed",
    "item_version_kept_update",
    "legal_hold_kept",
    "platform_action_stays",
    "time_stamp_kept",
    "time_stamp_sealed",
}
# Some rows are kept as they were written; each of these changes must be refused.
KEPT = (
    "UPDATE decision SET outcome = 'not_abuse'",
    "UPDATE item_version SET body = 'other words'",
    "DELETE FROM audit_entry",
)
MIGRATE = """
import sys
from moderation import migrations
from moderation.store import Store
migrations.upgrade(Store.open(sys.argv[1]))
"""


@pytest.fixture
def empty(database_url: str) -> Iterator[Store]:
    """A database that nothing was done to, once on each engine."""
    store = Store.open(database_url)
    yield store
    store.close()


def tables(store: Store) -> set[str]:
    with store.read_engine.connect() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def triggers(store: Store) -> set[str]:
    with store.read_engine.connect() as connection:
        return set(connection.execute(text(TRIGGERS[connection.dialect.name])).scalars())


def differences(store: Store) -> list[object]:
    with store.read_engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def test_the_revisions_build_what_the_tables_say(store: Store) -> None:
    assert differences(store) == []
    assert tables(store) == set(Base.metadata.tables)
    assert triggers(store) == LOCKS


def test_a_table_that_the_revisions_forgot_would_be_seen(store: Store) -> None:
    with store.transaction() as session:
        session.execute(text("DROP TABLE item_claim"))
        session.execute(text("ALTER TABLE staff ADD COLUMN nickname TEXT"))
        session.execute(text("DROP INDEX ix_job_due"))
    kinds = {str(found[0]) for found in differences(store) if isinstance(found, tuple)}
    assert {"add_table", "add_index", "remove_column"} <= kinds


def test_up_down_and_up_again_leaves_nothing_behind(empty: Store) -> None:
    assert migrations.upgrade(empty)
    command.downgrade(migrations.config(empty), "base")
    assert tables(empty) == set()
    assert triggers(empty) == set()
    assert migrations.current(empty) is None
    if not empty.is_sqlite:
        with empty.read_engine.connect() as connection:
            assert connection.execute(text(FUNCTIONS)).scalars().all() == []
    assert migrations.upgrade(empty)
    assert differences(empty) == []
    assert triggers(empty) == LOCKS


def test_the_record_works_after_it_was_taken_down_and_built_again(empty: Store) -> None:
    migrations.upgrade(empty)
    command.downgrade(migrations.config(empty), "base")
    migrations.upgrade(empty)
    world = fill(empty)
    with empty.transaction() as session:
        captured_abuse(world, session)
    for change in KEPT:
        with empty.reading() as session, pytest.raises(DBAPIError, match="never"):
            session.execute(text(change))


def test_a_second_upgrade_does_nothing(empty: Store) -> None:
    assert migrations.upgrade(empty)
    assert not migrations.upgrade(empty)
    migrations.require_current(empty)


def test_the_newest_revision_is_the_one_that_the_code_asks_for(empty: Store) -> None:
    scripts = ScriptDirectory.from_config(migrations.config(empty))
    assert scripts.get_heads() == [migrations.HEAD]
    assert [script.doc for script in scripts.walk_revisions() if not script.doc] == []


def test_an_empty_database_says_what_to_run(empty: Store) -> None:
    assert migrations.current(empty) is None
    with pytest.raises(StoreError, match="Run `watchroom migrate` first"):
        migrations.require_current(empty)


def test_a_database_of_another_revision_says_what_to_run(store: Store) -> None:
    with store.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(StoreError, match=f"at revision 0000, not {migrations.HEAD}"):
        migrations.require_current(store)


def test_a_database_of_a_newer_version_is_left_as_it_is(store: Store) -> None:
    with store.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="used by a newer version") as caught:
        migrations.upgrade(store)
    assert "\n" not in str(caught.value)
    assert migrations.current(store) == "9999"
    assert differences(store) == []


def test_a_revision_that_fails_leaves_the_database_as_it_was(empty: Store) -> None:
    with empty.transaction() as session:
        session.execute(text("CREATE TABLE organisation (id TEXT)"))
    with pytest.raises(DBAPIError, match="organisation"):
        migrations.upgrade(empty)
    assert tables(empty) == {"organisation"}
    assert (migrations.current(empty), triggers(empty)) == (None, set())
    with empty.transaction() as session:
        session.execute(text("DROP TABLE organisation"))
    assert migrations.upgrade(empty)


def test_processes_that_migrate_at_once_build_one_record(empty: Store, database_url: str) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", MIGRATE, database_url], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    errors = [process.communicate()[1].decode() for process in started]
    assert [(process.returncode, said) for process, said in zip(started, errors, strict=True)] == [
        (0, "")
    ] * 3
    migrations.require_current(empty)
    assert differences(empty) == []
    assert triggers(empty) == LOCKS
