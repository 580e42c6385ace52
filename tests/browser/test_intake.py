"""What comes in, in a real browser: accounts, quarantine, staff directory, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from moderation import accounts, staffing
from moderation.access import system
from moderation.accounts import NewAccount
from moderation.model import Unreadable
from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.conftest import NewPage
from tests.browser.signing_in import sign_in
from tests.review_ui.test_quarantine import BAD_JSON, hold
from tests.review_ui.test_staff import HEADER, MARA, NIA
from tests.review_ui.world import HOME, World

CLI = system("command-line", HOME)
WHY = "The page is being moved to another owner."
Picture = Callable[[Page, str], None]


def check(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)


def add_accounts(world: World) -> None:
    now = world.store.now()
    with world.store.transaction() as session:
        for key, platform, name, connector in (
            ("our-facebook", "facebook", "Northmoor Fire and Rescue Service", "replay"),
            ("our-x", "x", "@NorthmoorFireDemo", "replay"),
            ("our-youtube", "youtube", "Northmoor on YouTube", "replay"),
            ("old", "facebook", "Comments of last year", "import"),
        ):
            new = NewAccount(key, platform, name, connector, {})
            row = accounts.add(session, new, actor=CLI, now=now - timedelta(days=30))
            if key == "our-facebook":
                accounts.note_polled(session, row.id, "comments", now=now - timedelta(seconds=40))
            if key == "our-x":
                accounts.note_polled(session, row.id, "comments", now=now - timedelta(hours=2))
                accounts.note_failure(
                    session, row.id, "The platform did not answer in 10 seconds.", now=now
                )
            if key == "our-youtube":
                accounts.lose_access(session, row.id, "The token has expired.", now=now)


@pytest.mark.parametrize("width", [1280, 360])
def test_a_lead_reads_the_health_of_accounts_and_pauses_one(
    world: World, home: str, new_page: NewPage, picture: Picture, width: int
) -> None:
    add_accounts(world)
    hold(world, Unreadable(b"{", BAD_JSON))
    lee = new_page({"width": width, "height": 900})
    sign_in(lee, home, "lee")
    lee.goto(f"{home}/accounts")
    check(lee)
    picture(lee, f"accounts-{width}")
    card = lee.get_by_role("region", name="Northmoor Fire and Rescue Service")
    card.get_by_text("Pause Northmoor").click()
    card.get_by_label("Why?").fill(WHY)
    check(lee)
    card.get_by_role("button", name="Pause").click()
    expect(lee.get_by_role("alert")).to_contain_text("is paused")
    expect(card).to_contain_text(WHY)
    card.get_by_role("button", name="Resume").click()
    expect(card).to_contain_text("Being read")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_moderator_looks_at_a_record_and_sets_it_aside(
    world: World, home: str, new_page: NewPage, picture: Picture, width: int
) -> None:
    raw = b'{"id": "17", "text": "bell\x07 nul\x00 turned \xe2\x80\xae here", "author": "caf\xe9"}'
    long = b'{"id": "18", "text": "' + b"a" * 20_000 + b"\xff"
    hold(world, Unreadable(raw, BAD_JSON), Unreadable(long, BAD_JSON))
    dana = new_page({"width": width, "height": 900})
    sign_in(dana, home, "dana")
    dana.goto(f"{home}/quarantine")
    check(dana)
    shown = dana.get_by_role("region", name="Record 1")
    shown.get_by_text("The bytes as they came").click()
    check(dana)
    picture(dana, f"quarantine-{width}")
    shown.get_by_text("Set aside record 1").click()
    shown.get_by_label("Why is nothing more to be done?").fill("The export was broken there.")
    shown.get_by_role("button", name="Set aside").click()
    expect(dana.get_by_role("alert")).to_contain_text("set aside")
    dana.get_by_role("link", name="Set aside").click()
    expect(dana.get_by_text("The export was broken there.")).to_be_visible()
    check(dana)


@pytest.mark.parametrize("width", [1280, 360])
def test_an_hr_lead_sees_what_a_directory_changes_and_takes_it_in(
    world: World, home: str, new_page: NewPage, picture: Picture, tmp_path: Path, width: int
) -> None:
    file = tmp_path / "staff.csv"
    file.write_text(HEADER + MARA.replace("Watch Manager", "Station Manager") + NIA)
    hugh = new_page({"width": width, "height": 900})
    sign_in(hugh, home, "hugh")
    hugh.goto(f"{home}/staff")
    check(hugh)
    hugh.get_by_label("CSV file").set_input_files(file)
    hugh.get_by_role("button", name="Show what it changes").click()
    expect(hugh.get_by_role("heading", name="What this file would change")).to_be_visible()
    check(hugh)
    picture(hugh, f"staff-{width}")
    hugh.get_by_label("CSV file").set_input_files(file)
    hugh.get_by_role("button", name="Import").click()
    expect(hugh.get_by_role("alert")).to_contain_text("1 new, 1 changed, 0 left")
    with world.store.reading() as session:
        assert len(staffing.load_staff(session, HOME)) == 2
    check(hugh)
