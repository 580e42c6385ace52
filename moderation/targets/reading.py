"""Cuts a text into words that can be compared with names, whatever the accents and apostrophes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Nobody is named first beyond this: longer texts are for a person to read in any case.
MAX_CHARS = 20_000

# A mention keeps its dots and hyphens; “@name@server” is one mention. A hyphen cuts other words.
_WORD = re.compile(r"\w+(?:'\w+)?")
_WORD_OR_MENTION = re.compile(r"(?<!\w)@[\w.\-]*\w(?:@[\w.\-]*\w)?|\w+(?:'\w+)?")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_MARKS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = "\u2018\u2019\u02bc"
# Letters that are no letter plus accent, so that decomposing leaves them as they are.
_SINGLE = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "ı": "i",
        "ħ": "h",
    }
)
_ENDINGS = frozenset({"s", "ll", "re", "ve", "d", "m"})


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text as written (raw) and folded (low), same length, same order."""

    text: str
    raw: tuple[str, ...]
    low: tuple[str, ...]

    def gap_before(self, index: int) -> str:
        """Return what stands between the word at index and the one before it.

        Looked for again on demand: only a text that holds a name needs its punctuation.
        """
        end = 0
        for position, match in enumerate(_pattern(self.text).finditer(self.text)):
            if position == index:
                return self.text[end : match.start()]
            end = match.end()
        return self.text[end:]

    def sentence_ends(self, start: int, end: int) -> bool:
        """Return whether a sentence ends somewhere between the words at start and at end."""
        return any(
            sign in self.gap_before(at) for at in range(start + 1, end + 1) for sign in ".!?\n"
        )

    def quote(self, start: int, end: int) -> str:
        """Return words start to end as they were written, with single spaces."""
        return " ".join(self.raw[start:end])


def read(text: str) -> Words:
    """Cut a text into words; beyond MAX_CHARS nothing is read."""
    text = text[:MAX_CHARS]
    if not text.isascii():
        text = _plain(text)
    raw = _pattern(text).findall(text)
    low = [word.lower() if word.isascii() else fold(word) for word in raw]
    if "'" in text:
        low = [_without_apostrophe(word) if "'" in word else word for word in low]
    return Words(text, tuple(raw), tuple(low))


def _plain(text: str) -> str:
    """Return a text in one form of Unicode, without what cannot be seen, with one apostrophe."""
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    for apostrophe in _APOSTROPHES:
        text = text.replace(apostrophe, "'")
    return _INVISIBLE.sub("", text)


def _pattern(text: str) -> re.Pattern[str]:
    """Return the cheaper pattern where the text holds no mention."""
    return _WORD_OR_MENTION if "@" in text else _WORD


def fold(word: str) -> str:
    """Return a word in lower case, without accents and apostrophes: “dalaigh” for “Dálaigh's”."""
    if not word.isascii():
        word = _MARKS.sub("", unicodedata.normalize("NFKD", word.casefold())).translate(_SINGLE)
    return _without_apostrophe(word.lower())


def _without_apostrophe(word: str) -> str:
    if "'" not in word:
        return word
    stem, _, ending = word.partition("'")
    return stem if stem and ending in _ENDINGS else stem + ending
