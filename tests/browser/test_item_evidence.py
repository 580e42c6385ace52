"""Evidence in a real browser: one press, a page that shows what is new, own files, two versions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from moderation.store import Store
from moderation.tables import ItemRow
from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.conftest import PHONE, NewPage
from tests.browser.signing_in import sign_in
from tests.moderation.evidence.files_to_bring import MAIL, PNG
from tests.review_ui.evidence_tools import (
    actions,
    additions,
    capture_then,
    decided,
    edited,
    fail,
    seal,
    waiting,
)
from tests.review_ui.world import World, build

Serve = Callable[[Flask], str]
Picture = Callable[[Page, str], None]


@pytest.fixture
def world(sqlite_store: Store, tmp_path: Path) -> World:
    """The two organisations of the page tests."""
    return build(sqlite_store, tmp_path)


def _shot(name: str = "shot.png", data: bytes = PNG) -> list[dict[str, object]]:
    return [{"name": name, "mimeType": "text/html", "buffer": data}]


def test_a_threat_is_captured_and_hidden_with_one_press_and_the_page_says_when(
    world: World, page: Page, serve: Serve, picture: Picture
) -> None:
    item_id = decided(world, severity=4)
    base = serve(world.app)
    sign_in(page, base, "dana")
    page.goto(f"{base}/items/{item_id}")
    page.keyboard.press("h")
    expect(page.locator("#hide-reason")).to_be_focused()
    page.get_by_role("button", name="Capture it, then hide").click()
    expect(page.get_by_text("follows as soon as the evidence is captured")).to_be_visible()
    assert_accessible(page)
    picture(page, "item-waits-for-its-evidence")
    seal(world, item_id)
    expect(page.get_by_text("Queued: not done yet")).to_be_visible(timeout=15_000)
    assert len(actions(world)) == 1


def test_a_page_with_words_in_it_is_never_taken_away_from_who_types(
    world: World, page: Page, serve: Serve
) -> None:
    item_id = decided(world)
    capture_then(world, world.browser("dana"), item_id, "hide")
    base = serve(world.app)
    sign_in(page, base, "dana")
    page.goto(f"{base}/items/{item_id}")
    page.get_by_text("Decide again", exact=True).click()
    page.locator("#decide textarea").fill("Half a sentence")
    seal(world, item_id)
    changed = page.get_by_role("status").filter(has_text="Something changed")
    expect(changed).to_be_visible(timeout=15_000)
    expect(page.locator("#decide textarea")).to_have_value("Half a sentence")
    assert_accessible(page)
    changed.get_by_role("button", name="Show it").click()
    expect(page.get_by_text("Queued: not done yet")).to_be_visible()


def test_after_a_failed_capture_a_person_adds_a_picture_and_does_it_by_hand(
    world: World, page: Page, serve: Serve, picture: Picture
) -> None:
    item_id = decided(world)
    capture_then(world, world.browser("dana"), item_id, "hide")
    fail(world, item_id)
    base = serve(world.app)
    sign_in(page, base, "dana")
    page.goto(f"{base}/items/{item_id}")
    expect(page.get_by_text("The evidence folder is full.").first).to_be_visible()
    assert_accessible(page)
    picture(page, "item-capture-failed")
    page.locator("summary", has_text="Add your own screenshot or file").click()
    page.get_by_label("Screenshot, photo or screen recording").check()
    page.get_by_label("The file").set_input_files(_shot())  # type: ignore[arg-type]
    page.get_by_label("How did you get it?").fill("On my work phone.")
    assert_accessible(page)
    page.get_by_role("button", name="Seal and add it").click()
    expect(page.get_by_text("The file was sealed and added")).to_be_visible()
    page.get_by_text("I did it by hand on the platform").click()
    page.get_by_label("What did you see afterwards?").fill("It is gone from the page.")
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_text("done by hand by Dana Price")).to_be_visible()
    assert (actions(world), len(additions(world))) == ([], 1)
    assert waiting(world)[0].done_by == world.user_id("dana")


def test_capturing_adding_and_hiding_work_without_any_script(
    world: World, new_page: NewPage, serve: Serve
) -> None:
    item_id = decided(world)
    base = serve(world.app)
    page = new_page(java_script_enabled=False)
    sign_in(page, base, "dana")
    page.goto(f"{base}/items/{item_id}")
    page.get_by_text("Capture it, then hide").first.click()
    page.get_by_role("button", name="Capture it, then hide").click()
    page.locator("summary", has_text="Add your own screenshot or file").click()
    page.get_by_label("E-mail", exact=True).check()
    page.get_by_label("The file").set_input_files(_shot("m.eml", MAIL))  # type: ignore[arg-type]
    page.get_by_label("How did you get it?").fill("It came to the page's mailbox.")
    page.get_by_role("button", name="Seal and add it").click()
    page.locator(".wr-additions a").click()
    expect(page.get_by_text("I know where you park.")).to_be_visible()
    seal(world, item_id)
    page.goto(f"{base}/items/{item_id}")
    expect(page.get_by_text("Queued: not done yet")).to_be_visible()
    page.get_by_text("As displayed: the picture that was sealed").click()
    card = page.get_by_alt_text("Card EV-", exact=False)
    expect(card).to_be_visible()
    assert card.evaluate("image => image.naturalWidth") == 1


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_every_page_of_evidence_is_accessible_and_fits_its_window(
    world: World, new_page: NewPage, serve: Serve, picture: Picture, width: str
) -> None:
    item_id = decided(world, words="pay\u200bpal p\u0430ypal, " + "a" * 300)
    edited(world, item_id, "Other words, " + "b" * 300)
    world.store.authorities = ("an-authority-with-a-long-name.example",)
    row = seal(world, item_id)
    base = serve(world.app)
    page = new_page(PHONE) if width == "phone" else new_page()
    sign_in(page, base, "lee")
    page.goto(f"{base}/items/{item_id}")
    page.locator("summary", has_text="Add your own screenshot or file").click()
    page.get_by_label("E-mail", exact=True).check()
    name = "x" * 200 + "\u202e.eml"
    page.get_by_label("The file").set_input_files(_shot(name, MAIL))  # type: ignore[arg-type]
    page.get_by_label("How did you get it?").fill("It came to the mailbox. " + "c" * 200)
    page.get_by_role("button", name="Seal and add it").click()
    expect(page.get_by_text("The file was sealed")).to_be_visible()
    for summary in page.locator("main details:not(.wr-act) > summary:visible").all():
        summary.click()
    assert world.read(ItemRow, item_id).id == item_id
    for path in ("", f"/items/{item_id}/compare", f"/evidence/additions/{additions(world)[0].id}"):
        if path:
            page.goto(base + path)
        assert_accessible(page)
        assert_fits(page)
        picture(page, f"evidence-{path.strip('/').replace('/', '-') or row.id}-{width}")
