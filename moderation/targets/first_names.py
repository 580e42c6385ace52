"""Decides whether a given name of ours names its bearer here, or somebody's friend of that name."""

from __future__ import annotations

from moderation.targets.confidence import Confidence
from moderation.targets.cues import (
    acts,
    begins_sentence,
    calls_a_friend,
    has_other_surname,
    is_of_the_author,
    is_something,
    is_spoken_to,
    is_tagged,
    is_title,
    role_near,
)
from moderation.targets.given_names import GIVEN_NAMES
from moderation.targets.listing import listed
from moderation.targets.name_words import BARE_WORDS, COMMON_WORDS, NOT_SURNAMES
from moderation.targets.names import one_slip
from moderation.targets.people import Entry
from moderation.targets.role_words import FIELDS
from moderation.targets.scene import Mention, Scene
from moderation.targets.sounds import sound

_LEAST_LOW_NAME = 4
_MODALS = frozenset({"will", "may"})
_SHORT = 2
_MONTHS = listed(
    """
    jan mar march april may june jun jul aug august sep oct nov dec
    """
)
_AT_WORK = listed(
    """
    work school council station office service team desk video photo page trust ward hq
    """
)


def first_name(scene: Scene, at: int, entry: Entry) -> Mention | None:
    """Return the mention that a given name or its short form at a place makes, if any."""
    who, how = _bearers(scene, entry)
    if _is_a_date(scene, at):
        return None
    full = _before_a_surname(scene, at, entry.first | entry.lent)
    if full is not None:
        return full
    if is_title(scene.before(at)):
        return Mention(at - 1, at + 1, who, Confidence.SURE, "by title and first name")
    if has_other_surname(scene, at) or _is_of_elsewhere(scene, at, who):
        return None
    if is_of_the_author(scene, at) and not (scene.names(who) or _is_our_own(scene, at, who)):
        return None
    if scene.words.low[at] in COMMON_WORDS and not _is_no_word(scene, at, who):
        capital = scene.words.raw[at][0].isupper()
        return Mention(at, at + 1, who, Confidence.UNSURE, how) if capital else None
    return Mention(at, at + 1, who, _confidence(scene, at, entry, who), how)


def nickname(scene: Scene, at: int, who: set[int]) -> Mention | None:
    """Return the mention that a nickname makes: “Woody”, and “Sunny” where it is no weather."""
    words = scene.words
    if "'" in words.gap_before(at) or _is_a_date(scene, at):
        return None
    confidence = _of_a_short_name(scene, at, who)
    if words.low[at] in COMMON_WORDS:
        if not words.raw[at][0].isupper():
            return None
        sure = not begins_sentence(words, at) or role_near(scene, at, who) or acts(scene, at)
        confidence = Confidence.LIKELY if sure else Confidence.UNSURE
    return Mention(at, at + 1, frozenset(who), confidence, "by nickname")


def _of_a_short_name(scene: Scene, at: int, who: set[int]) -> Confidence:
    """Return how sure a nickname is by its length: one letter counts where the post names them."""
    size, capital = len(scene.words.low[at]), scene.is_capital(at)
    if size > _SHORT or (size == _SHORT and capital):
        return Confidence.LIKELY
    return Confidence.LIKELY if capital and scene.names(who) else Confidence.UNSURE


def _bearers(scene: Scene, entry: Entry) -> tuple[frozenset[int], str]:
    """Return whose name it is; the post may speak of one who only goes by it for short."""
    if entry.first and not (entry.lent & scene.post.people):
        return frozenset(entry.first), "by first name"
    named = (entry.first | entry.lent) & scene.post.people
    who = named if len(named) == 1 else entry.first or entry.lent
    how = "by first name" if who <= entry.first else "by a form of the first name"
    return frozenset(who), how


def _before_a_surname(scene: Scene, at: int, who: set[int]) -> Mention | None:
    """Return the mention of a first name with a misspelt surname, or with its initial."""
    after = scene.after(at)
    if len(after) < _LEAST_LOW_NAME or after in NOT_SURNAMES:
        return None
    if scene.words.low[at] in _MODALS and not scene.words.raw[at][0].isupper():
        return None  # “I will hunt you down” speaks of nobody called Will Hunt
    people = scene.directory.people
    fitting = frozenset(
        one
        for one in who
        if any(
            len(name) >= _LEAST_LOW_NAME and (one_slip(after, name) or sound(after) == sound(name))
            for name in people[one].lasts
        )
    )
    if not fitting:
        return None
    return Mention(at, at + 2, fitting, Confidence.SURE, "by a name spelt much like it")


def _is_of_elsewhere(scene: Scene, at: int, who: frozenset[int]) -> bool:
    """Return whether “Graham from finance” is no Graham of ours."""
    low = scene.words.low
    if scene.after(at) != "from" or scene.words.gap_before(at + 1) != " ":
        return False
    if "'" in scene.words.raw[at]:
        return False
    there = {word for place in low[at + 2 : at + 5] for word in (place, *FIELDS.get(place, ()))}
    if not there or there & _AT_WORK:
        return False
    people = scene.directory.people
    return not any(there & (people[one].station_words | people[one].role_words) for one in who)


def _is_a_date(scene: Scene, at: int) -> bool:
    """Return whether “5 Dec” or “June 3” is a day."""
    beside = scene.before(at) + scene.after(at)
    return scene.words.low[at] in _MONTHS and any(sign.isdigit() for sign in beside)


def _is_our_own(scene: Scene, at: int, who: frozenset[int]) -> bool:
    """Return whether “our Kev” is one whom the post is about, or whose work it speaks of."""
    return scene.before(at) == "our" and scene.supports(who)


def _is_no_word(scene: Scene, at: int, who: frozenset[int]) -> bool:
    """Return whether a name that is a word too (Grace, Bob, Mark) is a name here."""
    capital = scene.is_capital(at)
    if capital and not begins_sentence(scene.words, at):
        return True
    bare = scene.words.low[at] in BARE_WORDS
    low = frozenset(scene.words.low)
    if not bare and any(low & scene.directory.people[one].role_words for one in who):
        return True
    if acts(scene, at) and (capital or not bare):
        return True
    if scene.supports(who) and capital and is_something(scene, at):
        return True
    if scene.names(who) and (capital or not bare):
        return True
    return capital and not bare and scene.supports(who) and not is_spoken_to(scene, at)


def _confidence(scene: Scene, at: int, entry: Entry, who: frozenset[int]) -> Confidence:
    low = scene.words.low[at]
    capital = scene.words.raw[at][0].isupper()
    if scene.names(who):
        return Confidence.SURE
    if "'" in scene.words.gap_before(at):
        return Confidence.UNSURE
    tagged = calls_a_friend(scene, at) and (low in GIVEN_NAMES or is_tagged(scene, at))
    if tagged and not scene.supports(who):
        return Confidence.UNSURE
    if not capital and not (scene.one_case and len(low) > 2) and len(low) < _LEAST_LOW_NAME:
        return Confidence.UNSURE
    # The only one of that name among the staff is most likely meant, on the staff's own page.
    if len(who) == 1 or scene.about_work or entry.known_as or scene.supports(who):
        return Confidence.LIKELY
    return Confidence.UNSURE
