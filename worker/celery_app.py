"""The production profile: Celery carries job ids over Redis, and the database stays the record."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from celery import Celery
from celery.signals import worker_process_init, worker_process_shutdown
from kombu import Exchange, Queue
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from moderation import jobs
from moderation.settings import Settings
from moderation.store import Store
from moderation.tables import Lane
from worker.runner import Runner
from worker.workshop import Workshop

LOG: Final = logging.getLogger("watchroom.celery")
LANES: Final = tuple(lane.value for lane in Lane)
# A queued id is worth about a kilobyte of Redis; the database holds the rest of a backlog.
QUEUE_CAP: Final = 2000
MESSAGE_LIFE_S: Final = 60
# After its own job a worker goes on in the same lane for this long before it asks Redis again.
GO_ON_S: Final = 20.0
# A pack of a large case takes minutes; it renews its lease meanwhile.
_LONG: Final = {Lane.SUMMARY.value: {"soft_time_limit": 3500, "time_limit": 3600}}

app: Final = Celery("watchroom")
app.conf.update(
    result_backend=None,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_queues=[Queue(lane, Exchange(lane, type="direct"), routing_key=lane) for lane in LANES],
    task_default_queue=Lane.SUMMARY.value,
    task_create_missing_queues=False,
    # The message is only an id and the lease gives redelivery: late acknowledgement would add
    # doubles, not safety, and redelivery of a killed worker's task would loop on poison.
    task_acks_late=False,
    task_reject_on_worker_lost=False,
    worker_prefetch_multiplier=1,
    worker_disable_prefetch=True,
    task_time_limit=120,
    task_soft_time_limit=90,
    worker_max_tasks_per_child=500,
    worker_max_memory_per_child=500_000,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    worker_soft_shutdown_timeout=20,
    worker_enable_soft_shutdown_on_idle=False,
    worker_send_task_events=False,
    task_send_sent_event=False,
    event_queue_expires=60,
    task_publish_retry=False,
    broker_pool_acquire_timeout=2,
    worker_hijack_root_logger=False,
    broker_transport_options={
        "visibility_timeout": 300,
        "socket_timeout": 5,
        "socket_connect_timeout": 5,
        "socket_keepalive": True,
        "health_check_interval": 10,
        "retry_on_timeout": True,
        # Whoever commits must not wait for a broker that is away: once, and the top-up sends again.
        "max_retries": 0,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "unacked_restore_limit": 1000,
        "queue_order_strategy": "priority",
        "global_keyprefix": "watchroom:",
    },
    timezone="UTC",
    enable_utc=True,
)


def configure(settings: Settings) -> Celery:
    """Point the app at the broker of the settings."""
    app.conf.broker_url = str(settings.redis_url)
    return app


@worker_process_init.connect
def _fresh_process(**_: Any) -> None:
    """Forget the parent's connections: a forked child must open its own."""
    runner.cache_clear()


@worker_process_shutdown.connect
def _ended_process(**_: Any) -> None:
    """End the browser with the process that started it."""
    if runner.cache_info().currsize:
        runner().shop.end_browser()


@cache
def runner() -> Runner:
    """Return this process's runner; its database connection is kept between messages."""
    settings = Settings.from_env(os.environ)
    configure(settings)
    shop = Workshop(settings, Store.open(settings.database_url))
    shop.store.nudge = send
    return Runner(shop, f"celery:{os.getpid()}")


@app.task(name="run_job")
def run_job(job_id: int) -> None:
    """Run one job if it is still to be done, then more of its lane while there are any due.

    The message is only a nudge: lost, doubled or stale, it changes nothing.
    """
    mine = runner()
    with mine.shop.store.reading() as session:
        lane = jobs.lane_of(session, job_id)
    if lane is None or not mine.run(job_id):
        return
    until = time.monotonic() + GO_ON_S
    while time.monotonic() < until and mine.run_next(lane):
        pass


def send(promised: Sequence[tuple[str, int]]) -> None:
    """Wake a worker for each job. Redis away costs a delay: the top-up sends again."""
    for lane, job_id in promised[:QUEUE_CAP]:
        try:
            run_job.apply_async(
                (job_id,),
                queue=lane,
                expires=MESSAGE_LIFE_S,
                retry=False,
                **_LONG.get(lane, {}),
            )
        except OperationalError as err:
            LOG.warning("nudge_lost lane=%s error=%s", lane, type(err).__name__)
            return


def top_up(shop: Workshop) -> int:
    """Send again what is due and not taken, as far as each queue has room; return how many.

    An empty queue gets every due job up to the cap. A queue that holds messages gets only those
    that were sent more than a minute ago: sending by age alone would flood it.
    """
    sent = 0
    for lane in Lane:
        waiting = _queued(lane.value)
        if waiting is None:
            break
        if waiting >= QUEUE_CAP:
            continue
        now = shop.now()
        with shop.store.transaction() as session:
            due = jobs.to_publish(
                session, lane, now=now, limit=QUEUE_CAP - waiting, only_old=waiting > 0
            )
        send([(lane.value, job_id) for job_id in due])
        sent += len(due)
    return sent


def _queued(lane: str) -> int | None:
    """Return how many messages wait in a lane's queue; None while Redis is away."""
    try:
        with app.connection_for_read() as connection:
            # The client puts the deployment's prefix in front of the key by itself.
            return int(connection.default_channel.client.llen(lane))
    except (OperationalError, RedisError, OSError) as err:
        LOG.warning("redis_away error=%s", type(err).__name__)
        return None
