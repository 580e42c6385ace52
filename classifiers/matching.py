"""Linear-time patterns: one door to RE2, which has no back-references and no look-around.

No pattern can take more than time linear in the text, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import Any

import re2

_MEMORY_BYTES = 16 << 20
_CHARS_TOGETHER = 8_000
# The folding cuts long runs of a letter down to one, so a doubled letter in a rule may be single.
_DOUBLED = re.compile(r"(?<![\\\[])([a-z])\1(?![*+?{\]])")
_WORD_BEFORE = re.compile(r"(?:^|[^a-z\\]|\\[bBsSwWdD])([a-z]*)$")
_WORD_AFTER = re.compile(r"[a-z]*")
# Words that would turn into other words of everyday use.
_ALWAYS_DOUBLE = frozenset(
    "ass off too bee all add odd been see need tell well week coon coons".split()  # noqa: SIM905
)


def _options() -> Any:
    options = re2.Options()
    options.max_mem = _MEMORY_BYTES
    options.log_errors = False
    return options


def _lenient(source: str) -> str:
    return _DOUBLED.sub(_single_or_double, source)


def _single_or_double(found: re.Match[str]) -> str:
    source, letter = found.string, found.group(1)
    before = _WORD_BEFORE.search(source[max(0, found.start() - 20) : found.start()])
    after = _WORD_AFTER.match(source, found.end())
    word = (before[1] if before else "") + found.group() + (after[0] if after else "")
    return found.group() if word in _ALWAYS_DOUBLE else f"{letter}{letter}?"


class Pattern:
    """One compiled pattern; searching takes time linear in the text."""

    def __init__(self, pattern: str) -> None:
        self._source = pattern
        # A set of one answers yes or no several times faster than a search that tells the place.
        self._set = _set_of([pattern])

    @cached_property
    def _compiled(self) -> Any:
        return re2.compile(self._source, _options())

    def found_in(self, text: str) -> bool:
        """Tell whether the pattern occurs anywhere in the text."""
        return bool(self._set.Match(text.encode()))

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the places of the non-overlapping matches, from left to right."""
        for found in self._compiled.finditer(text):
            yield found.span()


@cache
def pattern(source: str) -> Pattern:
    """Return a rule's pattern, compiled once; a doubled letter in it may be single."""
    return Pattern(_lenient(source))


class PatternSet:
    """Many patterns of rules read together; a doubled letter in them may be single.

    The short ones share an automaton, the long ones have one each: all in one would have so many
    states that building them costs more than reading the text again.
    """

    def __init__(self, sources: Sequence[str]) -> None:
        self._sets = [
            (places, _set_of([_lenient(sources[place]) for place in places]))
            for places in _packed([len(source) for source in sources])
        ]

    def which(self, text: str) -> list[int]:
        """Return the positions, in ascending order, of the patterns that occur in the text."""
        encoded = text.encode()
        return sorted(
            places[found] for places, one in self._sets for found in one.Match(encoded) or ()
        )


def _packed(lengths: Sequence[int]) -> list[list[int]]:
    """Put places together, shortest first, until their patterns are too long for one automaton."""
    packs: list[list[int]] = []
    room = 0
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if not packs or lengths[place] > room:
            packs.append([])
            room = _CHARS_TOGETHER
        packs[-1].append(place)
        room -= lengths[place]
    return packs


def _set_of(patterns: Sequence[str]) -> Any:
    made = re2.Set.SearchSet(_options())
    for one in patterns:
        made.Add(one)
    made.Compile()
    return made
