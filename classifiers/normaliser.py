"""Writes the plain reading of a comment that models score: no disguise, emoji as words, no handles.

The original is never changed. The reading is made in time linear in the text and is kept beside
the original with NORMALISER_VERSION, so that a person can see what a model saw.
"""

from __future__ import annotations

import re
from functools import lru_cache

from classifiers.emoji_words import emoji_to_words
from classifiers.folding import FOLDING_VERSION, fold, join_spelt_out, undisguise
from classifiers.masked_words import unmask

NORMALISER_VERSION = f"{FOLDING_VERSION}.2"

_KEPT_CHARS = 1_000
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|<url>|\[url\]", re.IGNORECASE)
# Words run together behind a hash are told apart by their capitals: #SackTheLot.
_HASHTAG = re.compile(r"#\w{0,100}[a-z][A-Z]\w*")
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Begun only where a run of such characters begins, and no longer than an address may be, so that a
# long run without an address is read once.
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]+")
_HANDLE = re.compile(r"(?<!\w)@\w+|<user>|\[user\]|<number>")
_BLANKS = re.compile(r"\s+")
_MANY_MARKS = re.compile(r"([^\w\s])\1{3,}")


def normalise(text: str) -> str:
    """Return the reading of a text; the same text always gives the same reading.

    Look-alike letters, zero-width characters, long runs of a letter, signs for letters, masked
    letters and words spelt letter by letter are read as the plain words; emoji become their names;
    handles become "user", web addresses "link"; a hashtag is read word by word.
    """
    return _kept(text) if len(text) <= _KEPT_CHARS else _normalise(text)


@lru_cache(maxsize=1_024)
def _kept(text: str) -> str:
    return _normalise(text)


def _normalise(text: str) -> str:
    plain = _ADDRESS.sub(" link ", text)
    plain = _HASHTAG.sub(_words_apart, plain)
    plain = fold(emoji_to_words(plain)).text
    plain = _MAIL.sub(" mail address ", plain) if "@" in plain else plain
    plain = _HANDLE.sub(" user ", plain)
    plain = unmask(join_spelt_out(undisguise(plain)))
    plain = _MANY_MARKS.sub(r"\1\1\1", plain)
    return _BLANKS.sub(" ", plain).strip()


def _words_apart(found: re.Match[str]) -> str:
    return _CAPITAL.sub(" ", found.group())
