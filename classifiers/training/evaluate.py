"""Measures the weights that ship: python -m classifiers.training.evaluate DATA_DIR."""

from __future__ import annotations

import logging
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from classifiers.linear_model import LinearModel
from classifiers.training.data import Corpus, corpus, read_folder
from classifiers.weights_file import read_manifest, read_weights
from moderation.taxonomy import LABELS

log = logging.getLogger("training")

_BATCH = 500
_KNOWN = 0.99
ALL = "all sets"


@dataclass(frozen=True, slots=True)
class Measured:
    """One label's figures on one set: the area under the ROC curve, and shares above 0.5."""

    set: str
    label: str
    rows: int
    positives: int
    roc_auc: float | None
    caught: float | None
    false_flags: float | None

    def as_dict(self) -> dict[str, float | int | str | None]:
        """Return the figures for the manifest, without the two names."""
        return {key: value for key, value in asdict(self).items() if key not in {"set", "label"}}


def measure(model: LinearModel, data: Path) -> list[Measured]:
    """Score every development set and return toxicity per set, then every label over all sets."""
    choosing = corpus(read_folder(data / "dev"))
    scores = np.concatenate(
        [
            model.scores(choosing.texts[begin : begin + _BATCH])
            for begin in range(0, len(choosing.texts), _BATCH)
        ]
    )
    everywhere = np.ones(len(choosing.texts), dtype=bool)
    lines = [
        _line(str(name), 0, choosing, scores, choosing.source == name, 0.0)
        for name in sorted(set(choosing.source))
    ]
    lines += [_line(ALL, 0, choosing, scores, everywhere, 0.0)]
    lines += [
        _line(ALL, place, choosing, scores, everywhere, _KNOWN) for place in range(1, len(LABELS))
    ]
    return lines


def _line(
    name: str,
    place: int,
    choosing: Corpus,
    scores: NDArray[np.float64],
    chosen: NDArray[np.bool_],
    least_weight: float,
) -> Measured:
    known = chosen & (choosing.weights[:, place] > 0) & (choosing.weights[:, place] >= least_weight)
    truth = choosing.targets[known, place] > 0
    found = scores[known, place]
    both = bool(truth.any() and not truth.all())
    return Measured(
        name,
        LABELS[place],
        int(known.sum()),
        int(truth.sum()),
        round(float(roc_auc_score(truth, found)), 4) if both else None,
        round(float((found[truth] >= 0.5).mean()), 4) if truth.any() else None,
        round(float((found[~truth] >= 0.5).mean()), 4) if not truth.all() else None,
    )


def shown(lines: list[Measured]) -> str:
    """Return the figures as a table for a terminal or a Markdown page."""
    rows = [
        "| set | label | rows | positive | ROC AUC | caught at 0.5 | false flags at 0.5 |",
        "|---|---|---|---|---|---|---|",
    ]
    rows += [
        f"| {line.set} | {line.label} | {line.rows} | {line.positives} | {_area(line.roc_auc)} "
        f"| {_share(line.caught)} | {_share(line.false_flags)} |"
        for line in lines
    ]
    return "\n".join(rows)


def _area(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f} %"


def main(arguments: list[str]) -> int:
    """Show the table for the weights that ship."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    if len(arguments) != 1:
        log.error("usage: python -m classifiers.training.evaluate DATA_DIR")
        return 2
    model = LinearModel(read_weights(read_manifest()))
    log.info("%s", shown(measure(model, Path(arguments[0]))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
