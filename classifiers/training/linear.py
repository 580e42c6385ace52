"""Trains the linear n-gram model: python -m classifiers.training.linear DATA_DIR OUT_DIR."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import math
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve

from classifiers.features import FEATURES_VERSION, ROW_BITS, ROWS
from classifiers.folding import FOLDING_VERSION
from classifiers.linear_model import LinearModel
from classifiers.training.data import Corpus, corpus, file_hashes, read_folder
from classifiers.training.evaluate import Measured, measure, shown
from classifiers.training.house_examples import house_examples
from classifiers.training.matrix import WORD_WEIGHT, matrix
from classifiers.weights_file import MANIFEST, Weights
from moderation.taxonomy import LABELS

log = logging.getLogger("training")

NAME = "watchroom-linear"
VERSION = "1"
SEED = 20261121
STRENGTH = 1.5
ITERATIONS = 150
HELD_OUT_SET = "cat_wikipedia"
HELD_OUT_SHARE = 0.25
# Per label the lowest score that a policy is meant to act on, and the share of ordinary comments
# that may stand above it.
FIRST_CUTS = {
    "toxicity": (0.5, 0.007),
    "severe_toxicity": (0.4, 0.002),
    "obscene": (0.5, 0.003),
    "threat": (0.3, 0.003),
    "insult": (0.5, 0.003),
    "identity_attack": (0.3, 0.003),
    "sexual_explicit": (0.5, 0.002),
}
FULL_WEIGHT = 1.0

# One label's fitted column, before it is rounded to bytes.
Column = NDArray[np.float32]


def train(data: Path, out: Path) -> list[Measured]:
    """Fit, calibrate, round, measure and write the model; the same data gives the same bytes."""
    fitting = corpus(read_folder(data / "train"))
    held_out = (fitting.source == HELD_OUT_SET) & (
        np.random.default_rng(SEED).random(len(fitting.texts)) < HELD_OUT_SHARE
    )
    features = matrix(fitting.texts)
    own = house_examples()
    own_features = matrix(own.texts)
    columns = []
    for place, label in enumerate(LABELS):
        known = (fitting.weights[:, place] > 0) & ~held_out
        columns.append(_fit(place, features[known], fitting, known, own_features, own))
        log.info("fitted %s on %d rows", label, int(known.sum()))
    table, scale = _rounded(columns)
    ordinary = features[held_out & (fitting.targets[:, 0] == 0)]
    offset = _offsets(table * scale, ordinary, corpus(read_folder(data / "dev")))
    weights = Weights(table, scale, offset, WORD_WEIGHT)
    measured = measure(LinearModel(weights), data)
    _write(out, weights, file_hashes(data / "train"), measured)
    return measured


def _fit(
    place: int,
    features: Any,
    fitting: Corpus,
    known: NDArray[np.bool_],
    own_features: Any,
    own: Corpus,
) -> Column:
    own_known = own.weights[:, place] > 0
    stacked = sp.vstack((features, own_features[own_known]), format="csr")
    targets = np.concatenate((fitting.targets[known, place], own.targets[own_known, place]))
    weights = np.concatenate((fitting.weights[known, place], own.weights[own_known, place]))
    model = LogisticRegression(C=STRENGTH, max_iter=ITERATIONS, tol=1e-5)
    with warnings.catch_warnings():
        # Stopping early is part of the recipe: it holds the weights back as a penalty does.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(stacked, targets, sample_weight=weights)
    column: Column = model.coef_[0].astype(np.float32)
    return column


def _rounded(columns: list[Column]) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """Return signed bytes per row and label, and what one step of each label's byte is worth."""
    table = np.zeros((ROWS, len(LABELS)), dtype=np.int8)
    scale = np.zeros(len(LABELS))
    for place, column in enumerate(columns):
        # A handful of very heavy rows would cost all others their precision.
        largest = float(np.quantile(np.abs(column), 1 - 20 / ROWS))
        scale[place] = max(largest, 1e-6) / 127
        table[:, place] = np.clip(np.rint(column / scale[place]), -127, 127)
    return table, scale


def _offsets(columns: NDArray[np.float64], ordinary: Any, choosing: Corpus) -> NDArray[np.float64]:
    """Return what to add to each label's sum so that the cuts of the policy are sensible ones.

    Few ordinary comments may stand above a label's first cut. Labels other than toxicity also take
    the best balance of precision and recall on the development sets as their 0.5, if stricter.
    """
    features = matrix(choosing.texts)
    offsets = np.zeros(len(LABELS))
    for place, label in enumerate(LABELS):
        cut, allowed = FIRST_CUTS[label]
        highest = float(np.quantile(ordinary @ columns[:, place], 1.0 - allowed))
        offsets[place] = math.log(cut / (1.0 - cut)) - highest
        if place > 0:
            known = choosing.weights[:, place] == FULL_WEIGHT
            best = _best_cut(choosing.targets[known, place], features[known] @ columns[:, place])
            offsets[place] = min(offsets[place], -best)
    return offsets


def _best_cut(truth: NDArray[np.float32], sums: NDArray[np.float64]) -> float:
    precision, recall, cuts = precision_recall_curve(truth, sums)
    balance = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    return float(cuts[int(np.argmax(balance[:-1]))])


def _write(
    out: Path, weights: Weights, trained_on: dict[str, str], measured: list[Measured]
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        table=weights.table,
        scale=weights.scale,
        offset=weights.offset,
        word_weight=np.float64(weights.word_weight),
    )
    raw = buffer.getvalue()
    (out / "linear.npz").write_bytes(raw)
    manifest = {
        "name": NAME,
        "version": VERSION,
        "file": "linear.npz",
        "sha256": hashlib.sha256(raw).hexdigest(),
        "labels": LABELS,
        "features_version": FEATURES_VERSION,
        "folding_version": FOLDING_VERSION,
        "row_bits": ROW_BITS,
        "seed": SEED,
        "strength": STRENGTH,
        "iterations": ITERATIONS,
        "trained_on_sha256": trained_on,
        "figures": {f"{line.set} {line.label}": line.as_dict() for line in measured},
    }
    (out / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Train from the first argument's folder into the second's, and show the figures."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    if len(arguments) != 2:
        log.error("usage: python -m classifiers.training.linear DATA_DIR OUT_DIR")
        return 2
    log.info("%s", shown(train(Path(arguments[0]), Path(arguments[1]))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
