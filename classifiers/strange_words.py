"""Tells by its vocabulary that a text is hardly English, where no language could be named."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from classifiers.language import MAX_CHARS, NO_LANGUAGE, is_small_english
from classifiers.normaliser import normalise

NO_NAME: Final = "a language that could not be named"
# So many words that nobody knows, and no more that somebody does. Of 53,528 British comments, slips
# and dialects among them, 34 are like that, half of them insults in dialect.
FEWEST: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def is_strange(text: str, is_known: Callable[[str], bool]) -> bool:
    """Say whether a text is hardly English; is_known says of a word in plain letters if it is had.

    One small word of English makes a text English. A capital letter inside makes a name, which
    tells nothing.
    """
    words = _WORD.findall(NO_LANGUAGE.sub(" ", text[:MAX_CHARS]))
    if len(words) < FEWEST or any(is_small_english(word.lower()) for word in words):
        return False
    told = [word for place, word in enumerate(words) if place == 0 or not word[0].isupper()]
    if text.isupper():
        told = words
    strange = sum(not is_known(normalise(word)) for word in told)
    return strange >= FEWEST and 2 * strange >= len(words)
