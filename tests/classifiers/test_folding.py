"""The folded view: what it evens out, and that every place leads back to the original."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.folding import fold, join_spelt_out, undisguise
from classifiers.strange_words import vocabulary


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("You\u2019RE", "you're"),
        ("caf\u00e9 \u0175yr", "cafe wyr"),
        ("\uff2b\uff49\uff4c\uff4c", "kill"),
        ("k\u200bi\u00adll", "kill"),
        ("sooooo cooool", "so col"),
        ("see all", "see all"),
        ("p\u0430ki", "paki"),
        ("k\x00i\ufffdl\ud800l", "kill"),
    ],
)
def test_folding_evens_out_how_a_word_is_written(text: str, plain: str) -> None:
    assert fold(text).text == plain


@given(st.text(max_size=80))
def test_every_folded_place_leads_into_the_original(text: str) -> None:
    folded = fold(text)
    for place in range(len(folded.text)):
        start, end = folded.original_span(place, place + 1)
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    ("folded", "clear"),
    [
        ("w4nker", "wanker"),
        ("tw@t", "twat"),
        ("sh1t!", "shit!"),
        ("at 10am on the 3rd", "at 10am on the 3rd"),
        ("\u00a320 and b12", "\u00a320 and b12"),
        ("@m4ndy", "@m4ndy"),
    ],
)
def test_signs_are_read_as_letters_inside_words_only(folded: str, clear: str) -> None:
    assert undisguise(folded) == clear


@given(st.text(max_size=80))
def test_reading_signs_as_letters_keeps_every_place(text: str) -> None:
    assert len(undisguise(text)) == len(text)


@pytest.mark.parametrize(
    ("folded", "closed"),
    [
        ("you s c u m", "you scum"),
        ("what a c u n t", "what a cunt"),
        ("u r a c u n t x", "u r a cunt"),
        ("a m o n g friends", "among friends"),
        ("a r s e", "arse"),
        ("a b c d", "abcd"),
        ("s.c.u.m", "scum"),
        ("a b", "a b"),
        ("plan b is a go", "plan b is a go"),
    ],
)
def test_words_spelt_letter_by_letter_are_closed_up(folded: str, closed: str) -> None:
    assert join_spelt_out(folded) == closed


def test_a_long_letter_stands_where_it_began() -> None:
    folded = fold("so\u200bo\u200booo mean")
    assert folded.text == "so mean"
    assert folded.original_span(1, 2) == (1, 8)
    assert folded.original_span(3, 7) == (9, 13)


def test_letters_for_display_alone_are_read_as_plain_ones() -> None:
    assert fold("\U0001d56c\U0001d4d1").text == "ab"


def test_no_word_of_the_language_hides_another_behind_letters() -> None:
    words = {word for word in vocabulary() if re.fullmatch("[a-z]{3,16}", word)}
    assert {word for word in words if " " in join_spelt_out(" ".join(word))} == set()
