"""Reads the training files and says how far each one is trusted for each label."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

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
