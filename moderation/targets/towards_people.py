"""Steps that find one person: by name, by role, by description, or by who is spoken to."""

from __future__ import annotations

from moderation.targets.confidence import Confidence
from moderation.targets.given_names import GIVEN_NAMES
from moderation.targets.listing import listed
from moderation.targets.name_words import COMMON_WORDS
from moderation.targets.reading import Words, fold
from moderation.targets.roles import described_role, is_one_of_a_kind, role_holder
from moderation.targets.scene import Mention
from moderation.targets.telling_apart import by_place, told_apart
from moderation.targets.view import Target, View, may_be, person, quoted_one, speaks_of_one
from moderation.targets.words import DETERMINERS, KIN, MINE, TITLES, YOU, Points
from moderation.taxonomy import TargetType

# “Dean they were there in six minutes”: what follows a name that is spoken to.
_TOLD = listed("they it its thats we i look have theyre this")
# “Reported to Mr Sandhu”: who is spoken of in passing, not spoken against.
_IN_PASSING = listed("to with for forget unlike from via cc")
# A name after these is spoken about, not to.
_ABOUT = TITLES | MINE | listed("with to from and by for of thanks thank bless in at on")
_CALLED = frozenset({"", ",", ".", "!", "?"})
_RANK = {Confidence.SURE: 2, Confidence.LIKELY: 1, Confidence.UNSURE: 0}


def defended(view: View) -> Target | None:
    """“Leave her alone, you clown” speaks to the other commenter."""
    if not view.sees(Points.COUNTER) or not view.sees(Points.YOU | Points.YOU_ALL):
        return None
    return Target(
        TargetType.MEMBER_OF_PUBLIC,
        words=view.quoted(Points.COUNTER),
        why="It stands up for somebody and speaks to another commenter",
    )


def named(view: View) -> Target | None:
    """A name, nickname or handle of exactly one person in the directory."""
    best: tuple[tuple[bool, int], Mention, int, str] | None = None
    for mention in view.names:
        who, by = told_apart(mention, view.words, view.directory, view.post)
        if len(who) != 1 or not (mention.counts or who & view.post.people):
            continue
        rank = (not _is_in_passing(view.words, mention.start), _RANK[mention.confidence])
        if best is None or rank > best[0]:
            best = rank, mention, min(who), by
    if best is None:
        return None
    _, mention, one, by = best
    words = view.words.quote(mention.start, mention.end)
    why = f"It names a member of staff {mention.how}{by}: “{words}”"
    confidence = mention.confidence
    if by and confidence is Confidence.SURE:
        confidence = Confidence.LIKELY
    return person(view, one, (words,), why, confidence)


def _is_in_passing(words: Words, at: int) -> bool:
    return at > 0 and words.low[at - 1] in _IN_PASSING


def role_held(view: View) -> Target | None:
    """“The Chief Fire Officer” is one person; “the watch manager at Larkfield” may be."""
    for at, entry in view.found.names:
        held = role_holder(view.words, at, entry) if entry.roles else None
        if held is None:
            continue
        end, holders, public = held
        words = view.words.quote(at, end)
        if len(public) == 1:
            why = f"It names a role that one person holds in public: “{words}”"
            return person(view, min(public), (words,), why, Confidence.SURE)
        there = by_place(frozenset(holders), view.words.low, view.directory)
        if len(holders) == 1 and is_one_of_a_kind(words) and _is_pointed_at(view, at):
            there = frozenset(holders)
        if len(there) == 1:
            return _one_in_the_role(view, min(there), words)
    described = described_role(view.words, view.directory)
    if described is None:
        return None
    start, end, one = described
    return _one_in_the_role(view, one, view.words.quote(start, end))


def _one_in_the_role(view: View, one: int, words: str) -> Target:
    return Target(
        TargetType.IDENTIFIABLE_STAFF,
        staff_id=view.directory.people[one].member.staff_id,
        words=(words,),
        why=f"It gives a role that fits one person: “{words}”",
    )


def _is_pointed_at(view: View, at: int) -> bool:
    """Return whether “the”, “your” or “that” stands before a role: one holder is meant."""
    return not DETERMINERS.isdisjoint(view.words.low[max(0, at - 2) : at])


