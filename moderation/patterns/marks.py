"""What a text has in common with others of a campaign: hashtags, links and runs of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

_RUN: Final = 5
# A run of nothing but small words is in everybody's mouth.
_TELLING_LETTERS: Final = 4
_TELLING_WORDS: Final = 3
_MARKS_MOST: Final = 200
_HASHTAG = re.compile(r"#\w*[^\W\d_]\w*")
_LINK = re.compile(r"https?://(?:www\.)?([^\s?#]+)", re.IGNORECASE)
_WORD = re.compile(r"[\w'’]+")


def marks(text: str, post: str = "") -> tuple[str, ...]:
    """Return what others may share of a text: hashtags and links first, then runs of five words.

    What stands in the post already is no mark: everybody under it may repeat it.
    """
    posted = set(_all(post))
    own = dict.fromkeys(mark for mark in _all(text) if mark not in posted)
    return tuple(islice(own, _MARKS_MOST))


def _all(text: str) -> Iterator[str]:
    low = text.lower()
    yield from (found[0] for found in _HASHTAG.finditer(low))
    yield from (found[1].rstrip("/.,!)") for found in _LINK.finditer(low))
    words = _WORD.findall(_HASHTAG.sub(" ", _LINK.sub(" ", low)))
    for place in range(len(words) - _RUN + 1):
        run = words[place : place + _RUN]
        if sum(len(word) >= _TELLING_LETTERS for word in run) >= _TELLING_WORDS:
            yield " ".join(run)
