"""The classes of what is kept and when each is due: pure rules over facts, without a clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from moderation.policy_parts import Retention
from moderation.taxonomy import Severity


class Klass(StrEnum):
    """A class of what is kept; the letters are those of the retention schedule."""

    NOT_FLAGGED = "G0"
    NOT_ABUSE = "G1"
    SLIGHT = "G2"
    NO_CASE = "G3"
    CASE = "G4"
    INTERNAL_CASE = "G5"
    POLICE = "G6"
    SAFEGUARDING = "G7"
    AUDIT = "G9"
    BLOCK = "G11"


class Stay(StrEnum):
    """Why something stays, however long ago its clock ran out."""

    WAITS = "waits"
    BUSY = "busy"
    OPEN_CASE = "open_case"
    HELD = "held"
    BLOCKED = "blocked"
    UNTIL_SAID = "until_said"


# What two people have to approve before it goes.
NEED_TWO: Final = frozenset({Klass.CASE, Klass.INTERNAL_CASE, Klass.POLICE, Klass.SAFEGUARDING})


class Found(StrEnum):
    """What a person found of an item last."""

    NOT_ABUSE = "not_abuse"
    HOUSE_RULE = "house_rule"
    ABUSE = "abuse"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the rules look at of one case. closed_at is empty while it is open."""

    closed_at: datetime | None
    internal: bool = False
    safeguarding: bool = False
    claim: bool = False
    held: bool = False
    police: bool = False
    busy: bool = False


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What the rules look at of one item.

    seen_at is when its latest version came, wanted_at when evidence of it was last asked for.
    waits says that a person or the machine has still to look at it; busy, that evidence, an action
    or a pack of it is under way. last_occasion is that of its author's pattern, if there is one.
    A block rests on it while blocked, and until unblocked_at.
    """

    seen_at: datetime
    waits: bool = False
    busy: bool = False
    held: bool = False
    police: bool = False
    found: Found | None = None
    severity: int = 0
    decided_at: datetime | None = None
    wanted_at: datetime | None = None
    last_occasion: datetime | None = None
    blocked: bool = False
    unblocked_at: datetime | None = None
    cases: tuple[CaseFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Its class and when it may go; stays says why not, and due_at is then empty.

    media_due_at is set where pictures and videos may go before the rest.
    """

    klass: Klass
    due_at: datetime | None = None
    stays: Stay | None = None
    media_due_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Say whether it may go now."""
        return self.due_at is not None and self.due_at <= now

    def may_go(self, now: datetime) -> bool:
        """Say whether it may go once people say so: it is due, or waits for their word alone."""
        return self.is_due(now) or self.stays is Stay.UNTIL_SAID


def of_item(facts: ItemFacts, periods: Retention) -> Verdict:
    """Return the class of an item and when it may go; the longest of what applies counts."""
    own = _by_cases(facts.cases, periods) if facts.cases else _by_finding(facts, periods)
    if facts.police:
        return Verdict(Klass.POLICE, stays=Stay.HELD)
    stays = _stays(facts)
    if stays is not None:
        return Verdict(own.klass, stays=stays)
    if facts.unblocked_at is None or own.due_at is None:
        return own
    after_block = Verdict(Klass.BLOCK, facts.unblocked_at + timedelta(days=periods.block))
    return longest((own, after_block))


def of_case(facts: CaseFacts, periods: Retention) -> Verdict:
    """Return the class of a case and when it may go."""
    klass, days = _case_class(facts, periods)
    if facts.police:
        return Verdict(Klass.POLICE, stays=Stay.HELD)
    if facts.held:
        return Verdict(klass, stays=Stay.HELD)
    if facts.closed_at is None:
        return Verdict(klass, stays=Stay.OPEN_CASE)
    if facts.busy:
        return Verdict(klass, stays=Stay.BUSY)
    if klass is Klass.SAFEGUARDING and not days:
        return Verdict(klass, stays=Stay.UNTIL_SAID)
    return Verdict(klass, facts.closed_at + timedelta(days=days))


def goes_with_case(facts: ItemFacts, periods: Retention, now: datetime) -> bool:
    """Say whether an item may go with a case that may; facts name its other cases alone."""
    lifted = facts.unblocked_at
    if facts.police or _stays(facts) is not None:
        return False
    if lifted is not None and lifted + timedelta(days=periods.block) > now:
        return False
    return not facts.cases or _by_cases(facts.cases, periods).is_due(now)


def longest(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict that keeps longest; one without an end keeps longer than any other."""
    found = list(verdicts)
    endless = [one for one in found if one.due_at is None]
    return endless[0] if endless else max(found, key=_due)


def _due(verdict: Verdict) -> datetime:
    if verdict.due_at is None:
        msg = "a verdict without an end is not compared"
        raise ValueError(msg)
    return verdict.due_at


def _stays(facts: ItemFacts) -> Stay | None:
    checks = (
        (facts.held, Stay.HELD),
        (facts.waits, Stay.WAITS),
        (facts.busy, Stay.BUSY),
        (facts.blocked, Stay.BLOCKED),
    )
    return next((stay for applies, stay in checks if applies), None)


def _by_cases(cases: tuple[CaseFacts, ...], periods: Retention) -> Verdict:
    return longest(of_case(case, periods) for case in cases)


def _by_finding(facts: ItemFacts, periods: Retention) -> Verdict:
    """Return the class of an item without a case, by what a person found of it."""
    if facts.found is None or facts.decided_at is None:
        return _unjudged(facts, periods)
    if facts.found is Found.NOT_ABUSE:
        due = facts.decided_at + timedelta(days=periods.not_abuse)
        media = facts.decided_at + timedelta(days=periods.not_abuse_media)
        return Verdict(Klass.NOT_ABUSE, due, media_due_at=min(media, due))
    if facts.found is Found.HOUSE_RULE or facts.severity <= Severity.S1:
        return Verdict(Klass.SLIGHT, facts.decided_at + timedelta(days=periods.house_rule))
    last = max(facts.decided_at, facts.last_occasion or facts.decided_at)
    return Verdict(Klass.NO_CASE, last + timedelta(days=periods.no_case))


def _unjudged(facts: ItemFacts, periods: Retention) -> Verdict:
    """Return the class of what nobody decided about: evidence that was asked for counts."""
    if facts.wanted_at is None:
        return Verdict(Klass.NOT_FLAGGED, facts.seen_at + timedelta(days=periods.not_flagged))
    from_then = max(facts.wanted_at, facts.seen_at)
    due = from_then + timedelta(days=periods.not_abuse)
    media = from_then + timedelta(days=periods.not_abuse_media)
    return Verdict(Klass.NOT_ABUSE, due, media_due_at=min(media, due))


def _case_class(facts: CaseFacts, periods: Retention) -> tuple[Klass, int]:
    if facts.safeguarding:
        return Klass.SAFEGUARDING, periods.safeguarding
    if facts.internal:
        return Klass.INTERNAL_CASE, periods.internal_case
    return Klass.CASE, max(periods.case, periods.claim) if facts.claim else periods.case
