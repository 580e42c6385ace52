"""How Alembic reaches the store: through the engine that the caller opened."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from moderation.tables import Base, UtcTime


def render_item(kind: str, value: Any, _context: object) -> str | Literal[False]:
    """Write our time type as what it is in the database, so that no revision imports our code."""
    return "sa.BigInteger()" if kind == "type" and isinstance(value, UtcTime) else False


def run() -> None:
    """Run the wanted revisions, each in its own transaction."""
    engine = context.config.attributes["engine"]
    with engine.connect() as connection:
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
