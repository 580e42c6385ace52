"""Runs a Bluesky network for as long as it is wanted, with nothing left of it afterwards."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bluesky_network.database import Database
from tests.bluesky_network.installing import node, outside
from tests.servers import RedisServer, free_port, wait_until

HERE = Path(__file__).parent
PATIENCE = 120.0


@contextmanager
def network(folder: Path) -> Iterator[Path]:
    """Start PostgreSQL, Redis and the network, and give the file that describes it.

    Every port is a free one, so that several networks can run at once. What was started ends with
    the block, by its process and no other, and its data goes.
    """
    with ExitStack() as until:
        state = outside(Path(tempfile.mkdtemp(prefix="watchroom-bluesky-")))
        until.callback(shutil.rmtree, state, ignore_errors=True)
        database = until.enter_context(Database())
        redis = RedisServer()
        until.callback(redis.stop)
        told: dict[str, object] = {
            "app": str(folder / "app"),
            "info": str(state / "info.json"),
            "database": database.url,
            "redis": f"127.0.0.1:{redis.port}",
            "ports": {name: free_port() for name in ("plc", "pds", "appview", "ozone")},
        }
        until.enter_context(_servers(folder, state, told))
        yield state / "info.json"


@contextmanager
def _servers(folder: Path, state: Path, told: dict[str, object]) -> Iterator[None]:
    log = state / "network.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [
                str(node(folder) / "bin" / "node"),
                "--require",
                str(HERE / "loopback.cjs"),
                str(HERE / "run.mjs"),
            ],
            env=os.environ
            | {
                "BLUESKY_NETWORK": json.dumps(told),
                "TMPDIR": str(state),
                "NODE_ENV": "development",
                "LOG_ENABLED": "false",
            },
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until(
            lambda: process.poll() is not None or (state / "info.json").exists(),
            "The Bluesky network",
            patience=PATIENCE,
        )
        if process.poll() is not None:
            raise AssertionError(f"The network did not start:\n{log.read_text()[-3000:]}")
        yield
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the servers: its standard input says so, and only then a signal."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(15)
