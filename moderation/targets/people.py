"""The staff directory as an index: every name, nickname, handle and role, found by one look-up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from moderation.model import StaffMember
from moderation.targets.name_words import (
    COMMON_WORDS,
)
from moderation.targets.names import (
    deletions,
    is_given_name,
    is_whole_name,
    one_slip,
    surname_of,
    without_titles,
)
from moderation.targets.reading import fold, read
from moderation.targets.words import (
    ROLE_SHORT,
)

_MISSPELT_FROM = 6
_NOT_ROLE = frozenset(["of", "the", "and", "for", "in", "to", "at", "a"])
# Words that every station or department shares tell nobody apart.
_NOT_STATION = _NOT_ROLE | frozenset(
    [
        "station",
        "fire",
        "department",
        "team",
        "office",
        "service",
        "services",
        "council",
        "hq",
        "headquarters",
    ]
)


@dataclass(frozen=True, slots=True)
class Person:
    """What the matching needs of one member of staff, folded."""

    member: StaffMember
    firsts: frozenset[str]
    lasts: frozenset[str]
    role_words: frozenset[str]
    station_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Role:
    """A role as it is written or shortened, and who holds it; public are those in a public role."""

    words: tuple[str, ...]
    holders: set[int]
    public: set[int]


@dataclass(slots=True)
class Entry:
    """All that one word may begin or be; whom it means are positions in Directory.people."""

    phrases: list[tuple[tuple[str, ...], set[int]]] = field(default_factory=list)
    handle: set[int] = field(default_factory=set)
    nickname: set[int] = field(default_factory=set)
    known_as: set[int] = field(default_factory=set)
    first: set[int] = field(default_factory=set)
    last: set[int] = field(default_factory=set)
    roles: list[Role] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PostReading:
    """Whom a post names, and the words that may tell two people of one name apart."""

    people: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()


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
        self.org_words: set[str] = set()
        self.posts: dict[str, PostReading] = {}
        self._near: dict[str, set[str]] = {}
        for member in members:
            self._add(member)
        for entry in self.entries.values():
            entry.phrases.sort(key=lambda phrase: -len(phrase[0]))
            entry.roles.sort(key=lambda role: -len(role.words))
        self._index_misspellings()

    def entry(self, word: str) -> Entry | None:
        """Return what a folded word may begin, or None; a mention keeps its @."""
        return self.entries.get(word)

    def misspelt(self, word: str) -> str | None:
        """Return the distinctive name within one slip of a folded word, unless two fit.

        A slip is a letter too many, missing, wrong, or swapped with its neighbour.
        """
        found = set(self._near.get(word, ()))
        for at in range(len(word)):
            found |= self._near.get(word[:at] + word[at + 1 :], set())
        close = sorted(name for name in found if one_slip(word, name))
        people = {frozenset(_bearers(self.entries[name])) for name in close}
        return close[0] if len(people) == 1 else None

    def _add(self, member: StaffMember) -> None:
        position = len(self.people)
        names = without_titles(read(member.full_name).low)
        surname = surname_of(member.full_name, names)
        firsts = {names[0]} if names else set()
        for alias in member.aliases:
            firsts |= self._add_alias(alias, names, position)
        if names:
            self._add_full_name(names, surname, firsts, position)
        lasts = {"".join(surname), surname[-1]} if surname else set()
        self.people.append(
            Person(
                member=member,
                firsts=frozenset(firsts),
                lasts=frozenset(lasts),
                role_words=frozenset(read(member.role).low) - _NOT_ROLE,
                station_words=frozenset(read(member.station).low) - _NOT_STATION,
            )
        )
        for word in self.people[position].station_words:
            self.stations.setdefault(word, set()).add(position)
        self._add_role(member, position)
        self._add_org(member.org)

    def _add_full_name(
        self, names: tuple[str, ...], surname: tuple[str, ...], firsts: set[str], position: int
    ) -> None:
        self._entry(names[0]).first.add(position)
        if len(names) == 1:
            return
        self._phrase(names, position)
        for first in firsts:
            self._phrase((first, *surname), position)
            self._phrase((first, "".join(surname)), position)
        for handle in {"".join(names), names[0] + "".join(surname)}:
            self._entry("@" + handle).handle.add(position)
        for last in {"".join(surname), surname[-1]}:
            self._entry(last).last.add(position)
            if len(last) > 4 and last not in COMMON_WORDS:
                # “Ashworths mobile”: a possessive without its apostrophe.
                self._entry(last + "s").last.add(position)
        if len(surname) > 1:
            self._phrase(surname, position)

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
            return set()
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
        phrases = self._entry(words[0]).phrases
        for known, who in phrases:
            if known == words:
                who.add(position)
                return
        phrases.append((words, {position}))

    def _index_misspellings(self) -> None:
        for word, entry in self.entries.items():
            if len(word) < _MISSPELT_FROM or word in COMMON_WORDS or word.startswith("@"):
                continue
            if not _bearers(entry):
                continue
            for near in deletions(word):
                self._near.setdefault(near, set()).add(word)


def _bearers(entry: Entry) -> set[int]:
    return entry.last or entry.first or entry.nickname
