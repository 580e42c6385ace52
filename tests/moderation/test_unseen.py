"""What no model can see is never clear: no words, a picture, a place that is no character."""

from __future__ import annotations

from dataclasses import replace

import pytest

from moderation.model import Hit, Signal
from moderation.policy import Policy
from moderation.proposing import Outcome, Proposal, Subject, propose
from moderation.targets import Target
from moderation.taxonomy import LABELS, TargetType

POLICY = Policy.load()
WORDS_ALONE = replace(POLICY, pictures_to_people=False)
CALM = Signal("model@1", dict.fromkeys(LABELS, 0.02))
THREAT = Signal("rules@1", hits=(Hit("threat.explicit", "Says that it will harm", 0, 4),))


def proposed(text: str, pictures: int, *signals: Signal, policy: Policy = POLICY) -> Proposal:
    return propose(Subject(text, pictures=pictures), signals, Target(TargetType.NONE), policy)


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u00a0"])
@pytest.mark.parametrize("policy", [POLICY, WORDS_ALONE], ids=["shipped", "words alone"])
@pytest.mark.parametrize("pictures", [0, 2])
def test_what_has_no_words_goes_to_a_person(text: str, policy: Policy, pictures: int) -> None:
    found = proposed(text, pictures, CALM, policy=policy)
    assert (found.outcome, found.not_abuse) == (Outcome.UNSCORED, None)
    assert ("picture" in found.reasons[0]) is bool(pictures)


def test_a_picture_beside_calm_words_goes_to_a_person_and_says_why() -> None:
    found = proposed("well done all", 1, CALM)
    assert found.outcome is Outcome.UNSCORED
    assert "its words alone look harmless" in found.reasons[0]


def test_a_house_may_let_the_words_beside_a_picture_decide() -> None:
    assert proposed("well done all", 1, CALM, policy=WORDS_ALONE).outcome is Outcome.CLEAR


def test_a_picture_takes_nothing_from_what_its_words_say() -> None:
    found = proposed("I will hurt you", 1, CALM, THREAT)
    assert found.outcome is Outcome.FLAG
    assert not any("picture" in reason for reason in found.reasons)


def test_words_with_a_place_that_is_no_character_go_to_a_person_and_say_why() -> None:
    found = proposed("well \ufffddone all", 0, CALM)
    assert found.outcome is Outcome.UNSCORED
    assert "came as no characters" in found.reasons[0]


def test_words_without_a_picture_are_read_as_before() -> None:
    assert proposed("well done all", 0, CALM).outcome is Outcome.CLEAR
