"""Works out figures from truths and shares: areas, curves, thresholds, calibration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Truths = NDArray[np.bool_]
Shares = NDArray[np.float64]

THRESHOLDS: Final = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
BINS: Final = 10
_DRAWS: Final = 400
_SEED: Final = 20261127
_MIDDLE: Final = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of how many; share is None where there are none."""

    hits: int = 0
    of: int = 0

    @property
    def share(self) -> float | None:
        """Return the hits as a share of all."""
        return self.hits / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Area:
    """The area under the ROC curve, with the middle 95 % of what redrawn samples gave."""

    area: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class At:
    """What follows where everything from one threshold on is flagged."""

    threshold: float
    recall: Counted
    false_flags: Counted
    precision: Counted


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the ROC curve and on that of precision and recall."""

    false_flags: float
    recall: float
    precision: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Comments whose share lies in one tenth: how many, the mean share, the share of abuse."""

    low: float
    count: int
    said: float
    true: float


def roc_auc(truth: Truths, share: Shares) -> float | None:
    """Return the area under the ROC curve; ties count half. None where one class is absent."""
    _, place = np.unique(share, return_inverse=True)
    return _area(truth, place, np.ones(len(truth)))


def area(truth: Truths, share: Shares) -> Area | None:
    """Return the area with its interval; the same input gives the same interval."""
    whole = roc_auc(truth, share)
    if whole is None:
        return None
    random, count = np.random.default_rng(_SEED), len(truth)
    _, place = np.unique(share, return_inverse=True)
    drawn = [
        again
        for _ in range(_DRAWS)
        if (again := _area(truth, place, _redrawn(random, count))) is not None
    ]
    low, high = np.quantile(drawn, _MIDDLE)
    return Area(whole, float(low), float(high))


def _redrawn(random: np.random.Generator, count: int) -> Shares:
    """Return how often each of count comments is in a sample drawn with replacement."""
    return np.bincount(random.integers(count, size=count), minlength=count).astype(np.float64)


def _area(truth: Truths, place: NDArray[np.intp], weight: Shares) -> float | None:
    """Return how often abuse has the higher share; place is a share's rank among the distinct."""
    abuse = np.bincount(place, weight * truth)
    other = np.bincount(place, weight * ~truth)
    pairs = abuse.sum() * other.sum()
    if not pairs:
        return None
    below = np.cumsum(other) - other
    return float((abuse * (below + other / 2)).sum() / pairs)


def curve(truth: Truths, share: Shares) -> list[Point]:
    """Return a point for each distinct share, strictest first; empty where a class is absent."""
    abuse, other = int(truth.sum()), int((~truth).sum())
    if not abuse or not other:
        return []
    order = np.argsort(-share, kind="stable")
    ordered = share[order]
    last = np.append(ordered[1:] != ordered[:-1], True)
    hits, misses = np.cumsum(truth[order])[last], np.cumsum(~truth[order])[last]
    return [
        Point(float(miss / other), float(hit / abuse), float(hit / (hit + miss)))
        for hit, miss in zip(hits, misses, strict=True)
    ]


def at_thresholds(truth: Truths, share: Shares) -> list[At]:
    """Return what would follow at each of THRESHOLDS."""
    abuse, other = int(truth.sum()), int((~truth).sum())
    found = []
    for threshold in THRESHOLDS:
        above = share >= threshold
        hits, shown = int((truth & above).sum()), int(above.sum())
        found.append(
            At(
                threshold,
                recall=Counted(hits, abuse),
                false_flags=Counted(shown - hits, other),
                precision=Counted(hits, shown),
            )
        )
    return found


def bins(truth: Truths, share: Shares) -> list[Bin]:
    """Return the ten bins of the reliability diagram, without those that hold nothing."""
    place = np.minimum((share * BINS).astype(int), BINS - 1)
    return [
        Bin(
            number / BINS,
            int((place == number).sum()),
            float(share[place == number].mean()),
            float(truth[place == number].mean()),
        )
        for number in range(BINS)
        if (place == number).any()
    ]


def calibration_error(found: list[Bin]) -> float | None:
    """Return the mean distance between share and truth, weighed by how many comments."""
    total = sum(one.count for one in found)
    return sum(one.count * abs(one.said - one.true) for one in found) / total if total else None


def brier(truth: Truths, share: Shares) -> float | None:
    """Return the mean squared distance between share and truth; 0 is best."""
    return float(((share - truth) ** 2).mean()) if len(truth) else None
