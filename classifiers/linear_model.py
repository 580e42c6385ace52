"""Sums table rows into a logit per output for a whole batch at once, in numpy alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classifiers.features import NO_ROW, Group, groups
from classifiers.weights_file import Weights

# A byte per output and one that counts rows are packed in 64 bits, so that one look-up serves all.
# Spread over two words of four 16-bit lanes, the bytes of 256 rows add up without overflow.
_LANES = np.uint64(0x00FF00FF00FF00FF)
_EIGHT = np.uint64(8)
_LANE_BITS = 16
_LANE_LIMIT = 256
_ZERO = 128
_COUNT = 7
NOTHING = -12.0

Sums = NDArray[np.float64]


class LinearModel:
    """The weights, packed for scoring."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._packed = _pack(weights.table)

    def logits(self, texts: Sequence[str]) -> Sums:
        """Return one line per reading and one column per output.

        A text without a single row has the logit NOTHING throughout.
        """
        chars, word_sums = (self._sums(group) for group in groups(texts))
        total = _mean_root(chars) + self._weights.word_weight * _mean_root(word_sums)
        logits: Sums = total * self._weights.scale + self._weights.offset
        logits[chars[:, _COUNT] + word_sums[:, _COUNT] == 0] = NOTHING
        return logits

    def _sums(self, group: Group) -> Sums:
        """Return per text the sum of its rows' signed bytes, and in the last column their count."""
        lines, columns = group.rows.shape
        bounds = np.append(group.starts, columns)
        if columns == 0:
            return np.zeros((len(group.starts), _COUNT + 1))
        packed = self._packed[group.rows]
        low = (packed & _LANES).sum(axis=0)
        high = ((packed >> _EIGHT) & _LANES).sum(axis=0)
        cuts = np.union1d(group.starts, np.arange(0, columns, _LANE_LIMIT // lines))
        cuts = cuts[cuts < columns]
        running = np.zeros((len(cuts) + 1, _COUNT + 1), dtype=np.int64)
        np.cumsum(_unpack(low, high, cuts), axis=0, out=running[1:])
        at = np.searchsorted(cuts, bounds)
        sums = (running[at[1:]] - running[at[:-1]]).astype(np.float64)
        sums[:, :_COUNT] -= _ZERO * lines * np.diff(bounds)[:, None]
        return sums


def _pack(table: NDArray[np.int8]) -> NDArray[np.uint64]:
    shifted = (table.astype(np.int16) + _ZERO).astype(np.uint64)
    shifted[NO_ROW] = _ZERO
    packed = np.full(len(table), 1 << (8 * _COUNT), dtype=np.uint64)
    packed[NO_ROW] = 0
    for label in range(table.shape[1]):
        packed |= shifted[:, label] << np.uint64(8 * label)
    return packed


def _unpack(
    low: NDArray[np.uint64], high: NDArray[np.uint64], cuts: NDArray[np.int64]
) -> NDArray[np.int64]:
    sums = np.zeros((len(cuts), _COUNT + 1), dtype=np.int64)
    for first, lanes in ((0, low), (1, high)):
        added = np.add.reduceat(lanes, cuts)
        for lane in range(4):
            sums[:, first + 2 * lane] = (added >> np.uint64(_LANE_BITS * lane)) & np.uint64(0xFFFF)
    return sums


def _mean_root(sums: Sums) -> Sums:
    counts = np.sqrt(np.maximum(sums[:, _COUNT:], 1.0))
    divided: Sums = sums[:, :_COUNT] / counts
    return divided
