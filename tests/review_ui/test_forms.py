"""Readers of forms: a value of its type, or words that say what to correct."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.errors import InvalidInput
from moderation.model import ActionKind
from review_ui import forms


def test_a_text_comes_without_spaces_around_it_and_with_plain_line_feeds() -> None:
    assert forms.text({"why": "  one\r\ntwo  "}, "why") == "one\ntwo"


@pytest.mark.parametrize(
    ("value", "says"),
    [("", "is empty"), ("x" * 2001, "2001 characters"), ("a\x00b", "cannot be kept")],
)
def test_a_text_that_cannot_be_taken_says_why(value: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        forms.text({"why": value}, "why", minimum=1)


def test_a_reason_that_is_too_short_says_how_long_it_must_be() -> None:
    with pytest.raises(InvalidInput, match="at least 15"):
        forms.reason({"reason": "too short"})


def test_a_choice_is_a_member_of_its_list() -> None:
    assert forms.choice({"action": "hide"}, "action", ActionKind) is ActionKind.HIDE


@pytest.mark.parametrize("value", ["", "HIDE", "hide ", "explode"])
def test_a_choice_that_is_not_on_the_list_is_refused(value: str) -> None:
    with pytest.raises(InvalidInput):
        forms.choice({"action": value}, "action", ActionKind)


@pytest.mark.parametrize("value", ["", "1.5", "-1", "١٢", "1e3", "9" * 20, "0"])
def test_a_number_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(InvalidInput):
        forms.integer({"n": value}, "n")


def test_an_empty_number_may_be_left_out() -> None:
    assert forms.maybe_integer({"n": " "}, "n") is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31)))
def test_every_real_date_is_read(on: date) -> None:
    form = {"on-day": str(on.day), "on-month": str(on.month), "on-year": str(on.year)}
    assert forms.day(form, "on") == on


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("31", "2", "2026"), ("29", "2", "2026"), ("0", "1", "2026"), ("1", "13", "2026"),
     ("", "1", "2026"), ("x", "1", "2026"), ("1", "1", "26"), ("1", "1", "9999")],
)  # fmt: skip
def test_a_date_that_is_none_is_refused(day: str, month: str, year: str) -> None:
    with pytest.raises(InvalidInput):
        forms.day({"on-day": day, "on-month": month, "on-year": year}, "on")


def test_an_empty_date_may_be_left_out_or_is_asked_for() -> None:
    assert forms.maybe_day({}, "on") is None
    with pytest.raises(InvalidInput, match="Enter a date"):
        forms.day({}, "on")


@pytest.mark.parametrize("value", ["", "short", "has spaces in it and more", "x" * 65])
def test_a_form_without_its_number_is_refused(value: str) -> None:
    with pytest.raises(InvalidInput):
        forms.form_id({"form_id": value})


def test_each_form_gets_a_number_of_its_own() -> None:
    made = {forms.new_form_id() for _ in range(100)}
    assert len(made) == 100
    assert all(forms.form_id({"form_id": value}) == value for value in made)
