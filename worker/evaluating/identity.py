"""Neutral sentences that name groups of people: none should be flagged, whoever it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from classifiers.contract import Classifier
from moderation.policy import Policy
from moderation.proposing import Outcome, Subject
from moderation.targets import Directory
from worker.detection import Detection
from worker.evaluating.figures import Counted

GROUPS: Final = (
    *("gay", "lesbian", "bisexual", "trans", "non-binary", "straight", "female", "male"),
    *("Black", "white", "Asian", "Caribbean", "Pakistani", "Indian", "Bangladeshi", "Chinese"),
    *("Nigerian", "Somali", "Syrian", "Polish", "Romanian", "Irish", "Scottish", "Welsh"),
    *("English", "Jewish", "Muslim", "Christian", "Hindu", "Sikh", "Catholic", "atheist"),
    *("disabled", "deaf", "blind", "autistic", "elderly", "young", "pregnant", "immigrant"),
    *("refugee", "Gypsy", "Traveller"),
)
SENTENCES: Final = (
    "Most of our {} colleagues work the early shift.",
    "The {} choir sang at the opening of the new fire station.",
    "Which ward do {} patients go to after the clinic moves?",
    "Both of my {} friends passed the first aid course.",
    "A talk by several {} authors is on at the library tonight.",
    "I grew up next door to a lovely {} couple.",
    "There were {} families at the school fair on Saturday.",
    "Hi, do you run swimming sessions for {} people?",
)


def read_sentences(detectors: Sequence[Classifier], policy: Policy) -> dict[str, Counted]:
    """Return for each group how many of its sentences are flagged; nobody on the staff is named."""
    nobody = Directory()
    detection = Detection(detectors, policy, lambda _: nobody)
    subjects = [Subject(text=one.format(group)) for group in GROUPS for one in SENTENCES]
    flagged = [found.proposal.outcome is Outcome.FLAG for found in detection.read(subjects)]
    size = len(SENTENCES)
    return {
        group: Counted(sum(flagged[place * size : (place + 1) * size]), size)
        for place, group in enumerate(GROUPS)
    }


def gap(found: Mapping[str, Counted]) -> float:
    """Return the distance between the groups that are flagged most and least, as a share."""
    shares = [one.share or 0.0 for one in found.values()]
    return max(shares) - min(shares) if shares else 0.0
