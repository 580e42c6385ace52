"""The summary pages show each reader their edition and nobody another's organisation."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from sqlalchemy import select, update

from moderation.access import Role
from moderation.lifecycle import ActionState
from moderation.model import ActionKind
from moderation.policy import Policy
from moderation.reporting import editions, summary
from moderation.reporting.figures import AccountGap, ActionCount, Figures, Spread
from moderation.reporting.week import Week
from moderation.tables import AlertRow, ItemRow, PatternKind
from moderation.taxonomy import Abuse, TargetType
from review_ui.week_chart import chart
from review_ui.week_words import code_says
from tests.review_ui.world import BY_ROLE, HOME, World

FULL = {
    Role.COMMS_MODERATOR,
    Role.COMMS_LEAD,
    Role.HR_ADVISER,
    Role.HR_LEAD,
    Role.AUDITOR,
}
WIDE_ONLY = {Role.SAFEGUARDING_LEAD, Role.BOARD_MEMBER}
SVG = re.compile(r"<svg class=\"chart\".*?</svg>", re.DOTALL)


def week_of(world: World) -> Week:
    """Return the last full week."""
    return Week.of(world.store.now()).plus(-1)


def keep_week(world: World, count: int = 12, **more: object) -> Week:
    """Read some items in the last week and keep its summary; more replaces figures."""
    week = week_of(world)
    ids = [world.item() for _ in range(count)]
    with world.store.transaction() as session:
        for n, item_id in enumerate(ids):
            at = week.starts + timedelta(hours=9 + 5 * n)
            session.execute(update(ItemRow).where(ItemRow.id == item_id).values(seen_at=at))
        figures = summary.compute(session, HOME, week, Policy.load(), now=world.store.now())
        summary.keep(session, replace(figures, **more), now=world.store.now())  # type: ignore[arg-type]
    return week


@pytest.mark.parametrize("role", sorted(FULL))
def test_comms_hr_and_auditors_see_the_full_edition_and_may_switch(
    small_world: World, role: Role
) -> None:
    week = keep_week(small_world)
    browser = small_world.browser(BY_ROLE[role])
    page = browser.get(f"/summary/{week}")
    assert page.status_code == 200
    assert "Edition for comms and HR" in page.text
    assert "Items by account" in page.text
    wide = browser.get(f"/summary/{week}?edition=wide")
    assert "Edition for leaders" in wide.text
    assert "Items by account" not in wide.text


@pytest.mark.parametrize("role", sorted(WIDE_ONLY))
def test_leaders_see_the_wide_edition_and_cannot_ask_for_the_full_one(
    small_world: World, role: Role
) -> None:
    week = keep_week(small_world)
    browser = small_world.browser(BY_ROLE[role])
    page = browser.get(f"/summary/{week}")
    assert "Edition for leaders" in page.text
    assert "For comms and HR" not in page.text
    assert browser.get(f"/summary/{week}?edition=full").status_code == 403


def test_an_administrator_sees_no_summary(small_world: World) -> None:
    browser = small_world.browser(BY_ROLE[Role.ADMINISTRATOR])
    assert browser.get("/summary").status_code == 403
    assert browser.get(f"/summary/{keep_week(small_world)}").status_code == 403


def test_the_wide_page_holds_no_small_number_where_the_full_one_does(small_world: World) -> None:
    week = keep_week(
        small_world, count=3, repeat_authors=2, authors=3, patterns={"mobbing": 1}, cases_opened=4
    )
    cell = re.compile(r"numeric\">([^<]*)<")
    full = cell.findall(small_world.browser("hugh").get(f"/summary/{week}").text)
    wide = cell.findall(small_world.browser("bo").get(f"/summary/{week}").text)
    small = {"1", "2", "3", "4"}
    assert small & set(full)
    assert not small & set(wide)
    assert "fewer than 5" in wide


def test_another_organisations_week_is_not_shown(small_world: World) -> None:
    week = keep_week(small_world, count=12)
    page = small_world.browser("far.hugh").get(f"/summary/{week}")
    assert page.status_code == 200
    assert "Elsewhere" in page.text
    assert ">12<" not in page.text
    assert small_world.browser("far.bo").get(f"/summary/{week}").status_code == 404


def test_the_running_week_is_so_far_for_the_full_edition_and_absent_for_leaders(
    small_world: World,
) -> None:
    running = Week.of(small_world.store.now())
    page = small_world.browser("dana").get(f"/summary/{running}")
    assert "This week is not over" in page.text
    assert small_world.browser("dana").get(f"/summary/{running}?edition=wide").status_code == 404
    assert small_world.browser("bo").get(f"/summary/{running}").status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/summary/2026-W99", 400),
        ("/summary/nonsense", 400),
        ("/summary/2999-W01", 400),
        ("/summary/2026-W47?edition=secret", 400),
    ],
)
def test_a_week_or_edition_that_is_not_there_is_refused_in_words(
    small_world: World, path: str, status: int
) -> None:
    assert small_world.browser("dana").get(path).status_code == status


def test_the_list_names_the_kept_weeks_and_the_running_one(small_world: World) -> None:
    week = keep_week(small_world)
    mine = small_world.browser("dana").get("/summary").text
    assert f'href="/summary/{week}"' in mine
    assert f'href="/summary/{Week.of(small_world.store.now())}"' in mine
    leader = small_world.browser("bo").get("/summary").text
    assert f'href="/summary/{week}"' in leader
    assert "so far" not in leader
    assert "No week has been made yet" in small_world.browser("far.dana").get("/summary").text


def test_letters_that_wait_in_the_spool_are_said_on_the_list(small_world: World) -> None:
    keep_week(small_world)
    with small_world.store.transaction() as session:
        session.execute(update(AlertRow).values({"state": "spooled"}))
        assert len(session.scalars(select(AlertRow)).all()) == 4
    page = small_world.browser("dana").get("/summary").text
    assert "Mail is not configured: 4 letters wait in the spool folder." in page


def test_the_page_owns_up_to_gaps_and_names_actions_and_times_in_words(
    small_world: World,
) -> None:
    week = week_of(small_world)
    begins = week.starts + timedelta(hours=37)
    keep_week(
        small_world,
        gaps=(AccountGap("1", begins.isoformat(), (begins + timedelta(hours=7)).isoformat()),),
        times={"first_look": Spread(12, 1200, 7500)},
        actions=(ActionCount("hide", "needs_person", 2),),
    )
    page = small_world.browser("lee").get(f"/summary/{week}").text
    assert "Northmoor page was not read for 7 hours, from Tuesday" in page
    assert "Half within 20 minutes, nine in ten within 2 hours 5 minutes." in page
    assert "Needs a person: do it on the platform" in page


def test_the_chart_has_a_name_a_description_and_a_table_and_no_inline_style(
    small_world: World,
) -> None:
    week = keep_week(small_world)
    page = small_world.browser("dana").get(f"/summary/{week}").text
    found = SVG.search(page)
    assert found is not None
    svg = ElementTree.fromstring(found.group(0))  # noqa: S314  our own page
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "week-chart-title"
    assert 'id="week-chart-title"' in page
    assert 'id="week-chart-says"' in page
    assert "Most items were flagged on" in page
    assert len(svg.findall("rect")) == 14
    assert "style=" not in page
    assert "Items by day" in page


def test_the_wide_chart_draws_no_bar_for_a_hidden_count(small_world: World) -> None:
    week = week_of(small_world)
    days = [day.isoformat() for day in week.days]
    counts = dict(zip(days, (2, 9, 40, 30, 20, 10, 50), strict=True))
    total = sum(counts.values())
    made = keep_week(small_world, flagged=total, tables={"flagged": {"day": counts}}, abuse=0)
    with small_world.store.reading() as session:
        figures = summary.kept(session, HOME, made)
    assert isinstance(figures, Figures)
    drawn = chart(editions.wide(figures, {}))
    assert drawn is not None
    first, second, third = (bar for bar in drawn.bars[:6] if not bar.second)
    assert (first.height, first.says) == (0, "<5")
    assert (second.height, second.says) == (0, "–")
    assert third.height > 0


def test_a_week_without_anything_has_no_chart(small_world: World) -> None:
    week = keep_week(small_world, count=0)
    assert SVG.search(small_world.browser("dana").get(f"/summary/{week}").text) is None


def test_every_code_that_a_week_can_hold_has_words(small_world: World) -> None:
    keep_week(small_world)
    with small_world.store.reading() as session:
        figures = summary.kept(session, HOME, week_of(small_world))
    assert figures is not None
    edition = editions.full(figures, {})
    codes = {
        "category": [*Abuse, "none"],
        "target": list(TargetType),
        "action": list(ActionKind),
        "result": list(ActionState),
        "pattern": list(PatternKind),
        "severity": ["S0", "S1", "S2", "S3", "S4"],
        "platform": ["facebook", "somewhere"],
        "account": ["1"],
        "day": ["2026-11-17"],
    }
    for by, known in codes.items():
        for code in known:
            assert code_says(edition, by, code)
