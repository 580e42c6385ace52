"""What criticism and complaints are about, as counts of themes that the policy names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

_WORD: Final = re.compile(r"\w+")


class Themes:
    """The themes of the policy, ready to be found: name -> words or short phrases."""

    def __init__(self, themes: Mapping[str, Sequence[str]]) -> None:
        self._phrases = {
            name: tuple(_folded(phrase) for phrase in phrases) for name, phrases in themes.items()
        }

    def of(self, text: str) -> list[str]:
        """Return the names of the themes that a text touches, in the policy's order, each once."""
        folded = _folded(text)
        return [
            name
            for name, phrases in self._phrases.items()
            if any(phrase in folded for phrase in phrases)
        ]

    def count(self, texts: Iterable[str]) -> dict[str, int]:
        """Return how many texts touch each theme, every theme named, the most frequent first.

        A text may touch several themes or none, so the counts add up to nothing.
        """
        counted = Counter(dict.fromkeys(self._phrases, 0))
        for text in texts:
            counted.update(self.of(text))
        return dict(counted.most_common())


def _folded(text: str) -> str:
    """Return whole words in lower case between single spaces, so that "late" is not in "plate"."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
