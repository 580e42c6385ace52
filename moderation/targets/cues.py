"""What stands around a word and tells whether it is a name: titles, verbs, friends, families."""

from __future__ import annotations

from moderation.targets.given_names import GIVEN_NAMES
from moderation.targets.listing import listed
from moderation.targets.name_words import NOT_SURNAMES
from moderation.targets.reading import Words
from moderation.targets.scene import Scene
from moderation.targets.words import DETERMINERS, KIN, MINE, RANKS, TITLES, YOU

_NEAR = 3  # words either side in which a role makes a common word a name
_TOLD_A_FRIEND = listed(
    """
    look have this remember see haha lol fancy we they it its thats are am
    """
)
# What people do and things do not.
_ACTS = listed(
    """
    says said saying thinks thought knows knew wants wanted reads lied lies tells told gets got
    took takes couldnt cant doesnt didnt wouldnt wont isnt wasnt hasnt should needs earns sits
    sat walks lives drives drove deserves never runs ran talks looks hides did does treats asked
    asks voted came went made makes spent gave gives used sent sends wrote writes must resign
    only sells sold bought hires hired pockets pocketed stole steals bullies bullied shouts
    shouted laughs laughed cried cares hid replied helped carried stood sounds loves hates thick
    wears wore sacked slept sleeps still
    """
)
_IS = listed("is was has had will would could can ought just by")
# “When Banks turns up”: a verb after a word without “the”, as names have it.
_CLAUSE = listed("if when that because cos and but why how let")
_ONE_IS = frozenset({"is", "was", "has"})
_DONE_TO = listed(
    """
    let send sack fire bin oust boycott ask tell told film watch get
    """
)
_NOT_A_NAME_AFTER = (
    DETERMINERS | MINE | {"a", "an", "any", "some", "no", "every", "each", "another"}
)
_PLACES_BEFORE = frozenset({"in", "at", "near", "on"})
_SHORT_VERB = 3
_INITIAL_OR_WORD = frozenset({"a", "i"})


def is_title(word: str) -> bool:
    """Return whether a word may stand right before a surname."""
    return word in TITLES or word in RANKS


def begins_sentence(words: Words, at: int) -> bool:
    """Return whether a capital may only mean that a sentence begins."""
    return at == 0 or any(sign in words.gap_before(at) for sign in '.!?\n:\u201c"')


def is_initial(scene: Scene, at: int) -> bool:
    """Return whether the word at a place is an initial of the name after it."""
    words = scene.words
    if at < 0 or len(words.low[at]) != 1 or not words.low[at].isalpha():
        return False
    if "'" in words.gap_before(at) or "'" in words.gap_before(at + 1):
        return False
    if words.low[at] not in _INITIAL_OR_WORD:
        return words.raw[at].isupper() or scene.one_case
    # “A Price” is an initial, “a price” and “I price” are not.
    return scene.is_capital(at + 1) and words.raw[at].isupper() and "." in words.gap_before(at + 1)


def is_somebody_else(scene: Scene, at: int, who: set[int]) -> bool:
    """Return whether another first name stands before a surname: Kevin, not our Dana Okafor."""
    before = scene.before(at)
    if before not in GIVEN_NAMES or not (scene.words.raw[at - 1][0].isupper() or scene.one_case):
        return False
    if scene.words.gap_before(at) != " ":
        return False
    return not any(before in scene.directory.people[one].firsts for one in who)


def role_near(scene: Scene, at: int, who: set[int]) -> bool:
    """Return whether a title, a rank or the place of work stands close by."""
    low = scene.words.low
    near = set(low[max(0, at - _NEAR) : at] + low[at + 1 : at + 1 + _NEAR])
    if near & TITLES or near & RANKS:
        return True
    return any(near & scene.directory.people[one].station_words for one in who)


def is_of_the_author(scene: Scene, at: int) -> bool:
    """Return whether a first name is the author's own: “my mate Dan”, “our Dan”."""
    before = scene.before(at)
    return (before in MINE or before in KIN) and scene.words.gap_before(at) == " "


def has_other_surname(scene: Scene, at: int) -> bool:
    """Return whether another capitalised word follows a first name, as a surname does."""
    words = scene.words
    if at + 1 >= len(words.low) or words.raw[at].isupper() or not words.raw[at + 1][0].isupper():
        return False
    after = words.low[at + 1]
    if after in NOT_SURNAMES or is_title(after):
        return False
    return words.gap_before(at + 1) == " "


def calls_a_friend(scene: Scene, at: int) -> bool:
    """Return whether a comment begins by calling somebody: friends are tagged that way.

    Under a post, that is; in a message to the organisation there is nobody to tag.
    """
    if at > 0 or not scene.is_reply:
        return False
    after = scene.after(at)
    return not after or after in YOU or after in _TOLD_A_FRIEND


def is_pointed_at(scene: Scene, at: int) -> bool:
    """Return whether “the” or “a” stands before a word, so that it is a thing: “the bell”."""
    return scene.before(at) in _NOT_A_NAME_AFTER


def acts(scene: Scene, at: int) -> bool:
    """Return whether a word does what only people do, owns something, or has it done to it."""
    if "'" in scene.words.raw[at] and scene.words.raw[at].lower().endswith("'s"):
        return True
    after, before = scene.after(at), scene.before(at)
    if before in _DONE_TO:
        return True
    begins = before in _CLAUSE or before.isdigit()
    if after in _ACTS:
        # “Facilities grant hid the rest”: a small letter after a noun is no name.
        return begins or scene.is_capital(at) or begins_sentence(scene.words, at)
    verb = len(after) > _SHORT_VERB and after.endswith("s") and not after.endswith("ss")
    return verb and begins and after not in NOT_SURNAMES


def is_something(scene: Scene, at: int) -> bool:
    """Return whether “is”, “has” or the like follows one, or the cry “out”."""
    after = scene.after(at)
    # “Banks is”: one person, where “banks are” would be several banks.
    plural = scene.words.low[at].endswith("s") and after not in _ONE_IS
    return after == "out" or (after in _IS and not plural)


def is_tagged(scene: Scene, at: int) -> bool:
    """Return whether a comment begins “Dana look at this”, as nobody speaks to staff."""
    return at == 0 and scene.is_reply and scene.after(at) in _TOLD_A_FRIEND


def is_spoken_to(scene: Scene, at: int) -> bool:
    """Return whether a comment begins with a word and goes on with “you” or “I'm”."""
    return at == 0 and (scene.after(at) in YOU or scene.after(at) in {"im", "ill"})


def is_part_of_a_place(scene: Scene, at: int) -> bool:
    """Return whether a capitalised word belongs to its neighbours: “Market Cross”, “Bell Inn”."""
    raw = scene.words.raw
    if scene.before(at) in _PLACES_BEFORE:
        return True
    joined = (
        at + 1 < len(raw) and raw[at + 1][0].isupper() and scene.words.gap_before(at + 1) == " "
    )
    if joined and scene.after(at) not in NOT_SURNAMES:
        return True
    if not at or not raw[at - 1][0].isupper() or scene.words.gap_before(at) != " ":
        return False
    return scene.before(at) not in NOT_SURNAMES | _DONE_TO | _CLAUSE
