"""Running the detectors: one that misbehaves harms its own text only, and never makes it clear."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import cast

import pytest

from classifiers.rules.abuse_words import ABUSE_WORDS
from moderation.model import ItemKind, Signal, StaffMember
from moderation.policy import Policy
from moderation.proposing import Outcome, Subject
from moderation.targets import Directory
from moderation.taxonomy import LABELS, Abuse, TargetType
from worker.detection import FAILED, Detection

POLICY = Policy.load()
QUIET = dict.fromkeys(LABELS, 0.01)
STAFF = Directory([StaffMember("HM-01", "Dana Price", role="Watch Manager", org="harrowmere")])


class Calm:
    """Finds every text harmless."""

    model = "calm@1"
    sha256 = "00"

    def score(self, texts: Sequence[str]) -> list[Signal]:
        return [Signal(self.model, QUIET) for _ in texts]


class Faulty(Calm):
    """Answers as Calm does, except for a batch with the word in it."""

    model = "faulty@1"

    def __init__(self, answer: Callable[[list[Signal]], object]) -> None:
        self._answer = answer

    def score(self, texts: Sequence[str]) -> list[Signal]:
        calm = super().score(texts)
        return cast(list[Signal], self._answer(calm)) if any("bad" in t for t in texts) else calm


def raises(_: list[Signal]) -> object:
    raise RecursionError


FAULTS: dict[str, Callable[[list[Signal]], object]] = {
    "raises": raises,
    "too few": lambda calm: calm[:-1],
    "too many": lambda calm: [*calm, *calm],
    "none": lambda _: None,
    "not signals": lambda calm: ["fine" for _ in calm],
    "nan": lambda calm: [Signal("faulty@1", QUIET | {"insult": math.nan}) for _ in calm],
    "above one": lambda calm: [Signal("faulty@1", QUIET | {"insult": 7.0}) for _ in calm],
    "no scores": lambda calm: [Signal("faulty@1", {}) for _ in calm],
}


def detection(*detectors: Calm) -> Detection:
    return Detection(detectors, POLICY, lambda _: STAFF)


def subjects(*texts: str) -> list[Subject]:
    return [Subject(text, org="harrowmere") for text in texts]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_on_one_text_leaves_it_unscored_and_the_others_as_they_are(
    fault: Callable[[list[Signal]], object],
) -> None:
    found = detection(Faulty(fault)).read(subjects("good", "bad", "fine"))
    assert [one.proposal.outcome for one in found] == [
        Outcome.CLEAR,
        Outcome.UNSCORED,
        Outcome.CLEAR,
    ]
    assert found[1].proposal.reasons == (FAILED,)


def test_a_text_is_not_clear_when_only_one_of_two_detectors_failed_on_it() -> None:
    (found,) = detection(Calm(), Faulty(raises)).read(subjects("bad"))
    assert found.proposal.outcome is Outcome.UNSCORED
    assert found.proposal.reasons == (FAILED,)


def test_what_another_detector_flags_stays_flagged_though_one_failed() -> None:
    both = Detection([Faulty(raises), ABUSE_WORDS], POLICY, lambda _: STAFF)
    (found,) = both.read(subjects("Dana Price is a bad useless bastard"))
    assert (found.proposal.outcome, found.proposal.category) == (
        Outcome.FLAG,
        Abuse.PERSONAL_ABUSE,
    )


def test_findings_come_in_order_each_with_every_detectors_signal() -> None:
    found = detection(Calm(), Calm()).read(subjects("one", "Dana Price", "three"))
    assert [len(one.signals) for one in found] == [2, 2, 2]
    assert [one.target.staff_id for one in found] == [None, "HM-01", None]
    assert all(one.proposal.target == one.target for one in found)


def test_no_subjects_and_no_detectors_are_no_fault() -> None:
    assert detection(Calm()).read([]) == []
    (found,) = detection().read(subjects("anything"))
    assert found.proposal.outcome is Outcome.UNSCORED


def test_each_organisation_is_read_with_its_own_directory() -> None:
    directories = {"harrowmere": STAFF, "eastgate": Directory()}
    reader = Detection([Calm()], POLICY, directories.__getitem__)
    here, there = reader.read([Subject("Dana Price", org=org) for org in directories])
    assert here.target.type is TargetType.NAMED_STAFF
    assert there.target.type is TargetType.NONE


def test_a_mention_does_not_speak_to_us() -> None:
    reply, mention = detection(Calm()).read(
        [Subject("you did well"), Subject("you did well", kind=ItemKind.MENTION)]
    )
    assert (reply.target.type, mention.target.type) == (TargetType.SERVICE, TargetType.NONE)


def test_the_hash_changes_with_any_detector() -> None:
    assert detection(Calm()).sha256 != detection(Calm(), Faulty(raises)).sha256
    assert detection(Calm()).sha256 == detection(Calm()).sha256
