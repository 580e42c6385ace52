"""python -m tests.standins.platforms_demo: all six platforms in the pages, read from stand-ins.

The invented organisation of the demo, with one account on each platform, read and acted on by the
product's own clients. Everything stays on this machine and is made afresh at each start.
"""

from __future__ import annotations

import fcntl
import shutil
import socket
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

import click

from moderation import accounts
from moderation.access import Actor
from moderation.accounts import NewAccount
from moderation.settings import PREFIX, Settings
from tests.standins.platforms_live import ACCESS_STEP_S, Live
from tests.standins.platforms_places import MAKERS, Place, open_places
from tests.standins.platforms_story import Story, story
from worker import connecting, demo, opening
from worker.commands.serving import serve
from worker.connecting import GivenSecrets
from worker.workshop import Workshop

FOLDER = Path("build") / "demo-platforms"
BACK = timedelta(days=5)
POLL_EVERY_S = 10

WELCOME = """
Watchroom is ready: {address}
{sign_ins}
The six accounts lead to stand-ins on this machine, not to the platforms. Watchroom's own clients
read them and act on them; something new is written every few seconds, and faults are named here.

Try first:
  1. Sign in as moderator@northmoor.example. What cannot wait stands on top of the queue.
  2. Open an item of each platform and see what can be done there, what by hand, and why not.
  3. On a Facebook item, decide, capture and hide, and watch it until it is in effect.
  4. Open Accounts while a platform is in trouble.
{access}
Ctrl-C stops it. Nothing is kept: the next start begins afresh.
"""
HOW_TO_LOSE = """
To see an access end, start it as: make demo-platforms kill=x (or any other of the platforms).
"""
LOSES = """
After {after:.0f} seconds the stand-in for {platform} ends the access, for {after:.0f} seconds.
"""


@click.command()
@click.option(
    "--kill-token",
    type=click.Choice(sorted(MAKERS)),
    help=f"Let this platform end the account's access after {ACCESS_STEP_S:.0f} seconds.",
)
def main(kill_token: str | None) -> None:
    """Show all six platforms in the pages, read from stand-ins on this machine."""
    held = _alone(FOLDER)
    chosen = _settings(FOLDER)
    opening.start_logs(chosen.log_level)
    click.echo("Starting six stand-ins and an invented organisation. This takes a few seconds.")
    shop = Workshop(chosen, opening.store(chosen, migrate=True))
    shop.load_models()
    places, told = open_places(), story(shop.now())
    _fill(places, told)
    ids = _connect(shop, places, shop.now())
    live = Live(shop, places, ids, told.ahead, kill_token)
    welcome = _welcome(chosen, places[kill_token] if kill_token else None)
    with held:
        serve(shop, welcome, lambda _shop, stop: live.start(stop))


def _alone(folder: Path) -> IO[str]:
    """Empty the folder for this process alone, and return what holds it until it is closed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = folder.with_suffix(".lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise click.ClickException(f"It runs already, in {folder}. Stop that one first.") from None
    shutil.rmtree(folder, ignore_errors=True)
    return lock


def _settings(folder: Path) -> Settings:
    """Return settings of our own with a free port: the environment's may lead to real data."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = {"DATA_DIR": folder, "PORT": port, "LOG_LEVEL": "error", "SETTLE_S": 1}
    return Settings.from_env({f"{PREFIX}{name}": str(value) for name, value in ours.items()})


def _fill(places: Mapping[str, Place], told: Story) -> None:
    for platform, place in places.items():
        place.play_past([one for one in told.past if one.where == platform])


def _connect(shop: Workshop, places: Mapping[str, Place], now: datetime) -> dict[str, int]:
    """Make the organisation and its accounts, each tried out first; return the accounts' ids."""
    with shop.store.transaction() as session:
        operator = demo.set_up_organisation(session, now=now)
    return {platform: _add(shop, place, operator, now) for platform, place in places.items()}


def _add(shop: Workshop, place: Place, operator: Actor, now: datetime) -> int:
    settings = {**place.server.settings(), **place.settings}
    secrets = GivenSecrets({name: value for name, value in place.server.secrets().items() if value})
    found = connecting.try_out(place.connector, settings, secrets)
    name = f"Northmoor on {place.title} (stand-in)"
    new = NewAccount(place.key, place.platform, name, place.connector, settings, POLL_EVERY_S)
    with shop.store.transaction() as session:
        row = connecting.add(
            session, new, secrets, found, shop.sealing_keys, actor=operator, now=now
        )
        accounts.backfill(session, place.key, now - BACK, actor=operator, now=now)
        return row.id


def _welcome(chosen: Settings, lost: Place | None) -> str:
    access = LOSES.format(platform=lost.title, after=ACCESS_STEP_S) if lost else HOW_TO_LOSE
    return WELCOME.format(address=chosen.base_url, sign_ins=demo.sign_ins(), access=access)


if __name__ == "__main__":
    main()
