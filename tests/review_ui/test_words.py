"""Words and times: every code has words, every time is London's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest

from moderation.access import Role
from moderation.evidence.completeness import Held
from moderation.lifecycle import (
    ActionState,
    AlertState,
    CaseState,
    DisclosureState,
    EvidenceState,
    ItemState,
)
from moderation.model import ActionKind, ItemKind
from moderation.tables import (
    AccountStatus,
    AdditionKind,
    DecisionOutcome,
    HoldReason,
    PackKind,
    PatternKind,
    SupportStatus,
    VersionKind,
)
from moderation.taxonomy import (
    Abuse,
    CheckFirst,
    HouseRule,
    NotAbuse,
    PerpetratorType,
    Severity,
    TargetType,
)
from review_ui import times, verbs, words

LISTS = (
    Abuse, NotAbuse, CheckFirst, HouseRule, TargetType, PerpetratorType, ItemState, ActionState,
    EvidenceState, AlertState, CaseState, ActionKind, ItemKind, DecisionOutcome, VersionKind,
    PatternKind, SupportStatus, AccountStatus, Role, AdditionKind, HoldReason, PackKind,
    DisclosureState, Held,
)  # fmt: skip


@pytest.mark.parametrize("codes", LISTS)
def test_every_code_has_words_of_its_own(codes: type[StrEnum]) -> None:
    said = [words.words(code) for code in codes]
    assert all(said)
    assert len(set(said)) == len(said)
    assert not [one for one in said if "_" in one]


def test_one_code_in_two_lists_says_what_each_list_means() -> None:
    assert words.words(NotAbuse.COMPLAINT) != words.words(CheckFirst.COMPLAINT)


def test_severities_are_words_and_never_letters() -> None:
    assert [words.severity(level) for level in sorted(Severity, reverse=True)] == [
        "Critical", "High", "Moderate", "Low", "Not abuse",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0"), (999, "999"), (10_000, "10,000"), (10_001, "10,000+")]
)
def test_counts_are_exact_up_to_ten_thousand(count: int, said: str) -> None:
    assert words.number(count) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 20, 14, 5, tzinfo=UTC), "20 November 2026, 14:05 GMT"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "2 July 2026, 00:30 BST"),
        (None, "not known"),
    ],
)
def test_times_are_londons_with_their_zone(at: datetime | None, said: str) -> None:
    assert times.when(at) == said


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=-5), "under a minute"),
        (timedelta(seconds=59), "under a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=3), "3 hours"),
        (timedelta(days=2, hours=5), "2 days"),
    ],
)
def test_waiting_is_said_in_the_largest_whole_unit(length: timedelta, said: str) -> None:
    assert times.span(length) == said


def test_a_verb_that_nobody_listed_is_read_out_as_written() -> None:
    assert verbs.said("item.claim") == "took the item"
    assert verbs.said("some_new.verb") == "some new verb"
