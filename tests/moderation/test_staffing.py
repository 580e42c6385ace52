"""An import replaces the directory, says what it changed, and forgets nobody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from moderation import staffing
from moderation.access import Actor, Role, system
from moderation.errors import InvalidInput, NotAllowed
from moderation.model import StaffMember
from moderation.staffing import Changes
from moderation.tables import AuditBodyRow, StaffRow
from tests.world import NOW, ORG, OTHER_ORG, World

DANA = StaffMember("NM-1", "Dana Price", ("dprice",), "Watch Manager", "Red Watch", True, ORG)
SAM = StaffMember("NM-2", "Sam Okafor", ("Sammy",), "Firefighter", "Blue Watch", False, ORG)
ALEX = StaffMember("NM-3", "Alex Moor", more={"payroll": "7"}, org=ORG)
CLI = system("command-line", ORG)


def put(world: World, *members: StaffMember, actor: Actor = CLI) -> Changes:
    with world.store.transaction() as session:
        return staffing.replace(session, members, actor=actor, now=NOW)


def names(world: World, org_id: str = ORG) -> list[str]:
    with world.store.reading() as session:
        return [member.full_name for member in staffing.load_staff(session, org_id)]


def test_an_import_says_who_is_new_changed_and_gone(world: World) -> None:
    changed = put(world, replace(DANA, role="Station Manager"), ALEX)
    assert changed == Changes(
        new=("NM-3",), changed=("NM-1",), left=("NM-2",), unchanged=0, elsewhere=0
    )
    assert names(world) == ["Dana Price", "Alex Moor"]
    with world.store.reading() as session:
        loaded = staffing.load_staff(session, ORG)
    assert loaded[1] == ALEX


def test_a_leaver_stays_in_the_record_and_may_come_back(world: World) -> None:
    put(world, DANA)
    with world.store.reading() as session:
        kept = session.execute(
            select(StaffRow.full_name, StaffRow.active).where(
                StaffRow.org_id == ORG, StaffRow.staff_id == "NM-2"
            )
        ).one()
    assert tuple(kept) == ("Sam Okafor", False)
    assert put(world, DANA, SAM).new == ("NM-2",)
    assert names(world) == ["Dana Price", "Sam Okafor"]


def test_the_same_file_again_changes_nothing_and_writes_no_line(world: World) -> None:
    put(world, DANA, ALEX)
    again = put(world, DANA, ALEX)
    assert (again.new, again.changed, again.left, again.unchanged) == ((), (), (), 2)
    with world.store.reading() as session:
        lines = session.scalars(
            select(AuditBodyRow.body).where(AuditBodyRow.verb == "staff.replace")
        ).all()
    assert len(lines) == 1
    assert "Alex" not in str(lines[0])


def test_a_preview_tells_the_same_and_writes_nothing(world: World) -> None:
    with world.store.reading() as session:
        before = staffing.compare(session, [DANA, ALEX], actor=CLI)
    assert names(world) == ["Dana Price", "Sam Okafor"]
    assert before == put(world, DANA, ALEX)


def test_lines_of_other_organisations_are_left_out(world: World) -> None:
    changes = put(world, DANA, replace(ALEX, org=""), replace(SAM, org=OTHER_ORG))
    assert (changes.elsewhere, changes.total) == (1, 2)
    assert names(world, OTHER_ORG) == ["Dana Price", "Sam Okafor"]


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ([], "names nobody of the organisation northmoor"),
        ([replace(DANA, org="Westmoor")], "of: Westmoor"),
        ([DANA, replace(SAM, staff_id="NM-1")], "NM-1 more than once"),
        ([replace(DANA, staff_id="x" * 81)], "80 characters"),
        ([replace(DANA, role="a\x00b")], "NUL"),
    ],
    ids=["nobody", "another organisation", "twice", "long id", "NUL"],
)
def test_a_directory_that_cannot_stand_changes_nothing(
    world: World, members: list[StaffMember], says: str
) -> None:
    with pytest.raises(InvalidInput, match=says):
        put(world, *members)
    assert names(world) == ["Dana Price", "Sam Okafor"]


@pytest.mark.parametrize("role", Role, ids=str)
def test_only_those_who_manage_staff_may_import_or_read_the_directory(
    sqlite_world: World, role: Role
) -> None:
    actor = sqlite_world.actor(role)
    allowed = role in {Role.HR_LEAD, Role.ADMINISTRATOR}
    calls: list[Any] = [
        lambda session: staffing.directory(session, actor=actor),
        lambda session: staffing.compare(session, [DANA], actor=actor),
        lambda session: staffing.replace(session, [DANA], actor=actor, now=NOW),
    ]
    for call in calls:
        with sqlite_world.store.transaction() as session:
            if allowed:
                call(session)
            else:
                with pytest.raises(NotAllowed):
                    call(session)
