"""What two settings make of the same past, as counts and a few examples each way."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from moderation.reporting.week import Week
from moderation.tables import DecisionOutcome
from moderation.taxonomy import Abuse
from moderation.tuning.stored import Stored

MOST_EXAMPLES: Final = 20


class Verdict(StrEnum):
    """Where a setting puts an item; not_scored is before a person whatever the setting."""

    FLAG = "flag"
    CLEAR = "clear"
    NOT_SCORED = "not_scored"


@dataclass(slots=True)
class Tally:
    """Items that are flagged now and would be with the setting tried; the rest counts people's say.

    right and wrong are of what would be flagged: abuse, and not abuse. missed is abuse that would
    not be. House-rule matters are on neither side. unknown is of those that would move.
    """

    now: int = 0
    tried: int = 0
    more: int = 0
    fewer: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    right_now: int = 0
    wrong_now: int = 0
    missed_now: int = 0
    unknown: int = 0

    def add(self, found: DecisionOutcome | None, now: Verdict, tried: Verdict) -> None:
        """Count one item."""
        self.now += now is Verdict.FLAG
        self.tried += tried is Verdict.FLAG
        self.more += tried is Verdict.FLAG and now is not Verdict.FLAG
        self.fewer += now is Verdict.FLAG and tried is not Verdict.FLAG
        self.unknown += now is not tried and found is None
        if found is DecisionOutcome.ABUSE:
            self.right += tried is Verdict.FLAG
            self.missed += tried is Verdict.CLEAR
            self.right_now += now is Verdict.FLAG
            self.missed_now += now is Verdict.CLEAR
        elif found is DecisionOutcome.NOT_ABUSE:
            self.wrong += tried is Verdict.FLAG
            self.wrong_now += now is Verdict.FLAG


@dataclass(frozen=True, slots=True)
class Example:
    """An item that the setting would put before people, or no longer."""

    item_id: int
    category: Abuse | None
    found: DecisionOutcome | None
    text: str = ""


@dataclass(slots=True)
class Trial:
    """What a setting would have done: in all, by category (None for none), by week, examples.

    without_shares counts items whose model gives no share of abuse: no setting moves them. An item
    counts under the category that a person found, else the machine's. Examples are the newest.
    """

    read: int = 0
    not_scored: int = 0
    without_shares: int = 0
    whole: Tally = field(default_factory=Tally)
    by_category: dict[Abuse | None, Tally] = field(default_factory=dict)
    by_week: dict[Week, Tally] = field(default_factory=dict)
    more: deque[Example] = field(default_factory=lambda: deque(maxlen=MOST_EXAMPLES))
    fewer: deque[Example] = field(default_factory=lambda: deque(maxlen=MOST_EXAMPLES))

    def add(self, item: Stored, now: Verdict, tried: Verdict, category: Abuse | None) -> None:
        """Count one item of those read; category is what the machine calls what it flags."""
        found = item.found.outcome if item.found else None
        kind = (item.found.category if item.found else None) or category
        self.not_scored += now is Verdict.NOT_SCORED
        self.without_shares += not any(signal.codes for signal in item.signals)
        week = self.by_week.setdefault(Week.of(item.seen_at), Tally())
        for tally in (self.whole, week):
            tally.add(found, now, tried)
        if Verdict.FLAG in (now, tried) or found is DecisionOutcome.ABUSE:
            self.by_category.setdefault(kind, Tally()).add(found, now, tried)
        if now is not tried:
            side = self.more if tried is Verdict.FLAG else self.fewer
            side.append(Example(item.item_id, kind, found))

    def categories(self) -> list[tuple[Abuse | None, Tally]]:
        """Return the categories in the order of their gravity, what has none last."""
        order: list[Abuse | None] = [*Abuse, None]
        return [(kind, self.by_category[kind]) for kind in order if kind in self.by_category]

    def weeks(self) -> list[tuple[Week, Tally]]:
        """Return the weeks, newest first."""
        return sorted(self.by_week.items(), reverse=True)
