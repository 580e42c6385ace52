"""The engines, the one way to write, and what differs between SQLite and PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from moderation.errors import StoreError

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "busy_timeout=10000",
    "foreign_keys=ON",
    "cache_size=-65536",
    # What is deleted or emptied is overwritten in the file too.
    "secure_delete=ON",
)
POSTGRES_OPTIONS = (
    "-c statement_timeout=60000 -c lock_timeout=20000 "
    "-c idle_in_transaction_session_timeout=60000 -c timezone=UTC"
)

# In a session's info: its store flushes the log after a commit that did not, and has to.
FLUSHES: Final = "flushes"
UNFLUSHED: Final = "unflushed"
# A commit of its own that writes a record of the log: it returns once the log is on disk up to it,
# and commits that wait at the same time share one flush.
_FLUSH: Final = text("SELECT pg_logical_emit_message(true, 'watchroom', '')")

Nudge = Callable[[Sequence[tuple[str, int]]], None]


class Store:
    """The record: open it once a process, then write in transaction() and read in reading().

    nudge is told (lane, job id) of every job after the commit that promised it; it is a wake-up
    only, so it may do nothing, and what it raises is the composition root's mistake. authorities
    are the names of those that stamp what is sealed in its transactions, from the settings.
    """

    def __init__(self, write: Engine, read: Engine) -> None:
        self.write_engine = write
        self.read_engine = read
        self.nudge: Nudge = _no_nudge
        self.authorities: tuple[str, ...] = ()
        # SQLite has one writer; queueing here is fair, its busy handler is not.
        self._turn = threading.Lock() if self.is_sqlite else nullcontext()

    @classmethod
    def open(cls, url: str, *, durable: bool = True) -> Store:
        """Open the database at url. Raises StoreError when the address makes no sense.

        durable=False lets a power cut undo the last commits of an SQLite file; it is for data
        that can be made again, such as the demo's.
        """
        parsed = _parse(url)
        if parsed.get_backend_name() == "sqlite":
            write = _sqlite(parsed, "BEGIN IMMEDIATE", durable)
            return cls(write, _sqlite(parsed, "BEGIN", durable))
        engine = create_engine(
            parsed,
            pool_pre_ping=True,
            pool_size=8,
            max_overflow=8,
            connect_args={"options": POSTGRES_OPTIONS, "connect_timeout": 5},
        )
        return cls(engine, engine)

    @property
    def is_sqlite(self) -> bool:
        """Say whether this is the embedded profile's engine."""
        return self.write_engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Give a session that commits as a whole or not at all, then nudge the lanes.

        What was committed is on disk when it returns, though on PostgreSQL others may see it a
        moment before: what they commit in their turn is on disk only after it.
        """
        info = {"authorities": self.authorities, FLUSHES: not self.is_sqlite}
        with self._turn, self.write_engine.connect() as connection:
            with Session(connection, expire_on_commit=False, info=info) as session:
                with session.begin():
                    yield session
                promised = session.info.pop("promised", [])
                unflushed = session.info.pop(UNFLUSHED, False)
            if unflushed:
                connection.execution_options(isolation_level="AUTOCOMMIT").execute(_FLUSH)
        if promised:
            self.nudge(promised)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that only reads; nothing it does is kept."""
        with Session(self.read_engine, expire_on_commit=False) as session:
            yield session

    def now(self) -> datetime:
        """Return the database's clock in UTC, so that two hosts agree about leases."""
        if self.is_sqlite:
            return datetime.now(UTC)
        with self.read_engine.connect() as connection:
            at: datetime = connection.execute(select(text("clock_timestamp()"))).scalar_one()
            return at.astimezone(UTC)

    def check(self) -> None:
        """Raise StoreError with one line that says what to do when the database does not answer."""
        try:
            with self.read_engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError as err:
            shown = self.write_engine.url.render_as_string(hide_password=True)
            msg = (
                f"The database at {shown} does not answer ({type(err).__name__}). Check "
                "WATCHROOM_DATABASE_URL, and that the server runs and accepts this user."
            )
            raise StoreError(msg) from err

    def let_go(self) -> None:
        """Leave nothing of what was overwritten in SQLite's log; PostgreSQL sees to its own."""
        if self.is_sqlite:
            with self._turn, self.write_engine.connect() as connection:
                connection.rollback()
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Give the connections back."""
        self.write_engine.dispose()
        self.read_engine.dispose()


def insert_for(session: Session, table: type[Any]) -> sqlite.Insert:
    """Return an INSERT that knows ON CONFLICT, in the words of the session's engine."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    # Both engines' inserts have the same methods, so callers may take one for the other.
    made: sqlite.Insert = (sqlite if is_sqlite else postgresql).insert(table)
    return made


def _no_nudge(_promised: Sequence[tuple[str, int]]) -> None:
    """Wake nobody: the lanes look for themselves."""


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError):
        # The cause is not kept: it quotes the address, where the password may stand.
        msg = (
            "WATCHROOM_DATABASE_URL is not a database address. Write for example "
            "sqlite:////var/lib/watchroom/watchroom.db or postgresql://user@host/watchroom."
        )
        raise StoreError(msg) from None
    if backend not in {"sqlite", "postgresql"}:
        msg = (
            f"WATCHROOM_DATABASE_URL names {backend}; Watchroom keeps its record in SQLite or "
            "PostgreSQL."
        )
        raise StoreError(msg)
    return parsed.set(drivername="postgresql+psycopg" if backend == "postgresql" else "sqlite")


def _sqlite(url: URL, begin: str, durable: bool) -> Engine:
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def _connect(dbapi: Any, _record: object) -> None:
        # The driver must not start transactions itself: it would start them deferred, and a
        # deferred read that turns into a write meets "database is locked".
        dbapi.isolation_level = None
        for pragma in SQLITE_PRAGMAS:
            dbapi.execute(f"PRAGMA {pragma}")
        dbapi.execute(f"PRAGMA synchronous={'FULL' if durable else 'OFF'}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
