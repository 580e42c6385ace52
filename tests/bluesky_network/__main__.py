"""python -m tests.bluesky_network [COMMAND ...]: runs a command with a Bluesky network beside it.

Installs the servers first where they are missing. The command finds the file that describes the
network in WATCHROOM_BLUESKY_INFO; without a command the network runs until it is interrupted.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress

from tests.bluesky_network.installing import CannotInstall, home, install
from tests.bluesky_network.running import network

INFO = "WATCHROOM_BLUESKY_INFO"


def main(command: list[str]) -> int:
    """Return the command's own exit status."""
    # A request to end is an exception, so that what was started is ended in order.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = home()
    install(folder)
    with network(folder) as info, suppress(KeyboardInterrupt):
        if command:
            environment = os.environ | {INFO: str(info)}
            return subprocess.run(command, env=environment, check=False).returncode
        sys.stdout.write(f"{info.read_text()}\n{INFO}={info}\nIt runs until it is interrupted.\n")
        sys.stdout.flush()
        signal.pause()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CannotInstall as err:
        sys.exit(f"bluesky_network: {err}")
