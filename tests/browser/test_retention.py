"""Retention in a real browser: who ends a case, holds from begin to end, by keyboard, narrow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import update

from moderation.tables import ErasureRow, LegalHoldRow
from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.conftest import NewPage
from tests.browser.signing_in import sign_in
from tests.moderation.locks import unlocked
from tests.review_ui.test_retention import WHY, a_case, begin, proposed
from tests.review_ui.world import World

Picture = Callable[[Page, str], None]
WIDTHS = (320, 360, 390, 1280)
AXE_AT = (360, 1280)
ENDED = "The inquest is over, and the coroner has written so."


def check(page: Page, keep: Callable[[str], None] = lambda _width: None) -> None:
    """Look at a page at every width: nothing to scroll sideways, nothing that axe finds."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page)
        if width in AXE_AT:
            assert_accessible(page)
        keep(str(width))


def open_all(page: Page) -> None:
    """Open what is folded away, so that it is checked too."""
    while page.locator("main details:not([open])").count():
        page.locator("main details:not([open]) > summary").first.click()


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the keyboard stands on what is wanted; fail when it never comes there."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"Tab never comes to {wanted}")


def press(page: Page, wanted: Locator) -> None:
    """Go to a button or a summary by Tab and press it."""
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def is_due(world: World) -> None:
    """Make every hold one that had to be looked at yesterday."""
    with world.store.transaction() as session:
        yesterday = (world.store.now() - timedelta(days=1)).date()
        session.execute(update(LegalHoldRow).values(review_on=yesterday))


def is_done(world: World, number: int, ref: str) -> None:
    """Note a proposal as carried out, as the worker does."""
    with unlocked(world.store) as session:
        row = session.get_one(ErasureRow, number)
        row.done_at = world.store.now()
        row.erased = [{"case": ref}, {"item": 1, "version": 1}, {"item": 1, "version": 2}]


def test_the_page_of_retention_is_accessible_and_fits_its_window_in_every_state(
    world: World, home: str, new_page: NewPage, picture: Picture
) -> None:
    hugh, ina = new_page(), new_page()
    sign_in(hugh, home, "hugh")
    sign_in(ina, home, "ina")

    def shows(page: Page, name: str) -> None:
        page.goto(f"{home}/retention")
        expect(page.get_by_role("heading", level=1)).to_have_text("Retention")
        check(page, lambda width: picture(page, f"retention-{name}-{width}"))
        open_all(page)
        check(page)

    shows(hugh, "empty")
    ref, number = proposed(world)
    shows(hugh, "proposed")
    begin(world, "hugh", f"/items/{world.item()}/hold")
    begin(world, "hugh", f"/cases/{a_case(world)}/hold", why="claim")
    is_due(world)
    shows(hugh, "held")
    shows(ina, "held-for-the-auditor")
    expect(ina.get_by_role("article", name=ref)).to_be_visible()
    expect(ina.get_by_role("link", name=ref)).to_have_count(0)
    world.browser("hugh").post(f"/retention/{number}/approve")
    shows(hugh, "approved-by-me")
    world.browser("ina").post(f"/retention/{number}/approve")
    shows(hugh, "approved-by-two")
    is_done(world, number, ref)
    shows(ina, "erased")
    expect(ina.get_by_role("row", name=ref)).to_contain_text("1 item")


def test_two_people_approve_the_end_of_a_case_by_keyboard_alone(
    world: World, home: str, new_page: NewPage
) -> None:
    ref, number = proposed(world)
    for name, said in (("hugh", "once a second person has"), ("ina", "Two people have approved")):
        page = new_page()
        sign_in(page, home, name)
        page.goto(f"{home}/retention")
        proposal = page.get_by_role("article", name=ref)
        press(page, proposal.get_by_role("button", name="Approve its end"))
        expect(page.locator(".govuk-notification-banner")).to_contain_text(said)
        expect(proposal.get_by_role("button", name="Approve its end")).to_have_count(0)
    row = world.read(ErasureRow, number)
    assert (row.first_by, row.second_by) == tuple(
        f"user:{world.user_id(name)}" for name in ("hugh", "ina")
    )


def test_a_case_is_kept_and_its_hold_looked_at_by_keyboard_alone(
    world: World, home: str, page: Page
) -> None:
    ref, _ = proposed(world)
    sign_in(page, home, "hugh")
    page.goto(f"{home}/retention")
    proposal = page.get_by_role("article", name=ref)
    press(page, proposal.locator("summary"))
    tab_to(page, proposal.get_by_label("Why is it still needed?"))
    page.keyboard.type(WHY)
    press(page, proposal.get_by_role("button", name="Keep it"))
    expect(page.get_by_role("alert")).to_contain_text("The case is kept")
    is_due(world)
    page.reload()
    hold = page.get_by_role("article", name=ref)
    expect(hold.get_by_role("link", name=ref)).to_be_visible()
    press(page, hold.get_by_role("button", name="It is still needed"))
    expect(page.get_by_role("alert")).to_contain_text("it is still needed")
    expect(page.get_by_text("No hold needs a look today.")).to_be_visible()


@pytest.mark.parametrize("of", ["item", "case"])
def test_a_hold_is_put_and_ended_on_the_page_of_an_item_and_a_case_by_keyboard_alone(
    world: World, home: str, page: Page, picture: Picture, of: str
) -> None:
    path = f"/items/{world.item()}" if of == "item" else f"/cases/{a_case(world)}"
    sign_in(page, home, "hugh")
    page.goto(home + path)
    panel = page.get_by_role("region", name="Holds")
    press(page, panel.locator("summary", has_text="Put it on hold"))
    tab_to(page, panel.get_by_label("Why?"))
    page.keyboard.type("Inq")
    tab_to(page, panel.get_by_label("What is it about?"))
    page.keyboard.type(f"{WHY} {'x' * 100}")
    check(page)
    press(page, panel.get_by_role("button", name="Put it on hold"))
    expect(page.get_by_role("alert")).to_contain_text("A hold is on it")
    expect(panel.get_by_text("On hold", exact=True)).to_be_visible()
    open_all(page)
    check(page, lambda width: picture(page, f"hold-on-{of}-{width}"))
    page.goto(home + path)
    press(page, panel.locator("summary", has_text="End this hold"))
    tab_to(page, panel.get_by_label("Why does it end?"))
    page.keyboard.type(ENDED)
    press(page, panel.get_by_role("button", name="End the hold"))
    expect(page.get_by_role("alert")).to_contain_text("The hold has ended")
    expect(panel.get_by_text(ENDED)).to_be_visible()
    check(page)
