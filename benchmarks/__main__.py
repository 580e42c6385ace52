"""Runs every benchmark, one after the other: `python -m benchmarks [NAME ...]`."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Final

NAMES: Final = (
    "capture",
    "start_up",
    "import_speed",
    "classifier",
    "peers",
    "packing",
    "polling",
    "queue_page",
    "trying_a_setting",
    "audit_chain",
    "printing",
    "live_pages",
)


def main(wanted: list[str]) -> None:
    """Run the benchmarks named, or all; each prints its own table."""
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(NAMES)}.")
    for name in wanted or NAMES:
        print(f"\n== {name} ==", flush=True)
        import_module(f"benchmarks.{name}").main()


main(sys.argv[1:])
