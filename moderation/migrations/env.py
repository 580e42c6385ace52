"""How Alembic reaches the store: through the engine that the caller opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Literal

from alembic import context
from sqlalchemy import Connection, text

from moderation.tables import Base, UtcTime


def render_item(kind: str, value: Any, _context: object) -> str | Literal[False]:
    """Write our time type as what it is in the database, so that no revision imports our code."""
    return "sa.BigInteger()" if kind == "type" and isinstance(value, UtcTime) else False


# The key is ours to choose; it must only be the same in every process.
_LOCK: Final = text("SELECT pg_advisory_lock(1001)")
_UNLOCK: Final = text("SELECT pg_advisory_unlock(1001)")


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """Let processes that migrate at once do so one after the other; SQLite does by itself."""
    if connection.dialect.name == "sqlite":
        yield
        return
    connection.execute(_LOCK)
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.execute(_UNLOCK)
        connection.commit()


def run() -> None:
    """Run the wanted revisions, each in its own transaction."""
    engine = context.config.attributes["engine"]
    with engine.connect() as connection, alone(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=render_item,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
