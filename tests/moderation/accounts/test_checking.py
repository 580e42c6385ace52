"""A check of an account's access tells people once of each new thing that stands against it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from moderation import accounts
from moderation.access import Role, system
from moderation.accounts import checking
from moderation.accounts.checking import Found
from moderation.errors import Conflict, NotAllowed
from moderation.tables import AccountRow, AccountStatus, AlertRow, AuditBodyRow, JobRow
from tests.world import NOW, ORG, OTHER_ORG, World

FOUND = Found("1001", "Northmoor Fire")


def note(world: World, found: Found = FOUND, *, org: str = ORG, minutes: float = 0) -> AccountRow:
    with world.store.transaction() as session:
        now = NOW + timedelta(minutes=minutes)
        return checking.note(session, world.accounts[org].id, found, now=now)


def account(world: World, org: str = ORG) -> AccountRow:
    with world.store.reading() as session:
        return session.get_one(AccountRow, world.accounts[org].id)


def abouts(world: World) -> list[str]:
    with world.store.reading() as session:
        return [about.split(":")[0] for about in session.scalars(select(AlertRow.about)).all()]


def test_a_good_check_is_kept_and_tells_nobody(world: World) -> None:
    note(world)
    row = account(world)
    assert (row.native_id, row.native_name, row.checked_at, row.missing) == (
        "1001",
        "Northmoor Fire",
        NOW,
        [],
    )
    assert abouts(world) == []


def test_a_missing_permission_is_told_once_until_another_is_missing(world: World) -> None:
    lacking = Found("1001", "Northmoor Fire", missing=("pages_manage_engagement",))
    note(world, lacking)
    note(world, lacking, minutes=60)
    assert abouts(world) == ["missing"]
    note(
        world, Found("1001", "Northmoor Fire", missing=("pages_manage_engagement", "b")), minutes=90
    )
    assert abouts(world) == ["missing", "missing"]
    note(world, minutes=120)
    assert account(world).missing == []


def test_a_permission_that_an_action_found_missing_is_told_of(world: World) -> None:
    for _ in range(2):
        with world.store.transaction() as session:
            checking.note_missing(session, world.accounts[ORG].id, ("mute.write",), now=NOW)
    assert (account(world).missing, abouts(world)) == (["mute.write"], ["missing"])


@pytest.mark.parametrize(("days", "told"), [(8, []), (6, ["expires"]), (-1, ["expires"])])
def test_access_that_ends_within_seven_days_is_told_once(
    world: World, days: int, told: list[str]
) -> None:
    ends = Found("1001", "Northmoor Fire", expires_at=NOW + timedelta(days=days))
    note(world, ends)
    note(world, ends, minutes=60)
    assert abouts(world) == told
    assert account(world).expires_at == NOW + timedelta(days=days)


def test_an_account_with_another_name_is_told_of_and_goes_on(world: World) -> None:
    note(world)
    note(world, Found("1001", "Northmoor Fire and Rescue"), minutes=60)
    assert abouts(world) == ["renamed"]
    assert account(world).native_name == "Northmoor Fire and Rescue"


def test_access_that_has_become_another_accounts_is_refused_and_nothing_is_kept(
    world: World,
) -> None:
    note(world)
    with pytest.raises(Conflict, match=r"belongs to another account \(Southmoor\)"):
        note(world, Found("2002", "Southmoor"))
    assert account(world).native_id == "1001"


def test_one_account_of_a_platform_is_not_read_under_two_keys(world: World) -> None:
    note(world)
    with pytest.raises(Conflict, match="read already, under the key page"):
        note(world, org=OTHER_ORG)


def test_access_that_works_again_is_read_on_from_where_it_was_left(world: World) -> None:
    with world.store.transaction() as session:
        accounts.lose_access(session, world.accounts[ORG].id, "The token has expired.", now=NOW)
    note(world, minutes=5)
    assert (account(world).status, account(world).status_reason) == (AccountStatus.OK, "")
    with world.store.reading() as session:
        verbs = session.scalars(select(AuditBodyRow.verb)).all()
    assert "account.access_back" in verbs


def due(world: World, minutes: float = 0) -> set[str]:
    with world.store.reading() as session:
        rows = checking.due(session, now=NOW + timedelta(minutes=minutes))
    return {row.org_id for row in rows}


def test_each_account_is_checked_every_hour_but_a_paused_one(world: World) -> None:
    assert due(world) == {ORG, OTHER_ORG}
    note(world)
    assert due(world, minutes=59) == {OTHER_ORG}
    assert due(world, minutes=60) == {ORG, OTHER_ORG}
    with world.store.transaction() as session:
        why = "The page is being moved to another owner."
        operator = system("command-line", ORG)
        accounts.pause(session, "page", reason=why, actor=operator, now=NOW)
    assert due(world, minutes=60) == {OTHER_ORG}


def test_a_person_may_ask_for_a_check_and_each_asking_is_one(world: World) -> None:
    def ask(role: Role, **more: Any) -> None:
        with world.store.transaction() as session:
            checking.ask(session, "page", actor=world.actor(role), now=NOW, **more)

    ask(Role.ADMINISTRATOR)
    ask(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        ask(Role.COMMS_MODERATOR)
    with world.store.reading() as session:
        assert session.scalars(select(JobRow.kind)).all() == ["check"]
