"""The staff directory as an index: every name, nickname, handle and role, found by one look-up."""

from __future__ import annotations

from collections.abc import Iterable

from moderation.model import StaffMember
from moderation.targets.given_names import GIVEN_NAMES
from moderation.targets.listing import listed
from moderation.targets.name_words import COMMON_WORDS, TINY_WORDS
from moderation.targets.names import (
    deletions,
    is_given_name,
    is_whole_name,
    one_slip,
    surname_of,
    without_titles,
)
from moderation.targets.people import Entry, Person, PostReading, Role, person_of
from moderation.targets.reading import fold, read
from moderation.targets.role_words import ROLE_SHORT
from moderation.targets.short_forms import OTHER_FORMS
from moderation.targets.sounds import sound
from moderation.targets.words import TITLES

_MISSPELT_FROM = 5
_SLIPS_KEPT = 20_000
_POSSESSIVE_FROM = 4
_NAME_FROM = 3
_BEFORE_A_NAME = TITLES | listed("big wee little old young ol coach auntie uncle midwife")


class Directory:
    """Everybody whom a text may name, for one organisation.

    Built once from the lines of a staff directory; looking a word up costs the same however many
    people there are. people keeps the order of members; posts holds what was read of the posts that
    comments answer.
    """

    def __init__(self, members: Iterable[StaffMember] = ()) -> None:
        self.people: list[Person] = []
        self.entries: dict[str, Entry] = {}
        self.stations: dict[str, set[int]] = {}
        self.fields: dict[str, set[int]] = {}
        self.org_words: set[str] = set()
        self.posts: dict[str, PostReading] = {}
        self._near: dict[str, set[str]] = {}
        self._alike: dict[str, set[str]] = {}
        self._slips: dict[str, str | None] = {}
        for member in members:
            self._add(member)
        for entry in self.entries.values():
            for phrases in entry.phrases.values():
                phrases.sort(key=lambda phrase: -len(phrase[0]))
            entry.roles.sort(key=lambda role: -len(role.words))
        self._index_misspellings()

    def entry(self, word: str) -> Entry | None:
        """Return what a folded word may begin, or None; a mention keeps its @."""
        return self.entries.get(word)

    def misspelt(self, word: str) -> str | None:
        """Return the distinctive name that a folded word is a misspelling of, unless two fit.

        A slip is a letter too many, missing, wrong, or swapped with its neighbour; names that sound
        alike fit too.
        """
        if word not in self._slips:
            if len(self._slips) >= _SLIPS_KEPT:
                self._slips.clear()
            self._slips[word] = self._misspelling(word)
        return self._slips[word]

    def _misspelling(self, word: str) -> str | None:
        found = set(self._near.get(word, ()))
        for at in range(len(word)):
            found |= self._near.get(word[:at] + word[at + 1 :], set())
        close = {name for name in found if one_slip(word, name)}
        return self._one_of(close) or self._one_of(self._alike.get(sound(word), set()) - {word})

    def _one_of(self, names: set[str]) -> str | None:
        people = {frozenset(self.entries[name].bearers) for name in names}
        return min(names) if len(people) == 1 else None

    def _add(self, member: StaffMember) -> None:
        position = len(self.people)
        names = without_titles(read(member.full_name).low)
        surname = surname_of(member.full_name, names)
        firsts = {names[0]} if names else set()
        for alias in member.aliases:
            firsts |= self._add_alias(alias, names, position)
        if names:
            self._add_full_name(names, surname, firsts, position)
        lasts = {"".join(surname), surname[-1], surname[0]} if surname else set()
        one = person_of(member, firsts, lasts)
        self.people.append(one)
        for word in one.station_words:
            self.stations.setdefault(word, set()).add(position)
        for word in one.field_words:
            self.fields.setdefault(word, set()).add(position)
        self._add_role(member, position)
        self._add_org(member.org)

    def _add_full_name(
        self, names: tuple[str, ...], surname: tuple[str, ...], firsts: set[str], position: int
    ) -> None:
        self._entry(names[0]).first.add(position)
        others = OTHER_FORMS.get(names[0], frozenset())
        for other in others:
            self._entry(other).lent.add(position)
        if len(names[0]) >= _POSSESSIVE_FROM and names[0] not in COMMON_WORDS:
            self._possessive(names[0], self._entry(names[0] + "s").first, position)
        if len(names) == 1:
            return
        self._phrase(names, position)
        for first in firsts | others:
            self._phrase((first, *surname), position)
            self._phrase((first, "".join(surname)), position)
            self._phrase((first, surname[-1][0]), position)
        for handle in {"".join(names), names[0] + "".join(surname)}:
            self._entry("@" + handle).handle.add(position)
        self._add_surname(surname, position)
        for middle in names[1 : -len(surname)]:
            if middle not in GIVEN_NAMES and middle not in COMMON_WORDS | TINY_WORDS:
                self._entry(middle).last.add(position)

    def _add_surname(self, surname: tuple[str, ...], position: int) -> None:
        for last in {"".join(surname), surname[-1], surname[0]} - TINY_WORDS:
            self._entry(last).last.add(position)
            if len(last) >= _POSSESSIVE_FROM and last not in COMMON_WORDS:
                self._possessive(last, self._entry(last + "s").last, position)
            elif last in COMMON_WORDS:
                self._entry(last + "s").owned.add(position)
        if len(surname) > 1:
            self._phrase(surname, position)

    def _possessive(self, name: str, bearers: set[int], position: int) -> None:
        """Take “Ashworths mobile”, a possessive without its apostrophe, unless that is a word."""
        if name + "s" not in COMMON_WORDS | GIVEN_NAMES:
            bearers.add(position)

    def _add_alias(self, alias: str, names: tuple[str, ...], position: int) -> set[str]:
        """Index another name; returns it if it is a given name, to be combined with the surname."""
        words = read(alias).low
        if not words:
            return set()
        mention = alias.casefold().partition("@")[0]
        for handle in {mention.replace(" ", ""), "".join(words)}:
            self._entry("@" + handle).handle.add(position)
        if len(words) > 1:
            self._phrase(words, position)
            # “Sister Sade” is also Sade, “Big Leon” is Leon.
            if len(words) > 2 or words[0] not in _BEFORE_A_NAME or len(words[1]) < _NAME_FROM:
                return set()
            words = words[1:]
            if words[0] in names or words[0] in COMMON_WORDS:
                return set()
            alias = words[0]
        word = words[0]
        if not alias.isalpha() or is_whole_name(word, names):
            self._entry(word).handle.add(position)
            return set()
        if is_given_name(word, names):
            self._entry(word).known_as.add(position)
            self._entry(word).first.add(position)
            return {word}
        self._entry(word).nickname.add(position)
        return set()

    def _add_role(self, member: StaffMember, position: int) -> None:
        full = " ".join(read(member.role).low)
        # “Area Manager, Response” and “Firefighter (on-call)” are called by the part in front too.
        plain = " ".join(read(member.role.partition(",")[0].partition("(")[0]).low)
        for text in {full, plain, *ROLE_SHORT.get(plain, ())}:
            words = tuple(text.split())
            if words:
                role = self._role(words)
                role.holders.add(position)
                if member.public_role:
                    role.public.add(position)

    def _role(self, words: tuple[str, ...]) -> Role:
        roles = self._entry(words[0]).roles
        for role in roles:
            if role.words == words:
                return role
        roles.append(Role(words, set(), set()))
        return roles[-1]

    def _add_org(self, org: str) -> None:
        """Take the organisation's short name: its handles begin with it."""
        if len(org) > 2 and org.isalnum():
            self.org_words.add(fold(org))

    def _entry(self, word: str) -> Entry:
        return self.entries.setdefault(word, Entry())

    def _phrase(self, words: tuple[str, ...], position: int) -> None:
        if len(words) < 2:
            return
        phrases = self._entry(words[0]).phrases.setdefault(words[1], [])
        for known, who in phrases:
            if known == words:
                who.add(position)
                return
        phrases.append((words, {position}))

    def _index_misspellings(self) -> None:
        for word, entry in self.entries.items():
            if len(word) < _MISSPELT_FROM or word in COMMON_WORDS or word.startswith("@"):
                continue
            if not (entry.last or entry.first or entry.nickname) or self._is_possessive(word):
                continue
            for near in deletions(word):
                self._near.setdefault(near, set()).add(word)
            self._alike.setdefault(sound(word), set()).add(word)

    def _is_possessive(self, word: str) -> bool:
        stem = self.entries.get(word.removesuffix("s"))
        return word.endswith("s") and stem is not None and bool(stem.last or stem.first)
