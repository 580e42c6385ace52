"""Reads the training files and says how far each one is trusted for each label."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from classifiers.features import tidy
from classifiers.folding import fold
from moderation.taxonomy import LABELS

# The sub-label columns of the files, under Detoxify's names.
SUB_LABELS = {
    "severe_toxicity": "severe",
    "obscene": "obscene",
    "threat": "threat",
    "insult": "insult",
    "identity_attack": "identity_hate",
    "sexual_explicit": "sexual",
}


@dataclass(frozen=True, slots=True)
class Trust:
    """How much one row of a data set weighs when it is called toxic, and when it is not."""

    toxic: float
    clean: float


# Sets that call only one kind of abuse toxic say little when they say "not toxic"; tweets picked by
# keyword are biased against African-American English and weigh little either way. HateXplain made
# the toxicity of every other set worse; its rows count for identity_attack alone.
TRUST = {
    "paradetox": Trust(1.0, 1.0),
    "toxic_spans_civil": Trust(1.0, 0.7),
    "wikipedia_jigsaw_sample": Trust(1.5, 1.5),
    "cat_wikipedia": Trust(0.7, 1.5),
    "edos_sexism": Trust(0.8, 0.15),
    "convabuse": Trust(1.5, 1.5),
    "hatemoji_build": Trust(0.7, 0.7),
    "guest_misogyny": Trust(0.8, 0.5),
    "davidson_tweets": Trust(0.15, 0.5),
    "hatexplain": Trust(0.0, 0.0),
}
DEFAULT_TRUST = Trust(0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts, ready for features, with a target and a weight per label; weight 0 is unknown."""

    texts: list[str]
    targets: NDArray[np.float32]
    weights: NDArray[np.float32]
    source: NDArray[Any]


def read_folder(folder: Path) -> pd.DataFrame:
    """Return all files of a folder as one frame, with the file's name in the column set."""
    frames = [
        pd.read_parquet(path).assign(set=path.stem) for path in sorted(folder.glob("*.parquet"))
    ]
    return pd.concat(frames, ignore_index=True)


def file_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file, for the manifest."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("*.parquet"))
    }


def corpus(frame: pd.DataFrame) -> Corpus:
    """Turn a frame into texts, targets and weights, one column per label in the order of LABELS."""
    toxic = (frame["toxic"].to_numpy(dtype=np.float32) >= 0.5).astype(np.float32)
    trusted = frame["set"].map(lambda name: TRUST.get(name, DEFAULT_TRUST))
    weight = np.where(
        toxic > 0, [trust.toxic for trust in trusted], [trust.clean for trust in trusted]
    ).astype(np.float32)
    targets = np.zeros((len(frame), len(LABELS)), dtype=np.float32)
    weights = np.zeros_like(targets)
    targets[:, 0], weights[:, 0] = toxic, weight
    # Where "not toxic" can be trusted, it is also no threat, no insult and so on.
    clean = (toxic == 0) & frame["neg_reliable"].to_numpy(dtype=bool)
    for place, label in enumerate(LABELS):
        if label in SUB_LABELS:
            told = frame[SUB_LABELS[label]].to_numpy(dtype=np.float32, na_value=np.nan)
            known = ~np.isnan(told)
            targets[:, place] = np.where(known, told >= 0.5, 0)
            weights[:, place] = np.where(known, 1.0, np.where(clean, 0.3, 0.0))
    texts = [tidy(fold(text).text) for text in frame["text"]]
    return Corpus(texts, targets, weights, frame["set"].to_numpy())
