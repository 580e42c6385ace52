"""An allowance is spread over its period, and a part of it is kept for actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.contract import Period, QuotaSpent, Tariff
from connectors.registry import kind_of
from moderation.accounts import usage
from moderation.lifecycle import ActionState
from tests.connected import Connected
from tests.worker.platform_tools import abuse_on, done, press, told
from tests.worker.rereading_tools import SelectivePage, platform_of, write
from tests.worker.resting_tools import account_on, poll
from tests.world import NOW, ORG, World
from worker.asking import LONGEST_REST_S
from worker.means import AccountMeter


@pytest.fixture
def page(sqlite_world: World, tmp_path: Path) -> Iterator[Connected]:
    with SelectivePage() as server:
        yield Connected(sqlite_world, tmp_path, "facebook_page", server)


def test_an_allowance_that_runs_low_spaces_the_pages_and_keeps_actions_going(
    page: Connected,
) -> None:
    for _ in range(4):
        write(page, 1)
    platform_of(page).allowance = 4
    poll(page)
    account = page.account()
    assert account.rest_until is not None
    assert account.rest_until <= page.shop.at + timedelta(seconds=LONGEST_REST_S)
    assert account.act_rest_until is None
    assert account.failures == 0
    calls = len(page.server.journal)
    assert calls == 3, "it stops before the platform has to refuse"
    page.work()
    assert len(page.server.journal) == calls
    platform_of(page).allowance = 100_000
    page.later(LONGEST_REST_S)
    page.work()
    assert len(page.texts()) == 4


def test_reading_stops_before_acting_has_to_and_goes_on_in_the_next_period(
    sqlite_world: World, tmp_path: Path
) -> None:
    with account_on(sqlite_world, tmp_path, "youtube", daily_units=10_000) as channel:
        native_id = abuse_on(channel)
        tariff = kind_of("youtube").tariff
        assert tariff is not None
        with channel.store.transaction() as session:
            now = channel.store.now()
            period = tariff.period(now).key
            usage.spend(session, channel.account_id, period, 8_000, ceiling=10_000, now=now)
        poll(channel)
        account = channel.account()
        assert account.rest_until is not None
        assert "ceiling of 10,000 units" in account.rest_reason
        assert account.act_rest_until is None
        assert account.failures == 0
        assert told(channel, "usage") == [f"usage:{channel.account_id}:{period}:70"]
        assert done(channel, press(channel, native_id)).state is ActionState.VERIFIED
        assert channel.server.is_hidden(native_id)


def test_the_platforms_own_end_of_an_allowance_rests_the_account_without_a_failure(
    sqlite_world: World, tmp_path: Path
) -> None:
    with account_on(sqlite_world, tmp_path, "youtube") as channel:
        write(channel)
        vars(channel.server)["units_a_day"] = 0
        poll(channel)
        account = channel.account()
        assert account.rest_until is not None
        assert account.failures == 0
        assert channel.job("poll").attempts == 0


def test_a_meter_keeps_a_part_for_actions_and_tells_at_seventy_and_ninety_per_cent(
    world: World,
) -> None:
    ends = NOW + timedelta(days=30)
    tariff = Tariff("pennies", "ceiling", 100.0, lambda _now: Period("now", ends))
    account_id = world.accounts[ORG].id
    meter = AccountMeter(world.store, account_id, tariff, 100.0)
    meter.spend(79.0)
    meter.require(1.0)
    with pytest.raises(QuotaSpent, match="100 pennies") as refused:
        meter.require(1.5)
    left = (ends - world.store.now()).total_seconds()
    assert refused.value.retry_after == pytest.approx(left, abs=60)
    meter.require(21.0, act=True)
    with pytest.raises(QuotaSpent):
        meter.require(21.5, act=True)
    meter.spend(12.0)
    meter.spend(1.0)
    with world.store.reading() as session:
        assert usage.spent(session, account_id, "now") == pytest.approx(92.0)
