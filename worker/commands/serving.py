"""Commands that start processes: run, web, worker, beat and demo."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from collections import UserDict
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn

import click

from connectors.registry import CONNECTORS, kind_of
from moderation.errors import SettingsError
from moderation.model import ActionKind, Capability, How, ItemRef
from moderation.settings import Settings
from moderation.tables import AccountRow, Lane
from worker import opening
from worker.workshop import Workshop

LOG: Final = logging.getLogger("watchroom")
WEB_THREADS: Final = 8
# A page that is being made gets this long to be answered once the process is told to stop.
ANSWERS_S: Final = 20


@click.command("run")
@click.option("--demo", is_flag=True, help="Load the invented organisation into an empty store.")
def run(demo: bool) -> None:
    """Start the pages, the clock and every lane in one process; Ctrl-C stops it cleanly."""
    from worker import demo as demo_data

    chosen = opening.settings()
    require_free_port(chosen)
    shop = opening.workshop(migrate=True)
    shop.load_models()
    if demo and demo_data.may_load(shop):
        demo_data.load(shop, say=click.echo)
    serve(shop, demo_data.welcome(shop), demo_data.start_live_feed)


def serve(
    shop: Workshop,
    welcome: str,
    start_feed: Callable[[Workshop, threading.Event], threading.Thread],
) -> NoReturn:
    """Serve the pages and work every lane until a signal comes, with a feed beside; end then."""
    from worker.embedded import Lanes

    stop = _stop_on_signal()
    lanes = Lanes(shop)
    server = _server(shop)
    lanes.start()
    feed = start_feed(shop, stop)
    web = threading.Thread(target=server.run, name="web", daemon=True)
    web.start()
    click.echo(welcome)
    stop.wait()
    click.echo("Stopping. What is under way is finished first.")
    end_pages(server)
    feed.join()
    ended = lanes.stop()
    shop.end_browser()
    shop.store.close()
    click.echo("Stopped." if ended else "Stopped; unfinished work goes on at the next start.")
    # Threads of the web server that still wait for a browser must not keep the process alive.
    sys.stdout.flush()
    os._exit(0)


def end_pages(server: Any) -> None:
    """Accept no further request, and wait for the answers under way, for a while."""
    from waitress.wasyncore import dispatcher

    # The server's own close() also shuts the pipe by which an answering thread wakes it.
    dispatcher.close(server)
    server.task_dispatcher.shutdown(timeout=ANSWERS_S)


def _stop_on_signal() -> threading.Event:
    """Return an event that Ctrl-C or a service manager's stop sets."""
    stop = threading.Event()

    def handle(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handle)
    return stop


def require_free_port(chosen: Settings) -> None:
    """Raise SettingsError when something else listens where the pages should be."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((chosen.host, chosen.port))
        except OSError as err:
            msg = (
                f"Port {chosen.port} on {chosen.host} cannot be used ({err.strerror}). Stop what "
                "uses it, or set WATCHROOM_PORT to another."
            )
            raise SettingsError(msg) from err


def _server(shop: Workshop) -> Any:
    from waitress.server import create_server

    from review_ui.additions import LARGEST_BODY

    return create_server(
        _app(shop),
        host=shop.settings.host,
        port=shop.settings.port,
        threads=WEB_THREADS,
        ident=None,
        # Larger bodies are refused before the pages see them.
        max_request_body_size=LARGEST_BODY,
    )


def _app(shop: Workshop) -> Any:
    from review_ui.app import create_app

    return create_app(shop.store, shop.settings, shop.policy, _capabilities(shop), _Purposes())


class _Purposes(UserDict[str, Mapping[str, str]]):
    """What each permission of a connector is for; a connector is looked up when it is asked for."""

    def __missing__(self, connector: str) -> Mapping[str, str]:
        """Return what the connector's permissions are for."""
        self[connector] = kind_of(connector).permissions if connector in CONNECTORS else {}
        return self[connector]


def _capabilities(shop: Workshop) -> Callable[[AccountRow, ItemRef], dict[ActionKind, Capability]]:
    """Say what can be done about one item: the pages know no connector themselves."""

    def capabilities(account: AccountRow, ref: ItemRef) -> dict[ActionKind, Capability]:
        try:
            connector = shop.connector(account)
        except SettingsError as err:
            return {kind: Capability(How.NO, str(err)) for kind in ActionKind}
        return {kind: connector.capability(ref, kind) for kind in ActionKind}

    return capabilities


