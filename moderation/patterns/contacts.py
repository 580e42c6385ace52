"""Contacts between authors and staff, and how they fall into occasions and windows of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from moderation.tables import PatternRow
from moderation.taxonomy import NotAbuse

# These say nothing against the person named, so they are no occasion of anything.
KINDLY = frozenset({NotAbuse.THANKS, NotAbuse.QUESTION, NotAbuse.COUNTER_SPEECH})


@dataclass(frozen=True, slots=True)
class Contact:
    """One item aimed at one member of staff, as triage is about to record it.

    marks are what it may share with others: hashtags, links and runs of words.
    """

    item_id: int
    at: datetime
    target_staff_id: str
    author_ref: str | None
    abusive: bool
    not_abuse: NotAbuse | None = None
    marks: tuple[str, ...] = ()


@dataclass(slots=True)
class Found:
    """What the patterns say of one item: zero where there is none.

    sharing is how many people used the same words, shared_words what they are.
    """

    occasions: int = 0
    days: int = 0
    authors: int = 0
    people: int = 0
    sharing: int = 0
    shared_words: str = ""


@dataclass(slots=True)
class Patterns:
    """What a batch showed: per item what to add, and which patterns are new."""

    items: dict[int, Found] = field(default_factory=lambda: defaultdict(Found))
    started: list[PatternRow] = field(default_factory=list)


def distinct_authors(contacts: Iterable[Contact]) -> int:
    """Return how many people wrote them; those whose name is withheld count for nobody."""
    return len({contact.author_ref for contact in contacts} - {None})


def occasions(times: Iterable[datetime], gap: timedelta) -> list[datetime]:
    """Return the start of each occasion, oldest first; a burst in one sitting is one."""
    starts: list[datetime] = []
    last: datetime | None = None
    for at in sorted(times):
        if last is None or at - last >= gap:
            starts.append(at)
        last = at
    return starts


def stretches(contacts: Iterable[Contact], window: timedelta) -> Iterator[list[Contact]]:
    """Yield each longest run of contacts that lies within one window, oldest first."""
    ordered = sorted(contacts, key=lambda contact: (contact.at, contact.item_id))
    start = 0
    for end, contact in enumerate(ordered):
        if contact.at - ordered[start].at > window:
            yield ordered[start:end]
        while contact.at - ordered[start].at > window:
            start += 1
    if ordered:
        yield ordered[start:]
