"""Folds a text to plain lower-case letters for reading, and leads every place back to the original.

The original text is never changed: folding makes a second view of it, one that shrugs off capital
letters, accents, full-width and look-alike letters, zero-width characters, what is no character
and looooong letters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from classifiers.look_alikes import LOOK_ALIKE, letter_shown
from classifiers.masked_words import HIDDEN
from classifiers.matching import Pattern

FOLDING_VERSION = "4"

_KEPT_CHARS = 1_000

_DROP = "\x00"
# What is no character, and the sign that stands for it once the text is stored.
_NO_CHARACTERS = "\x00\ufffd"
_PLAIN = {
    "\u00a0": " ",
    "\u2018": "'",
    "\u2019": "'",
    "\u201a": "'",
    "\u201b": "'",
    "\u02bc": "'",
    "\u00b4": "'",
    "`": "'",
    "\u2032": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2026": ".",
    "\u2028": "\n",
    "\u2029": "\n",
}
# Asked first, since they are quick and most texts need no more.
_LONG_RUN = Pattern("|".join(3 * letter + "+" for letter in "abcdefghijklmnopqrstuvwxyz"))
# What is dropped, and three like letters or more, with what is dropped between them.
_SQUASHED = re.compile(rf"([a-z])(?:{_DROP}*\1){{2,}}|{_DROP}+")
_SIGN_IN_WORD = Pattern(r"[a-z$][@$013457!|+]+[a-z]|[a-z]\$")
_THREE_LETTERS_APART = Pattern(r"\b[a-z][ .*_-][a-z][ .*_-][a-z]\b")
_MIXED_WORD = re.compile(r"(?<![a-z0-9@$])[a-z$][a-z]*[@$013457!|+][a-z@$013457!|+]*")
_DISGUISE = str.maketrans("@$013457!|+", "asoieastilt")
# Words of one letter that stand before a word spelt apart: “u r a s c u m b a g x”.
_BEFORE = frozenset("aiur")
_LONGEST_BEFORE = 3
_PLAIN_WORDS = frozenset({"among"})
_BETWEEN = re.compile(r"[ .*_-]")
_SPELT_OUT = re.compile(r"(?<![a-z0-9'])[a-z](?:[ .*_-][a-z]){2,15}(?![a-z0-9'])")


def _fold_char(char: str) -> str:
    """Return the one plain character that stands for char, or the mark that drops it."""
    if char in _PLAIN:
        return _PLAIN[char]
    category = unicodedata.category(char)
    if category in {"Cf", "Mn", "Me", "Cs"} or char in _NO_CHARACTERS:
        return _DROP
    shown = letter_shown(char)
    if shown is not None:
        return shown
    base = unicodedata.normalize("NFKD", char.lower()).lower()
    # A sign that unfolds into a phrase (U+FDFA is eighteen letters) stays as it is.
    plain = base[0] if 0 < len(base) <= 4 else char
    return LOOK_ALIKE.get(plain, plain)


class _FoldTable(dict[int, str]):
    """A translation table that works out each character once, when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _fold_char(chr(code))
        return self[code]


_TABLE = _FoldTable()


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded view of one text; at holds the original offset of each folded character.

    One more offset at the end is the original's length. at is None where both have the same length
    and every place is the same in both.
    """

    text: str
    at: tuple[int, ...] | None = None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the folded text (end not included) lies in the original."""
        return (start, end) if self.at is None else (self.at[start], self.at[end])


def fold(text: str) -> Folded:
    """Return the plain lower-case view of a text; a run of three like letters becomes one.

    Detectors read a batch one after the other, so the views of short texts are kept for a while.
    """
    return _kept_fold(text) if len(text) <= _KEPT_CHARS else _fold(text)


@lru_cache(maxsize=1_024)
def _kept_fold(text: str) -> Folded:
    return _fold(text)


def _fold(text: str) -> Folded:
    plain = text.lower() if text.isascii() and _DROP not in text else text.translate(_TABLE)
    if _DROP not in plain and not _LONG_RUN.found_in(plain):
        return Folded(plain)
    parts: list[str] = []
    at: list[int] = []
    last = 0
    for found in _SQUASHED.finditer(plain):
        parts.append(plain[last : found.start()])
        at.extend(range(last, found.start()))
        if found[1]:
            parts.append(found[1])
            at.append(found.start())
        last = found.end()
    return Folded("".join((*parts, plain[last:])), (*at, *range(last, len(plain) + 1)))


def undisguise(folded: str) -> str:
    """Read digits and signs inside words as the letters they stand for; keep the length.

    Only words that mix letters with such signs change ("w4nker", "tw@t"); plain numbers, prices
    and times stay.
    """
    if not _SIGN_IN_WORD.found_in(folded):
        return folded
    return _MIXED_WORD.sub(_read_as_letters, folded)


def _read_as_letters(found: re.Match[str]) -> str:
    word = found.group()
    core = word.rstrip("!|+")
    if sum(char.isalpha() for char in core) < 2 or core.isalpha():
        return word
    return core.translate(_DISGUISE) + word[len(core) :]


def join_spelt_out(folded: str) -> str:
    """Close up words spelt letter by letter ("s c u m"); the length changes."""
    if not _THREE_LETTERS_APART.found_in(folded):
        return folded
    return _SPELT_OUT.sub(_closed_up, folded)


def _closed_up(found: re.Match[str]) -> str:
    """Return the word, or what stands before one that is worth hiding, and that word ("a scum")."""
    word = _BETWEEN.sub("", found.group())
    if word in HIDDEN or word in _PLAIN_WORDS:
        return word
    for length in range(1, _LONGEST_BEFORE + 1):
        before, rest = word[:length], word[length:].rstrip("x")
        if not _BEFORE.issuperset(before):
            break
        if rest in HIDDEN:
            return " ".join((*before, rest))
    return word
