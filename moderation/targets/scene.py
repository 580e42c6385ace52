"""A text in which names are looked for, and one place where somebody may be named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from moderation.targets.confidence import Confidence
from moderation.targets.given_names import gender_said
from moderation.targets.index import Directory
from moderation.targets.people import PostReading
from moderation.targets.reading import Words

_SHOUTED = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a text may name somebody: words start to end, and whom they may mean.

    how completes “It names a member of staff ...”.
    """

    start: int
    end: int
    who: frozenset[int]
    confidence: Confidence
    how: str

    @property
    def counts(self) -> bool:
        """Return whether it names somebody without help from the post."""
        return self.confidence is not Confidence.UNSURE


@dataclass(frozen=True, slots=True)
class Scene:
    """A text together with what helps to read the names in it."""

    words: Words
    directory: Directory
    about_work: bool = False
    post: PostReading = field(default_factory=PostReading)
    one_case: bool = False
    is_reply: bool = True

    def before(self, at: int) -> str:
        """Return the folded word before one, or nothing."""
        return self.words.low[at - 1] if at else ""

    def after(self, at: int) -> str:
        """Return the folded word after one, or nothing."""
        return self.words.low[at + 1] if at + 1 < len(self.words.low) else ""

    def is_capital(self, at: int) -> bool:
        """Return whether a word has a capital that says something: not where all have, or none."""
        return self.words.raw[at][0].isupper() and not self.one_case

    def names(self, who: Iterable[int]) -> bool:
        """Return whether the post names one of these."""
        return not self.post.people.isdisjoint(who)

    def supports(self, who: Iterable[int]) -> bool:
        """Return whether the post names one of these, or speaks of what one of them works on."""
        people = self.directory.people
        return self.names(who) or any(
            not people[one].field_words.isdisjoint(self.post.words) for one in who
        )

    def says_gender_of(self, who: Iterable[int]) -> bool:
        """Return whether the text says “he” or “she”, and one of these is that."""
        said = gender_said(self.words.low)
        return bool(said) and any(self.directory.people[one].gender == said for one in who)


def is_of_one_case(words: Words) -> bool:
    """Return whether capitals say nothing: a text without any, or one that shouts."""
    if not any(word[0].isupper() for word in words.raw):
        return True
    long = [word for word in words.raw if len(word) > 1]
    return len(long) >= _SHOUTED and all(word.isupper() for word in long)
