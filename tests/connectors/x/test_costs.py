"""What calls cost is counted, never too low, and the ceiling is never passed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.contract import QuotaSpent, Transient
from connectors.x.connector import CONVERSATIONS
from connectors.x.prices import HIDE_USD, SEARCHED, TARIFF, USER_USD, month_of
from moderation.model import ActionKind
from tests.connectors.x.account import comments, connected, ref_of, walk, whole_round
from tests.standins import x_bodies as bodies
from tests.standins.base import Answer
from tests.standins.faults import Fault, FaultScript
from tests.standins.means import CountingMeter
from tests.standins.x import XStandIn

AGO = timedelta(hours=3)


def test_an_idle_poll_costs_nothing(x: XStandIn, tmp_path: Path) -> None:
    meter = CountingMeter()
    walk(connected(x, tmp_path, meter=meter))
    assert meter.spent == 0.0


@pytest.mark.parametrize(("owned", "a_post"), [("no", 0.005), ("yes", 0.001)])
def test_a_page_costs_its_posts_its_authors_and_what_they_answer(
    owned: str, a_post: float, x: XStandIn, tmp_path: Path
) -> None:
    meter = CountingMeter()
    post = x.post()
    for author in ("sam", "alex", None):
        x.comment(post, "Nice one", author=author)
    walk(connected(x, tmp_path, meter=meter, owned_reads=owned))
    the_post_above, two_authors = 0.005, 2 * 0.010
    assert meter.spent == pytest.approx(3 * a_post + the_post_above + two_authors)


def test_the_count_is_never_below_x_s_bill(x: XStandIn, tmp_path: Path) -> None:
    meter = CountingMeter()
    connector = connected(x, tmp_path, meter=meter, owned_reads="yes")
    at = x.clock.now() - AGO
    posts = [x.post(f"{n}", at=at) for n in range(3)]
    for n in range(150):
        x.comment(posts[n % 3], f"{n}", author=f"reader{n % 40}", at=at + timedelta(seconds=n + 1))
    walk(connector)
    walk(connector, feed=CONVERSATIONS.name)
    whole_round(connector, x)
    connector.check()
    assert meter.spent >= x.billed_usd > 0


def test_reading_stops_before_the_ceiling_and_leaves_a_part_for_actions(
    x: XStandIn, tmp_path: Path
) -> None:
    meter = CountingMeter(ceiling=5.0)
    connector = connected(x, tmp_path, meter=meter)
    for n in range(800):
        x.mention(f"@exampleshire {n}", author=f"reader{n}", at=x.clock.now() - AGO)
    first = connector.poll("comments", None)
    with pytest.raises(QuotaSpent):
        walk(connector, first.cursor)
    assert meter.spent <= 4.0
    ref = ref_of(next(comments([first])))
    assert connector.fetch(ref).native_id == ref.native_id
    with pytest.raises(QuotaSpent):
        connector.poll("comments", first.cursor)


def test_a_whole_page_is_what_a_read_has_to_be_allowed(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path, meter=CountingMeter(ceiling=SEARCHED.most(100)))
    with pytest.raises(QuotaSpent):
        connector.poll("comments", None)
    assert x.journal == []


@pytest.mark.parametrize(
    ("fault", "usd"),
    [
        (None, HIDE_USD),
        (Fault.SERVER_ERROR, HIDE_USD),
        (Fault.CUT_AFTER, HIDE_USD),
        (Fault.RATE_LIMITED, HIDE_USD),
    ],
)
def test_hiding_costs_the_same_whatever_came_of_it(
    fault: Fault | None, usd: float, x: XStandIn, tmp_path: Path
) -> None:
    meter = CountingMeter()
    x.comment(x.post(), "Nice one")
    (found,) = comments(walk(connected(x, tmp_path)))
    x.faults = FaultScript(1, {fault: 1.0} if fault else {})
    connector = connected(x, tmp_path, meter=meter)
    if fault is None:
        connector.act(ref_of(found), ActionKind.HIDE)
    else:
        with pytest.raises(Transient):
            connector.act(ref_of(found), ActionKind.HIDE)
    assert meter.spent == usd


def test_an_act_that_never_left_costs_nothing(x: XStandIn, tmp_path: Path) -> None:
    meter = CountingMeter()
    x.comment(x.post(), "Nice one")
    (found,) = comments(walk(connected(x, tmp_path)))
    connector = connected(x, tmp_path, meter=meter, base_url="http://127.0.0.1:9")
    with pytest.raises(Transient):
        connector.act(ref_of(found), ActionKind.HIDE)
    assert meter.spent == 0.0


def test_a_check_costs_one_user(x: XStandIn, tmp_path: Path) -> None:
    meter = CountingMeter()
    connected(x, tmp_path, meter=meter).check()
    assert meter.spent == USER_USD


@pytest.mark.parametrize(
    "refused",
    [bodies.usage_capped, bodies.out_of_credits, lambda: bodies.out_of_credits(403)],
    ids=["usage cap", "402", "403"],
)
def test_what_x_itself_stops_is_a_spent_allowance(
    refused: Callable[[], Answer], x: XStandIn, tmp_path: Path
) -> None:
    x.refusing = refused
    with pytest.raises(QuotaSpent, match="credits") as told:
        connected(x, tmp_path).poll("comments", None)
    assert told.value.retry_after == 3600.0


@pytest.mark.parametrize(
    ("now", "key", "ends"),
    [
        (datetime(2026, 11, 20, tzinfo=UTC), "2026-11", datetime(2026, 12, 1, tzinfo=UTC)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), "2026-12", datetime(2027, 1, 1, tzinfo=UTC)),
        (datetime(2027, 1, 1, tzinfo=UTC), "2027-01", datetime(2027, 2, 1, tzinfo=UTC)),
    ],
)
def test_a_month_ends_when_the_next_begins(now: datetime, key: str, ends: datetime) -> None:
    period = month_of(now)
    assert (period.key, period.ends) == (key, ends)


def test_the_tariff_is_in_dollars_a_month_with_a_setting() -> None:
    assert (TARIFF.unit, TARIFF.setting, TARIFF.ceiling) == ("US dollars", "monthly_cap_usd", 50.0)
    assert TARIFF.reserve > 0
