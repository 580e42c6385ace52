"""Finds names inside hashtags (#sackjonesnow) and inside handles like ours (@realmrfenn)."""

from __future__ import annotations

from moderation.targets.confidence import Confidence
from moderation.targets.index import Directory
from moderation.targets.listing import listed
from moderation.targets.name_words import COMMON_WORDS
from moderation.targets.reading import Words
from moderation.targets.scene import Mention
from moderation.targets.words import TITLES

_TITLES = tuple(sorted(TITLES))
_MOST = 20  # tags and handles looked into in one text
_LONGEST = 40
_DISTINCT = 5
_SHORTEST = 3
# What people cry around a name in a hashtag.
_CRIES = listed(
    """
    sack sacked fire fired bin out now go gone going mustgo must resign no not stop the our we
    love liar lies shame shameon bye boycott oust ban never again with for get gettingrid getrid
    of off back jail lockup nomore more my team is a hate done
    """
)


def inside(words: Words, directory: Directory) -> list[Mention]:
    """Return who is named inside the tags and strangers' handles of a text, from first to last."""
    found: list[Mention] = []
    looked = 0
    text = words.text
    for at, word in enumerate(words.low):
        is_tag = not word.startswith("@") and "#" in text and words.gap_before(at).endswith("#")
        if not (is_tag or word.startswith("@")) or directory.entry(word) is not None:
            continue
        looked += 1
        if looked > _MOST:
            break
        name = "".join(sign for sign in word if sign.isalpha())[:_LONGEST]
        who = _named(name, directory, is_tag=is_tag)
        if who:
            how = "inside a hashtag" if is_tag else "inside a handle"
            found.append(Mention(at, at + 1, frozenset(who), Confidence.LIKELY, how))
    return found


def _named(name: str, directory: Directory, *, is_tag: bool) -> set[int]:
    """Return whom the longest name within a run of letters means."""
    known = directory.entries
    for size in range(len(name), _SHORTEST - 1, -1):
        for start in range(len(name) - size + 1):
            piece = name[start : start + size]
            if size > _DISTINCT and (whole := known.get("@" + piece)) and whole.handle:
                return whole.handle
            entry = known.get(piece)
            if entry is None or not entry.bearers:
                continue
            before, after = name[:start], name[start + size :]
            if entry.last and _ends_in_title(before):
                return entry.last
            distinct = entry.last and size >= _DISTINCT and piece not in COMMON_WORDS
            if is_tag and (distinct or (_is_cried(before) and _is_cried(after))):
                return entry.bearers
    return set()


def _ends_in_title(letters: str) -> bool:
    return letters.endswith(_TITLES)


def _is_cried(letters: str) -> bool:
    """Return whether letters are cries and nothing else: “sack”, “outnow”."""
    reach = {0}
    for end in range(1, len(letters) + 1):
        if any(letters[start:end] in _CRIES for start in reach):
            reach.add(end)
    return len(letters) in reach
