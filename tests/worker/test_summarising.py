"""A week is made once, sent once to each reader, and printed as it was kept."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from moderation.access import Role
from moderation.errors import InvalidInput
from moderation.lifecycle import AlertState
from moderation.reporting import summary
from moderation.reporting.week import Week
from moderation.tables import AlertRow, JobRow, JobState, Lane, SummaryRow
from tests.servers import MailServer
from tests.worker.mail_tools import settings_for
from tests.world import ORG, World
from worker import summarising
from worker.runner import Runner
from worker.workshop import Workshop


@pytest.fixture
def shop(world: World, tmp_path: Path, smtp_server: MailServer) -> Workshop:
    """The worker's parts, with mail set up."""
    return Workshop(settings_for(tmp_path, smtp_server), world.store)


def last_due(now: datetime) -> Week:
    """Return the last week whose summary is due."""
    week = Week.of(now)
    return week.plus(-1) if week.plus(-1).due_at <= now else week.plus(-2)


def fill_week(world: World, week: Week, count: int = 12) -> None:
    with world.store.transaction() as session:
        for n in range(count):
            world.item(session, f"clown {week} {n}", now=week.starts + timedelta(hours=9 + n))


def run_all(shop: Workshop) -> None:
    runner = Runner(shop, "test")
    while runner.run_next(Lane.SUMMARY):
        pass


def test_a_due_week_is_made_and_sent_to_its_readers_once(
    world: World, shop: Workshop, smtp_server: MailServer
) -> None:
    week = last_due(shop.now())
    fill_week(world, week)
    for _ in range(2):
        with shop.store.transaction() as session:
            summarising.promise_due(session, shop.now())
        run_all(shop)
    with shop.store.reading() as session:
        assert session.scalars(select(SummaryRow.iso_week)).all() == [str(week)]
        states = session.scalars(
            select(AlertRow.state).where(AlertRow.about.like("summary:%"))
        ).all()
    assert states == [AlertState.ACCEPTED] * 3
    told = sorted(taken.recipients[0] for taken in smtp_server.letters)
    roles = (Role.BOARD_MEMBER, Role.COMMS_LEAD, Role.HR_LEAD)
    assert told == sorted(world.users[ORG, role].email for role in roles)


def test_the_letter_holds_the_wide_figures_and_a_link_in_text_and_html(
    world: World, shop: Workshop, smtp_server: MailServer
) -> None:
    week = last_due(shop.now())
    fill_week(world, week, count=3)
    with shop.store.transaction() as session:
        summarising.promise_due(session, shop.now())
    run_all(shop)
    message = smtp_server.letters[0].message
    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    assert text is not None
    assert html is not None
    for part in (text.get_content(), html.get_content()):
        assert "fewer than 5" in part
        assert f"https://watchroom.northmoor.example/summary/{week}" in part
        assert "clown" not in part
    assert '<html lang="en-GB">' in html.get_content()
    assert '<th scope="row"' in html.get_content()


def test_two_workers_that_make_the_same_week_keep_one(world: World, shop: Workshop) -> None:
    week = last_due(shop.now())
    fill_week(world, week, count=1)
    with shop.store.transaction() as session:
        summarising.promise_due(session, shop.now())
    run_all(shop)
    with shop.store.transaction() as session:
        session.execute(
            update(JobRow)
            .where(JobRow.kind == "summary")
            .values(state=JobState.READY, attempts=0, run_after=shop.now())
        )
    run_all(shop)
    with shop.store.reading() as session:
        assert len(session.scalars(select(SummaryRow)).all()) == 1
        letters = session.scalars(select(JobRow).where(JobRow.kind == "summary_mail")).all()
    assert len(letters) == 3


def test_weeks_missed_while_nothing_ran_are_each_made_once(world: World, shop: Workshop) -> None:
    last = last_due(shop.now())
    fill_week(world, last.plus(-2), count=1)
    with shop.store.transaction() as session:
        assert summarising.promise_due(session, shop.now()) == 3
    run_all(shop)
    with shop.store.reading() as session:
        made = session.scalars(select(SummaryRow.iso_week).order_by(SummaryRow.iso_week)).all()
    assert made == [str(last.plus(-2)), str(last.plus(-1)), str(last)]


def test_the_printed_week_is_json_of_the_value_or_tables(world: World, shop: Workshop) -> None:
    week = last_due(shop.now())
    fill_week(world, week)
    value = json.loads(summarising.show(shop, str(week), as_json=True))
    assert (value["week"], value["read"], value["flagged"]) == (str(week), 12, 12)
    text = summarising.show(shop, str(week))
    assert "Items read" in text
    assert "Northmoor" in text
    assert max(len(line) for line in text.splitlines()) <= 100


def test_the_wide_edition_prints_no_small_number_in_either_form(
    world: World, shop: Workshop
) -> None:
    week = last_due(shop.now())
    fill_week(world, week, count=3)
    text = summarising.show(shop, str(week), wide=True)
    value = json.loads(summarising.show(shop, str(week), as_json=True, wide=True))
    assert "fewer than 5" in text
    assert value["headlines"]["read"] == "fewer than 5"
    shown = {cell for row in value["tables"]["day"].values() for cell in row.values()}
    assert shown == {"not shown", "0"}


def test_looking_at_a_week_keeps_nothing_and_sends_nothing(world: World, shop: Workshop) -> None:
    week = last_due(shop.now())
    fill_week(world, week)
    summarising.show(shop, str(week))
    with shop.store.reading() as session:
        assert session.scalars(select(SummaryRow)).all() == []


def test_a_kept_week_is_printed_as_it_was_kept(world: World, shop: Workshop) -> None:
    week = last_due(shop.now())
    fill_week(world, week)
    with shop.store.transaction() as session:
        figures = summary.compute(session, ORG, week, shop.policy, now=shop.now())
        summary.keep(session, figures, now=shop.now())
    fill_week(world, week.plus(0), count=1)
    assert json.loads(summarising.show(shop, str(week), as_json=True)) == json.loads(
        json.dumps(figures.as_json())
    )


def test_a_running_week_is_printed_so_far(shop: Workshop) -> None:
    assert "so far" in summarising.show(shop, str(Week.of(shop.now())))


@pytest.mark.parametrize("name", ["2026", "last week", "2999-W01"])
def test_a_week_that_cannot_be_shown_is_refused(shop: Workshop, name: str) -> None:
    with pytest.raises(InvalidInput):
        summarising.show(shop, name)
