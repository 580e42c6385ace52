"""What calls cost is counted by the period, and people are told at 70 and at 90 per cent."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from moderation.accounts import usage
from moderation.tables import AlertRow
from tests.moderation.deeds import at_once
from tests.world import NOW, ORG, World


def spend(world: World, amount: float, period: str = "2026-11") -> float:
    with world.store.transaction() as session:
        account_id = world.accounts[ORG].id
        return usage.spend(session, account_id, period, amount, ceiling=50.0, now=NOW)


def told(world: World) -> list[str]:
    with world.store.reading() as session:
        return [about.split(":", 2)[2] for about in session.scalars(select(AlertRow.about))]


def test_costs_add_up_within_their_period_alone(world: World) -> None:
    spend(world, 1.5)
    spend(world, 2.0)
    spend(world, 4.0, "2026-12")
    with world.store.reading() as session:
        account_id = world.accounts[ORG].id
        assert usage.spent(session, account_id, "2026-11") == pytest.approx(3.5)
        assert usage.spent(session, account_id, "2026-12") == pytest.approx(4.0)
        assert usage.spent(session, account_id, "2027-01") == 0.0


def test_people_are_told_at_seventy_and_ninety_per_cent_each_once(world: World) -> None:
    for amount in (34.9, 0.2, 1.0, 9.0, 1.0, 10.0):
        spend(world, amount)
    assert told(world) == ["2026-11:70", "2026-11:90"]
    spend(world, 46.0, "2026-12")
    assert told(world)[2:] == ["2026-12:90"]


def test_calls_of_several_workers_are_all_counted(world: World) -> None:
    at_once([lambda: spend(world, 1.0) for _ in range(8)])
    with world.store.reading() as session:
        assert usage.spent(session, world.accounts[ORG].id, "2026-11") == pytest.approx(8.0)
