"""Decides which members of staff a text names, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from moderation.targets.name_words import (
    COMMON_WORDS,
    GIVEN_NAMES,
    NOT_SURNAMES,
)
from moderation.targets.names import one_slip
from moderation.targets.people import Directory, Entry
from moderation.targets.reading import Words
from moderation.targets.words import (
    KIN,
    MINE,
    RANKS,
    TITLES,
    YOU,
)

_NEAR = 3  # words either side in which a role makes a common word a name
_NEVER_MISSPELT = COMMON_WORDS | NOT_SURNAMES
# After a title in lower case these go on with the sentence: “the doctor will see you”.
_VERBS = frozenset(
    {"will", "may", "mark", "cook", "hunt", "ward", "field", "house", "post", "read"}
)
_INITIAL_OR_WORD = frozenset({"a", "i"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a text may name somebody: words start to end, and whom they may mean."""

    start: int
    end: int
    who: frozenset[int]
    sure: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """A text together with what helps to read the names in it."""

    words: Words
    directory: Directory
    about_work: bool
    all_low: bool


def mentions(scene: Scene, hits: Iterable[tuple[int, Entry]]) -> list[Mention]:
    """Return the names in a text from first to last; hits are the words the directory knows."""
    found: list[Mention] = []
    past = 0
    for at, entry in hits:
        if at < past:
            continue
        mention = _mention(scene, at, entry)
        if mention is not None:
            found.append(mention)
            past = mention.end
    return found


def misspelt(scene: Scene) -> list[Mention]:
    """Return names that are one slip away from one in the directory, where a name is likely."""
    found = []
    words = scene.words
    for at, word in enumerate(words.low):
        capital = words.raw[at][0].isupper()
        if not (capital or scene.about_work) or len(word) < 5 or word in _NEVER_MISSPELT:
            continue
        titled = at > 0 and _is_title(words.low[at - 1])
        if not (capital or titled):
            continue
        name = scene.directory.misspelt(word)
        entry = scene.directory.entry(name) if name else None
        if entry is None:
            continue
        who = entry.last or entry.first or entry.nickname
        sure = titled or scene.about_work
        found.append(Mention(at - 1 if titled else at, at + 1, frozenset(who), sure))
    return found


def _mention(scene: Scene, at: int, entry: Entry) -> Mention | None:
    low = scene.words.low
    for tokens, who in entry.phrases:
        end = at + len(tokens)
        if low[at:end] == tokens and not _is_plain_speech(scene.words, at, end):
            return Mention(at, end, frozenset(who), sure=True)
    if entry.handle:
        return Mention(at, at + 1, frozenset(entry.handle), sure=True)
    mention = _surname(scene, at, entry.last) if entry.last else None
    if mention is None and entry.first:
        mention = _first_name(scene, at, entry)
    if mention is None and entry.nickname:
        mention = _nickname(scene, at, entry.nickname)
    return mention


def _is_plain_speech(words: Words, start: int, end: int) -> bool:
    """Return whether a name made of ordinary words is just those words: “will price go up”."""
    return all(
        low in COMMON_WORDS and not raw[0].isupper()
        for low, raw in zip(words.low[start:end], words.raw[start:end], strict=True)
    )


def _surname(scene: Scene, at: int, who: set[int]) -> Mention | None:
    words = scene.words
    before = words.low[at - 1] if at else ""
    capital = words.raw[at][0].isupper()
    people = scene.directory.people
    if _is_initial(words, at - 1, capital=capital):
        fitting = frozenset(one for one in who if any(n[0] == before for n in people[one].firsts))
        return Mention(at - 1, at + 1, fitting, sure=True) if fitting else None
    if before and _is_title(before) and (capital or words.low[at] not in _VERBS):
        return Mention(at - 1, at + 1, frozenset(who), sure=True)
    if _is_somebody_else(words, at, frozenset().union(*(people[one].firsts for one in who))):
        return None
    if words.low[at] not in COMMON_WORDS:
        return Mention(at, at + 1, frozenset(who), sure=capital or len(words.low[at]) > 4)
    if not capital:
        return None
    return Mention(at, at + 1, frozenset(who), sure=_role_near(scene, at, who))


