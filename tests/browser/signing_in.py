"""Signs a person in through the page, as every browser journey begins."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.review_ui.world import PASSWORD, address


def sign_in(page: Page, home: str, name: str) -> None:
    """Sign in, and wait until the page that follows has come in whole."""
    page.goto(f"{home}/sign-in")
    page.get_by_label("E-mail address").fill(address(name))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.wait_for_load_state()
