"""Accounts are added, paused and resumed, and say truthfully how well they are being read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from moderation import accounts, jobs
from moderation.access import RIGHTS, Right, Role, system
from moderation.accounts import NewAccount
from moderation.accounts import health as account_health
from moderation.accounts.health import AccountHealth, Health
from moderation.accounts.reading import readable
from moderation.errors import Conflict, InvalidInput, NotAllowed, NotFound
from moderation.model import Unreadable
from moderation.tables import AccountRow, AccountStatus, AlertRow, AuditBodyRow
from tests.world import NOW, ORG, OTHER_ORG, World, comment

CLI = system("command-line", ORG)
NEW = NewAccount("our-x", "x", " Northmoor  on X ", "replay", {"path": "feed.jsonl"})
WHY = "The page is being moved to another owner."


def health_of(world: World, key: str = "page", minutes: float = 0) -> AccountHealth:
    with world.store.reading() as session:
        found = account_health.health(session, actor=CLI, now=NOW + timedelta(minutes=minutes))
    return next(one for one in found if one.key == key)


def due(world: World, minutes: float = 0) -> list[str]:
    with world.store.reading() as session:
        now = NOW + timedelta(minutes=minutes)
        read = [(row, [("comments", 0)]) for row in readable(session, now=now)]
        found = accounts.due_feeds(session, read, now=now)
    return [f"{one.account.org_id}/{one.account.key}" for one in found]


def verbs(world: World) -> list[str]:
    with world.store.reading() as session:
        return list(session.scalars(select(AuditBodyRow.verb).order_by(AuditBodyRow.seq)))


def test_a_new_account_is_due_at_once_and_said_not_to_have_been_read(world: World) -> None:
    with world.store.transaction() as session:
        row = accounts.add(session, NEW, actor=CLI, now=NOW)
    assert (row.name, row.settings, row.status) == (
        "Northmoor on X",
        {"path": "feed.jsonl"},
        AccountStatus.OK,
    )
    assert "northmoor/our-x" in due(world)
    assert health_of(world, "our-x").health is Health.NOT_READ_YET
    assert verbs(world) == ["account.add"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"key": "Our X"}, InvalidInput),
        ({"key": ""}, InvalidInput),
        ({"platform": "Face book"}, InvalidInput),
        ({"name": " "}, InvalidInput),
        ({"poll_every_s": 0}, InvalidInput),
        ({"key": "page"}, Conflict),
    ],
    ids=str,
)
def test_an_account_that_cannot_stand_is_not_added(
    world: World, change: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error), world.store.transaction() as session:
        accounts.add(session, replace(NEW, **change), actor=CLI, now=NOW)
    assert "northmoor/our-x" not in due(world)


def test_a_paused_account_is_not_due_until_it_is_resumed(world: World) -> None:
    for _ in range(2):
        with world.store.transaction() as session:
            accounts.pause(session, "page", reason=WHY, actor=CLI, now=NOW)
    assert due(world) == ["southmoor/page"]
    shown = health_of(world)
    assert (shown.health, shown.why) == (Health.PAUSED, WHY)
    for _ in range(2):
        with world.store.transaction() as session:
            accounts.resume(session, "page", actor=CLI, now=NOW)
    assert "northmoor/page" in due(world)
    assert verbs(world) == ["account.pause", "account.resume"]


def test_an_account_with_a_poll_under_way_gets_no_second_one(world: World) -> None:
    account_id = world.accounts[ORG].id
    with world.store.transaction() as session:
        ref = f"{account_id}:comments"
        jobs.promise(session, "poll", ref, f"poll:{ref}:1", at=NOW)
    assert due(world) == ["southmoor/page"]


def test_an_account_is_due_again_after_its_interval(world: World) -> None:
    with world.store.transaction() as session:
        session.execute(update(AccountRow).values(poll_every_s=120))
        accounts.note_polled(session, world.accounts[ORG].id, "comments", now=NOW)
    assert "northmoor/page" not in due(world, minutes=1.9)
    assert "northmoor/page" in due(world, minutes=2)
    assert due(world, minutes=2)[0] == "southmoor/page"


def test_failures_are_counted_shown_and_forgotten_when_a_poll_works(world: World) -> None:
    account_id = world.accounts[ORG].id
    with world.store.transaction() as session:
        accounts.note_failure(session, account_id, "It did not answer.", now=NOW)
        accounts.note_failure(session, account_id, "It did not answer. " * 100, now=NOW)
    shown = health_of(world)
    assert (shown.health, shown.failures, len(shown.why)) == (Health.FAILING, 2, 500)
    with world.store.transaction() as session:
        accounts.note_polled(session, account_id, "comments", now=NOW)
    shown = health_of(world)
    assert (shown.health, shown.failures, shown.why) == (Health.READING, 0, "")
    assert shown.read_at == NOW


def test_a_poll_that_ends_after_a_pause_leaves_the_pause_and_its_reason(world: World) -> None:
    with world.store.transaction() as session:
        accounts.pause(session, "page", reason=WHY, actor=CLI, now=NOW)
        session.flush()
        accounts.note_polled(session, world.accounts[ORG].id, "comments", now=NOW)
        accounts.note_failure(session, world.accounts[ORG].id, "It did not answer.", now=NOW)
    assert health_of(world).why == WHY


def test_lost_access_stops_the_reading_and_says_why(world: World) -> None:
    with world.store.transaction() as session:
        accounts.lose_access(session, world.accounts[ORG].id, "The token has expired.", now=NOW)
    shown = health_of(world)
    assert (shown.health, shown.why) == (Health.ACCESS_LOST, "The token has expired.")
    assert due(world) == ["southmoor/page"]
    assert verbs(world) == ["account.lose_access", "alert.raise"]


def test_an_account_that_has_not_been_read_for_five_polls_is_late(world: World) -> None:
    with world.store.transaction() as session:
        session.execute(update(AccountRow).values(poll_every_s=300))
        accounts.note_polled(session, world.accounts[ORG].id, "comments", now=NOW)
    assert health_of(world, minutes=25).health is Health.READING
    assert health_of(world, minutes=26).health is Health.LATE


def test_health_shows_when_something_last_came_and_what_waits_in_quarantine(world: World) -> None:
    with world.store.transaction() as session:
        world.ingest(session, comment("1"), Unreadable(b"{", "The line is not valid JSON."))
    shown = health_of(world)
    assert (shown.brought_at, shown.quarantined) == (NOW, 1)


def test_the_accounts_of_another_organisation_are_neither_shown_nor_found(world: World) -> None:
    with world.store.transaction() as session:
        elsewhere = system("command-line", OTHER_ORG)
        accounts.add(session, NEW, actor=elsewhere, now=NOW)
    with world.store.reading() as session:
        assert [one.key for one in account_health.health(session, actor=CLI, now=NOW)] == ["page"]
        with pytest.raises(NotFound, match="There are: page"):
            accounts.find(session, "our-x", actor=CLI)
        assert accounts.find(session, "page", actor=CLI).org_id == ORG


@pytest.mark.parametrize("role", Role, ids=str)
def test_rights_decide_who_sees_and_who_manages_accounts(sqlite_world: World, role: Role) -> None:
    actor = sqlite_world.actor(role)
    for right, call in (
        (Right.SEE_ACCOUNTS, lambda s: account_health.health(s, actor=actor, now=NOW)),
        (Right.SEE_ACCOUNTS, lambda s: accounts.find(s, "page", actor=actor)),
        (Right.MANAGE_ACCOUNTS, lambda s: accounts.resume(s, "page", actor=actor, now=NOW)),
        (
            Right.MANAGE_ACCOUNTS,
            lambda s: accounts.pause(s, "page", reason=WHY, actor=actor, now=NOW),
        ),
        (Right.MANAGE_ACCOUNTS, lambda s: accounts.add(s, NEW, actor=actor, now=NOW)),
    ):
        with sqlite_world.store.transaction() as session:
            if right in RIGHTS[role]:
                call(session)
            else:
                with pytest.raises(NotAllowed):
                    call(session)


def test_an_account_that_stays_silent_is_told_of_once_a_silence(world: World) -> None:
    account_id = world.accounts[ORG].id
    for silence in (timedelta(minutes=30), timedelta(minutes=61), timedelta(hours=5)):
        with world.store.transaction() as session:
            session.execute(update(AccountRow).values(polled_at=NOW))
            accounts.note_failure(session, account_id, "It did not answer.", now=NOW + silence)
    with world.store.reading() as session:
        alerts = session.scalars(select(AlertRow)).all()
    assert [(row.rule, row.link) for row in alerts] == [("AL10", "/accounts")]


def test_access_that_ends_is_told_of_at_once(world: World) -> None:
    with world.store.transaction() as session:
        account_id = world.accounts[ORG].id
        accounts.lose_access(session, account_id, "The token was taken back.", now=NOW)
        accounts.lose_access(session, account_id, "The token was taken back.", now=NOW)
    with world.store.reading() as session:
        assert [row.rule for row in session.scalars(select(AlertRow))] == ["AL10"]
