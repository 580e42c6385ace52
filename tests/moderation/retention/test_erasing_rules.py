"""The rules are asked again under the lock: what changed meanwhile stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation import holds
from moderation.access import Role, system
from moderation.policy_parts import Retention
from moderation.retention import erasing
from moderation.retention.files import Files
from moderation.tables import ErasureRow, HoldReason, ItemVersionRow
from tests.moderation.deeds import NOT_ABUSE, decide, form
from tests.world import CLEAR, NOW, ORG, OTHER_ORG, World

LATER = NOW + timedelta(days=400)
RULES = erasing.Rules(Retention(), "1")


@pytest.fixture
def ids(world: World) -> dict[str, int]:
    """One item that may go, and others that a list from before might hold."""
    with world.store.transaction() as session:
        goes = world.item(session, "goes", CLEAR)
        waits = world.item(session, "waits")
        held = world.item(session, "held")
        decide(world, session, held, NOT_ABUSE)
        world.capture(session, held)
        elsewhere = world.item(session, "elsewhere", CLEAR, org_id=OTHER_ORG)
        holds.begin(
            session,
            held.id,
            HoldReason.CLAIM,
            note="A solicitor has written to us.",
            form_id=form(),
            actor=world.actor(Role.HR_LEAD),
            now=NOW,
        )
        return {"goes": goes.id, "waits": waits.id, "held": held.id, "elsewhere": elsewhere.id}


def test_of_a_list_that_was_made_before_only_what_is_due_now_goes(
    world: World, ids: dict[str, int]
) -> None:
    with world.store.transaction() as session:
        gone = erasing.erase_due(
            session,
            ORG,
            list(ids.values()),
            Files(),
            RULES,
            actor=system("retention", ORG),
            now=LATER,
        )
    assert len(gone.erasures) == 1
    with world.store.reading() as session:
        erased = session.scalars(
            select(ItemVersionRow.item_id).where(ItemVersionRow.erased_at.is_not(None))
        ).all()
        row = session.scalars(select(ErasureRow)).one()
    assert list(erased) == [ids["goes"]]
    assert [one["item"] for one in row.erased] == [ids["goes"]]
    assert (row.klass, row.about, row.due_at) == ("G0", "items", NOW + timedelta(days=30))


def test_erased_twice_is_erased_once(world: World, ids: dict[str, int]) -> None:
    for _ in range(2):
        with world.store.transaction() as session:
            erasing.erase_due(
                session,
                ORG,
                [ids["goes"]],
                Files(),
                RULES,
                actor=system("retention", ORG),
                now=LATER,
            )
    with world.store.reading() as session:
        rows = session.scalars(select(ErasureRow.erased)).all()
    assert [len(row) for row in rows if row] == [1]
