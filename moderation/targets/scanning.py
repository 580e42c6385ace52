"""Gathers what the words of a text point at: you, staff, the service, a person by description."""

from __future__ import annotations

from dataclasses import dataclass, field

from moderation.targets.given_names import GIVEN_NAMES
from moderation.targets.index import Directory
from moderation.targets.listing import listed
from moderation.targets.name_words import NOT_SURNAMES
from moderation.targets.other_words import ELECTED
from moderation.targets.people import Entry
from moderation.targets.reading import Words
from moderation.targets.words import (
    DETERMINERS,
    DOING,
    JOBS,
    MINE,
    PERSONS,
    PHRASES,
    RANKS,
    VOCABULARY,
    WORK,
    YOU,
    YOU_ALL_AFTER_YOU,
    Points,
)

_BACK = 3  # how far before a noun “the” or “that” may stand: “the rude young woman”
_FROM = frozenset({"from", "on", "at", "in"})
_COLOURS = listed("red white blue green black amber gold purple")
# “Women shouldn't be ...”: what follows a group of people when it is judged as one.
_DENIED = listed("shouldnt cant dont arent should have belong need are cannot")
_SOMEBODYS = MINE | {"a", "another", "some"}


@dataclass(slots=True)
class Scan:
    """What a text points at: the bits seen, where each was first seen, and the names to look at."""

    seen: int = 0
    places: dict[int, tuple[int, int]] = field(default_factory=dict)
    names: list[tuple[int, Entry]] = field(default_factory=list)

    def note(self, point: int, start: int, end: int) -> None:
        """Note one thing pointed at; only its first place is kept."""
        self.seen |= point
        self.places.setdefault(point, (start, end))


def scan(words: Words, directory: Directory) -> Scan:
    """Read the words of a text once, from first to last."""
    found = Scan()
    points_of = VOCABULARY.get
    entry_of = directory.entries.get
    marks = []
    for at, word in enumerate(words.low):
        points = points_of(word)
        if points is not None:
            marks.append((at, points))
        entry = entry_of(word)
        if entry is not None:
            found.names.append((at, entry))
    past = 0
    for at, points in marks:
        if at >= past:
            past = _mark(found, words, at, points)
    _own_name(found, words, directory)
    return found


def _mark(found: Scan, words: Words, at: int, points: int) -> int:
    """Note what a word or the phrase it begins points at; returns where to go on."""
    end = _phrase(found, words, at) if points & Points.BEGINS_PHRASE else 0
    if not end:
        _single(found, words, at, points)
    return end or at + 1


def _phrase(found: Scan, words: Words, at: int) -> int:
    """Note the longest known phrase that begins here; returns its end, or 0 for none."""
    low = words.low
    for phrase, point in PHRASES[low[at]]:
        end = at + len(phrase)
        if low[at:end] == phrase:
            found.note(point, at, end)
            if point == Points.GROUP:
                _first_name_from(found, words, end - 1)
            return end
    return 0


def _single(found: Scan, words: Words, at: int, points: int) -> None:
    for point in _PLAIN_OF[points]:
        found.note(point, at, at + 1)
    if points & Points.YOU:
        _you(found, words, at)
    if points & _IF_POINTED:
        _pointed(found, words, at, points)
    if points & _ONE:
        _person(found, words, at)
    if points & _PLACE:
        _first_name_from(found, words, at)
    if points & _IN_CONTEXT:
        _in_context(found, words, at, points)


def _in_context(found: Scan, words: Words, at: int, points: int) -> None:
    """Note what depends on its neighbours: “women shouldn't”, “my dad”, “a patient”."""
    low = words.low
    if points & Points.MAYBE_CHARACTERISTIC and not _DENIED.isdisjoint(low[at + 1 : at + 3]):
        found.note(Points.CHARACTERISTIC, at, at + 1)
    if points & Points.KIN and not _SOMEBODYS.isdisjoint(low[max(0, at - 2) : at]):
        found.note(Points.KIN, at, at + 1)


