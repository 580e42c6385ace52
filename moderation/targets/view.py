"""What a text and its surroundings show, gathered for the steps that say whom it is aimed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from moderation.targets.naming import Mention
from moderation.targets.people import Directory, PostReading
from moderation.targets.reading import Words
from moderation.targets.scanning import Scan
from moderation.targets.words import Points
from moderation.taxonomy import TargetType


@dataclass(frozen=True, slots=True)
class Target:
    """At whom a text is aimed.

    staff_id is set where exactly one member of staff is meant. words are the words of the text that
    show it; why says it in a sentence for people. public_role is true for a named person whose
    role is public, so that criticism of them is weighed as criticism. post_names is the one member
    of staff whom the answered post names: “useless, hand the uniform in” is aimed at them.
    """

    type: TargetType
    staff_id: str | None = None
    words: tuple[str, ...] = ()
    why: str = "It is aimed at nobody in particular"
    public_role: bool = False
    post_names: str | None = None


@dataclass(slots=True)
class View:
    """Everything the steps below look at."""

    words: Words
    directory: Directory
    found: Scan
    names: list[Mention]
    post: PostReading
    is_reply: bool
    mentions_us: bool
    mentions_other: str

    def sees(self, points: int) -> bool:
        """Return whether the text points in any of these ways."""
        return bool(self.found.seen & points)

    def quoted(self, point: int) -> tuple[str, ...]:
        """Return the words that point so."""
        return (self.words.quote(*self.found.places[point]),)


def told_apart(who: frozenset[int], low: Sequence[str], directory: Directory) -> frozenset[int]:
    """Narrow people of one name by the role or the place that the words give."""
    if len(who) < 2:
        return who
    places = [directory.stations[word] for word in low if word in directory.stations]
    there = {one for one in who if any(one in place for place in places)}
    if len(there) == 1:
        return frozenset(there)
    spoken = set(low)
    fitting = {one for one in who if directory.people[one].role_words & spoken}
    return frozenset(fitting) if len(fitting) == 1 else who


def resolved(view: View, mention: Mention) -> frozenset[int]:
    """Narrow a mention by what the text says, then by the post that it answers."""
    who = told_apart(mention.who, view.words.low, view.directory)
    if len(who) > 1:
        named = who & view.post.people
        who = named if len(named) == 1 else who
    if len(who) > 1 and view.post.words:
        who = told_apart(who, tuple(view.post.words), view.directory)
    return who


def person(view: View, one: int, words: tuple[str, ...], why: str) -> Target:
    """Return the target for one member of staff."""
    member = view.directory.people[one].member
    return Target(
        TargetType.NAMED_STAFF,
        staff_id=member.staff_id,
        words=words,
        why=why,
        public_role=member.public_role,
    )


def speaks_of_one(view: View) -> bool:
    """Return whether it says “she” or “that woman”, and not of the author's own family."""
    return view.sees(Points.HE_SHE | Points.PERSON) and not view.sees(Points.KIN)


def quoted_one(view: View) -> tuple[str, ...]:
    """Return the word by which it speaks of one person."""
    return view.quoted(Points.HE_SHE if view.sees(Points.HE_SHE) else Points.PERSON)
