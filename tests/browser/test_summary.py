"""The weekly summary in a real browser: both editions, wide and narrow, on screen and on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from moderation.policy import Policy
from moderation.reporting import summary
from moderation.reporting.figures import (
    Account,
    AccountGap,
    ActionCount,
    Figures,
    Spread,
)
from moderation.reporting.week import Week
from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.conftest import NewPage
from tests.browser.signing_in import sign_in
from tests.review_ui.world import HOME, PASSWORD, World, address

Picture = Callable[[Page, str], None]

READ = (61, 74, 48, 66, 90, 41, 33)
FLAGGED = (9, 14, 8, 12, 22, 6, 2)
ABUSE = (4, 9, 3, 7, 13, 5, 1)


@pytest.fixture
def week(world: World) -> Week:
    """Keep five ordinary weeks and return the last."""
    last = Week.of(world.store.now()).plus(-1)
    with world.store.transaction() as session:
        for back in range(5):
            summary.keep(session, busy_week(last.plus(-back)), now=world.store.now())
    return last


def busy_week(week: Week) -> Figures:
    """Return the figures of a busy week."""
    return Figures(
        week=str(week),
        org_id=HOME,
        org_name="Northmoor Fire and Rescue Service",
        begins=week.starts.isoformat(),
        ends=week.ends.isoformat(),
        made_at=week.due_at.isoformat(),
        small_below=Policy.load().small_numbers_below,
        read=sum(READ),
        flagged=sum(FLAGGED),
        not_scored=17,
        abuse=sum(ABUSE),
        not_abuse=21,
        house_rule=3,
        flagged_decided=60,
        flagged_confirmed=41,
        left_decided=7,
        left_abuse=2,
        waiting=6,
        in_hand=11,
        tables=_tables(week),
        accounts={
            "1": Account("Northmoor Fire and Rescue Service", "facebook"),
            "2": Account("@NorthmoorFireDemo", "x"),
            "3": Account("northmoorfire.demo.example", "bluesky"),
        },
        times={
            "first_look": Spread(70, 1500, 19_000),
            "decision": Spread(66, 5200, 64_000),
            "action": Spread(3, 8000, 9000),
        },
        actions=(
            ActionCount("hide", "refused", 1),
            ActionCount("hide", "verified", 14),
            ActionCount("report", "accepted", 6),
        ),
        authors=24,
        repeat_authors=3,
        patterns={"course_of_conduct": 2, "mobbing": 1},
        cases_opened=2,
        cases_closed=1,
        cases_open=7,
        criticism=88,
        themes={"Response times": 41, "Closures and cuts": 27, "Money and value": 4},
        gaps=(
            AccountGap(
                "1",
                (week.starts + timedelta(hours=38)).isoformat(),
                (week.starts + timedelta(hours=45)).isoformat(),
            ),
        ),
    )


def _tables(week: Week) -> dict[str, dict[str, dict[str, int]]]:
    days = [day.isoformat() for day in week.days]
    rows: dict[str, Any] = {"read": READ, "flagged": FLAGGED, "abuse": ABUSE}
    tables = {name: {"day": dict(zip(days, counts, strict=True))} for name, counts in rows.items()}
    tables["read"]["account"] = {"1": 280, "2": 120, "3": 13}
    tables["flagged"] |= {
        "account": {"1": 40, "2": 30, "3": 3},
        "severity": {"S4": 2, "S3": 17, "S2": 40, "S1": 14},
        "category": {"personal_abuse": 40, "menace": 17, "doxing": 2, "abuse_of_service": 14},
        "target": {"named_staff": 30, "staff_group": 29, "service": 14},
    }
    tables["abuse"] |= {
        "account": {"1": 24, "2": 16, "3": 2},
        "severity": {"S4": 1, "S3": 11, "S2": 22, "S1": 8},
        "category": {"personal_abuse": 22, "menace": 11, "doxing": 1, "abuse_of_service": 8},
        "target": {"named_staff": 18, "staff_group": 16, "service": 8},
    }
    tables["flagged_decided"] = {
        "category": {"personal_abuse": 34, "menace": 13, "abuse_of_service": 13}
    }
    tables["flagged_confirmed"] = {
        "category": {"personal_abuse": 22, "menace": 11, "abuse_of_service": 8}
    }
    return tables


def check(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)


def test_a_lead_reads_a_week_in_both_editions(
    page: Page, home: str, week: Week, picture: Picture
) -> None:
    sign_in(page, home, "lee")
    page.get_by_role("link", name="Weekly summary").first.click()
    check(page)
    picture(page, "summary-weeks")
    page.get_by_role("link", name=f"Week {week.monday.isocalendar().week},").click()
    expect(page.get_by_role("img", name="Items flagged and confirmed")).to_be_visible()
    check(page)
    expect(page.get_by_role("cell", name="22 of 34 (65%)")).to_be_visible()
    expect(page.get_by_role("cell", name="11 of 13", exact=True)).to_be_visible()
    expect(page.get_by_text("2 of 7 were abuse")).to_be_visible()
    picture(page, "summary-full")
    page.get_by_role("link", name="For leaders").click()
    expect(page.get_by_text("Edition for leaders and the board")).to_be_visible()
    expect(page.get_by_text("fewer than 5").first).to_be_visible()
    expect(page.get_by_text("How right the machine was")).to_have_count(0)
    check(page)
    picture(page, "summary-wide")


def test_a_board_member_reads_the_week_on_a_phone(
    phone: Page, home: str, week: Week, picture: Picture
) -> None:
    sign_in(phone, home, "bo")
    phone.goto(f"{home}/summary/{week}")
    expect(phone.get_by_text("Edition for leaders and the board")).to_be_visible()
    expect(phone.get_by_role("link", name="For comms and HR")).to_have_count(0)
    check(phone)
    picture(phone, "summary-phone")


def test_a_week_on_paper_has_its_figures_and_no_menu(
    page: Page, home: str, week: Week, picture: Picture
) -> None:
    sign_in(page, home, "lee")
    page.goto(f"{home}/summary/{week}")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("table", name="The week in figures")).to_be_visible()
    expect(page.get_by_role("link", name="For leaders")).to_be_hidden()
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    picture(page, "summary-print")


def test_the_page_says_the_same_without_any_script(
    new_page: NewPage, home: str, week: Week
) -> None:
    plain = new_page(java_script_enabled=False)
    plain.goto(f"{home}/sign-in")
    plain.get_by_label("E-mail address").fill(address("lee"))
    plain.get_by_label("Password", exact=True).fill(PASSWORD)
    plain.get_by_role("button", name="Sign in").click()
    plain.goto(f"{home}/summary/{week}")
    expect(plain.get_by_role("table", name="Items by day")).to_be_visible()
