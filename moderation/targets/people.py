"""One member of staff as the matching needs them, and what a word or a post may say of staff."""

from __future__ import annotations

from dataclasses import dataclass, field

from moderation.model import StaffMember
from moderation.targets.given_names import gender_of
from moderation.targets.listing import listed
from moderation.targets.reading import read
from moderation.targets.role_words import ROLE_SHORT
from moderation.targets.words import RANKS, TITLES

_NOT_ROLE = listed("of the and for in to at a")
# Words that every station or department shares tell nobody apart.
_NOT_STATION = _NOT_ROLE | listed(
    """
    station fire department team office service services council hq headquarters trust board
    operations
    """
)
_NOT_FIELD = (
    RANKS
    | _NOT_STATION
    | listed(
        """
    assistant deputy senior principal community lead crew watch area group resident
    """
    )
)


@dataclass(frozen=True, slots=True)
class Person:
    """What the matching needs of one member of staff, folded.

    field_words are those of role and station that say what the person works on. titles are those
    by which the directory calls them, gender is "m", "f" or unknown.
    """

    member: StaffMember
    firsts: frozenset[str]
    lasts: frozenset[str]
    role_words: frozenset[str]
    station_words: frozenset[str]
    field_words: frozenset[str]
    titles: frozenset[str]
    gender: str


@dataclass(frozen=True, slots=True)
class Role:
    """A role as it is written or shortened, and who holds it; public are those in a public role."""

    words: tuple[str, ...]
    holders: set[int]
    public: set[int]


@dataclass(slots=True)
class Entry:
    """All that one word may begin or be; whom it means are positions in Directory.people.

    phrases stand under their second word, the longest first. lent are people whose given name has
    this as a usual short form or another spelling; owned are those whose surname this is with an s,
    which counts only after a title: “mrs grants class”.
    """

    phrases: dict[str, list[tuple[tuple[str, ...], set[int]]]] = field(default_factory=dict)
    handle: set[int] = field(default_factory=set)
    nickname: set[int] = field(default_factory=set)
    known_as: set[int] = field(default_factory=set)
    lent: set[int] = field(default_factory=set)
    first: set[int] = field(default_factory=set)
    last: set[int] = field(default_factory=set)
    owned: set[int] = field(default_factory=set)
    roles: list[Role] = field(default_factory=list)

    @property
    def bearers(self) -> set[int]:
        """Return who is called so, surname before given name."""
        return self.last or self.first or self.nickname or self.lent


@dataclass(frozen=True, slots=True)
class PostReading:
    """Whom a post names, and the words that may tell two people of one name apart."""

    people: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()


def person_of(member: StaffMember, firsts: set[str], lasts: set[str]) -> Person:
    """Return what the matching needs of one line of the directory."""
    role = read(member.role).low
    short = {text for text in ROLE_SHORT.get(" ".join(role), ()) if " " not in text}
    station = frozenset(read(member.station).low)
    called = [read(name).low for name in (member.full_name, *member.aliases)]
    titles = frozenset(words[0] for words in called if words and words[0] in TITLES)
    genders = [gender_of(word) for word in (*sorted(titles), *_given(member, firsts))]
    return Person(
        member=member,
        firsts=frozenset(firsts),
        lasts=frozenset(lasts),
        role_words=(frozenset(role) | short) - _NOT_ROLE,
        station_words=station - _NOT_STATION,
        field_words=(frozenset(role) | station) - _NOT_FIELD,
        titles=titles,
        gender=next((gender for gender in genders if gender), ""),
    )


def _given(member: StaffMember, firsts: set[str]) -> list[str]:
    """Return given names, the one of the full name first."""
    full = read(member.full_name).low
    return [name for name in full if name in firsts] + sorted(firsts)
