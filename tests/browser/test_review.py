"""Journeys in a real browser: signing in, the queue by keyboard, an item from claim to undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from moderation.evidence import capture
from moderation.evidence.sealing import Sealed
from moderation.lifecycle import ItemState
from moderation.store import Store
from moderation.tables import DecisionRow, EvidenceRow, ItemRow, PlatformActionRow, UserRow
from moderation.taxonomy import Abuse, TargetType
from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.conftest import PHONE, NewPage
from tests.review_ui.world import PASSWORD, World, address, build

POST = "Our new engine arrives on Saturday. Come and see it, with tea and cake for everybody."
Serve = Callable[[Flask], str]
Picture = Callable[[Page, str], None]


@pytest.fixture
def world(sqlite_store: Store, tmp_path: Path) -> World:
    """The two organisations of the page tests."""
    return build(sqlite_store, tmp_path)


def _sign_in(page: Page, base: str, name: str) -> None:
    page.goto(f"{base}/sign-in")
    page.get_by_label("E-mail address").fill(address(name))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def _varied(world: World) -> dict[str, int]:
    return {
        "urgent": world.item(
            post=POST, words="There is smoke coming out of number 12", urgent=True, severity=4,
            category=None, check_first=("emergency_report",), target_type=TargetType.NONE,
            target_staff_id=None,
        ),
        "threat": world.item(
            post=POST, words="We know where you park, Mara \u202esee you", severity=4,
            queue_rank=10, category=Abuse.THREAT_SERIOUS,
        ),
        "welsh": world.item(
            words="Dydych chi ddim yn gwrando", severity=0, category=None, outcome="unscored",
            queue_rank=40,
        ),
        "low": world.item(severity=1, queue_rank=50, category=Abuse.ABUSE_OF_SERVICE),
    }  # fmt: skip


def test_ten_items_are_decided_by_keyboard_alone(world: World, page: Page, serve: Serve) -> None:
    made = [world.item(severity=1, queue_rank=50) for _ in range(10)]
    base = serve(world.app)
    _sign_in(page, base, "dana")
    page.keyboard.press("j")
    expect(page.locator("[data-line][aria-current=true]")).to_have_count(1)
    page.keyboard.press("r")
    expect(page.locator("[data-line][aria-current=true] details")).to_have_attribute("open", "")
    page.keyboard.press("o")
    for item_id in made:
        page.wait_for_url(f"{base}/items/{item_id}")
        page.keyboard.press("n")
        expect(page.get_by_role("radio", name="Not abuse", exact=True)).to_be_checked()
        page.get_by_label("What is it instead?").select_option("criticism")
        page.get_by_role("button", name="Decide and open the next").focus()
        page.keyboard.press("Enter")
    page.wait_for_url(f"{base}/queue")
    expect(page.get_by_text("Nothing here.")).to_be_visible()
    assert {world.read(ItemRow, item_id).state for item_id in made} == {ItemState.CLOSED}


def test_an_item_goes_from_claim_to_a_queued_hide(
    world: World, page: Page, serve: Serve, picture: Picture
) -> None:
    item_id = _varied(world)["threat"]
    base = serve(world.app)
    _sign_in(page, base, "lee")
    page.goto(f"{base}/items/{item_id}")
    expect(page.locator(".item-text--ours")).to_be_visible()
    words = page.locator(f"#text-{item_id}")
    expect(words).not_to_be_visible()
    page.keyboard.press("r")
    expect(words).to_be_visible()
    expect(words.locator(".unseen")).to_have_attribute("data-name", "right-to-left override")
    assert_accessible(page)
    page.get_by_role("button", name="Take this item").click()
    expect(page.get_by_text("You have this item until")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("a")
    expect(page.get_by_label("What kind of abuse?")).to_be_visible()
    expect(page.get_by_label("Which house rule?")).not_to_be_visible()
    expect(page.get_by_label("Which member of staff?")).to_have_value("Mara Northmoor (S1)")
    assert_accessible(page)
    page.get_by_label("Why?").first.fill("It says where she parks, at her home station.")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_text("Your decision was recorded.")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("c")
    expect(page.get_by_text("Being captured")).to_be_visible()
    _capture(world, item_id)
    page.goto(f"{base}/items/{item_id}")
    page.keyboard.press("h")
    expect(page.locator("#hide-reason")).to_be_focused()
    page.keyboard.type(" jkx?")
    page.get_by_role("button", name="Hide", exact=True).click()
    expect(page.get_by_text("Queued: not done yet")).to_be_visible()
    assert_accessible(page)
    picture(page, "item-after-hide")
    with world.store.reading() as session:
        assert session.query(DecisionRow).count() == 1
        assert session.query(PlatformActionRow).one().reason.count("jkx?") == 1


def _capture(world: World, item_id: int) -> None:
    """Seal the evidence that was asked for, as the worker would."""
    with world.store.transaction() as session:
        row = session.scalars(select(EvidenceRow).where(EvidenceRow.item_id == item_id)).one()
        sealed = Sealed(manifest_sha256="a" * 64, size=10, path="evidence/1")
        capture.captured(session, row.id, sealed, world.store.now(), world.actor("lee"))


def test_two_reviewers_see_each_other_and_taking_over_is_told(
    world: World, new_page: NewPage, serve: Serve
) -> None:
    item_id = world.item()
    base = serve(world.app)
    first, second = new_page(), new_page()
    _sign_in(first, base, "dana")
    _sign_in(second, base, "lee")
    first.goto(f"{base}/items/{item_id}")
    first.get_by_role("button", name="Take this item").click()
    second.goto(f"{base}/items/{item_id}")
    expect(second.get_by_text("Dana Price is looking at this until")).to_be_visible()
    second.get_by_text("Take it over", exact=True).click()
    second.get_by_role("button", name="Take it over from Dana Price").click()
    expect(second.get_by_text("You have this item until")).to_be_visible()
    first.reload()
    expect(first.get_by_text("Lee Okafor is looking at this until")).to_be_visible()


def test_the_key_sheet_opens_and_closes_and_keys_can_be_switched_off(
    world: World, page: Page, serve: Serve
) -> None:
    _varied(world)
    base = serve(world.app)
    _sign_in(page, base, "dana")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).not_to_be_visible()
    page.goto(f"{base}/preferences")
    page.get_by_label("Use single keys").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your preferences were saved.")).to_be_visible()
    page.goto(f"{base}/queue")
    page.keyboard.press("?")
    page.keyboard.press("j")
    expect(page.locator("[aria-current=true][data-line]")).to_have_count(0)
    assert not world.read(UserRow, world.user_id("dana")).single_keys


def test_the_queue_and_an_item_work_without_any_script(
    world: World, new_page: NewPage, serve: Serve
) -> None:
    item_id = _varied(world)["low"]
    base = serve(world.app)
    page = new_page(java_script_enabled=False)
    _sign_in(page, base, "dana")
    page.goto(f"{base}/items/{item_id}")
    page.get_by_text("Comment hidden, select to reveal").first.click()
    expect(page.locator(f"#text-{item_id}")).to_be_visible()
    page.get_by_label("Not abuse", exact=True).check()
    page.get_by_label("What is it instead?").select_option("complaint")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_text("Your decision was recorded.")).to_be_visible()


PAGES = {
    "lee": ("/queue", "/queue?state=in_hand", "/queue?state=closed", "/queue?state=all",
            "/preferences", "/help", "/nothing-here"),
    "adam": ("/users", "/users/1", "/help"),
    "ina": ("/audit", "/audit/reason"),
}  # fmt: skip


@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_and_fits_its_window(
    world: World, new_page: NewPage, serve: Serve, picture: Picture, name: str, width: str
) -> None:
    items = _varied(world)
    base = serve(world.app)
    page = new_page(PHONE) if width == "phone" else new_page()
    page.goto(f"{base}/sign-in")
    assert_accessible(page)
    _sign_in(page, base, name)
    paths = PAGES[name]
    if name == "lee":
        paths += tuple(f"/items/{item_id}" for item_id in items.values())
    for path in paths:
        page.goto(base + path)
        assert_accessible(page)
        assert_fits(page)
        picture(page, f"{name}{path.replace('/', '-').replace('?', '-')}-{width}")
