"""The figures of one week as a frozen value, and its form as stored JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

FORMAT: Final = 1
HEADLINES: Final = ("read", "flagged", "not_scored", "abuse", "not_abuse", "house_rule")


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took: of n cases half took up to median_s, nine in ten up to p90_s."""

    n: int = 0
    median_s: int = 0
    p90_s: int = 0


@dataclass(frozen=True, slots=True)
class AccountGap:
    """A stretch in which an account was not read; times as ISO 8601 in UTC."""

    account: str
    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class ActionCount:
    """How many actions of one kind stood in one state when the figures were made."""

    kind: str
    state: str
    count: int


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the summary names it."""

    name: str
    platform: str


@dataclass(frozen=True, slots=True)
class Figures:
    """One week of one organisation as counts; no item, author or member of staff is in it.

    read, flagged, not_scored and still_to_score count items by when Watchroom read them;
    abuse, not_abuse and house_rule count items by when a person decided, the last decision of the
    week for each. Of those decided, flagged_decided had been flagged and left_decided had been left
    alone; flagged_confirmed and left_abuse of them were abuse. left_* are None for a week that was
    made before they were counted. tables holds "read", "flagged", "abuse" and what was confirmed,
    by dimension and code, such as tables["abuse"]["severity"]["S3"]; the cells of a table add up to
    the figure of its name. Days
    are dates in London. Contacts that staff logged themselves are counted with the cases only.
    Counts below small_below are hidden in the wide edition.
    """

    week: str
    org_id: str
    org_name: str
    begins: str
    ends: str
    made_at: str
    so_far: bool = False
    small_below: int = 5
    read: int = 0
    flagged: int = 0
    not_scored: int = 0
    still_to_score: int = 0
    quarantined: int = 0
    abuse: int = 0
    not_abuse: int = 0
    house_rule: int = 0
    flagged_decided: int = 0
    flagged_confirmed: int = 0
    left_decided: int | None = None
    left_abuse: int | None = None
    waiting: int = 0
    in_hand: int = 0
    tables: Mapping[str, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)
    accounts: Mapping[str, Account] = field(default_factory=dict)
    times: Mapping[str, Spread] = field(default_factory=dict)
    actions: tuple[ActionCount, ...] = ()
    authors: int = 0
    repeat_authors: int = 0
    patterns: Mapping[str, int] = field(default_factory=dict)
    cases_opened: int = 0
    cases_closed: int = 0
    cases_open: int = 0
    criticism: int = 0
    themes: Mapping[str, int] = field(default_factory=dict)
    gaps: tuple[AccountGap, ...] = ()
    coverage_unknown: tuple[str, ...] = ()

    def headline(self, name: str) -> int:
        """Return one of HEADLINES."""
        value: int = getattr(self, name)
        return value

    def as_json(self) -> dict[str, Any]:
        """Return the value as it is stored and printed."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Figures:
        """Return the value that as_json() made."""
        fields = {name: part for name, part in value.items() if name != "format"}
        fields["accounts"] = {key: Account(**part) for key, part in value["accounts"].items()}
        fields["times"] = {key: Spread(**part) for key, part in value["times"].items()}
        fields["actions"] = tuple(ActionCount(**part) for part in value["actions"])
        fields["gaps"] = tuple(AccountGap(**part) for part in value["gaps"])
        fields["coverage_unknown"] = tuple(value["coverage_unknown"])
        return cls(**fields)
