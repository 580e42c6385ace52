"""Fixtures for every test: databases on both engines, Redis, mail, and no test left out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from moderation import migrations
from moderation.store import Store
from tests import quick
from tests.servers import Databases, MailServer, PostgresServer, RedisServer, SqliteFiles
from tests.world import World, fill

# Whoever asks for one of these needs the server of the marker's name.
MARKED_BY_FIXTURE = {
    "postgres": "postgres",
    "postgres_url": "postgres",
    "redis_server": "redis",
    "redis_url": "redis",
    "browser": "browser",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --no-skips, which `make test` gives."""
    parser.addoption(
        "--no-skips", action="store_true", help="fail when a test was skipped or expected to fail"
    )


def pytest_configure() -> None:
    """Choose the place of temporary files before anything asks for one."""
    quick.keep_files_in_memory()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by the servers it asks for, so that nobody has to remember."""
    quick.slowest_first(items)
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if marker := MARKED_BY_FIXTURE.get(fixture):
                item.add_marker(marker)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn a run with skipped tests into a failed one where --no-skips asks for it."""
    left_out = _left_out(session.config)
    if left_out and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Name the tests that were left out."""
    for name in _left_out(config):
        terminalreporter.write_line(f"NOT RUN {name}", red=True)


def _left_out(config: pytest.Config) -> list[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not config.getoption("--no-skips"):
        return []
    return [
        report.nodeid for kind in ("skipped", "xfailed") for report in reporter.getreports(kind)
    ]


@pytest.fixture(scope="session", autouse=True)
def _kept_templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    quick.keep_templates(tmp_path_factory.mktemp("templates"))


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    """Fresh SQLite databases."""
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server and its fresh databases."""
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Fresh databases, each test once on SQLite and once on PostgreSQL."""
    name = "sqlite_files" if request.param == "sqlite" else "postgres"
    found: Databases = request.getfixturevalue(name)
    return found


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """An empty database, each test once on SQLite and once on PostgreSQL."""
    url = databases.empty()
    yield url
    databases.discard(url)


def migrate(url: str) -> None:
    """Bring an empty database to the present shape, once for each engine."""
    store = Store.open(url)
    migrations.upgrade(store)
    store.close()


@pytest.fixture
def store(databases: Databases) -> Iterator[Store]:
    """An empty record in the present shape, each test once on SQLite and once on PostgreSQL."""
    url = databases.copy_of("migrated", migrate)
    opened = Store.open(url)
    yield opened
    opened.close()
    databases.discard(url)


@pytest.fixture
def sqlite_store(sqlite_files: SqliteFiles) -> Iterator[Store]:
    """An empty record on SQLite alone, for what does not depend on the engine."""
    url = sqlite_files.copy_of("migrated", migrate)
    opened = Store.open(url)
    yield opened
    opened.close()
    sqlite_files.discard(url)


@pytest.fixture
def sqlite_url(sqlite_files: SqliteFiles) -> Iterator[str]:
    """An empty SQLite database."""
    url = sqlite_files.empty()
    yield url
    sqlite_files.discard(url)


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """An empty PostgreSQL database."""
    url = postgres.empty()
    yield url
    postgres.discard(url)


@pytest.fixture(scope="session")
def _redis() -> Iterator[RedisServer]:
    server = RedisServer()
    yield server
    server.stop()


@pytest.fixture
def redis_server(_redis: RedisServer) -> RedisServer:
    """A Redis server that runs and is empty; the test may kill it."""
    _redis.empty()
    return _redis


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """The address of an empty Redis."""
    return redis_server.url


@pytest.fixture
def smtp_server() -> Iterator[MailServer]:
    """A mail server that keeps what it is given; set .fault to make it fail."""
    with MailServer() as server:
        yield server


@pytest.fixture
def world(store: Store) -> World:
    """Two organisations with a person for each role, on both engines."""
    return fill(store)


@pytest.fixture
def sqlite_world(sqlite_store: Store) -> World:
    """Two organisations with a person for each role, on SQLite alone."""
    return fill(sqlite_store)
