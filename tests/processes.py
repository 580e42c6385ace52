"""The product's own processes for tests: one command to its end, or one that runs on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import ClassVar

from moderation.settings import PREFIX

ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, "-m", "worker.cli")


def environment(settings: Mapping[str, object]) -> dict[str, str]:
    """Return this process's environment with these WATCHROOM_ settings and no other."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return kept | {f"{PREFIX}{name}": str(value) for name, value in settings.items()}


def watchroom(
    *arguments: object,
    command: Sequence[str] = COMMAND,
    prepare: Callable[[], None] | None = None,
    **settings: object,
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end; settings are named without their prefix: DATA_DIR=folder.

    prepare is called in the new process before anything of it runs.
    """
    return subprocess.run(
        [*command, *map(str, arguments)],
        cwd=ROOT,
        env=environment({"LOG_LEVEL": "error", **settings}),
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=prepare,
        check=False,
    )


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line with which a command was refused; fail when it was anything else."""
    assert done.returncode == 2, done.stderr[-2000:]
    [line] = done.stderr.splitlines()
    assert line.startswith("watchroom: ")
    return line


class Process:
    """A command that runs on, with all that it starts in a group of its own."""

    command: ClassVar[Sequence[str]] = COMMAND

    def __init__(self, *arguments: object, log: Path, **settings: object) -> None:
        self.arguments = arguments
        self._log, self._settings = log, settings
        self.start()

    def start(self) -> None:
        """Start it, again where it ended before, as a supervisor would."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self.command, *map(str, self.arguments)],
                cwd=ROOT,
                env=environment({"LOG_LEVEL": "info", **self._settings}),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Return its number; it has another after every start."""
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Say whether it is gone."""
        return self._process.poll() is not None

    def said(self, words: str) -> bool:
        """Say whether its log holds these words."""
        return words in self._log.read_text(errors="replace")

    def stop(self) -> int:
        """Ask it to end, as a service manager does, and return its exit status."""
        self._process.terminate()
        return self._process.wait(45)

    @property
    def left(self) -> int:
        """Return how many processes of its group still run, itself among them."""
        stats = [_stat(folder) for folder in Path("/proc").glob("[0-9]*")]
        return sum(int(stat[2]) == self._process.pid and stat[0] != "Z" for stat in stats if stat)

    def kill_alone(self) -> None:
        """End it as kill -9 of its number would: what it started learns nothing of it."""
        self._process.kill()
        self._process.wait(15)

    def kill(self) -> None:
        """End it and all that it started as a power cut would."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(15)


def _stat(folder: Path) -> list[str]:
    """Return state, parent, group and more of a process; empty when it is gone by now."""
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


@contextmanager
def running(*arguments: object, log: Path, **settings: object) -> Iterator[Process]:
    """Run a process until the end of the block."""
    process = Process(*arguments, log=log, **settings)
    try:
        yield process
    finally:
        process.kill()
