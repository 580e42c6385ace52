"""A text as plain words: without the capitals, punctuation and spacing that people vary."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"\w+(?:'\w+)*")


def plain_words(text: str) -> str:
    """Return the words of a text in small letters, one space between them."""
    return " ".join(_WORD.findall(text.casefold().replace("’", "'")))


def same_words(text: str) -> str:
    """Return what two texts share that say the same: their letters, figures and symbols.

    An emoji stays, for it can change what is said. Linear in the text.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = (" " if unicodedata.category(char)[0] in "PZC" else char for char in folded)
    return " ".join("".join(kept).split())
