"""Characters that hide, turn or imitate: which they are, and what to call them in plain words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import Final

_KNOWN: Final = {
    "\r": "carriage return",
    "\x00": "null character",
    "\u00ad": "soft hyphen, which hides inside a word",
    "\u034f": "grapheme joiner, which hides inside a word",
    "\u061c": "Arabic letter mark, which turns the direction of what stands beside it",
    "\u200b": "zero-width space, which hides inside a word",
    "\u200c": "zero-width non-joiner, which keeps two letters apart and cannot be seen",
    "\u200d": "zero-width joiner, which ties two letters together and cannot be seen",
    "\u200e": "left-to-right mark, which turns the direction of what stands beside it",
    "\u200f": "right-to-left mark, which turns the direction of what stands beside it",
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
    "\u202a": "left-to-right embedding, which sets the direction of what follows",
    "\u202b": "right-to-left embedding, which sets the direction of what follows",
    "\u202c": "end of a change of direction",
    "\u202d": "left-to-right override, which shows what follows from left to right",
    "\u202e": "right-to-left override, which shows what follows back to front",
    "\u2060": "word joiner, which hides inside a word",
    "\u2066": "left-to-right isolate, which sets the direction of what follows",
    "\u2067": "right-to-left isolate, which sets the direction of what follows",
    "\u2068": "first strong isolate, which sets the direction of what follows",
    "\u2069": "end of an isolate",
    "\u2800": "empty braille pattern, which looks like a space",
    "\u3164": "Hangul filler, which looks like a space",
    "\ufeff": "byte order mark, which hides inside a word",
}
_BY_CATEGORY: Final = {
    "Cc": "control character",
    "Cf": "character that cannot be seen",
    "Cn": "character that stands for nothing",
    "Co": "private character, which each device draws in its own way",
    "Cs": "half of a pair, which stands for nothing alone",
}
_FIRST_TAG: Final = 0xE0000
_LAST_TAG: Final = 0xE007F
_SELECTORS: Final = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))

# Blanks that are letters or symbols by category, and so would pass for something to be seen.
_BLANKS: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
)
# Signs that stand around Arabic and Syriac numbers: format characters by category, and drawn.
_DRAWN: Final = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
_NEVER_SEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_AS_WRITTEN: Final = frozenset("\n\t")

# Scripts with letters that are drawn alike: two of them in one word deceive the eye.
_ALIKE: Final = frozenset(
    {"Latin", "Cyrillic", "Greek", "Armenian", "Cherokee", "Coptic", "Lisu", "mathematical",
     "full-width", "circled", "boxed", "bracketed"}
)  # fmt: skip
_SCRIPT_WORDS: Final = {
    "MATHEMATICAL": "mathematical",
    "FULLWIDTH": "full-width",
    "DOUBLE-STRUCK": "mathematical",
    "BLACK-LETTER": "mathematical",
    "SCRIPT": "mathematical",
    "CIRCLED": "circled",
    "SQUARED": "boxed",
    "PARENTHESIZED": "bracketed",
}
# Alphabets of decorated letters, which every search passes by.
_DECORATED: Final = frozenset({"mathematical", "full-width", "circled", "boxed", "bracketed"})
_WORD: Final = re.compile(r"[^\W\d_]+")
_WORDS_LOOKED_AT: Final = 5000


@dataclass(frozen=True, slots=True)
class Mark:
    """A character that a reader cannot see, what it is, and how often it stands in the text."""

    code: str
    says: str
    times: int


@dataclass(frozen=True, slots=True)
class OddWord:
    """A word that is not what it seems.

    scripts are those of its letters, Latin first and else as they appear; odd are the letters that
    are not of the first. plain is how the word reads, where it is made of decorated letters alone.
    """

    word: str
    scripts: tuple[str, ...]
    odd: str = ""
    plain: str = ""


def hides(letter: str) -> bool:
    """Say whether a reader cannot see a character, or cannot tell it from a space."""
    if letter in _AS_WRITTEN or letter in _DRAWN:
        return False
    if letter in _BLANKS or is_selector(letter):
        return True
    return unicodedata.category(letter) in _NEVER_SEEN or stands_for_nothing(letter)


def is_selector(letter: str) -> bool:
    """Say whether a character chooses between two drawings of the one before it."""
    return any(ord(letter) in selectors for selectors in _SELECTORS)


def stands_for_nothing(letter: str) -> bool:
    """Say whether a code point will never be a character (U+FFFE and its like)."""
    point = ord(letter)
    return point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF


def code(letter: str) -> str:
    """Return for example "U+202E"."""
    return f"U+{ord(letter):04X}"


def says(letter: str) -> str:
    """Return what a character is, in plain words: "zero-width space, which hides inside a word"."""
    if letter in _KNOWN:
        return _KNOWN[letter]
    if _FIRST_TAG <= ord(letter) <= _LAST_TAG:
        return "tag character, which carries text that cannot be seen"
    if is_selector(letter):
        return "variation selector, which cannot be seen"
    name = unicodedata.name(letter, "").lower()
    return name or _BY_CATEGORY.get(unicodedata.category(letter), "character")


def marks(letters: str) -> tuple[Mark, ...]:
    """Return each character of a list once, by code point, with what it is and how often."""
    counted = sorted(Counter(letters).items())
    return tuple(Mark(code(letter), says(letter), times) for letter, times in counted)


def script(letter: str) -> str:
    """Return the script of a letter as people call it ("Cyrillic"), empty where it has none."""
    first = unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else ""
    return _SCRIPT_WORDS.get(first, first.capitalize())


def odd_words(text: str) -> tuple[OddWord, ...]:
    """Return each word, once, whose letters imitate those of another script."""
    found: dict[str, OddWord | None] = {}
    for match in islice(_WORD.finditer(text), _WORDS_LOOKED_AT):
        word = match[0]
        if word not in found and not word.isascii():
            found[word] = _odd(word)
    return tuple(filter(None, found.values()))


def _odd(word: str) -> OddWord | None:
    by_letter = {letter: script(letter) for letter in dict.fromkeys(word)}
    scripts = sorted({*by_letter.values()} & _ALIKE, key=[*by_letter.values()].index)
    if set(scripts) & _DECORATED and set(scripts) <= _DECORATED:
        return OddWord(word, tuple(scripts), plain=unicodedata.normalize("NFKC", word))
    if len(scripts) < 2:
        return None
    scripts.sort(key="Latin".__ne__)
    odd = (letter for letter, name in by_letter.items() if name in scripts[1:])
    return OddWord(word, tuple(scripts), odd="".join(odd))
