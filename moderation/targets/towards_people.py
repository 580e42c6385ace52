"""Steps that find one person: by name, by role, by description, or by who is spoken to."""

from __future__ import annotations

from moderation.targets.name_words import GIVEN_NAMES
from moderation.targets.reading import Words
from moderation.targets.scanning import role_holder
from moderation.targets.view import Target, View, person, quoted_one, resolved, speaks_of_one
from moderation.targets.words import KIN, YOU, Points
from moderation.taxonomy import TargetType

# “Dean they were there in six minutes”: what follows a name that is spoken to.
_TOLD = frozenset(["they", "it", "its", "thats", "we", "i", "look", "have", "theyre", "this"])


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
    for mention in view.names:
        who = resolved(view, mention)
        if len(who) == 1 and (mention.sure or who & view.post.people):
            words = view.words.quote(mention.start, mention.end)
            return person(view, min(who), (words,), f"It names a member of staff: “{words}”")
    return None


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
            return person(view, min(public), (words,), why)
        there = _at_station(holders, view)
        if len(there) == 1:
            return Target(
                TargetType.IDENTIFIABLE_STAFF,
                staff_id=view.directory.people[min(there)].member.staff_id,
                words=(words,),
                why=f"It gives a role and a place that fit one person: “{words}”",
            )
    return None


def _at_station(holders: set[int], view: View) -> set[int]:
    stations = view.directory.stations
    places = [stations[word] for word in view.words.low if word in stations]
    return set.intersection(holders, *places) if places else set()


def shared_name(view: View) -> Target | None:
    """A name that two people share, and nothing that tells them apart."""
    for mention in view.names:
        if mention.sure and len(resolved(view, mention)) > 1:
            words = view.words.quote(mention.start, mention.end)
            return Target(
                TargetType.IDENTIFIABLE_STAFF,
                words=(words,),
                why=f"Two people share this name: “{words}”",
            )
    return None


def described(view: View) -> Target | None:
    """“The lad on the ladder” is one person, whoever it is."""
    if not view.sees(Points.ONE_PERSON):
        return None
    words = view.quoted(Points.ONE_PERSON)
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
    else:
        return None
    return Target(
        TargetType.MEMBER_OF_PUBLIC,
        words=words,
        why=f"It speaks to somebody who is not in the directory: “{words[0]}”",
    )


def _begins_with_friend(words: Words) -> bool:
    low = words.low
    if len(low) < 2 or not words.raw[0][0].isupper():
        return False
    if low[0] in KIN:
        return low[1] in YOU
    return low[0] in GIVEN_NAMES and (
        low[1] in YOU or low[1] in _TOLD or words.gap_before(1).startswith(",")
    )


def he_or_she(view: View) -> Target | None:
    """“She” under a post that names one member of staff means that person."""
    if not speaks_of_one(view) or len(view.post.people) != 1:
        return None
    words = quoted_one(view)
    return person(
        view, min(view.post.people), words, f"“{words[0]}”: the post names one member of staff"
    )


def somebody(view: View) -> Target | None:
    """“She” in a reply, with nobody named, is most likely somebody in our post."""
    if not view.is_reply or not speaks_of_one(view):
        return None
    words = quoted_one(view)
    return Target(
        TargetType.IDENTIFIABLE_STAFF,
        words=words,
        why=f"It speaks of one person without a name: “{words[0]}”",
    )
