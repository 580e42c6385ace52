"""Tells by its vocabulary that a text is hardly English, where no language could be named."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Final

from classifiers.language import MAX_CHARS, NO_LANGUAGE, is_small_english
from classifiers.normaliser import normalise
from classifiers.weights_file import TOKENIZER, read_file, read_manifest

UNKNOWN_WORDS: Final = "Most of its words are not known"
# So many words that nobody knows, and no more that somebody does.
FEWEST: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_APOSTROPHE: Final = re.compile(r"['\u2019].*")


@cache
def vocabulary() -> frozenset[str]:
    """Return the words that the shipped encoder has whole, in small letters.

    Raises SettingsError where the shipped file is missing or altered.
    """
    told = json.loads(read_file(read_manifest(), TOKENIZER))
    return frozenset(told["model"]["vocab"])


def is_strange(text: str) -> bool:
    """Say whether a text is hardly English: none of its words is a small word of English alone.

    A capital letter inside makes a name, which tells nothing, unless all is in capitals.
    """
    read = NO_LANGUAGE.sub(" ", text[:MAX_CHARS])
    words = _WORD.findall(read)
    if len(words) < FEWEST or any(is_small_english(word.lower()) for word in words):
        return False
    shouted = read.isupper()
    told = [word for place, word in enumerate(words) if shouted or not place or word[0].islower()]
    strange = sum(_plain(word) not in vocabulary() for word in told)
    return strange >= FEWEST and 2 * strange >= len(words)


def _plain(word: str) -> str:
    return normalise(_APOSTROPHE.sub("", word))
