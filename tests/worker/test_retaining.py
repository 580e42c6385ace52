"""The command line says what is due, lets two people approve it, and checks the vault."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from moderation.access import Role
from moderation.cases.opening import Opening, open_case
from moderation.errors import Conflict, NotFound
from moderation.lifecycle import CaseState
from moderation.tables import CaseRow, JobRow
from tests.moderation.deeds import NOT_ABUSE, form
from tests.moderation.locks import unlocked
from tests.worker.erasing_tools import Ageing
from tests.world import ORG, REASON, World
from worker import caring, retaining
from worker.ticker import DUTIES, Ticker


@pytest.fixture
def ageing(sqlite_world: World, tmp_path: Path) -> Ageing:
    return Ageing(sqlite_world, tmp_path)


def lines(ageing: Ageing) -> str:
    return "\n".join(retaining.say_due(ageing.shop))


def test_the_list_changes_nothing_and_says_what_goes_and_what_stays(ageing: Ageing) -> None:
    ageing.say("kind", "Nice engine")
    ageing.insult("waits")
    ageing.insult("settled")
    ageing.settle("settled", NOT_ABUSE)
    assert "Goes with the next run: nothing" in lines(ageing)
    ageing.age(40)
    said = lines(ageing)
    assert "1 items of G0 (seen and not flagged)" in said
    assert "1 items of G1" in said
    assert lines(ageing) == said
    assert not ageing.is_erased("kind")
    assert "Tombstones made: 2." in retaining.run_now(ageing.shop)
    assert ageing.is_erased("kind")
    assert not ageing.is_erased("waits")
    assert "Goes with the next run: nothing" in lines(ageing)


def test_two_addresses_approve_and_one_does_not(ageing: Ageing) -> None:
    ageing.insult("rude")
    ageing.settle("rude")
    lead = ageing.world.actor(Role.HR_LEAD)
    with ageing.store.transaction() as session:
        item_id = ageing.item("rude").id
        case = open_case(
            session, item_id, Opening(REASON), form_id=form(), actor=lead, now=ageing.shop.at
        )
    with unlocked(ageing.store) as session:
        closed = session.scalars(select(CaseRow)).one()
        closed.state, closed.closed_at = CaseState.CLOSED, ageing.shop.at
    ageing.work()
    ageing.age(366)
    assert f"Will be proposed: case {case.ref}" in lines(ageing)
    retaining.run_now(ageing.shop)
    [row] = ageing.erasures()
    assert "nobody has approved it" in lines(ageing)
    first, second = (ageing.world.users[ORG, role].email for role in (Role.HR_LEAD, Role.AUDITOR))
    assert "A second person" in retaining.approve_as(ageing.shop, row.id, first)
    with pytest.raises(Conflict):
        retaining.approve_as(ageing.shop, row.id, first)
    with pytest.raises(NotFound):
        retaining.approve_as(ageing.shop, row.id, "nobody@example.org")
    assert "two people" in retaining.approve_as(ageing.shop, row.id, second)
    ageing.work()
    assert ageing.is_erased("rude")


def test_a_check_says_what_it_found(ageing: Ageing) -> None:
    ageing.insult("rude")
    said = "\n".join(retaining.say_check(retaining.check_now(ageing.shop)))
    assert "everything that is named is there" in said
    name = ageing.evidence("rude").sha256
    assert name is not None
    (ageing.settings.vault_dir / ageing.shop.vault.place(name)).unlink()
    said = "\n".join(retaining.say_check(retaining.check_now(ageing.shop)))
    assert "1 missing:" in said
    assert name in said


def test_the_clock_checks_once_a_day_and_promises_one_run(ageing: Ageing) -> None:
    ageing.insult("rude")
    wanted = {"vault", "erasures"}
    ticker = Ticker(ageing.shop, tuple(duty for duty in DUTIES if duty.name in wanted))
    for _ in range(40):
        ageing.later(600)
        ticker.tick()
    with ageing.store.reading() as session:
        runs = session.scalars(select(JobRow.ref).where(JobRow.kind == "erase")).all()
    assert sorted(runs) == ["org:northmoor", "org:southmoor"]
    assert ageing.shop.vault_index.get("checked_on") == "2026-11-20"


def test_a_slice_of_the_check_keeps_the_clock_for_a_moment_only() -> None:
    assert caring.SLICE_S <= 2.0
