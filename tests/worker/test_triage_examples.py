"""The examples read end to end, with the detectors and the policy that ship."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from classifiers.registry import load as load_detectors
from moderation import directory
from moderation.policy import Policy
from moderation.proposing import Outcome, Proposal, Subject
from moderation.targets import Directory
from moderation.taxonomy import URGENT_CHECK_FIRST, TargetType
from worker.detection import Detection

DATA = Path(__file__).parents[1] / "data"
EXAMPLES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (DATA / "triage_examples.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def proposals() -> list[Proposal]:
    staff = Directory(directory.load(DATA / "examples_staff.csv"))
    detection = Detection(load_detectors(None), Policy.load(), lambda _: staff)
    subjects = [Subject(row["text"], post=row.get("post", "")) for row in EXAMPLES]
    return [one.proposal for one in detection.read(subjects)]


def as_row(found: Proposal) -> dict[str, Any]:
    """Return a proposal in the fields of the examples."""
    return {
        "flagged": found.outcome is Outcome.FLAG,
        "category": found.category,
        "not_abuse": found.not_abuse,
        "severity": found.severity.name,
        "target_type": found.target.type,
        "target_staff_id": found.target.staff_id,
        "check_first": list(found.check_first),
    }


@pytest.mark.parametrize(
    ("field", "least"),
    [
        ("flagged", 0.95),
        ("category", 0.93),
        ("severity", 0.90),
        ("target_type", 0.97),
        ("target_staff_id", 0.97),
        ("check_first", 0.95),
        ("not_abuse", 0.80),
    ],
)
def test_the_detectors_agree_with_the_examples(
    proposals: list[Proposal], field: str, least: float
) -> None:
    differing = [
        (row["text"], row[field], as_row(found)[field])
        for row, found in zip(EXAMPLES, proposals, strict=True)
        if row[field] != as_row(found)[field]
    ]
    assert 1 - len(differing) / len(EXAMPLES) >= least, differing


def test_there_are_examples_enough_of_both_kinds() -> None:
    assert len(EXAMPLES) >= 120
    assert sum(row["category"] is None for row in EXAMPLES) >= 50


def test_no_criticism_or_complaint_of_the_service_is_proposed_as_abuse(
    proposals: list[Proposal],
) -> None:
    wrong = [
        row["text"]
        for row, found in zip(EXAMPLES, proposals, strict=True)
        if row["not_abuse"] in ("criticism", "complaint")
        and row["target_type"] in (TargetType.SERVICE, TargetType.NONE)
        and found.category is not None
    ]
    assert wrong == []


def test_every_urgent_example_comes_before_a_person(proposals: list[Proposal]) -> None:
    missed = [
        row["text"]
        for row, found in zip(EXAMPLES, proposals, strict=True)
        if not URGENT_CHECK_FIRST.isdisjoint(row["check_first"]) and found.outcome is Outcome.CLEAR
    ]
    assert missed == []