def shared_name(view: View) -> Target | None:
    """A name that two people share, and nothing that tells them apart."""
    for mention in view.names:
        who, _ = told_apart(mention, view.words, view.directory, view.post)
        if mention.counts and len(who) > 1:
            words = view.words.quote(mention.start, mention.end)
            share = "Two" if len(who) == 2 else "Several"
            return Target(
                TargetType.IDENTIFIABLE_STAFF,
                words=(words,),
                why=f"{share} people share this name: “{words}”",
            )
    return None


def described(view: View) -> Target | None:
    """“The lad on the ladder” is one person, whoever it is."""
    if not view.sees(Points.ONE_PERSON):
        return None
    words = view.quoted(Points.ONE_PERSON)
    one = view.post_person()
    end = view.found.places[Points.ONE_PERSON][1]
    if one is not None and view.words.low[end - 1] in view.directory.people[one].role_words:
        why = f"“{words[0]}”: the post names one member of staff in that role"
        return person(view, one, words, why, Confidence.LIKELY)
    return Target(
        TargetType.IDENTIFIABLE_STAFF,
        words=words,
        why=f"It points at one person by what they do: “{words[0]}”",
    )


def another_commenter(view: View) -> Target | None:
    """“@someone you're wrong” and “Sarah you need to see this” speak to other people."""
    if view.mentions_us:
        return None
    speaks = view.sees(Points.YOU | Points.YOU_ALL)
    if view.mentions_other and speaks:
        words = (view.mentions_other,)
    elif speaks and _begins_with_friend(view.words):
        words = (view.words.raw[0],)
    elif speaks and (friend := _spoken_to(view)):
        words = (friend,)
    else:
        return None
    why = f"It speaks to somebody who is not in the directory: “{words[0]}”"
    entry = view.directory.entry(fold(words[0]))
    if entry is not None and (entry.first or entry.known_as or entry.nickname):
        why = (
            f"It seems to speak to another commenter, “{words[0]}”; a member of staff is called so"
        )
    return Target(TargetType.MEMBER_OF_PUBLIC, words=words, why=why)


def _begins_with_friend(words: Words) -> bool:
    low = words.low
    if len(low) < 2 or not words.raw[0][0].isupper():
        return False
    if low[0] in KIN:
        return low[1] in YOU
    return low[0] in GIVEN_NAMES and (
        low[1] in YOU or low[1] in _TOLD or words.gap_before(1).startswith(",")
    )


def _spoken_to(view: View) -> str:
    """Return a name of nobody of ours that is called: “get a life, Keith”, “Doris you old bat”."""
    words, low = view.words, view.words.low
    for at, word in enumerate(low):
        if word not in GIVEN_NAMES or at == 0:
            continue
        if low[at - 1] in _ABOUT and "," not in words.gap_before(at):
            continue
        if word in COMMON_WORDS and not words.raw[at][0].isupper():
            continue
        if low[at + 1 : at + 2] and low[at + 1] in YOU:
            return words.raw[at]
        called = words.raw[at][0].isupper() and words.gap_before(at + 1).strip()[:1] in _CALLED
        if called and (at + 1 == len(low) or words.gap_before(at + 1).strip()):
            return words.raw[at]
    return ""


def he_or_she(view: View) -> Target | None:
    """“She” under a post that names one member of staff means that person."""
    one = view.post_person()
    if one is None or not speaks_of_one(view) or not may_be(view, one):
        return None
    words = quoted_one(view)
    why = f"“{words[0]}”: the post names one member of staff"
    return person(view, one, words, why, Confidence.LIKELY)


def somebody(view: View) -> Target | None:
    """“She” in a reply, with nobody named, is most likely somebody in our post."""
    if not view.is_reply or not speaks_of_one(view):
        return None
    if view.post_person() is not None and view.sees(Points.YOU):
        return None  # “take it off her again, see how brave you are”: the next steps look at “you”
    words = quoted_one(view)
    return Target(
        TargetType.IDENTIFIABLE_STAFF,
        words=words,
        why=f"It speaks of one person without a name: “{words[0]}”",
        confidence=Confidence.UNSURE,
    )
