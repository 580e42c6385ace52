"""What could not be taken in is shown to those who may see it, and set aside with a reason."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from moderation import quarantine
from moderation.access import RIGHTS, Right, Role
from moderation.errors import NotAllowed, NotFound
from moderation.model import Unreadable
from moderation.quarantine import Shelf
from moderation.tables import AuditBodyRow, QuarantineRow
from tests.world import NOW, ORG, OTHER_ORG, World

WHY = "A broken export: the same comment came again whole."


def fill(world: World, count: int = 1, org_id: str = ORG) -> None:
    with world.store.transaction() as session:
        world.ingest(
            session,
            *(Unreadable(f"{n}".encode(), "The record has no id.") for n in range(count)),
            org_id=org_id,
        )


def shelf(world: World, before: int | None = None, *, settled: bool = False) -> Shelf:
    with world.store.reading() as session:
        actor = world.actor(Role.COMMS_MODERATOR)
        return quarantine.shelf(session, actor=actor, before=before, settled=settled)


def set_aside(world: World, number: int) -> None:
    with world.store.transaction() as session:
        quarantine.set_aside(
            session, number, reason=WHY, actor=world.actor(Role.COMMS_MODERATOR), now=NOW
        )


def test_records_are_shown_a_page_at_a_time_newest_first(world: World) -> None:
    fill(world, count=45)
    first = shelf(world)
    second = shelf(world, first.older)
    third = shelf(world, second.older)
    seen = [held.id for page in (first, second, third) for held in page.records]
    assert len(seen) == len(set(seen)) == first.waiting == 45
    assert seen == sorted(seen, reverse=True)
    assert third.older is None


def test_a_large_record_is_shown_by_its_beginning(world: World) -> None:
    raw = bytes(range(256)) * 1_000
    with world.store.transaction() as session:
        world.ingest(session, Unreadable(raw, "The bytes are not UTF-8 text."))
    (held,) = shelf(world).records
    assert (held.head, held.size) == (raw[: quarantine.SHOWN_BYTES], len(raw))
    assert (held.account, held.at) == ("northmoor page", NOW)


def test_what_is_set_aside_no_longer_waits_and_keeps_its_bytes_and_reason(world: World) -> None:
    fill(world)
    (held,) = shelf(world).records
    set_aside(world, held.id)
    set_aside(world, held.id)
    assert shelf(world).records == ()
    (settled,) = shelf(world, settled=True).records
    assert (settled.resolution, settled.resolved_by, settled.head) == (
        WHY,
        "comms_moderator 1",
        b"0",
    )
    with world.store.reading() as session:
        verbs = session.scalars(select(AuditBodyRow.verb)).all()
    assert verbs.count("quarantine.set_aside") == 1


def test_another_organisations_record_is_not_there(world: World) -> None:
    fill(world, org_id=OTHER_ORG)
    assert shelf(world).waiting == 0
    with world.store.reading() as session:
        number = session.scalars(select(QuarantineRow.id)).one()
    with pytest.raises(NotFound):
        set_aside(world, number)
    with pytest.raises(NotFound):
        set_aside(world, number + 1)


@pytest.mark.parametrize("role", Role, ids=str)
def test_only_those_with_the_right_see_or_settle_records(sqlite_world: World, role: Role) -> None:
    fill(sqlite_world)
    actor = sqlite_world.actor(role)
    with sqlite_world.store.transaction() as session:
        number = session.scalars(select(QuarantineRow.id)).one()
        if Right.SEE_QUARANTINE in RIGHTS[role]:
            quarantine.shelf(session, actor=actor)
            quarantine.set_aside(session, number, reason=WHY, actor=actor, now=NOW)
            return
        with pytest.raises(NotAllowed):
            quarantine.shelf(session, actor=actor)
        with pytest.raises(NotAllowed):
            quarantine.set_aside(session, number, reason=WHY, actor=actor, now=NOW)
