"""Finds the words of a text that weighed most, as the author wrote them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classifiers.language_words import ENGLISH_WORDS
from classifiers.normaliser import normalise

WORDS_SHOWN = 5
_WORDS_READ = 300
# A word counts if it pulled at least this share of the strongest.
_LEAST_SHARE = 0.2
# "You" and "your" often pull hard, but tell a reader nothing.
_SMALL = frozenset(ENGLISH_WORDS.split())
_EDGES = re.compile(r"^\W+|\W+$")


def words_that_weighed(
    text: str, reading: str, pulls: Sequence[tuple[int, int, float]]
) -> tuple[str, ...]:
    """Return the words that pulled most towards abuse, heaviest first, in the text's own spelling.

    pulls are stretches of the reading. A word of the reading that stands for a disguised one or an
    emoji is shown as it stands in the text, where it can be found there, else as it was read.
    """
    telling = [one for one in pulls if reading[one[0] : one[1]] not in _SMALL]
    ranked = sorted(telling or pulls, key=lambda pull: -pull[2])
    strongest = ranked[0][2] if ranked else 0.0
    written = _as_written(text)
    found: dict[str, None] = {}
    for start, end, pull in ranked:
        if pull <= 0 or pull < _LEAST_SHARE * strongest or len(found) == WORDS_SHOWN:
            break
        word = reading[start:end]
        if any(char.isalpha() for char in word):
            found.setdefault(written.get(word, word))
    return tuple(found)


def _as_written(text: str) -> dict[str, str]:
    """Return for each word of the reading the word of the text that it was read from."""
    written: dict[str, str] = {}
    for part in text.split()[:_WORDS_READ]:
        word = _EDGES.sub("", part) or part
        for read in re.findall(r"\w+", normalise(word)):
            written.setdefault(read, word)
    return written
