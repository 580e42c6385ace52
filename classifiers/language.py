"""Decides whether a text is in a language that the model knows; the model knows English alone.

Letters of another script settle most cases. For Latin letters the text has to give positive
evidence: small words of one other language, well ahead of the small words of English. Two libraries
were tried first on 2,800 English comments: py3langid took 9 in 100 of them for another language,
lingua 4 in 100, and neither came near the speed wanted here. Calling ordinary English unreadable
would flood people, so the rule here says "another language" only when it can show why.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from classifiers.language_words import (
    COMPANIONS,
    ENGLISH_WORDS,
    SCRIPT_WORDS,
    SMALL_WORDS,
)

MAX_CHARS = 1_000
# Everything that stands between words; the apostrophe and the hyphen belong to them.
_APART = {
    ord(mark): " " for mark in '!"#$%&()*+,./0123456789:;<=>?@[\\]^_`{|}~\u201c\u201d\u2026\n\t'
}
_APART[0x2019] = "'"
# The look of a language's words, counted only beside at least one of its small words.
_SHAPES = {
    "Welsh": re.compile(
        r"[\u0175\u0177]|^(?:ll|gw|dd|rhy)|(?:wch|aeth|edd|ydd|wyr|wyd|iadau|'r|'n|'u)$"
    ),
    "Polish": re.compile(
        r"[\u0105\u0119\u0142\u017c\u017a\u0107\u0144\u015b]|(?:sz|cz|rz)y|owa[\u0107\u0142]"
    ),
    "Romanian": re.compile(r"[\u0219\u021b\u0103\u015f\u0163]|(?:ilor|ului|esc|eaz[\u0103a])$"),
}
_BEYOND_LATIN = re.compile(r"[\u0370-\u1dff\u2c80-\ua71f\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefe]")
_LINK = r"(?i:https?://|www\.)\S+|(?<![\w@.])(?:[\w-]+\.)+[a-zA-Z]{2,}/\S+"
_LINKS = re.compile(_LINK)
# Handles, tags and addresses.
NO_LANGUAGE = re.compile(rf"{_LINK}|[@#]\w+")

_SCRIPTS = {
    "ARABIC": "Arabic",
    "GURMUKHI": "Punjabi",
    "DEVANAGARI": "Hindi",
    "BENGALI": "Bengali",
    "GUJARATI": "Gujarati",
    "TAMIL": "Tamil",
    "CYRILLIC": "Russian or another language in Cyrillic letters",
    "GREEK": "Greek",
    "HEBREW": "Hebrew",
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "THAI": "Thai",
    "ARMENIAN": "Armenian",
    "GEORGIAN": "Georgian",
    "ETHIOPIC": "Amharic or Tigrinya",
    "SINHALA": "Sinhala",
    "MALAYALAM": "Malayalam",
    "TELUGU": "Telugu",
}
# Letters that one language adds to a script that several share.
_LETTERS = (
    ("ARABIC", "\u0679\u0688\u0691\u06ba\u06d2\u06be\u06c1", "Urdu"),
    ("ARABIC", "\u067e\u0686\u0698\u06af", "Persian or Kurdish"),
    ("CYRILLIC", "\u0456\u0457\u0454\u0491", "Ukrainian"),
    ("CYRILLIC", "\u044b\u044d\u0451", "Russian"),
)
_ENGLISH = frozenset(ENGLISH_WORDS.split())
_COMPANIONS = {language: frozenset(words.split()) for language, words in COMPANIONS.items()}
_SCRIPT_WORDS = {language: frozenset(words.split()) for language, words in SCRIPT_WORDS.items()}
# A word this long that is in a list is a language's own, even alone.
_LONG = 9


@cache
def _languages_of_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, words in SMALL_WORDS.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), language)
    return found


def names_given() -> frozenset[str]:
    """Return every name of a language that unknown_language may give."""
    by_letters = (name for _, _, name in _LETTERS)
    return frozenset((*SMALL_WORDS, *SCRIPT_WORDS, *_SCRIPTS.values(), *by_letters))


def is_small_english(word: str) -> bool:
    """Say whether a word in lower case is a small word of English and of no other language."""
    return len(word) > 1 and word in _ENGLISH and word not in _languages_of_words()


def is_links_alone(text: str) -> bool:
    """Say whether a text is web addresses and nothing else that is read: handles and tags at most.

    An address that goes on beyond 1,000 characters counts as words.
    """
    read = text[:MAX_CHARS]
    if _LINKS.search(read) is None:
        return False
    return not any(map(str.isalnum, NO_LANGUAGE.sub(" ", read) + text[MAX_CHARS:]))


def unknown_language(text: str) -> str | None:
    """Return the name of the language if it is not English, None if it is or cannot be told.

    Only the first 1,000 characters are read. Handles, tags and addresses tell nothing.
    """
    read = NO_LANGUAGE.sub(" ", text[:MAX_CHARS])
    if not read.isascii() and _BEYOND_LATIN.search(read):
        by_script = _by_script(read)
        if by_script is not None:
            return by_script
    return _by_words(read)


def _by_script(text: str) -> str | None:
    """Name the language of a text of which at least a half is written in another script."""
    beyond = [char for char in text if _BEYOND_LATIN.match(char) and char.isalpha()]
    if len(beyond) < 2 or 2 * len(beyond) < sum(char.isalpha() for char in text):
        return None
    counted = Counter(unicodedata.name(char, "").partition(" ")[0] for char in beyond)
    script = counted.most_common(1)[0][0]
    if "HIRAGANA" in counted or "KATAKANA" in counted:
        return "Japanese"
    for of_script, letters, language in _LETTERS:
        if script == of_script and any(char in letters for char in beyond):
            return language
    words = set(text.lower().translate(_APART).split())
    for language, own in _SCRIPT_WORDS.items():
        if words & own:
            return language
    return _SCRIPTS.get(script, "a language in another script")


def _by_words(text: str) -> str | None:
    """Name the language whose small words clearly outnumber those of English."""
    known = _languages_of_words()
    words = text.lower().translate(_APART).split()
    small = known.keys() & words
    if not small:
        return None
    seen: Counter[str] = Counter()
    for word in words:
        if word in small:
            seen.update(known[word])
    language, own = seen.most_common(1)[0]
    others = _COMPANIONS.get(language, frozenset())
    english = sum(word in _ENGLISH and word not in others for word in words)
    count = own + _beside(language, words, small)
    if count < 2:
        alone = any(len(word) >= _LONG for word in small) and len(words) <= 2
        return language if alone and not english else None
    # A few words of another language within English are no more than that.
    enough = (count >= 3 or 2 * count >= len(words)) and 5 * count >= len(words)
    return language if enough and own > english and count > 2 * english else None


def _beside(language: str, words: list[str], small: set[str]) -> int:
    """Count the words that only look like the language, or that others use as well."""
    companions = _COMPANIONS.get(language, frozenset())
    shaped = _SHAPES.get(language)
    return sum(
        word in companions or (shaped is not None and shaped.search(word) is not None)
        for word in words
        if word not in small
    )
