"""Lays labelled comments out for the encoder: a target and a weight for every head it has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from classifiers.normaliser import normalise
from classifiers.training.data import SUB_LABELS, TRUST, read_folder
from classifiers.training.outputs import HEADS, PLACE

# How much a public set's idea of toxic says about abuse of a person or a service.
_ABUSE_SHARE = {
    "wikipedia_jigsaw_sample": 0.4,
    "cat_wikipedia": 0.4,
    "convabuse": 0.4,
    "toxic_spans_civil": 0.2,
}
_SUB_LABEL_WEIGHT = 0.7
# Large sets that say little new after a part of them: biased by keyword, or nearly all harmless.
_PART_READ = {"davidson_tweets": 0.33, "hatexplain": 0.5, "cat_wikipedia": 0.5}
_PART_SEED = 11
# A row that is reliably not toxic is also no threat, no insult and so on.
_CLEAN_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class Rows:
    """Readings of texts with one target and one weight a head; weight 0 is unknown."""

    texts: list[str]
    targets: NDArray[np.float32]
    weights: NDArray[np.float32]
    source: NDArray[Any]

    def __len__(self) -> int:
        return len(self.texts)

    def chosen(self, places: NDArray[np.int64]) -> Rows:
        """Return the rows at these places, in that order; a place may come twice."""
        texts = [self.texts[place] for place in places]
        return Rows(texts, self.targets[places], self.weights[places], self.source[places])

    def told_by(self, heads: list[int]) -> Rows:
        """Return the rows with these heads alone, in that order."""
        return Rows(self.texts, self.targets[:, heads], self.weights[:, heads], self.source)


def joined(parts: list[Rows]) -> Rows:
    """Return several sets of rows as one."""
    return Rows(
        [text for part in parts for text in part.texts],
        np.concatenate([part.targets for part in parts]),
        np.concatenate([part.weights for part in parts]),
        np.concatenate([part.source for part in parts]),
    )


def public_rows(folder: Path) -> Rows:
    """Return the public sets of a folder with what each of them is trusted for."""
    frame = _part(read_folder(folder))
    targets = np.zeros((len(frame), len(HEADS)), dtype=np.float32)
    weights = np.zeros_like(targets)
    toxic = (frame["toxic"].to_numpy(dtype=np.float32) >= 0.5).astype(np.float32)
    source = frame["set"].to_numpy()
    for name, trust in TRUST.items():
        own = source == name
        _tell(
            targets, weights, own, "toxicity", toxic, np.where(toxic > 0, trust.toxic, trust.clean)
        )
        _tell(targets, weights, own, f"set:{name}", toxic, np.ones_like(toxic))
        if name in _ABUSE_SHARE:
            _tell(targets, weights, own, "abuse", toxic, np.full_like(toxic, _ABUSE_SHARE[name]))
    _tell_sub_labels(frame, toxic, targets, weights)
    return Rows([normalise(text) for text in frame["text"]], targets, weights, source)


def _part(frame: pd.DataFrame) -> pd.DataFrame:
    drawn = np.random.default_rng(_PART_SEED).random(len(frame))
    share = frame["set"].map(lambda name: _PART_READ.get(name, 1.0)).to_numpy(dtype=np.float64)
    return frame[drawn < share].reset_index(drop=True)


def _tell(
    targets: NDArray[np.float32],
    weights: NDArray[np.float32],
    rows: NDArray[np.bool_],
    head: str,
    values: NDArray[np.float32],
    trusted: NDArray[np.float32],
) -> None:
    targets[rows, PLACE[head]] = values[rows]
    weights[rows, PLACE[head]] = trusted[rows]


def _tell_sub_labels(
    frame: pd.DataFrame,
    toxic: NDArray[np.float32],
    targets: NDArray[np.float32],
    weights: NDArray[np.float32],
) -> None:
    clean = (toxic == 0) & frame["neg_reliable"].to_numpy(dtype=bool)
    for label, column in SUB_LABELS.items():
        told = frame[column].to_numpy(dtype=np.float32, na_value=np.nan)
        known = ~np.isnan(told)
        targets[:, PLACE[label]] = np.where(known, np.nan_to_num(told) >= 0.5, 0)
        weights[:, PLACE[label]] = np.where(
            known, _SUB_LABEL_WEIGHT, np.where(clean, _CLEAN_WEIGHT, 0.0)
        )
