"""Redis may be killed, emptied or away at any second: nothing but delay follows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from redis import Redis
from sqlalchemy import select, update

from moderation import actions, audit
from moderation.access import Role
from moderation.lifecycle import ActionState
from moderation.model import ActionKind
from moderation.reporting import summary
from moderation.tables import AuditBodyRow, ItemRow, JobRow, JobState, PlatformActionRow
from tests.faults.plant import PATIENCE, Plant
from tests.moderation.deeds import captured_abuse
from tests.servers import wait_until
from tests.world import ORG, REASON
from worker import celery_app

pytestmark = [pytest.mark.postgres, pytest.mark.redis]
MANY = 60


def hide(plant: Plant, native_id: str) -> int:
    """Ask for a hide as a person does at the pages, and return the action's id."""
    now = plant.shop.now()
    with plant.store.transaction() as session:
        item = captured_abuse(plant.world, session)
        action = actions.request(
            session,
            item.id,
            ActionKind.HIDE,
            reason=REASON,
            form_id=f"hide-{native_id}",
            actor=plant.world.actor(Role.COMMS_MODERATOR),
            now=now,
        )
    plant.say(item.native_id)
    return action.id


def state_of(plant: Plant, action_id: int) -> ActionState:
    with plant.store.reading() as session:
        return session.get_one(PlatformActionRow, action_id).state


def wait_until_verified(plant: Plant, action_id: int) -> None:
    wait_until(
        lambda: state_of(plant, action_id) is ActionState.VERIFIED,
        "the hide, verified",
        patience=PATIENCE,
    )


def test_a_redis_that_is_killed_and_comes_back_empty_costs_only_time(plant: Plant) -> None:
    plant.say_many("before", 10)
    plant.wait_for("before", 10)
    plant.say_many("killed", MANY)
    wait_until(lambda: plant.read("killed") > 0, "the first comments read", patience=PATIENCE)
    plant.broker.kill()
    plant.say_many("away", 10)
    plant.broker.start()
    plant.wait_for("killed", MANY)
    plant.wait_for("away", 10)
    assert not plant.worker.ended


def test_a_redis_that_is_emptied_in_the_middle_costs_only_time(plant: Plant) -> None:
    plant.say_many("emptied", MANY)
    with Redis(port=plant.broker.port) as client:
        wait_until(lambda: plant.read("emptied") > 0, "the first comments", patience=PATIENCE)
        client.flushall()
    plant.wait_for("emptied", MANY)
    assert not plant.worker.ended


def test_what_a_person_asks_for_while_redis_is_away_is_done_when_it_is_back(
    plant: Plant,
) -> None:
    celery_app.configure(plant.settings)
    plant.store.nudge = celery_app.send
    plant.broker.kill()
    action_id = hide(plant, "away")
    assert state_of(plant, action_id) is ActionState.PLANNED
    plant.broker.start()
    wait_until_verified(plant, action_id)
    assert plant.acts().count(ActionKind.HIDE) == 1
    plant.require_whole()


def test_a_message_that_is_none_costs_a_restart_and_no_job(plant: Plant) -> None:
    """Celery ends at a message that is no JSON; whoever supervises the worker starts it again."""
    with Redis(port=plant.broker.port) as client:
        for garbage in (b"\x80\x04garbage", b"not json", b'{"body": "e30=", "headers": {}}'):
            client.lpush("watchroom:ingest", garbage)

    def restarted() -> bool:
        if plant.worker.ended:
            plant.worker.start()
        return plant.read("garbage") == 5

    plant.say_many("garbage", 5)
    wait_until(restarted, "the comments after the garbage", patience=PATIENCE)
    plant.wait_for("garbage", 5)


def test_a_message_about_a_job_that_is_none_is_dropped(plant: Plant) -> None:
    celery_app.configure(plant.settings)
    celery_app.send([("ingest", 10**12)] * 3)
    plant.say_many("unknown", 3)
    plant.wait_for("unknown", 3)
    with Redis(port=plant.broker.port) as client:
        wait_until(lambda: client.llen("watchroom:ingest") == 0, "an empty queue")
    assert not plant.worker.ended


def test_a_worker_that_is_killed_has_its_job_taken_again(plant: Plant) -> None:
    plant.say_many("orphan", MANY)
    wait_until(lambda: plant.read("orphan") > 0, "the first comments read", patience=PATIENCE)
    plant.worker.kill()
    # What a minute would do to the lease of whatever it had in hand.
    with plant.store.transaction() as session:
        past = plant.shop.now() - timedelta(seconds=1)
        session.execute(
            update(JobRow).where(JobRow.state == JobState.LEASED).values(lease_until=past)
        )
    plant.worker.start()
    plant.wait_for("orphan", MANY)


def test_two_beats_sum_up_each_missed_week_once(plant: Plant) -> None:
    for beat in plant.beats:
        beat.kill()
    with plant.store.transaction() as session:
        first = session.scalars(select(ItemRow).where(ItemRow.org_id == ORG).limit(1)).one()
        first.seen_at -= timedelta(weeks=3)
        due = [str(week) for week in summary.due_weeks(session, ORG, plant.shop.now())]
    assert len(due) >= 2

    def made() -> list[str]:
        with plant.store.reading() as session:
            return list(
                session.scalars(
                    select(AuditBodyRow.object)
                    .where(AuditBodyRow.verb == "summary.make", AuditBodyRow.org_id == ORG)
                    .order_by(AuditBodyRow.seq)
                )
            )

    for beat in plant.beats:
        beat.start()
    wait_until(lambda: len(made()) >= len(due), "the missed weeks", patience=PATIENCE)
    wait_until(plant.all_done, "every letter", patience=PATIENCE)
    assert sorted(made()) == [f"summary:{week}" for week in due]
    plant.require_whole()


def test_the_second_beat_goes_on_when_the_first_is_killed(plant: Plant) -> None:
    plant.beats[0].kill()
    plant.say_many("one-left", 5)
    plant.wait_for("one-left", 5)
    plant.beats[1].kill()
    plant.beats[0].start()
    plant.say_many("the-other", 5)
    plant.wait_for("the-other", 5)


def test_after_all_of_it_nobody_had_to_be_told_of_a_job_that_was_not_done(plant: Plant) -> None:
    with plant.store.reading() as session:
        dead = session.scalars(select(JobRow.id).where(JobRow.state == JobState.DEAD)).all()
        assert dead == []
        assert audit.verify(session).broken_at == 0
