"""Trying a setting and a word in a real browser, wide and narrow, and not being asked again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from moderation.store import Store
from moderation.tables import DecisionOutcome, DecisionRow, ItemRow
from moderation.taxonomy import Abuse, NotAbuse
from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.conftest import NewPage
from tests.browser.signing_in import sign_in
from tests.review_ui.test_flagging import said
from tests.review_ui.world import HOME, World, build

Picture = Callable[[Page, str], None]

WHY = "Too many jokes were flagged last month."
WORDS = (
    "You are a useless clown, Mara.",
    "The lup pots are back, Mara.",
    "Mara could not run a bath.",
    "Nobody voted for any of you.",
)


@pytest.fixture
def world(sqlite_store: Store, tmp_path: Path) -> World:
    made = build(sqlite_store, tmp_path)
    for n in range(28):
        item_id = made.item(words=WORDS[n % 4], category=list(Abuse)[n % 5 + 5])
        said(made, item_id, 0.30 + n / 40, "lup", "pots")
        _put_back(made, item_id, weeks=n % 6)
        if n % 3 == 0:
            _decide(made, item_id, is_abuse=n % 2 == 0)
    return made


def _put_back(world: World, item_id: int, weeks: int) -> None:
    with world.store.transaction() as session:
        at = world.store.now() - timedelta(weeks=weeks)
        session.execute(update(ItemRow).where(ItemRow.id == item_id).values(seen_at=at))


def _decide(world: World, item_id: int, *, is_abuse: bool) -> None:
    with world.store.transaction() as session:
        item = session.scalars(select(ItemRow).where(ItemRow.id == item_id)).one()
        session.add(
            DecisionRow(
                org_id=HOME,
                item_id=item_id,
                version_seq=1,
                outcome=DecisionOutcome.ABUSE if is_abuse else DecisionOutcome.NOT_ABUSE,
                category=item.category if is_abuse else None,
                not_abuse=None if is_abuse else NotAbuse.SATIRE_OR_HUMOUR,
                severity=2 if is_abuse else 0,
                reason="",
                decided_by=world.user_id("dana"),
                form_id=world.form_id(),
                at=world.store.now(),
            )
        )


def check(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("width", [1280, 360])
def test_a_lead_tries_a_setting_uses_it_and_goes_back(
    home: str, new_page: NewPage, picture: Picture, width: int
) -> None:
    lee = new_page({"width": width, "height": 900})
    sign_in(lee, home, "lee")
    lee.goto(f"{home}/flagging")
    check(lee)
    picture(lee, f"flagging-{width}")
    lee.get_by_role("radio", name="An exact figure").check()
    lee.get_by_label("The exact figure, if you choose one").fill("0.70")
    lee.get_by_text("Something else by whom it is aimed at").click()
    check(lee)
    lee.get_by_role("button", name="See what it would have done").click()
    expect(lee.get_by_role("heading", name="What it would have done")).to_be_visible()
    lee.get_by_text("Week by week", exact=True).first.click()
    lee.get_by_role("region", name="No longer flagged").get_by_text(
        "Comment hidden, select to reveal"
    ).first.click()
    check(lee)
    picture(lee, f"flagging-tried-{width}")
    lee.get_by_label("Why?").fill(WHY)
    lee.get_by_role("button", name="Use this setting").click()
    expect(lee.get_by_role("alert")).to_contain_text("Setting 1 is in force")
    expect(lee.get_by_text("less than the policy, which says 0.60").first).to_be_visible()
    check(lee)
    picture(lee, f"flagging-history-{width}")
    lee.get_by_role("link", name="Try what the policy says and go back to it").click()
    lee.get_by_label("Why?").fill("It left too much of it standing.")
    lee.get_by_role("button", name="Use this setting").click()
    expect(lee.get_by_role("alert")).to_contain_text("Setting 2 is in force")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_lead_tries_a_word_and_puts_it_on_the_list(
    home: str, new_page: NewPage, picture: Picture, width: int
) -> None:
    lee = new_page({"width": width, "height": 900})
    sign_in(lee, home, "lee")
    lee.goto(f"{home}/flagging/words")
    check(lee)
    lee.get_by_label("A word or a short phrase").fill("Lup pots")
    lee.get_by_role("button", name="See what it would have changed").click()
    expect(lee.get_by_role("heading", name="With “lup pots” on the list")).to_be_visible()
    check(lee)
    picture(lee, f"fine-words-tried-{width}")
    lee.get_by_label("Why is it fine here?").fill("They are the mugs of Station 4.")
    lee.get_by_role("button", name="Add it to the list").click()
    expect(lee.get_by_role("alert")).to_contain_text("is on the list")
    lee.get_by_text("Take it off: lup pots").click()
    check(lee)
    picture(lee, f"fine-words-{width}")


def test_trying_needs_no_script(home: str, new_page: NewPage) -> None:
    lee = new_page({"width": 1280, "height": 900}, java_script_enabled=False)
    sign_in(lee, home, "lee")
    lee.goto(f"{home}/flagging")
    lee.get_by_label("Flag less", exact=True).first.check()
    lee.get_by_role("button", name="See what it would have done").click()
    expect(lee.get_by_role("heading", name="What it would have done")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_moderator_asks_not_to_be_asked_again(
    world: World, home: str, new_page: NewPage, picture: Picture, width: int
) -> None:
    item_id = world.item(words="Here come the water fairies", post="Our open day is on Saturday.")
    dana = new_page({"width": width, "height": 900})
    sign_in(dana, home, "dana")
    dana.goto(f"{home}/items/{item_id}")
    dana.get_by_label("Not abuse", exact=True).check()
    dana.get_by_label("What is it instead?").select_option("satire_or_humour")
    dana.get_by_label("Do not ask again about the same words").check()
    check(dana)
    dana.get_by_role("button", name="Decide", exact=True).click()
    expect(dana.get_by_text("People are not asked again about these words")).to_be_visible()
    check(dana)
    picture(dana, f"item-settled-{width}")
    dana.get_by_role("button", name="Ask again").click()
    expect(dana.get_by_role("alert")).to_contain_text("People are asked again")
