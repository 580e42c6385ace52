"""Casework in a real browser, wide and on a phone: pass on an item, work its case, log a call."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from moderation.when import london
from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.conftest import NewPage
from tests.browser.signing_in import sign_in
from tests.review_ui.world import World

REF = re.compile(r"C-[0-9A-Z]{8}")
Picture = Callable[[Page, str], None]


def check(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)


def pass_to_hr(page: Page, home: str, item_id: int) -> str:
    page.goto(f"{home}/cases/new?item={item_id}")
    page.get_by_label("Why should HR look at this?").fill("She is upset and asks for help.")
    page.get_by_role("group", name="Could a child").get_by_label("No").check()
    check(page)
    page.get_by_role("button", name="Pass to HR").click()
    banner = page.get_by_role("alert").inner_text()
    page.wait_for_load_state()
    found = REF.search(banner)
    assert found, banner
    return found.group()


@pytest.mark.parametrize("width", [1280, 360])
def test_comms_pass_an_item_on_and_hr_work_the_case(
    world: World, home: str, new_page: NewPage, picture: Picture, width: int
) -> None:
    view = {"width": width, "height": 900}
    dana, hugh = new_page(view), new_page(view)
    item_id = world.item()
    sign_in(dana, home, "dana")
    ref = pass_to_hr(dana, home, item_id)
    expect(dana.get_by_role("link", name=ref)).to_have_count(0)
    dana.goto(f"{home}/cases/{ref}")
    expect(dana.get_by_role("heading", level=1)).not_to_contain_text(ref)

    sign_in(hugh, home, "hugh")
    hugh.goto(f"{home}/cases")
    check(hugh)
    picture(hugh, f"cases-{width}")
    hugh.get_by_role("link", name=ref).click()
    check(hugh)
    picture(hugh, f"case-{width}")
    hugh.get_by_role("button", name="Start triage").click()
    hugh.get_by_role("link", name="Change Safeguarding").click()
    today = london(world.store.now()).date()
    spoken = hugh.get_by_role("group", name="On which day did a person speak")
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        spoken.get_by_label(part).fill(str(value))
    hugh.get_by_role("group", name="Could any of it be a crime?").get_by_label(
        "No", exact=True
    ).check()
    hugh.get_by_role("group", name="Could a child").get_by_label("No").check()
    hugh.get_by_label("Conflicts of interest").fill("Nobody is involved.")
    check(hugh)
    picture(hugh, f"case-triage-{width}")
    hugh.get_by_role("button", name="Save").click()
    hugh.get_by_role("button", name="Finish triage").click()
    hugh.get_by_role("button", name="Decide: there is a case").click()
    hugh.get_by_label("Why?").fill("It is aimed at her by name.")
    check(hugh)
    picture(hugh, f"case-next-{width}")
    hugh.get_by_role("button", name="Decide: there is a case").click()
    expect(hugh.get_by_role("alert")).to_contain_text("The case is now: Open")
    picture(hugh, f"case-open-{width}")
    hugh.get_by_role("link", name="Open the support plan").click()
    hugh.get_by_label("Employee assistance or counselling", exact=True).select_option("Accepted")
    check(hugh)
    picture(hugh, f"case-support-{width}")
    hugh.get_by_role("button", name="Save the plan").click()
    hugh.get_by_role("button", name="Go to action").click()
    expect(hugh.get_by_role("alert")).to_contain_text("Action under way")
    check(hugh)


@pytest.mark.parametrize("name", ["police", "step", "closing", "members"])
def test_each_form_of_a_case_is_accessible_and_fits_a_phone(
    world: World, home: str, phone: Page, picture: Picture, name: str
) -> None:
    sign_in(phone, home, "hugh")
    phone.goto(f"{home}/cases/new?item={world.item()}")
    phone.get_by_label("Why should HR look at this?").fill("She is upset and asks for help.")
    phone.get_by_role("group", name="Could a child").get_by_label("No").check()
    phone.get_by_role("button", name="Open the case").click()
    expect(phone.get_by_role("alert")).to_contain_text(REF)
    phone.wait_for_load_state()
    phone.goto(f"{phone.url}/{name}")
    check(phone)
    picture(phone, f"case-{name}-360")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_call_is_logged_and_what_is_wrong_is_named_at_the_top(
    world: World, home: str, new_page: NewPage, picture: Picture, width: int
) -> None:
    page = new_page({"width": width, "height": 900})
    sign_in(page, home, "dana")
    page.goto(f"{home}/contacts/new")
    check(page)
    picture(page, f"contact-{width}")
    page.get_by_label("What was said or written?").fill("You will be sorry.")
    page.get_by_role("button", name="Log the contact").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    check(page)
    picture(page, f"contact-wrong-{width}")
    expect(page.get_by_label("What was said or written?")).to_have_value("You will be sorry.")
    page.get_by_role("link", name="Write the time in hours").click()
    page.get_by_label("At what time?").fill("00:00")
    page.get_by_label("Phone call").check()
    page.get_by_role("group", name="Was anybody threatened").get_by_label("Yes").check()
    page.get_by_label("Who was contacted?").fill("S1")
    today = london(world.store.now()).date()
    day = page.get_by_role("group", name="On which day?")
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        day.get_by_label(part).fill(str(value))
    page.get_by_label("Support for the person affected").check()
    page.get_by_role("button", name="Log the contact").click()
    expect(page.get_by_role("alert")).to_contain_text(REF)
