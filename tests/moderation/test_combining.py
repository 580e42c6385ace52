"""Several models on one text: the policy says how their scores become one."""

from __future__ import annotations

from pathlib import Path

import pytest

from moderation.combining import model_name
from moderation.errors import SettingsError
from moderation.hearing import Heard, hear
from moderation.model import Signal
from moderation.policy import SHIPPED, Policy
from moderation.policy_parts import Combine, Combining
from moderation.proposing import Outcome, Subject, propose
from moderation.targets import Target
from moderation.taxonomy import Abuse, TargetType

ONE = Signal("one@1", {"toxicity": 0.8, "insult": 0.2})
TWO = Signal("two@1", {"toxicity": 0.4, "threat": 0.6})
CANNOT = Signal("three@1", unscored="Written in Polish")
OURS = Signal(
    "watchroom-x@1",
    {"toxicity": 0.1, "insult": 0.9},
    codes={"abuse": 0.02, "abuse.menace": 0.01, "not_abuse.criticism": 0.7},
)


def heard(how: Combining, *signals: Signal, **weights: float) -> Heard:
    return hear(signals, Combine(how, weights))


def test_the_highest_the_mean_and_the_first_of_each_label() -> None:
    assert heard(Combining.MAX, ONE, TWO).scores == {"toxicity": 0.8, "insult": 0.2, "threat": 0.6}
    mean = heard(Combining.MEAN, ONE, TWO).scores
    assert mean == pytest.approx({"toxicity": 0.6, "insult": 0.2, "threat": 0.6})
    assert heard(Combining.FIRST, TWO, ONE).scores == TWO.scores


@pytest.mark.parametrize("how", Combining)
def test_a_model_that_could_not_read_has_no_say(how: Combining) -> None:
    assert heard(how, CANNOT, ONE).scores == ONE.scores
    assert heard(how, CANNOT).scores is None


@pytest.mark.parametrize("how", Combining)
def test_weights_count_and_a_weight_of_nought_silences(how: Combining) -> None:
    assert heard(how, ONE, TWO, one=0.0).scores == TWO.scores
    assert heard(how, ONE, one=0.0).scores is None


def test_a_weight_multiplies_the_highest_and_is_a_share_of_the_mean() -> None:
    assert heard(Combining.MAX, ONE, TWO, one=0.25).scores == {
        "toxicity": 0.4,
        "insult": 0.05,
        "threat": 0.6,
    }
    mean = heard(Combining.MEAN, ONE, TWO, one=0.5).scores
    assert mean == pytest.approx({"toxicity": 0.8 / 1.5, "insult": 0.2, "threat": 0.6})


def test_the_highest_weighs_a_model_of_codes_by_those_and_others_by_their_labels() -> None:
    both = heard(Combining.MAX, OURS, ONE)
    assert both.scores == {"toxicity": 0.8, "insult": 0.9}
    assert (both.codes, both.labelled) == (OURS.codes, ONE.scores)
    assert heard(Combining.MAX, OURS).labelled == {}


def test_the_mean_of_several_weighs_abuse_by_labels_alone() -> None:
    both = heard(Combining.MEAN, OURS, ONE)
    assert both.codes == {"not_abuse.criticism": 0.7}
    assert both.labelled == pytest.approx({"toxicity": 0.45, "insult": 0.55})
    alone = heard(Combining.MEAN, OURS)
    assert (alone.codes, alone.labelled) == (OURS.codes, {})


def test_the_first_is_heard_as_if_it_were_alone() -> None:
    ours, theirs = heard(Combining.FIRST, OURS, ONE), heard(Combining.FIRST, ONE, OURS)
    assert (ours.codes, ours.labelled) == (OURS.codes, {})
    assert (theirs.codes, theirs.labelled) == ({}, ONE.scores)


def test_the_model_that_ships_is_called_embedded_whatever_its_file_is_called() -> None:
    assert model_name("watchroom-x@2026") == "embedded"
    assert model_name("rules.threats@3") == "rules.threats"
    assert heard(Combining.MAX, OURS, embedded=0.0).scores is None


def policy_with(tmp_path: Path, how: str, weights: str = "embedded = 1.0") -> Policy:
    path = tmp_path / "policy.toml"
    shipped = SHIPPED.read_text(encoding="utf-8")
    changed = shipped.replace('how = "max"', f'how = "{how}"').replace("embedded = 1.0", weights)
    assert changed != shipped or (how, weights) == ("max", "embedded = 1.0")
    path.write_text(changed, encoding="utf-8")
    return Policy.load(path)


@pytest.mark.parametrize(
    ("how", "outcome"),
    [("max", Outcome.FLAG), ("mean", Outcome.CLEAR), ("first", Outcome.CLEAR)],
)
def test_one_policy_flags_what_one_of_two_models_finds_and_another_does_not(
    tmp_path: Path, how: str, outcome: Outcome
) -> None:
    quiet, loud = Signal("quiet@1", {"insult": 0.1}), Signal("loud@1", {"insult": 0.9})
    person = Target(TargetType.NAMED_STAFF, staff_id="NM-1", why="It names her.")
    made = propose(Subject("x"), (quiet, loud), person, policy_with(tmp_path, how))
    assert made.outcome is outcome
    assert (made.category is Abuse.PERSONAL_ABUSE) is (outcome is Outcome.FLAG)


def test_an_added_model_is_heard_beside_the_one_that_ships(tmp_path: Path) -> None:
    person = Target(TargetType.NAMED_STAFF, staff_id="NM-1", why="It names her.")
    policy = policy_with(tmp_path, "max")
    loud = Signal("loud@1", {"insult": 0.9})
    assert propose(Subject("x"), (OURS,), person, policy).outcome is Outcome.CLEAR
    assert propose(Subject("x"), (OURS, loud), person, policy).outcome is Outcome.FLAG


@pytest.mark.parametrize(
    ("how", "weights", "told"),
    [
        ("sum", "embedded = 1.0", r"combine.how names 'sum'; allowed: max, mean, first"),
        ("max", "embedded = 2", r"combine.weights.embedded must be a number from 0 to 1"),
    ],
)
def test_a_fault_names_the_key_and_what_is_allowed(
    tmp_path: Path, how: str, weights: str, told: str
) -> None:
    with pytest.raises(SettingsError, match=told):
        policy_with(tmp_path, how, weights)


def test_a_policy_that_says_nothing_of_it_takes_the_highest(tmp_path: Path) -> None:
    shipped = SHIPPED.read_text(encoding="utf-8")
    start, end = shipped.index("[combine]"), shipped.index("# The last word on every proposal")
    path = tmp_path / "policy.toml"
    path.write_text(shipped[:start] + shipped[end:], encoding="utf-8")
    assert Policy.load(path).combine == Combine(Combining.MAX, {})
    assert Policy.load().combine == Combine(Combining.MAX, {"embedded": 1.0})
