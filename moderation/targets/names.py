"""Takes a person's name apart: titles, given name, surname, short forms, and slips of the pen."""

from __future__ import annotations

from collections.abc import Iterator

from moderation.targets.given_names import GIVEN_NAMES
from moderation.targets.listing import listed
from moderation.targets.reading import read
from moderation.targets.words import RANKS, TITLES

_PARTICLES = listed(
    """
    van von der den de da di du la le el al bin ibn ap mac mc o st ter ten
    """
)
_HONOURS = listed("qfsm mbe obe cbe kcb qpm kpm kfsm bem jp phd msc ba rn")


def one_slip(word: str, name: str) -> bool:
    """Return whether two different words are one slip apart."""
    if word == name or abs(len(word) - len(name)) > 1:
        return False
    start = 0
    while start < min(len(word), len(name)) and word[start] == name[start]:
        start += 1
    rest, other = word[start:], name[start:]
    if len(rest) == len(other):
        return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    return rest[1:] == other or rest == other[1:]


def deletions(word: str) -> Iterator[str]:
    """Yield a word and all that one letter less makes of it."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def without_titles(words: tuple[str, ...]) -> tuple[str, ...]:
    """Drop titles before a name and honours after it, but never the whole name."""
    start, end = 0, len(words)
    while start < end - 1 and (words[start] in TITLES or words[start] in RANKS):
        start += 1
    while end - 1 > start and words[end - 1] in _HONOURS:
        end -= 1
    return words[start:end]


def surname_of(full_name: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of the surname: a hyphen joins, and so does “van der”."""
    if len(names) < 2:
        return ()
    parts = [read(part).low for part in full_name.split()]
    parts = [part for part in parts if part and part[0] not in _HONOURS]
    size = len(parts[-1]) if parts else 1
    while size < len(names) - 1 and names[-size - 1] in _PARTICLES:
        size += 1
    return names[-min(size, len(names) - 1) :]


def is_whole_name(word: str, names: tuple[str, ...]) -> bool:
    """Return whether one word holds given name and surname, as a handle does."""
    return len(names) > 1 and names[0][:3] in word and names[-1] in word and word != names[-1]


def is_given_name(word: str, names: tuple[str, ...]) -> bool:
    """Return whether an alias is a first name or its short form (Dan, Danny for Daniel)."""
    if word in GIVEN_NAMES:
        return True
    return bool(names) and word[:3] == names[0][:3] and len(word) <= len(names[0]) + 2
