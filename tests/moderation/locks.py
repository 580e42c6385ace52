"""Takes a database's locks away, so that a test can do the harm that they would refuse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from moderation.store import Store


@contextmanager
def unlocked(store: Store) -> Iterator[Session]:
    """Give a session that no foreign key, check or trigger stops; the locks stay off afterwards.

    This is what somebody with the database's own password could do.
    """
    with store.write_engine.connect() as connection:
        if store.is_sqlite:
            _unlock_sqlite(connection)
        else:
            _unlock_postgresql(connection)
        connection.commit()
        with Session(connection, expire_on_commit=False) as session, session.begin():
            if not store.is_sqlite:
                session.execute(text("SET LOCAL session_replication_role = replica"))
            yield session
        connection.invalidate()


def _unlock_sqlite(connection: Connection) -> None:
    for name in _names(connection, "SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    connection.commit()
    # These take effect outside a transaction alone.
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("PRAGMA ignore_check_constraints=ON")


def _unlock_postgresql(connection: Connection) -> None:
    checks = connection.exec_driver_sql(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint "
        "WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
    ).all()
    for table, name in checks:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


def _names(connection: Connection, query: str) -> list[str]:
    return list(connection.exec_driver_sql(query).scalars())
