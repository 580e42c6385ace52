"""How long commands take that need no model, and how long a demo takes to be ready."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

RUNS: Final = 7
TARGET_S: Final = 0.5
WATCHROOM: Final = Path(sys.executable).with_name("watchroom")
COMMANDS: Final = (
    ("--help",),
    ("migrate", "--help"),
    ("users", "list"),
    ("accounts", "list"),
    ("invariants",),
    ("verify-audit",),
    ("doctor", "--quick"),
)


def main() -> None:
    """Print the median of each command and the time to a loaded demo."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "WATCHROOM_DATA_DIR": f"{folder}/empty"}
        _run(environ, "migrate")
        print(f"{'command':26}{'median s':>10}{'slowest s':>11}{'of ' + str(TARGET_S) + ' s':>10}")
        for command in COMMANDS:
            times = [_run(environ, *command) for _ in range(RUNS)]
            median = statistics.median(times)
            share = median / TARGET_S
            print(f"{' '.join(command):26}{median:>10.2f}{max(times):>11.2f}{share:>10.0%}")
        demo = _run({**environ, "WATCHROOM_DATA_DIR": f"{folder}/demo"}, "demo")
        print(f"{'demo (three weeks)':26}{demo:>10.2f}{'':>11}{demo / 20:>10.0%} of 20 s")


def _run(environ: dict[str, str], *command: str) -> float:
    start = time.perf_counter()
    subprocess.run([str(WATCHROOM), *command], env=environ, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
