"""A card shows the item as it was seen, keeps its tricks in their box, and names them."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from moderation.evidence.printing import card
from moderation.evidence.printing.card import Picture
from tests.moderation.evidence.printing.making import WORDS, card_of

OVERRIDE = "\u202e" + WORDS + "\u202c"
A5_AT_144_PPI = 839
LEADING = 14
"""Rows of dots above a capital letter that belong to its own line."""


def drawn(made: card.Card) -> Image.Image:
    image = Image.open(io.BytesIO(card.png(made)))
    image.load()
    return image


def rows(image: Image.Image, first: int, end: int) -> bytes:
    return image.crop((0, first, A5_AT_144_PPI, end)).tobytes()


def first_row_that_differs(one: Image.Image, other: Image.Image) -> int:
    return next(
        row for row in range(one.height) if rows(one, row, row + 1) != rows(other, row, row + 1)
    )


def dots_of(made: card.Card) -> Counter[tuple[int, int, int]]:
    """Return how many dots of each colour a card has."""
    data = drawn(made).convert("RGB").tobytes()
    return Counter(zip(data[::3], data[1::3], data[2::3], strict=True))


def red_square() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "#d4351c").save(out, "PNG")
    return out.getvalue()


def test_the_same_card_is_the_same_bytes() -> None:
    assert card.png(card_of()) == card.png(card_of())


@pytest.mark.parametrize(
    "changed",
    [
        {"ref": "EV-2026-000124"},
        {"organisation": "Westmere Fire and Rescue"},
        {"platform": "Bluesky"},
        {"account": "Westmere Fire"},
        {"address": "https://facebook.example/2"},
        {"author_name": "Somebody else"},
        {"author_handle": "@else"},
        {"author_id": "2"},
        {"posted_at": datetime(2026, 6, 11, 15, 5, 7, tzinfo=UTC)},
        {"first_seen_at": None},
        {"captured_at": datetime(2026, 1, 11, 14, 9, 30, tzinfo=UTC)},
        {"text": "Other words."},
        {"post_text": "Another post."},
        {"parent_text": "The comment answered."},
        {"pictures": (Picture(red_square(), "A picture"),)},
        {"notes": ("The item was gone when we looked again.",)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_everything_that_a_card_is_given_can_be_seen_on_it(changed: dict[str, object]) -> None:
    assert card.png(card_of(**changed)) != card.png(card_of())


def test_a_card_is_as_wide_as_a5_and_as_long_as_its_text() -> None:
    short, long = drawn(card_of()), drawn(card_of(text=f"{WORDS} " * 30))
    assert short.width == long.width == A5_AT_144_PPI
    assert short.height < long.height


def test_an_endless_text_is_cut_before_the_card_is_endless() -> None:
    for text in ("x" * 100_000, "\n" * 100_000, "\ue000" * 100_000, "\u0301" * 100_000):
        assert drawn(card_of(text=text)).height < 12_000


def test_no_direction_set_in_a_text_reaches_out_of_its_box() -> None:
    plain, turned = drawn(card_of()), drawn(card_of(text="\u202e\u2067\u202b" * 20 + WORDS))
    top = first_row_that_differs(plain, drawn(card_of(text="X")))
    assert rows(plain, 0, top - LEADING) == rows(turned, 0, top - LEADING)


def test_no_direction_set_in_a_line_reaches_into_the_next() -> None:
    plain, turned = drawn(card_of(text="one\nHx")), drawn(card_of(text="\u202eone\nHx"))
    second = first_row_that_differs(plain, drawn(card_of(text="one\nIx")))
    assert rows(plain, second, second + 12) == rows(turned, second, second + 12)


def test_signs_piled_upon_a_letter_do_not_leave_their_passage() -> None:
    plain, piled = drawn(card_of(text="H")), drawn(card_of(text="H" + "\u0301" * 500))
    top = first_row_that_differs(plain, drawn(card_of(text="I")))
    assert rows(plain, 0, top - LEADING) == rows(piled, 0, top - LEADING)


def test_emoji_are_drawn_in_colour() -> None:
    def coloured(text: str) -> int:
        return sum(1 for dot in dots_of(card_of(text=text)) if max(dot) > 90 + min(dot))

    assert coloured("\U0001f9d1\U0001f3fd\u200d\U0001f692") > coloured("Fire-fighter") + 50


def test_a_picture_of_the_item_is_drawn() -> None:
    assert dots_of(card_of(pictures=(Picture(red_square()),)))[(212, 53, 28)] > 10_000


@pytest.mark.parametrize("png", [b"", b"no picture", red_square()[:200]])
def test_a_picture_that_cannot_be_drawn_is_told_of(png: bytes) -> None:
    told = card_of(notes=(card.NOT_DRAWN,))
    assert card.png(card_of(pictures=(Picture(png),))) == card.png(told)


def test_a_place_that_is_no_character_is_told_of() -> None:
    assert card.notes_on("a\ufffdb") == [card.NO_CHARACTERS]


def test_a_text_that_hides_nothing_has_no_revealed_form_and_no_notes() -> None:
    assert card.revealed(WORDS) == ""
    assert card.notes_on(WORDS) == []


def test_a_text_that_hides_something_is_revealed_and_explained() -> None:
    assert card.revealed(OVERRIDE) == f"[U+202E]{WORDS}[U+202C]"
    assert card.notes_on(f"{OVERRIDE}\u202e") == [
        "U+202C: end of a change of direction.",
        "U+202E: right-to-left override, which shows what follows back to front (2 times).",
    ]


def test_letters_that_imitate_others_are_noted() -> None:
    assert card.notes_on("раураl 𝓱𝓮𝓵𝓵𝓸 H" + "\u0301" * 40) == [
        "40 signs are piled upon one letter.",
        "Latin and Cyrillic letters in one word: раураl. Cyrillic: U+0440, U+0430, U+0443.",
        "Mathematical letters in place of plain ones: 𝓱𝓮𝓵𝓵𝓸 reads hello.",
    ]


def test_a_flood_of_tricks_is_summed_up() -> None:
    notes = card.notes_on(
        "".join(map(chr, range(32))) + " ".join(f"а{n:c}" for n in range(97, 117))
    )
    assert "And 18 other characters that cannot be seen." in notes
    assert "And 15 other words of this kind." in notes


def test_an_author_whom_the_platform_does_not_name_is_said_to_be_missing() -> None:
    nobody = card_of(author_name="", author_handle="", author_id="", address="")
    said = replace(nobody, author_name=card.NOT_SUPPLIED, author_id=card.NOT_SUPPLIED,
                   address=card.NOT_SUPPLIED)  # fmt: skip
    assert card.png(nobody) == card.png(said)


def test_the_clock_and_the_working_folder_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = card.png(card_of())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert card.png(card_of()) == before
