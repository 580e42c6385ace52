"""The clock of the installation: sweeps that promise what is due and find what was left behind."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from moderation import jobs
from moderation.reporting.alerts import promise_spooled
from moderation.store import Store
from worker import caring, checking, checkpointing, erasing, polling, stamping, summarising
from worker.runner import attend_dead
from worker.workshop import Workshop

LOG: Final = logging.getLogger("watchroom.ticker")
TICK_S: Final = 5.0
KEEP_DONE: Final = timedelta(days=30)
# Any number that nothing else in the database uses for an advisory lock.
_LOCK: Final = 7_240_116


@dataclass(frozen=True, slots=True)
class Duty:
    """One sweep and how often it is wanted. Each may run twice, at once or not at all."""

    name: str
    every: timedelta
    do: Callable[[Workshop], None]


def _polls(shop: Workshop) -> None:
    with shop.store.transaction() as session:
        polling.promise_due(session, shop)


def _rounds(shop: Workshop) -> None:
    with shop.store.transaction() as session:
        polling.promise_rounds(session, shop)


def _checks(shop: Workshop) -> None:
    with shop.store.transaction() as session:
        checking.promise_due(session, shop)


def _leases(shop: Workshop) -> None:
    with shop.store.transaction() as session:
        jobs.bury_expired(session, now=shop.now())


def _dead(shop: Workshop) -> None:
    attend_dead(shop)


def _spooled(shop: Workshop) -> None:
    if shop.settings.smtp_host:
        with shop.store.transaction() as session:
            promise_spooled(session, shop.now())


def _summaries(shop: Workshop) -> None:
    with shop.store.transaction() as session:
        summarising.promise_due(session, shop.now())


def _erasures(shop: Workshop) -> None:
    with shop.store.transaction() as session:
        erasing.promise_due(session, shop.now())


def _prune(shop: Workshop) -> None:
    now = shop.now()
    with shop.store.transaction() as session:
        jobs.prune(session, before=now - KEEP_DONE)


DUTIES: Final = (
    Duty("polls", timedelta(seconds=5), _polls),
    Duty("rounds", timedelta(seconds=30), _rounds),
    Duty("checks", timedelta(minutes=1), _checks),
    Duty("leases", timedelta(seconds=15), _leases),
    Duty("dead letters", timedelta(seconds=15), _dead),
    Duty("summaries", timedelta(minutes=1), _summaries),
    Duty("spooled letters", timedelta(minutes=5), _spooled),
    Duty("erasures", timedelta(minutes=5), _erasures),
    Duty("vault", timedelta(seconds=10), caring.go_on_nightly),
    Duty("checkpoints", timedelta(minutes=1), checkpointing.take_due),
    Duty("chain", timedelta(minutes=1), checkpointing.promise_check),
    Duty("stamps", timedelta(hours=1), stamping.promise_missing),
    Duty("pruning", timedelta(hours=1), _prune),
)


def _top_up(shop: Workshop) -> None:
    from worker import celery_app

    celery_app.top_up(shop)


TOP_UP: Final = Duty("top-up", timedelta(seconds=5), _top_up)


class Ticker:
    """Does the duties as they come due; any number may run, one works at a time."""

    def __init__(self, shop: Workshop, duties: tuple[Duty, ...] = DUTIES) -> None:
        self._shop = shop
        self._duties = duties
        self._last: dict[str, datetime] = {}

    def tick(self) -> None:
        """Do once what is due. A duty that fails is logged and tried again at the next tick."""
        with _alone(self._shop.store) as alone:
            if alone:
                for duty in self._duties:
                    self._do(duty)

    def run(self, stop: threading.Event) -> None:
        """Tick until stop is set."""
        while not stop.is_set():
            try:
                self.tick()
            except SQLAlchemyError as err:
                LOG.warning("tick_failed error=%s", type(err).__name__)
            stop.wait(TICK_S)

    def _do(self, duty: Duty) -> None:
        now = self._shop.now()
        last = self._last.get(duty.name)
        # A clock that jumped back must not silence a duty until it has caught up.
        if last is not None and timedelta() <= now - last < duty.every:
            return
        try:
            duty.do(self._shop)
            self._last[duty.name] = now
        except Exception as err:
            LOG.warning("duty_failed name=%r error=%s", duty.name, type(err).__name__)
            LOG.debug("duty_failed_trace", exc_info=err)


@contextmanager
def _alone(store: Store) -> Iterator[bool]:
    """Hold the tickers' lock of a PostgreSQL server; SQLite has one process and needs none."""
    if store.is_sqlite:
        yield True
        return
    with store.read_engine.connect() as connection:
        got = bool(
            connection.execute(
                text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _LOCK}
            ).scalar()
        )
        yield got
        connection.rollback()
