"""What hides is spelt out, what does not stays, and nothing is left that stops a page."""

from __future__ import annotations

import re
import unicodedata

import pytest

from moderation.evidence.printing import printable
from moderation.evidence.printing.fonts import installed
from tests.moderation.evidence.hostile_texts import hostile_texts

FIRE_FIGHTER = "\U0001f9d1\U0001f3fd\u200d\U0001f692"
WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
DRAWS = installed().draws


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202etxet\u202c", "a[U+202E]txet[U+202C]"),
        ("kn\u200bown\u00ad", "kn[U+200B]own[U+00AD]"),
        ("\x00\x1b\ufffe\ue000", "[U+0000][U+001B][U+FFFE][U+E000]"),
        ("\ud800", "[U+D800]"),
        ("\U000e0068\U000e0069", "[U+E0068][U+E0069]"),
        ("a\u2800b\u3164c", "a[U+2800]b[U+3164]c"),
        ("a\u200db", "a[U+200D]b"),
        ("\U0001f600\U000e0101", "\U0001f600[U+E0101]"),
        ("a\ufe0fb", "a[U+FE0F]b"),
        ("\u2028", "[U+2028]"),
        ("one\rtwo", "one[U+000D]two"),
    ],
)
def test_what_hides_or_turns_is_spelt_out(text: str, shown: str) -> None:
    assert printable.reveal(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        FIRE_FIGHTER,
        WALES,
        "1\ufe0f\u20e3 \u2764\ufe0f \U0001f1ec\U0001f1e7",
        "Ŵyr ŷd, naïve, Ελλάδα, عربي, हिन्दी, ไทย, 你好",
        "line\n\ttab\r\nline",
        "[U+202E] as somebody typed it",
        "",
    ],
)
def test_what_can_be_seen_stays_as_it_was(text: str) -> None:
    assert printable.reveal(text) == text


def test_what_hides_can_be_listed_apart() -> None:
    assert printable.hidden_in(f"a\u202eb{FIRE_FIGHTER}\u200b\u202e") == "\u202e\u200b\u202e"


def test_what_no_font_draws_is_spelt_out_in_print_and_not_in_the_revealed_text() -> None:
    cuneiform = "\U00012000"
    assert printable.reveal(cuneiform) == cuneiform
    assert printable.printable(cuneiform, DRAWS) == "[U+12000]"
    assert printable.printable("Ŵ\U00012000", printable.is_plain) == "[U+0174][U+12000]"


def test_a_displayed_text_keeps_its_tricks_and_loses_what_cannot_be_drawn() -> None:
    shown = printable.displayed("a\u202eb\u200bc\x00\ud800\ue000", DRAWS, cap=100, lines=9)
    assert shown == "a\u202eb\u200bc[U+0000][U+D800][U+E000]"


def test_a_long_word_may_be_broken_but_no_sign_within_it() -> None:
    word = "x" * 100
    assert printable.printable(word, DRAWS).replace("\u200b", "") == word
    assert max(map(len, printable.printable(word, DRAWS).split("\u200b"))) == 40
    people = FIRE_FIGHTER * 60
    assert printable.printable(people, DRAWS) == people


def test_a_short_word_is_left_whole() -> None:
    assert printable.printable("disgraceful " * 50, DRAWS) == "disgraceful " * 50


@pytest.mark.parametrize("text", ["word " * 10_000, "\n" * 10_000, "\ue000" * 10_000, "x" * 50_000])
def test_an_endless_text_ends_with_where_the_rest_stands(text: str) -> None:
    shown = printable.printable(text, DRAWS)
    assert shown.endswith("\n[continued in text.txt]")
    assert len(shown) < printable.CAP * 1.1
    assert shown.count("\n") <= 2001


def test_signs_piled_upon_a_letter_are_counted_behind_the_fourth() -> None:
    assert printable.printable("e\u0301\u0301!", DRAWS) == "e\u0301\u0301!"
    piled = printable.printable("e" + "\u0301" * 44 + "!", DRAWS)
    assert piled == "e" + "\u0301" * 4 + "[40 more signs on this letter]!"
    assert (printable.piled_in("é" + "\u0301" * 9), printable.piled_in("e\u0301")) == (9, 0)


def test_a_name_is_one_line() -> None:
    assert (
        printable.one_line("Dave\nCaptured: never\t", DRAWS)
        == "Dave[U+000A]Captured: never[U+0009]"
    )
    assert printable.one_line("x " * 500, DRAWS, cap=10) == "x x x x x ..."


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        (
            "see https://example.org/a?b and HTTP://x",
            "see hxxps[:]//example.org/a?b and HxxP[:]//x",
        ),
        ("https and http: are words", "https and http: are words"),
    ],
)
def test_no_link_can_be_followed_by_a_click(text: str, safe: str) -> None:
    assert printable.defanged(text) == safe


@pytest.mark.parametrize(
    ("text", "right"), [("abc عربي", False), ("123 עברית abc", True), ("!!", False), ("", False)]
)
def test_the_first_letter_decides_where_a_text_starts(text: str, right: bool) -> None:
    assert printable.runs_from_the_right(text) is right


def test_of_a_thousand_hostile_texts_only_what_fonts_draw_is_left() -> None:
    allowed = {"\n", "\u200b"}
    for text in hostile_texts():
        shown = printable.printable(text, DRAWS)
        assert not {letter for letter in shown if not DRAWS(letter)} - allowed
        assert {unicodedata.category(letter) for letter in shown} <= _SEEN | {"Cc"}
        assert max(map(len, re.findall(r"\w+", shown)), default=0) <= 40
        assert printable.printable(text, printable.is_plain).replace("\u200b", "").isascii()


_SEEN = {
    *("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No"),
    *("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs"),
    "Cf",  # The joiners of emoji, and the places where a long word may be broken.
    "Cn",  # What is newer than this Python's tables, and drawn by our fonts all the same.
}
