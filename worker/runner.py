"""Runs one claimed job: finds its handler, and settles what the handler could not."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from moderation import dead_letters, jobs
from moderation.jobs import Claim, FencedError
from moderation.tables import JobState, Lane
from worker import (
    acting,
    alerting,
    capturing,
    checking,
    checkpointing,
    classifying,
    delivering,
    erasing,
    live_page_task,
    packing,
    polling,
    rereading,
    stamping,
    summarising,
)
from worker.errors import GiveUp, TryLater
from worker.workshop import Workshop

LOG: Final = logging.getLogger("watchroom.jobs")


def _nothing(_shop: Workshop, _held: Claim) -> None:
    """Leave everything as it is: the dead letter itself is what people are told of."""


@dataclass(frozen=True, slots=True)
class Handler:
    """How one kind of job is done, and what follows when it cannot be."""

    run: Callable[[Workshop, Claim], None]
    when_dead: Callable[[Workshop, Claim], None] = _nothing


HANDLERS: Final[dict[str, Handler]] = {
    "alert": Handler(alerting.send_alert, alerting.when_dead),
    "act": Handler(acting.act, acting.when_dead),
    "audit_check": Handler(checkpointing.check),
    "capture": Handler(capturing.capture, capturing.when_dead),
    "check": Handler(checking.check),
    "checkpoint_file": Handler(checkpointing.write_file),
    "checkpoint_mail": Handler(checkpointing.send),
    "classify": Handler(classifying.classify, classifying.when_dead),
    "deliver": Handler(delivering.deliver),
    "erase": Handler(erasing.erase),
    "live_page": Handler(live_page_task.keep),
    "pack": Handler(packing.pack, packing.when_dead),
    "poll": Handler(polling.poll),
    "reread": Handler(rereading.reread),
    "stamp": Handler(stamping.stamp),
    "summary": Handler(summarising.make_summary),
    "summary_mail": Handler(summarising.send_summary, alerting.when_dead),
}


class Runner:
    """Claims jobs and runs them; one for each thread or process, named so that leases say whose."""

    def __init__(self, shop: Workshop, owner: str) -> None:
        self.shop = shop
        self.owner = owner

    def run(self, job_id: int) -> bool:
        """Run one job by id if it is still to be done; False when there was nothing to claim."""
        with self.shop.store.transaction() as session:
            held = jobs.claim(session, job_id, owner=self.owner, now=self.shop.now())
        if held is not None:
            self._run(held)
        return held is not None

    def run_next(self, lane: Lane) -> bool:
        """Run the longest-due job of a lane; False when none is due."""
        now = self.shop.now()
        with self.shop.store.reading() as session:
            if not jobs.due(session, lane, now=now, limit=1):
                return False
        with self.shop.store.transaction() as session:
            held = jobs.claim_next(session, lane, owner=self.owner, now=now)
        if held is not None:
            self._run(held)
        return held is not None

    def _run(self, held: Claim) -> None:
        try:
            HANDLERS[held.kind].run(self.shop, held)
        except FencedError:
            LOG.warning("job_fenced id=%s kind=%s", held.id, held.kind)
        except TryLater as err:
            self._later(held, err)
        except GiveUp as err:
            self._settle(held, str(err), give_up=True)
        except Exception as err:
            # The type alone: a library's message may hold a text or a token.
            LOG.warning("job_failed id=%s kind=%s error=%s", held.id, held.kind, type(err).__name__)
            LOG.debug("job_failed_trace", exc_info=err)
            self._settle(held, type(err).__name__, give_up=False)

    def _later(self, held: Claim, err: TryLater) -> None:
        if err.counts:
            self._settle(held, str(err), give_up=False, after_s=err.retry_after_s)
            return
        now = self.shop.now()
        with self.shop.store.transaction() as session:
            jobs.wait(session, held, until=now + timedelta(seconds=err.retry_after_s))

    def _settle(self, held: Claim, why: str, *, give_up: bool, after_s: float = 0.0) -> None:
        try:
            with self.shop.store.transaction() as session:
                state = (
                    jobs.bury(session, held, error=why)
                    if give_up
                    else jobs.retry(session, held, error=why, now=self.shop.now(), after_s=after_s)
                )
        except FencedError:
            LOG.warning("job_fenced id=%s kind=%s", held.id, held.kind)
            return
        if state is JobState.DEAD:
            LOG.error("job_dead id=%s kind=%s", held.id, held.kind)
            attend_dead(self.shop)


def attend_dead(shop: Workshop) -> int:
    """Do for each dead job what follows from it, and tell a person once; return how many.

    A crash in between leaves the job untold, so the next call does both again: what follows from
    a dead job may be done twice. One that fails is left for the next call, and keeps no other back.
    """
    with shop.store.reading() as session:
        untold = jobs.untold(session)
    return sum(_attend(shop, held) for held in untold)


def _attend(shop: Workshop, held: Claim) -> bool:
    try:
        HANDLERS[held.kind].when_dead(shop, held)
        with shop.store.transaction() as session:
            dead_letters.tell(session, held, now=shop.now())
    except Exception as err:
        # A lane must not end because the end of one job failed.
        LOG.warning(
            "dead_unattended id=%s kind=%s error=%s", held.id, held.kind, type(err).__name__
        )
        LOG.debug("dead_unattended_trace", exc_info=err)
        return False
    return True