@click.command("web")
@click.option("--workers", default=2, show_default=True, help="How many processes serve pages.")
def web(workers: int) -> None:
    """Start the pages alone, under gunicorn, for the production profile."""
    from gunicorn.app.base import BaseApplication

    chosen = opening.settings()
    opening.start_logs(chosen.log_level)
    require_free_port(chosen)
    opening.store(chosen).close()

    class Pages(BaseApplication):
        """Gunicorn with our settings; each process opens its own store."""

        def load_config(self) -> None:
            """Set what gunicorn's own files would say."""
            for name, value in _gunicorn(chosen, workers).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            """Open the store in the forked process and return the pages."""
            shop = Workshop(chosen, opening.store(chosen))
            if chosen.redis_url:
                from worker import celery_app

                celery_app.configure(chosen)
                shop.store.nudge = celery_app.send
            return _app(shop)

    Pages().run()


def _gunicorn(chosen: Settings, workers: int) -> Mapping[str, Any]:
    return {
        "bind": f"{chosen.host}:{chosen.port}",
        "workers": workers,
        "threads": 4,
        "worker_class": "gthread",
        "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108
        "timeout": 30,
        "graceful_timeout": 20,
        "accesslog": None,
        "errorlog": "-",
        "limit_request_line": 4094,
        "limit_request_field_size": 8190,
    }


@click.command("worker")
@click.option(
    "--lanes",
    default=",".join(lane.value for lane in Lane),
    show_default=True,
    help="Which lanes to work, separated by commas.",
)
@click.option("--processes", default=2, show_default=True, help="How many at once.")
def worker(lanes: str, processes: int) -> None:
    """Start a Celery worker. Needs WATCHROOM_REDIS_URL."""
    from worker import celery_app

    chosen = _broker_settings()
    known = {lane.value for lane in Lane}
    wanted = [lane.strip() for lane in lanes.split(",") if lane.strip()]
    if not wanted or not set(wanted) <= known:
        raise SettingsError(f"--lanes takes some of: {', '.join(lane.value for lane in Lane)}.")
    Workshop(chosen, opening.store(chosen)).try_models()
    app = celery_app.configure(chosen)
    # Soft shutdown: a stop lets the job in hand end before the process goes.
    os.environ.setdefault("REMAP_SIGTERM", "SIGQUIT")
    app.worker_main(
        [
            "worker",
            f"--queues={','.join(wanted)}",
            "--pool=prefork",
            f"--concurrency={processes}",
            "--without-gossip",
            "--without-mingle",
            f"--loglevel={chosen.log_level}",
        ]
    )


def _broker_settings() -> Settings:
    chosen = opening.settings()
    opening.start_logs(chosen.log_level)
    if not chosen.redis_url:
        raise SettingsError(
            "WATCHROOM_REDIS_URL is not set. Set it, or use `watchroom run`, which needs no broker."
        )
    return chosen


@click.command("beat")
def beat() -> None:
    """Start the clock of the production profile. Two may run: one works, one waits."""
    from worker import celery_app
    from worker.ticker import DUTIES, TOP_UP, Ticker

    chosen = _broker_settings()
    shop = Workshop(chosen, opening.store(chosen))
    celery_app.configure(chosen)
    shop.store.nudge = celery_app.send
    LOG.info("beat_started")
    Ticker(shop, (*DUTIES, TOP_UP)).run(_stop_on_signal())


@click.command("demo")
def demo() -> None:
    """Load the invented organisation into an empty store; `watchroom run` then shows it."""
    from worker import demo as demo_data

    shop = opening.workshop(migrate=True)
    shop.load_models()
    if not demo_data.may_load(shop):
        raise SettingsError(
            "The store holds data already, so no demo data was loaded. Set WATCHROOM_DATA_DIR to "
            "an empty folder for a demo."
        )
    demo_data.load(shop, say=click.echo)
    click.echo(demo_data.welcome(shop))


COMMANDS: Final = {"run": run, "web": web, "worker": worker, "beat": beat, "demo": demo}
