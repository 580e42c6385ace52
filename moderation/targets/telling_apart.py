"""Tells people of one name apart: by title, rank, place, role, “he” and “she”, and by the post."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from moderation.targets.given_names import (
    MENS_TITLES,
    WOMENS_TITLES,
    gender_of,
    gender_said,
)
from moderation.targets.index import Directory
from moderation.targets.people import PostReading
from moderation.targets.reading import Words
from moderation.targets.scene import Mention

_Who = frozenset[int]


def told_apart(
    mention: Mention, words: Words, directory: Directory, post: PostReading
) -> tuple[_Who, str]:
    """Return whom a name means by all that is said, and by what that was seen.

    What the text says comes before what the post says.
    """
    who = mention.who
    if len(who) < 2:
        return who, ""
    low = frozenset(words.low)
    steps: tuple[tuple[Callable[[], _Who], str], ...] = (
        (lambda: _by_title(who, words.low[mention.start], directory), "the title"),
        (lambda: by_place(who, low, directory), "the place"),
        (lambda: _by_role(who, low, directory), "the role"),
        (lambda: who & post.people, "the post"),
        (lambda: _by_gender(who, low, directory), "“he” or “she”"),
        (lambda: by_place(who, post.words, directory), "the post"),
        (lambda: _by_role(who, post.words, directory), "the post"),
    )
    for step, by in steps:
        left = step()
        if len(left) == 1:
            return left, f", told apart by {by}"
    return who, ""


def by_place(who: _Who, low: Collection[str], directory: Directory) -> _Who:
    """Return those whose station or department is spoken of most: “ward 7”, not any ward."""
    return _most({one: directory.people[one].station_words for one in who}, low)


def _by_role(who: _Who, low: Collection[str], directory: Directory) -> _Who:
    """Return those whose role is spoken of most."""
    return _most({one: directory.people[one].role_words for one in who}, low)


def _most(words: Mapping[int, frozenset[str]], low: Collection[str]) -> _Who:
    spoken = {one: len(own.intersection(low)) for one, own in words.items()}
    most = max(spoken.values(), default=0)
    return frozenset(one for one, count in spoken.items() if count == most and most)


def _by_title(who: _Who, title: str, directory: Directory) -> _Who:
    people = directory.people
    called = frozenset(one for one in who if title in people[one].titles)
    if len(called) == 1:
        return called
    if title not in MENS_TITLES | WOMENS_TITLES:
        return frozenset()
    return frozenset(one for one in who if people[one].gender in ("", gender_of(title)))


def _by_gender(who: _Who, low: Collection[str], directory: Directory) -> _Who:
    said = gender_said(low)
    return frozenset(one for one in who if said and directory.people[one].gender == said)
