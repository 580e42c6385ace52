"""The evidence card: one item drawn as it was seen, with its address, its times and its tricks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from moderation.characters import NO_CHARACTER
from moderation.evidence.printing import marks, printable, typesetting
from moderation.evidence.printing.fonts import Fonts, installed
from moderation.when import london

TEMPLATE: Final = "card.typ"
FOOTER: Final = "This card is a rendering; the raw bytes are the exhibit."
NO_WORDS: Final = "(no words)"
NOT_SUPPLIED: Final = "not supplied by the platform"
NOT_KNOWN: Final = "not known"
NO_CHARACTERS: Final = (
    f"{NO_CHARACTER} stands where the platform delivered no character; the raw bytes tell what."
)
NOT_DRAWN: Final = "A picture could not be drawn here. Its file is sealed with the record."

_CAP: Final = 6_000
_LINES: Final = 200
_CONTEXT_CAP: Final = 600
_NAME_CAP: Final = 300
_LONG: Final = 700
_MOST_PICTURES: Final = 4
_MOST_NOTES: Final = 20
_MOST_WORDS: Final = 5
_MOST_MARKS: Final = 12


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the item: PNG bytes that are already known to be safe, and what to call it."""

    png: bytes
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows. Every text may be hostile; an empty one was not supplied.

    address is the web address of the item. post_text and parent_text are what the item answers.
    """

    ref: str
    organisation: str
    platform: str
    account: str
    address: str
    author_name: str
    author_handle: str
    author_id: str
    posted_at: datetime | None
    first_seen_at: datetime | None
    captured_at: datetime | None
    text: str
    post_text: str = ""
    parent_text: str = ""
    pictures: tuple[Picture, ...] = ()
    notes: tuple[str, ...] = ()


def png(card: Card) -> bytes:
    """Return the card as a PNG, 839 dots wide, as long as its text, 6,000 characters at most.

    Raises nothing, whatever the texts and pictures hold: what cannot be drawn is spelt out or
    named. The same card gives the same bytes.
    """
    fonts = installed()
    try:
        return _drawn(card, fonts, fonts.draws)
    except typesetting.Refused:
        bare = replace(card, pictures=(), notes=(*card.notes, NOT_DRAWN))
    try:
        return _drawn(bare if card.pictures else card, fonts, fonts.draws)
    except typesetting.Refused:
        return _drawn(bare, fonts, printable.is_plain)


def revealed(text: str) -> str:
    """Return a text with all that hides spelt out, or nothing where nothing does."""
    spelt = printable.reveal(text)
    return spelt if spelt != text else ""


def notes_on(text: str) -> list[str]:
    """Return what a reader should know of a text and cannot see, in plain words."""
    hidden = marks.marks(printable.hidden_in(text))
    notes = [f"{mark.code}: {mark.says}{_times(mark.times)}." for mark in hidden[:_MOST_MARKS]]
    if len(hidden) > _MOST_MARKS:
        notes.append(f"And {len(hidden) - _MOST_MARKS} other characters that cannot be seen.")
    if piled := printable.piled_in(text):
        notes.append(f"{piled} signs are piled upon one letter.")
    if NO_CHARACTER in text:
        notes.append(NO_CHARACTERS)
    words = marks.odd_words(text)
    notes += map(_said, words[:_MOST_WORDS])
    if len(words) > _MOST_WORDS:
        notes.append(f"And {len(words) - _MOST_WORDS} other words of this kind.")
    return notes


def _drawn(card: Card, fonts: Fonts, draws: printable.Draws) -> bytes:
    shown = card.pictures[:_MOST_PICTURES]
    files = {f"{number}.png": picture.png for number, picture in enumerate(shown, 1)}
    return typesetting.picture(TEMPLATE, _data(card, draws), fonts, files)


def _data(card: Card, draws: printable.Draws) -> Mapping[str, Any]:
    def line(text: str) -> str:
        return printable.one_line(text, draws)

    def passage(text: str) -> dict[str, Any]:
        shown = printable.displayed(text, draws, cap=_CAP, lines=_LINES)
        return {"lines": shown.split("\n"), "right": printable.runs_from_the_right(text)}

    def context(text: str) -> str:
        return printable.printable(text, draws, cap=_CONTEXT_CAP)

    tricks = [
        {"what": what, "lines": printable.printable(hidden, draws, cap=_CAP).split("\n")}
        for what, text in (("Author", card.author_name), ("Text", card.text))
        if (hidden := revealed(text[:_CAP]))
    ]
    return {
        "ref": line(card.ref),
        "organisation": line(card.organisation),
        "where": line(f"{card.platform}, {card.account}" if card.account else card.platform),
        "address": printable.one_line(card.address, draws, cap=1000) or NOT_SUPPLIED,
        "author": {
            "name": passage(card.author_name[:_NAME_CAP] or NOT_SUPPLIED),
            "handle": line(card.author_handle),
            "id": line(card.author_id) or NOT_SUPPLIED,
        },
        "answered": [
            {"what": what, "text": context(text)}
            for what, text in (("Post", card.post_text), ("Comment answered", card.parent_text))
            if text
        ],
        "displayed": passage(card.text or NO_WORDS),
        "is_long": len(card.text) > _LONG,
        "revealed": tricks,
        "notes": [
            *map(line, notes_on(f"{card.author_name}\n{card.text}")),
            *map(line, card.notes[:_MOST_NOTES]),
        ],
        "pictures": [line(picture.caption) for picture in card.pictures[:_MOST_PICTURES]],
        "more_pictures": max(0, len(card.pictures) - _MOST_PICTURES),
        "times": [
            ["Posted, as the platform says", *_clocks(card.posted_at)],
            ["First seen", *_clocks(card.first_seen_at)],
            ["Captured", *_clocks(card.captured_at)],
        ],
        "footer": FOOTER,
    }


def _clocks(at: datetime | None) -> tuple[str, str]:
    """Return a time in UTC and as the clocks in London showed it."""
    if at is None:
        return NOT_KNOWN, ""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC", f"{london(at):%Y-%m-%d %H:%M:%S %Z}"


def _times(times: int) -> str:
    return "" if times == 1 else f" ({times} times)"


def _said(odd: marks.OddWord) -> str:
    scripts = _listed(odd.scripts)
    if odd.plain:
        return f"{_upper(scripts)} letters in place of plain ones: {odd.word} reads {odd.plain}."
    codes = ", ".join(map(marks.code, odd.odd))
    return (
        f"{_upper(scripts)} letters in one word: {odd.word}. {_upper(_listed(odd.scripts[1:]))}: "
        f"{codes}."
    )


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