_PLAIN = (
    Points.YOU_ALL,
    Points.HE_SHE,
    Points.RANK,
    Points.GROUP,
    Points.SERVICE,
    Points.FIGURE,
    Points.CHARACTERISTIC,
    Points.MAYBE_CHARACTERISTIC,
    Points.WORK,
    Points.INSULTED,
)
# What each word notes as it stands, worked out once for all words of one kind.
_PLAIN_OF = {
    points: tuple(point for point in _PLAIN if points & point)
    for points in set(VOCABULARY.values())
}
_IN_CONTEXT = Points.MAYBE_CHARACTERISTIC | Points.KIN
_IF_POINTED = Points.GROUP_IF_POINTED | Points.SERVICE_IF_POINTED
_ONE = Points.RANK | Points.PERSON
_PLACE = Points.WORK | Points.GROUP_IF_POINTED


def _you(found: Scan, words: Words, at: int) -> None:
    low = words.low
    after = low[at + 1 : at + 4]
    for step, word in enumerate(after):
        if word in YOU_ALL_AFTER_YOU:
            found.note(Points.YOU_ALL, at, at + step + 2)
            return
        if word in YOU or word in NOT_SURNAMES:
            break
    found.note(Points.YOU, at, at + 1)


def _pointed(found: Scan, words: Words, at: int, points: int) -> None:
    """Note “team” or “school” only where “your” or “this” points at ours."""
    start = _determiner(words.low, at, back=2)
    if start is None:
        return
    group = points & Points.GROUP_IF_POINTED
    found.note(Points.GROUP if group else Points.SERVICE, start, at + 1)


def _determiner(low: tuple[str, ...], at: int, *, back: int = _BACK) -> int | None:
    for before in range(at - 1, max(-1, at - 1 - back), -1):
        if low[before] in DETERMINERS:
            return before
    return None


def _person(found: Scan, words: Words, at: int) -> None:
    """Note one person who is described: a job, a place in the picture, or a rank and a name."""
    low, word = words.low, words.low[at]
    if word in ELECTED and words.raw[at + 1 : at + 2] and words.raw[at + 1][0].isupper():
        found.note(Points.NAMED_FIGURE, at, at + 2)
        return
    if word in RANKS and _is_name_after(words, at):
        found.note(Points.ONE_PERSON, at, at + 2)
        return
    start = _determiner(low, at)
    if start is None or words.sentence_ends(start, at):
        return
    if word in JOBS:
        found.note(Points.ONE_PERSON, start, at + 1)
    elif word in PERSONS:
        after = low[at + 1 : at + 3]
        around = low[at + 1 : at + 7]
        if any(step in DOING for step in after) and any(step in WORK for step in around):
            found.note(Points.ONE_PERSON, start, at + 1 + _reach(low, at))
        elif low[start] in ("that", "this") and word != "one":
            found.note(Points.PERSON, start, at + 1)


def _reach(low: tuple[str, ...], at: int) -> int:
    """Return how many words after a person belong to the description, up to the place of work."""
    return next(step for step, word in enumerate(low[at + 1 : at + 7], 1) if word in WORK)


def _is_name_after(words: Words, at: int) -> bool:
    if at + 1 >= len(words.low):
        return False
    raw, low = words.raw[at + 1], words.low[at + 1]
    if not raw[0].isupper() or raw.isupper() or len(low) < 3:
        return False
    if low in NOT_SURNAMES or low in VOCABULARY:
        return False
    return words.gap_before(at + 1) == " "


def _first_name_from(found: Scan, words: Words, at: int) -> None:
    """Note “Sam from Blue Watch”: one person, though the directory does not know the name."""
    low = words.low
    for before in range(max(0, at - 4), at - 1):
        if (
            low[before] in GIVEN_NAMES
            and words.raw[before][0].isupper()
            and low[before + 1] in _FROM
        ):
            found.note(Points.ONE_PERSON, before, at + 1)


def _own_name(found: Scan, words: Words, directory: Directory) -> None:
    if directory.org_words.isdisjoint(words.low):
        return
    for at, word in enumerate(words.low):
        if word in directory.org_words and words.raw[at].isupper():
            found.note(Points.SERVICE, at, at + 1)
            return
