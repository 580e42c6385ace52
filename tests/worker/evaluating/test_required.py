"""Figures that a pipeline requires: what is missed is said, and so is what was not measured."""

from __future__ import annotations

import pytest

from moderation.errors import InvalidInput
from moderation.taxonomy import Abuse
from tests.worker.evaluating.judged_tools import example, judged, proposal, report
from worker.evaluating.counting import Main
from worker.evaluating.required import KNOWN, missed, required

FOUND = report(
    judged(example(categories=(Abuse.MENACE,)), proposal(Abuse.MENACE), 0.9),
    judged(example(categories=(Abuse.MENACE,)), proposal(), 0.4),
    judged(example(), proposal(Abuse.DOXING), 0.5),
    judged(example(), proposal(), 0.1),
)


def test_several_figures_are_read_from_one_text() -> None:
    assert required("recall=0.7, false_flags=0.08,") == {"recall": 0.7, "false_flags": 0.08}
    assert required("") == {}


@pytest.mark.parametrize(
    "told", ["recal=0.7", "recall", "recall=", "recall=70", "recall=-0.1", "recall=nan", "=1"]
)
def test_what_cannot_be_required_is_refused(told: str) -> None:
    with pytest.raises(InvalidInput, match="--require"):
        required(told)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("recall=0.5", []),
        ("recall=0.51", ["recall is 0.5000, and at least 0.51 is required."]),
        ("false_flags=0.5", []),
        ("false_flags=0.4", ["false_flags is 0.5000, and at most 0.4 is required."]),
        ("roc_auc=0.75", []),
        ("roc_auc=0.76", ["roc_auc is 0.7500, and at least 0.76 is required."]),
        ("identity_gap=0.25", []),
        ("identity_gap=0.02", ["identity_gap is 0.2500, and at most 0.02 is required."]),
        ("urgent=0.1", ["urgent could not be measured, and 0.1 is required."]),
        ("wrong_person=1", ["wrong_person could not be measured, and 1 is required."]),
    ],
)
def test_each_figure_that_is_missed_has_a_sentence(told: str, says: list[str]) -> None:
    assert missed(FOUND, required(told)) == says


def test_every_main_figure_can_be_required() -> None:
    assert set(Main) <= set(KNOWN)
    for name in KNOWN:
        assert missed(report(), required(f"{name}=1")) or name == "identity_gap"
