"""Rounds come due, are tried again, and go further back where a person asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from moderation import accounts
from moderation.access import Role
from moderation.model import Page
from moderation.tables import JobState
from tests.connected import Connected
from tests.worker.rereading_tools import (
    BACKFILL,
    REFUSING,
    SelectivePage,
    cursor_row,
    platform_of,
    write,
)
from tests.world import World
from worker import polling, rereading


@pytest.fixture
def page(sqlite_world: World, tmp_path: Path) -> Iterator[Connected]:
    with SelectivePage() as server:
        yield Connected(sqlite_world, tmp_path, "facebook_page", server)


def ask_for_backfill(page: Connected, days: float) -> None:
    admin = page.world.actor(Role.ADMINISTRATOR)
    since = page.shop.now() - timedelta(days=days)
    with page.store.transaction() as session:
        accounts.backfill(session, "page", since, actor=admin, now=page.shop.now())


def run_backfill(page: Connected) -> None:
    page.later(1)
    page.run("reread", f"{page.account_id}:{BACKFILL}")


def promised(page: Connected) -> int:
    with page.store.transaction() as session:
        return polling.promise_rounds(session, page.shop)


def test_a_backfill_says_how_far_it_has_come_ends_and_goes_further_when_asked_again(
    page: Connected,
) -> None:
    days = {20: "", 60: ""}
    for ago in days:
        days[ago] = write(page, 1, at=page.shop.at - timedelta(days=ago))[0]
    ask_for_backfill(page, 30)
    assert promised(page) == 1 + 1, "a backfill beside the sweep"
    page.work()
    row = cursor_row(page, BACKFILL)
    assert set(page.texts()) == {days[20]}
    assert row.done_at is not None
    assert row.reached == page.item(days[20]).posted_at
    page.later(120)
    ask_for_backfill(page, 90)
    assert cursor_row(page, BACKFILL).done_at is None
    run_backfill(page)
    assert set(page.texts()) == set(days.values())
    assert cursor_row(page, BACKFILL).reached == page.item(days[60]).posted_at
    ask_for_backfill(page, 10)
    since = cursor_row(page, BACKFILL).since
    assert since is not None
    assert since < page.shop.at - timedelta(days=89), "the earlier of two dates holds"


def test_a_backfill_that_is_asked_for_anew_while_it_runs_goes_all_the_way(
    page: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = write(page, 1, at=page.shop.at - timedelta(days=60))[0]
    write(page, 1)
    ask_for_backfill(page, 30)
    kept = rereading._move_on
    asked_again: list[int] = []

    def ask_again(one: rereading._Round, shown: Page) -> bool:
        if not shown.more and not asked_again:
            asked_again.append(1)
            page.later(1)
            ask_for_backfill(page, 90)
        return kept(one, shown)

    monkeypatch.setattr(rereading, "_move_on", ask_again)
    run_backfill(page)
    assert asked_again
    assert old in page.texts()
    assert cursor_row(page, BACKFILL).done_at is not None


def test_a_round_that_is_refused_for_good_is_tried_again_a_while_later_and_told_of_each_time(
    page: Connected,
) -> None:
    platform_of(page).otherwise["feed"] = REFUSING
    assert promised(page) == 1
    page.work()
    assert page.job("reread").state is JobState.DEAD
    page.later(300)
    assert promised(page) == 0
    page.later(601)
    platform_of(page).otherwise.clear()
    assert promised(page) == 1
    page.work()
    assert cursor_row(page).done_at is not None


def test_a_sweep_is_due_again_when_its_time_has_come(page: Connected) -> None:
    every_s = page.shop.connector(page.account()).reread_every_s
    assert promised(page) == 1
    page.work()
    page.later(every_s - 60)
    assert promised(page) == 0
    page.later(61)
    assert promised(page) == 1
