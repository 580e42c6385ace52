"""Fits the linear n-gram model: one logistic regression for each of its outputs."""

from __future__ import annotations

import io
import logging
import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from classifiers.features import ROWS
from classifiers.outputs import LINEAR_OUTPUTS
from classifiers.training.matrix import WORD_WEIGHT, matrix
from classifiers.training.outputs import PLACE
from classifiers.training.rows import Rows
from classifiers.weights_file import Weights

log = logging.getLogger("training")

STRENGTH = 1.5
ITERATIONS = 60
_OWN_WEIGHT = 2.0
# A text that the screen lets go is read no further, so a miss costs more than a needless look.
_SCREEN_MISS = 4.0
SCREEN = "screen"


def fit_linear(rows: Rows, to_look_at: NDArray[np.bool_]) -> Weights:
    """Return the weights; to_look_at says for each row whether the encoder has to read it."""
    features = matrix(rows.texts)
    columns, offsets = [], []
    for output in LINEAR_OUTPUTS:
        column, offset = _fit(features, *_told(output, rows, to_look_at))
        columns.append(column)
        offsets.append(offset)
        log.info("fitted the linear model for %s", output)
    table, scale = _rounded(columns)
    return Weights(table, scale, np.array(offsets), WORD_WEIGHT)


def _told(
    output: str, rows: Rows, to_look_at: NDArray[np.bool_]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return targets and weights of the rows for one output; weight 0 is unknown."""
    if output == SCREEN:
        weights = np.where(to_look_at, _SCREEN_MISS, 1.0).astype(np.float32)
        return to_look_at.astype(np.float32), weights
    own = np.where(rows.source == "own", _OWN_WEIGHT, 1.0).astype(np.float32)
    return rows.targets[:, PLACE[output]], rows.weights[:, PLACE[output]] * own


def _fit(
    features: Any, targets: NDArray[np.float32], weights: NDArray[np.float32]
) -> tuple[NDArray[np.float32], float]:
    known = weights > 0
    model = LogisticRegression(C=STRENGTH, max_iter=ITERATIONS, tol=1e-5)
    with warnings.catch_warnings():
        # Stopping early is part of the recipe: it holds the weights back as a penalty does.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(features[known], targets[known], sample_weight=weights[known])
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def _rounded(columns: list[NDArray[np.float32]]) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """Return signed bytes per row and output, and what one step of each output's byte is worth."""
    table = np.zeros((ROWS, len(columns)), dtype=np.int8)
    scale = np.zeros(len(columns))
    for place, column in enumerate(columns):
        # A handful of very heavy rows would cost all others their precision.
        largest = float(np.quantile(np.abs(column), 1 - 20 / ROWS))
        scale[place] = max(largest, 1e-6) / 127
        table[:, place] = np.clip(np.rint(column / scale[place]), -127, 127)
    return table, scale


def packed(weights: Weights) -> bytes:
    """Return the weights as the file that ships; the same weights give the same bytes."""
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        table=weights.table,
        scale=weights.scale,
        offset=weights.offset,
        word_weight=np.float64(weights.word_weight),
    )
    return buffer.getvalue()
