"""How fast a file becomes a queue: ingest, detectors, target, proposal and record, end to end."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.material import lines
from worker.demo.material import HERE

ITEMS: Final = 100_000
TARGET_PER_S: Final = 1_500
TARGET_MB: Final = 600
WATCHROOM: Final = Path(sys.executable).with_name("watchroom")


def main() -> None:
    """Import ITEMS comments into a fresh embedded store and print the rate and the memory."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "comments.jsonl"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(lines(ITEMS))
        taken = _import(file, f"{folder}/taken", "--no-wait")
        whole = _import(file, f"{folder}/whole")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    rows = (
        ("taking in alone", taken, ITEMS / taken),
        ("end to end", whole, ITEMS / whole),
    )
    print(f"{ITEMS:,} items{'':14}{'seconds':>10}{'items/s':>10}{'of target':>11}")
    for name, seconds, rate in rows:
        print(f"{name:27}{seconds:>10.1f}{rate:>10,.0f}{rate / TARGET_PER_S:>11.2f}")
    print(f"{'peak memory':27}{peak:>7.0f} MB{'':>10}{peak / TARGET_MB:>11.2f} of {TARGET_MB} MB")


def _import(file: Path, data_dir: str, *options: str) -> float:
    """Import into a fresh store with a staff directory and return the seconds it took."""
    environ = {**os.environ, "WATCHROOM_DATA_DIR": data_dir}
    _watchroom(environ, "staff", "import", str(HERE / "staff.csv"))
    seconds = _watchroom(environ, "import", str(file), "--account", "bench", *options)
    _watchroom(environ, "invariants")
    return seconds


def _watchroom(environ: dict[str, str], *command: str) -> float:
    start = time.perf_counter()
    subprocess.run([str(WATCHROOM), *command], env=environ, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
