"""Figures against cases worked out by hand, ties and single classes included."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.evaluating import figures
from worker.evaluating.figures import Counted, Point


def truths(*told: int) -> figures.Truths:
    return np.array(told, dtype=np.bool_)


def shares(*told: float) -> figures.Shares:
    return np.array(told, dtype=np.float64)


# Three of abuse at 0.9, 0.5, 0.2 and two of not at 0.5, 0.1. Of the six pairs, 0.9 wins both, 0.5
# ties one and wins one, 0.2 loses one and wins one: 4.5 of 6.
TRUTH, SHARE = truths(1, 0, 1, 1, 0), shares(0.9, 0.5, 0.5, 0.2, 0.1)


def test_the_area_counts_a_tie_as_half() -> None:
    assert figures.roc_auc(TRUTH, SHARE) == pytest.approx(4.5 / 6)
    assert figures.roc_auc(truths(1, 0), shares(0.4, 0.4)) == 0.5
    assert figures.roc_auc(truths(1, 0), shares(0.3, 0.4)) == 0.0


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2, max_size=30))
def test_the_area_is_the_share_of_pairs_in_the_right_order(rows: list[tuple[bool, int]]) -> None:
    truth, share = truths(*(t for t, _ in rows)), shares(*(s / 5 for _, s in rows))
    pairs = [
        1.0 if mine > other else 0.5 if mine == other else 0.0
        for is_abuse, mine in rows
        for is_other, other in rows
        if is_abuse and not is_other
    ]
    if pairs:
        assert figures.roc_auc(truth, share) == pytest.approx(sum(pairs) / len(pairs))
    else:
        assert figures.roc_auc(truth, share) is None


@pytest.mark.parametrize("only", [0, 1])
def test_one_class_alone_has_neither_area_nor_curve(only: int) -> None:
    truth, share = truths(only, only), shares(0.2, 0.8)
    assert figures.area(truth, share) is None
    assert figures.curve(truth, share) == []
    assert figures.at_thresholds(truth, share)[0].recall.of == 2 * only


def test_nothing_at_all_has_no_figures() -> None:
    assert figures.area(truths(), shares()) is None
    assert figures.bins(truths(), shares()) == []
    assert figures.calibration_error([]) is None
    assert figures.brier(truths(), shares()) is None


def test_the_interval_holds_the_area_and_is_the_same_every_time() -> None:
    random = np.random.default_rng(1)
    truth = random.random(400) < 0.4
    share = np.clip(random.normal(0.4 + 0.2 * truth, 0.2), 0, 1)
    first, again = figures.area(truth, share), figures.area(truth, share)
    assert first is not None
    assert first == again
    assert first.low < first.area < first.high
    # Hanley and McNeil's formula gives a standard error of about 0.023 for so many.
    assert 0.06 < first.high - first.low < 0.12


def test_the_curve_has_a_point_for_each_distinct_share_from_strict_to_lax() -> None:
    assert figures.curve(TRUTH, SHARE) == [
        Point(0.0, 1 / 3, 1.0),
        Point(0.5, 2 / 3, 2 / 3),
        Point(0.5, 1.0, 3 / 4),
        Point(1.0, 1.0, 3 / 5),
    ]


def test_a_threshold_takes_what_lies_on_it() -> None:
    at = {one.threshold: one for one in figures.at_thresholds(TRUTH, SHARE)}
    assert (at[0.5].recall, at[0.5].false_flags) == (Counted(2, 3), Counted(1, 2))
    assert at[0.5].precision == Counted(2, 3)
    assert at[0.95].precision.share is None


def test_the_bins_say_what_was_said_and_what_was_true() -> None:
    found = figures.bins(truths(1, 0, 1), shares(0.12, 0.18, 1.0))
    assert [(one.low, one.count) for one in found] == [(0.1, 2), (0.9, 1)]
    assert found[0].said == pytest.approx(0.15)
    assert (found[0].true, found[1].said, found[1].true) == (0.5, 1.0, 1.0)
    assert figures.calibration_error(found) == pytest.approx((2 * 0.35 + 0) / 3)


def test_the_brier_score_is_the_mean_squared_distance() -> None:
    assert figures.brier(truths(1, 0), shares(0.8, 0.4)) == pytest.approx((0.04 + 0.16) / 2)
