"""A PostgreSQL of the network's own, on 127.0.0.1, that is thrown away afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Self

from tests.bluesky_network.installing import postgres
from tests.servers import free_port

# PostgreSQL refuses to run as root, so root runs it as the user that its package made.
USER = "postgres"
SETTINGS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=300",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
)


class Database:
    """One server; url leads to its database."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="watchroom-bluesky-pg-"))
        self._port = free_port()
        self.url = f"postgresql://{USER}@127.0.0.1:{self._port}/postgres"

    def __enter__(self) -> Self:
        if os.geteuid() == 0:
            shutil.chown(self._folder, USER)
        initdb = [
            "initdb",
            "-U",
            USER,
            "-A",
            "trust",
            "--no-sync",
            "--locale=C.UTF-8",
            "-E",
            "UTF8",
        ]
        self._run([*initdb, "-D", self._data])
        options = " ".join(f"-c {one}" for one in (*SETTINGS, f"port={self._port}"))
        self._run(["pg_ctl", "-D", self._data, "-w", "-l", self._log, "-o", options, "start"])
        return self

    def __exit__(self, *_: object) -> None:
        self._run(["pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop"])
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    @property
    def _log(self) -> str:
        return str(self._folder / "log")

    def _run(self, command: list[str]) -> None:
        program, *arguments = command
        as_user = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
        subprocess.run(
            [*as_user, str(postgres() / program), *arguments],
            cwd="/",
            stdout=subprocess.DEVNULL,
            check=True,
        )