def _first_name(scene: Scene, at: int, entry: Entry) -> Mention | None:
    words, who = scene.words, entry.first
    before = words.low[at - 1] if at else ""
    full = _misspelt_surname(scene, at, who)
    if full is not None:
        return full
    if _is_title(before):
        return Mention(at - 1, at + 1, frozenset(who), sure=True)
    if _is_of_the_author(words, at) or _has_other_surname(words, at):
        return None
    capital = words.raw[at][0].isupper()
    if words.low[at] in COMMON_WORDS and (not capital or _begins_sentence(words, at)):
        return Mention(at, at + 1, frozenset(who), sure=False) if capital else None
    if (not capital and not scene.all_low) or _calls_a_friend(words, at):
        return Mention(at, at + 1, frozenset(who), sure=False)
    sure = scene.about_work or bool(entry.known_as)
    return Mention(at, at + 1, frozenset(who), sure=sure)


def _nickname(scene: Scene, at: int, who: set[int]) -> Mention | None:
    words = scene.words
    capital = words.raw[at][0].isupper()
    if words.low[at] in COMMON_WORDS:
        if not capital:
            return None
        sure = not _begins_sentence(words, at) or _role_near(scene, at, who)
        return Mention(at, at + 1, frozenset(who), sure=sure)
    return Mention(at, at + 1, frozenset(who), sure=True)


def _is_title(word: str) -> bool:
    return word in TITLES or word in RANKS


def _is_initial(words: Words, at: int, *, capital: bool) -> bool:
    if at < 0 or len(words.low[at]) != 1 or not words.low[at].isalpha():
        return False
    if words.low[at] not in _INITIAL_OR_WORD:
        return True
    # “A Price” is an initial, “a price” and “I price” are not.
    return capital and words.raw[at].isupper() and "." in words.gap_before(at + 1)


def _is_somebody_else(words: Words, at: int, ours: frozenset[str]) -> bool:
    """Return whether another first name stands before a surname: Kevin, not our Dana Okafor."""
    before = words.low[at - 1] if at else ""
    return before in GIVEN_NAMES and before not in ours and words.raw[at - 1][0].isupper()


def _role_near(scene: Scene, at: int, who: set[int]) -> bool:
    low = scene.words.low
    near = set(low[max(0, at - _NEAR) : at] + low[at + 1 : at + 1 + _NEAR])
    if near & TITLES or near & RANKS:
        return True
    return any(near & scene.directory.people[one].station_words for one in who)


def _misspelt_surname(scene: Scene, at: int, who: set[int]) -> Mention | None:
    if at + 1 >= len(scene.words.low):
        return None
    after = scene.words.low[at + 1]
    if len(after) < 4 or after in NOT_SURNAMES:
        return None
    people = scene.directory.people
    fitting = frozenset(
        one for one in who if any(len(n) > 3 and one_slip(after, n) for n in people[one].lasts)
    )
    return Mention(at, at + 2, fitting, sure=True) if fitting else None


def _is_of_the_author(words: Words, at: int) -> bool:
    """Return whether a first name is the author's own: “my mate Dan”, “our Dan”."""
    before = words.low[at - 1] if at else ""
    return (before in MINE or before in KIN) and words.gap_before(at) == " "


def _has_other_surname(words: Words, at: int) -> bool:
    if at + 1 >= len(words.low) or words.raw[at].isupper():
        return False
    after = words.low[at + 1]
    if not words.raw[at + 1][0].isupper() or after in NOT_SURNAMES or _is_title(after):
        return False
    return words.gap_before(at + 1) == " "


def _begins_sentence(words: Words, at: int) -> bool:
    return at == 0 or any(sign in words.gap_before(at) for sign in ".!?\n")


def _calls_a_friend(words: Words, at: int) -> bool:
    """Return whether a comment begins by calling somebody: friends are tagged that way."""
    return at == 0 and len(words.low) > 1 and words.low[1] in YOU
