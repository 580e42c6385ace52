"""The frame around every page is accessible, fits a phone and is not blocked by our policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, flash, render_template_string, request
from playwright.sync_api import Page, expect

from review_ui import csp
from tests.browser.axe import assert_accessible, assert_fits, violations

PAGE = """
{% extends "base.html" %}
{% block title %}Queue{% endblock %}
{% block account %}<span class="wr-header__account">Dana Reid
  <button class="wr-link-button">Sign out</button></span>{% endblock %}
{% block content %}
<h1 class="govuk-heading-l">Queue</h1>
<div class="scroll">
<table class="queue govuk-body" role="table">
  <thead><tr role="row"><th scope="col">Item</th><th scope="col">Severity</th></tr></thead>
  <tbody>
  {% for word in ["Not abuse", "Low", "Medium", "High", "Critical"] %}
    {% set number = loop.index0 %}
    <tr class="queue__row" role="row"{% if number == 3 %} aria-current="true"{% endif %}>
      <td role="cell" data-label="Item">
        <details class="reveal"><summary>Comment {{ number }} hidden, select to reveal</summary>
          <p class="item-text">A blunt comment, {{ "very " * 30 }}long.</p></details>
        <p class="item-text blurred" aria-hidden="true">A blunt comment.</p>
      </td>
      <td role="cell" data-label="Severity">
        <span class="severity severity--{{ number }}">{{ word }}</span>
        {% if number == 4 %}<span class="check-first">Check first</span>{% endif %}</td>
    </tr>
  {% endfor %}
  </tbody>
</table>
</div>
<p class="govuk-body"><kbd>j</kbd> next,
  <span class="severity severity--unscored">Not scored</span></p>
{% endblock %}
"""


@pytest.fixture
def address(serve: Callable[[Flask], str]) -> str:
    app = Flask("review_ui")
    app.secret_key = "only for this test"
    csp.install(app)

    @app.get("/")
    def queue() -> str:
        if "done" in request.args:
            flash("The comment was hidden.", "success")
        navigation = [
            {"href": "/", "text": "Queue", "current": True},
            {"href": "/cases", "text": "Cases", "current": False},
        ]
        return render_template_string(
            PAGE, navigation=navigation, demo=True, organisation="Northmoor Fire and Rescue"
        )

    @app.get("/bad")
    def bad() -> str:
        return "<!doctype html><title>Bad</title><img src='/static/watchroom.svg'>"

    return serve(app)


def test_the_frame_is_accessible_at_desktop_width(
    page: Page, address: str, picture: Callable[[Page, str], None]
) -> None:
    page.goto(f"{address}/?done")
    expect(page.get_by_role("alert")).to_be_focused()
    assert_accessible(page)
    assert_fits(page)
    picture(page, "frame-desktop")


def test_the_frame_is_accessible_and_fits_on_a_phone(
    phone: Page, address: str, picture: Callable[[Page, str], None]
) -> None:
    phone.goto(address)
    assert_accessible(phone)
    assert_fits(phone)
    picture(phone, "frame-phone")
    phone.get_by_role("button", name="Menu").click()
    expect(phone.get_by_role("link", name="Cases")).to_be_visible()


def test_a_bad_page_is_reported_by_axe(page: Page, address: str) -> None:
    page.goto(f"{address}/bad")
    assert {"image-alt", "html-has-lang"} <= {rule["id"] for rule in violations(page)}


def test_a_hidden_comment_is_shown_when_its_reader_chooses_to(page: Page, address: str) -> None:
    page.goto(address)
    row = page.locator(".queue__row").first
    blurred, text = row.locator(".blurred"), row.locator("details .item-text")
    expect(text).to_be_hidden()
    expect(blurred).to_be_visible()
    row.get_by_text("select to reveal").click()
    expect(text).to_be_visible()
    expect(blurred).to_be_hidden()
    assert_accessible(page)


def test_the_first_key_leads_past_the_menu(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
