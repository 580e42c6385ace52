"""Over the broker go job ids alone, and what the broker loses comes again from the database."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import select

from moderation.lifecycle import ItemState
from moderation.settings import Secret
from moderation.tables import AccountRow, Lane
from tests.processes import refused, running, watchroom
from tests.replayed import Calm, Replayed
from tests.servers import RedisServer, wait_until
from tests.world import World
from worker import celery_app

KEY = "watchroom:ingest"
PATIENCE = 60.0


@pytest.fixture
def replayed(sqlite_world: World, tmp_path: Path, redis_server: RedisServer) -> Replayed:
    """One process's parts, with the broker set up and nobody who takes messages."""
    made = Replayed(sqlite_world, tmp_path)
    made.shop.detectors = [Calm()]
    celery_app.configure(replace(made.settings, redis_url=Secret(redis_server.url)))
    return made


def queued(server: RedisServer) -> list[bytes]:
    with Redis(port=server.port) as client:
        return [bytes(message) for message in client.lrange(KEY, 0, -1)]


def promise(replayed: Replayed, *slots: str) -> list[int]:
    return [replayed.promise_poll(slot) for slot in slots]


def test_no_result_is_kept_and_nothing_but_json_is_read() -> None:
    conf = celery_app.app.conf
    assert conf.result_backend is None
    assert conf.task_ignore_result
    assert conf.accept_content == ["json"]
    assert not conf.task_acks_late
    assert not conf.task_reject_on_worker_lost
    assert conf.task_time_limit < conf.broker_transport_options["visibility_timeout"]
    assert conf.broker_transport_options["socket_timeout"]
    assert {queue.name for queue in conf.task_queues} == {lane.value for lane in Lane}


def test_a_message_holds_the_number_of_a_job_and_nothing_of_a_comment(
    replayed: Replayed, redis_server: RedisServer
) -> None:
    replayed.store.nudge = celery_app.send
    [job_id] = promise(replayed, "one")
    [message] = map(json.loads, queued(redis_server))
    assert message["headers"]["task"] == "run_job"
    assert message["headers"]["argsrepr"] == f"({job_id},)"
    assert message["headers"]["eta"] is None


def test_a_broker_that_is_away_costs_the_person_nothing(
    replayed: Replayed, redis_server: RedisServer
) -> None:
    replayed.store.nudge = celery_app.send
    redis_server.kill()
    [job_id] = promise(replayed, "one")
    assert replayed.job("poll").id == job_id
    assert celery_app.top_up(replayed.shop) == 0
    redis_server.start()
    replayed.later(5)
    assert celery_app.top_up(replayed.shop) == 1
    assert len(queued(redis_server)) == 1


def test_an_empty_queue_gets_every_due_job_and_a_full_one_none(
    replayed: Replayed, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(celery_app, "QUEUE_CAP", 3)
    promise(replayed, "1", "2", "3", "4")
    assert celery_app.top_up(replayed.shop) == 3
    replayed.later(600)
    assert celery_app.top_up(replayed.shop) == 0
    assert len(queued(redis_server)) == 3


def test_a_queue_that_holds_messages_gets_only_what_was_sent_long_ago(
    replayed: Replayed, redis_server: RedisServer
) -> None:
    promise(replayed, "1", "2")
    assert celery_app.top_up(replayed.shop) == 2
    replayed.later(30)
    promise(replayed, "3")
    assert celery_app.top_up(replayed.shop) == 1
    replayed.later(31)
    assert celery_app.top_up(replayed.shop) == 2
    with Redis(port=redis_server.port) as client:
        client.flushall()
    replayed.later(5)
    assert celery_app.top_up(replayed.shop) == 3


def test_a_job_that_is_not_due_is_not_sent(replayed: Replayed) -> None:
    promise(replayed, "1")
    replayed.later(-60)
    assert celery_app.top_up(replayed.shop) == 0


def test_a_worker_needs_a_broker_and_the_names_of_lanes(tmp_path: Path) -> None:
    assert "WATCHROOM_REDIS_URL" in refused(watchroom("worker", DATA_DIR=tmp_path))
    assert "WATCHROOM_REDIS_URL" in refused(watchroom("beat", DATA_DIR=tmp_path))
    wrong = watchroom("worker", "--lanes=alerts", DATA_DIR=tmp_path, REDIS_URL="redis://localhost")
    assert "--lanes takes some of: alert, act" in refused(wrong)


def test_worker_and_beat_carry_a_comment_from_the_feed_to_its_place_and_stop_cleanly(
    world: World, tmp_path: Path, redis_server: RedisServer
) -> None:
    replayed = Replayed(world, tmp_path)
    replayed.say("c-1", "Dana Price you are a useless bastard and a disgrace")
    settings = {
        "DATA_DIR": replayed.settings.data_dir,
        "DATABASE_URL": replayed.settings.database_url,
        "REDIS_URL": redis_server.url,
    }
    with ExitStack() as stack:
        worker = stack.enter_context(
            running("worker", "--processes=1", log=tmp_path / "worker.log", **settings)
        )
        beat = stack.enter_context(running("beat", log=tmp_path / "beat.log", **settings))
        wait_until(
            lambda: [item.state for item in replayed.items()] == [ItemState.REVIEW],
            "the comment in the queue",
            patience=PATIENCE,
        )
        wait_until(lambda: replayed.all_done(), "every job done", patience=PATIENCE)
        replayed.require_whole()
        assert beat.stop() == 0
        assert worker.stop() == 0
    with replayed.store.reading() as session:
        assert session.scalar(select(AccountRow.polled_at).where(AccountRow.connector == "replay"))
