"""What a text and its surroundings show, gathered for the steps that say whom it is aimed at."""

from __future__ import annotations

from dataclasses import dataclass

from moderation.targets.confidence import Confidence
from moderation.targets.given_names import gender_said
from moderation.targets.index import Directory
from moderation.targets.people import PostReading
from moderation.targets.reading import Words
from moderation.targets.scanning import Scan
from moderation.targets.scene import Mention
from moderation.targets.words import Points
from moderation.taxonomy import TargetType


@dataclass(frozen=True, slots=True)
class Target:
    """At whom a text is aimed.

    staff_id is set where exactly one member of staff is meant. words are the words of the text that
    show it; why says it in a sentence for people, confidence how sure it is. public_role is true
    for a named person whose role is public, so that criticism of them is weighed as criticism.
    post_names is the one member of staff whom the answered post names: “useless, hand the uniform
    in” is aimed at them.
    """

    type: TargetType
    staff_id: str | None = None
    words: tuple[str, ...] = ()
    why: str = "It is aimed at nobody in particular"
    public_role: bool = False
    post_names: str | None = None
    confidence: Confidence = Confidence.LIKELY


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

    def post_person(self) -> int | None:
        """Return the one member of staff whom the post names, if it names one."""
        return min(self.post.people) if len(self.post.people) == 1 else None


def person(
    view: View, one: int, words: tuple[str, ...], why: str, confidence: Confidence
) -> Target:
    """Return the target for one member of staff."""
    member = view.directory.people[one].member
    return Target(
        TargetType.NAMED_STAFF,
        staff_id=member.staff_id,
        words=words,
        why=why,
        public_role=member.public_role,
        confidence=confidence,
    )


def speaks_of_one(view: View) -> bool:
    """Return whether it says “she” or “that woman”, and not of the author's own family."""
    if not view.sees(Points.HE_SHE | Points.PERSON):
        return False
    if not view.sees(Points.KIN):
        return True
    # “She rang my mother” speaks of somebody else than the mother; “my mum says she” may not.
    places = view.found.places
    return places.get(Points.HE_SHE, (len(view.words.low),))[0] < places[Points.KIN][0]


def may_be(view: View, one: int) -> bool:
    """Return whether “he” and “she” in the text allow for one member of staff."""
    said = gender_said(view.words.low)
    return not said or view.directory.people[one].gender in ("", said)


def quoted_one(view: View) -> tuple[str, ...]:
    """Return the word by which it speaks of one person."""
    return view.quoted(Points.HE_SHE if view.sees(Points.HE_SHE) else Points.PERSON)
