"""Decides whether a surname of ours names its bearer here: “Banks lied”, not “banks”."""

from __future__ import annotations

from moderation.targets.confidence import Confidence
from moderation.targets.cues import (
    acts,
    begins_sentence,
    calls_a_friend,
    is_initial,
    is_part_of_a_place,
    is_pointed_at,
    is_somebody_else,
    is_something,
    is_spoken_to,
    is_title,
    role_near,
)
from moderation.targets.given_names import GIVEN_NAMES
from moderation.targets.listing import listed
from moderation.targets.name_words import BARE_WORDS, CAPITAL_WORDS, COMMON_WORDS
from moderation.targets.scene import Mention, Scene
from moderation.targets.words import HONORIFICS, PERSONS, TITLES

# After a title in lower case these go on with the sentence: “the doctor will see you”.
_VERBS = listed("will may mark cook hunt ward field house post read price")
_FAMILY = listed("the those same these all")
_SHORT = 3


def surname(scene: Scene, at: int, who: set[int]) -> Mention | None:
    """Return the mention that a surname at a place makes, if any."""
    titled = _with_title(scene, at, who)
    if titled is not None:
        return titled
    if is_somebody_else(scene, at, who):
        return None
    if scene.words.low[at] in COMMON_WORDS:
        confidence = _of_a_common_word(scene, at, who)
    else:
        confidence = _of_a_plain_name(scene, at, who)
    if confidence is None:
        return None
    return Mention(at, at + 1, frozenset(who), confidence, "by surname")


def owner(scene: Scene, at: int, who: set[int]) -> Mention | None:
    """Return the mention of a common word with an s: “Mrs Bells class”, “all of Frosts mouth”."""
    if scene.before(at) in HONORIFICS:
        how = "by title and surname"
        return Mention(at - 1, at + 1, frozenset(who), Confidence.LIKELY, how)
    if not scene.is_capital(at) or begins_sentence(scene.words, at) or is_pointed_at(scene, at):
        return None
    if is_part_of_a_place(scene, at):
        return None
    return Mention(at, at + 1, frozenset(who), Confidence.LIKELY, "by surname")


def _with_title(scene: Scene, at: int, who: set[int]) -> Mention | None:
    before, people = scene.before(at), scene.directory.people
    if is_initial(scene, at - 1):
        fitting = frozenset(one for one in who if any(n[0] == before for n in people[one].firsts))
        if not fitting:
            return None
        return Mention(at - 1, at + 1, fitting, Confidence.SURE, "by initial and surname")
    if not before or not is_title(before) or scene.words.sentence_ends(at - 1, at):
        return None
    if scene.is_capital(at) or _may_follow_a_title(scene, at, who):
        return Mention(at - 1, at + 1, frozenset(who), Confidence.SURE, "by title and surname")
    return None


def _may_follow_a_title(scene: Scene, at: int, who: set[int]) -> bool:
    """Return whether a small letter may still be a name: “mr price”, not “the manager will”."""
    low, before = scene.words.low[at], scene.before(at)
    if low not in _VERBS and (low not in BARE_WORDS or before in TITLES):
        return True
    # “watch manager price”: a whole rank of theirs stands before it.
    earlier = scene.before(at - 1)
    return any({earlier, before} <= scene.directory.people[one].role_words for one in who)


def _of_a_plain_name(scene: Scene, at: int, who: set[int]) -> Confidence | None:
    low = scene.words.low[at]
    people = scene.directory.people
    if scene.before(at) in _FAMILY and all(low not in people[one].lasts for one in who):
        return None
    if low in GIVEN_NAMES and calls_a_friend(scene, at) and not scene.supports(who):
        return Confidence.UNSURE
    if scene.words.raw[at][0].isupper() and not is_part_of_a_place(scene, at):
        return Confidence.SURE
    return Confidence.LIKELY if len(low) >= _SHORT else Confidence.UNSURE


def _of_a_common_word(scene: Scene, at: int, who: set[int]) -> Confidence | None:
    """Return how sure it is that “Banks” is no bank: None where nothing says so."""
    capital, bare = scene.is_capital(at), scene.words.low[at] in BARE_WORDS
    if is_pointed_at(scene, at):
        # “That Fox woman”, under a post that names her.
        woman = scene.after(at) in PERSONS and scene.names(who)
        return Confidence.LIKELY if woman else None
    if capital and role_near(scene, at, who):
        return Confidence.SURE
    known = scene.supports(who) or scene.says_gender_of(who)
    if _does_as_people_do(scene, at, capital=capital, bare=bare and not known, known=known):
        return Confidence.LIKELY
    if capital and not is_part_of_a_place(scene, at):
        within = not begins_sentence(scene.words, at)
        if scene.supports(who) or (within and scene.words.low[at] not in CAPITAL_WORDS):
            return Confidence.LIKELY
        if len(scene.words.low) == 1 and not bare:
            return Confidence.LIKELY
    return Confidence.UNSURE if capital else None


def _does_as_people_do(scene: Scene, at: int, *, capital: bool, bare: bool, known: bool) -> bool:
    if acts(scene, at) and (capital or not bare):
        return True
    if is_spoken_to(scene, at) and (known or not bare):
        return True
    if bare or not capital:
        return False
    return is_something(scene, at) and not is_part_of_a_place(scene, at)
