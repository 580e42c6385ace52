"""Other people's text for a page: every character that hides or turns text is shown by its name."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

_AS_WRITTEN: Final = frozenset("\n\t")
_NAMES: Final = {
    "\u00ad": "soft hyphen",
    "\u200b": "zero-width space",
    "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner",
    "\u200e": "left-to-right mark",
    "\u200f": "right-to-left mark",
    "\u202a": "left-to-right embedding",
    "\u202b": "right-to-left embedding",
    "\u202c": "end of direction",
    "\u202d": "left-to-right override",
    "\u202e": "right-to-left override",
    "\u2060": "word joiner",
    "\u2066": "left-to-right isolate",
    "\u2067": "right-to-left isolate",
    "\u2068": "first strong isolate",
    "\u2069": "end of isolate",
    "\ufeff": "byte order mark",
}
_JOINER: Final = "\u200d"
_SYMBOLS: Final = frozenset({"So", "Sk", "Sm"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, or one character that cannot be seen, with the name to show in its place."""

    text: str
    name: str = ""


def visible(text: str | None) -> list[Piece]:
    """Return a text in pieces that join up to exactly what was written; nothing for no text.

    Work and length stay linear in the text.
    """
    pieces: list[Piece] = []
    start = 0
    written = text or ""
    for place, letter in enumerate(written):
        name = _name(letter, written, place)
        if not name:
            continue
        if start < place:
            pieces.append(Piece(written[start:place]))
        pieces.append(Piece(letter, name))
        start = place + 1
    if start < len(written):
        pieces.append(Piece(written[start:]))
    return pieces


def _name(letter: str, text: str, place: int) -> str:
    """Return what to show in place of a character, or nothing for one that can be seen."""
    if letter.isprintable() or letter in _AS_WRITTEN or unicodedata.category(letter) == "Zs":
        return ""
    if letter == _JOINER and _joins_symbols(text, place):
        return ""
    return _NAMES.get(letter, f"U+{ord(letter):04X}")


def _joins_symbols(text: str, place: int) -> bool:
    """Say whether a joiner stands inside one drawn symbol, such as a family or a flag."""
    return place > 0 and unicodedata.category(text[place + 1 : place + 2] or " ") in _SYMBOLS
