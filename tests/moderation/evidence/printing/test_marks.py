"""A reader is told in plain words what cannot be seen, and which letters imitate others."""

from __future__ import annotations

import pytest

from moderation.evidence.printing import marks
from moderation.evidence.printing.marks import Mark, OddWord


def test_each_hidden_character_is_named_once_with_how_often_it_stands_there() -> None:
    assert marks.marks("\u202e\u200b\u202e") == (
        Mark("U+200B", "zero-width space, which hides inside a word", 1),
        Mark("U+202E", "right-to-left override, which shows what follows back to front", 2),
    )


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        ("\ud800", "half of a pair, which stands for nothing alone"),
        ("\ue000", "private character, which each device draws in its own way"),
        ("\x07", "control character"),
        ("\ufdd0", "character that stands for nothing"),
        ("\U000e0041", "tag character, which carries text that cannot be seen"),
        ("\ufe0f", "variation selector, which cannot be seen"),
        ("\u206a", "inhibit symmetric swapping"),
    ],
)
def test_what_has_no_well_known_name_is_described(letter: str, words: str) -> None:
    assert marks.hides(letter)
    assert marks.says(letter) == words


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("раураl", OddWord("раураl", ("Latin", "Cyrillic"), odd="рау")),
        ("pаypal", OddWord("pаypal", ("Latin", "Cyrillic"), odd="а")),
        ("Ηello", OddWord("Ηello", ("Latin", "Greek"), odd="Η")),
        ("Ｈello", OddWord("Ｈello", ("Latin", "full-width"), odd="Ｈ")),
        ("𝓱𝓮𝓵𝓵𝓸", OddWord("𝓱𝓮𝓵𝓵𝓸", ("mathematical",), plain="hello")),
        ("ｈｅｌｌｏ", OddWord("ｈｅｌｌｏ", ("full-width",), plain="hello")),
    ],
)
def test_letters_that_imitate_others_are_found(word: str, found: OddWord) -> None:
    assert marks.odd_words(f"Look at {word}, {word}!") == (found,)


@pytest.mark.parametrize(
    "text",
    [
        "Mae'r Ŵyr ŷd yn warthus, naïve café, straße",
        "Привет and hello, Ελλάδα, عربي",
        "東京タワーへようこそ, 한국어 漢字, AIの時代",
        "m² H₂O ½ Ⅷ 1st x1 µm",
        "हिन्दी ਪੰਜਾਬੀ বাংলা",
    ],
)
def test_ordinary_writing_is_no_imitation(text: str) -> None:
    assert marks.odd_words(text) == ()
