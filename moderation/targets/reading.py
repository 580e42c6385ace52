"""Cuts a text into words that can be compared with names, whatever the accents and apostrophes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from moderation.targets.listing import listed

# Nobody is named first beyond this: longer texts are for a person to read in any case.
MAX_CHARS = 20_000

# A mention keeps its dots and hyphens; “@name@server” is one mention. A hyphen cuts other words.
_WORD = re.compile(r"\w+(?:'\w+)?")
_WORD_OR_MENTION = re.compile(r"(?<!\w)@[\w.\-]*\w(?:@[\w.\-]*\w)?|\w+(?:'\w+)?")
# What may be the start of a web or mail address, and the addresses themselves.
_MAYBE_ADDRESS = re.compile(r"\.\w")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|(?<![\w@.+\-])[\w.+\-]+@[\w\-]+\.[\w.\-]+"
    r"|(?<![\w@.\-])(?:[\w\-]+\.)+"
    r"(?:com|org|net|uk|info|gov|scot|wales|cymru|example|eu)\b(?:/\S*)?",
    re.IGNORECASE,
)
_SET_ASIDE = " | "
_TAG = re.compile(r"#\w+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
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
        # Cyrillic and Greek letters that look like Latin ones.
        "а": "a",
        "в": "b",
        "е": "e",
        "к": "k",
        "м": "m",
        "н": "h",
        "о": "o",
        "р": "p",
        "с": "c",
        "т": "t",
        "у": "y",
        "х": "x",
        "і": "i",
        "ѕ": "s",
        "ј": "j",
        "α": "a",
        "ο": "o",
        "ι": "i",
        "ν": "v",
    }
)
_ENDINGS = listed("s ll re ve d m")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text as written (raw) and folded (low), same length, same order.

    written says how a word that stood disguised was written: {"Hughes": "Hugh3s"}.
    """

    text: str
    raw: tuple[str, ...]
    low: tuple[str, ...]
    written: Mapping[str, str] = field(default_factory=dict)
    _gaps: list[str] = field(default_factory=list, compare=False, repr=False)

    def gap_before(self, index: int) -> str:
        """Return what stands between the word at index and the one before it, or after the last.

        Gathered on demand: only a text that holds a name needs its punctuation.
        """
        if not self._gaps:
            end = 0
            for match in _pattern(self.text).finditer(self.text):
                self._gaps.append(self.text[end : match.start()])
                end = match.end()
            self._gaps.append(self.text[end:])
        return self._gaps[index]

    def sentence_ends(self, start: int, end: int) -> bool:
        """Return whether a sentence ends somewhere between the words at start and at end."""
        return any(
            sign in self.gap_before(at) for at in range(start + 1, end + 1) for sign in ".!?\n"
        )

    def quote(self, start: int, end: int) -> str:
        """Return words start to end as they were written, with single spaces."""
        return " ".join(self.written.get(word, word) for word in self.raw[start:end])


def plain(text: str) -> str:
    """Return a text as it is cut: no further than MAX_CHARS, without addresses, tags opened.

    A name inside an address names nobody; “#SackHughesNow” is three words.
    """
    text = text[:MAX_CHARS]
    if not text.isascii():
        text = _plain(text)[:MAX_CHARS]
    if "://" in text or _MAYBE_ADDRESS.search(text):
        text = _ADDRESS.sub(_SET_ASIDE, text)
    if "#" in text:
        text = _TAG.sub(lambda tag: _HUMP.sub(" ", tag[0]), text)
    return text


def read(text: str) -> Words:
    """Cut a text into words; beyond MAX_CHARS nothing is read."""
    return cut(plain(text))


def cut(text: str, written: Mapping[str, str] | None = None) -> Words:
    """Cut a plain text into words."""
    find = _pattern(text).findall
    raw = find(text)
    if text.isascii():
        low = find(text.lower())
    else:
        low = [word.lower() if word.isascii() else fold(word) for word in raw]
    if "'" in text:
        low = [_without_apostrophe(word) if "'" in word else word for word in low]
    return Words(text, tuple(raw), tuple(low), written or {})


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
