"""Opens the weights that ship: checks the hash, then reads arrays only, never objects."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.features import FEATURES_VERSION, ROWS
from classifiers.folding import FOLDING_VERSION
from moderation.errors import SettingsError
from moderation.taxonomy import LABELS

FOLDER = Path(__file__).parent / "weights"
MANIFEST = "linear.json"
_MEND = "reinstall Watchroom, or run python -m classifiers.training.linear"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the weights file is: its name, version, hash and the figures that it reached."""

    name: str
    version: str
    file: str
    sha256: str
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Weights:
    """Signed bytes per row and label, and what turns their sums into a number per label.

    A sum of character rows is divided by the root of their count; a sum of word rows too, and then
    multiplied by word_weight. scale and offset come last, one of each per label.
    """

    table: NDArray[np.int8]
    scale: NDArray[np.float64]
    offset: NDArray[np.float64]
    word_weight: float


def read_manifest(folder: Path = FOLDER) -> Manifest:
    """Read what the weights are. Raises SettingsError if the file is missing or does not fit."""
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        versions = (told["features_version"], told["folding_version"], tuple(told["labels"]))
        manifest = Manifest(
            told["name"], told["version"], told["file"], told["sha256"], told["figures"]
        )
    except (OSError, ValueError, KeyError, TypeError) as err:
        raise SettingsError(
            f"The classifier's manifest {path} is missing or unreadable: {_MEND}."
        ) from err
    if versions != (FEATURES_VERSION, FOLDING_VERSION, LABELS):
        raise SettingsError(
            f"The classifier's weights in {folder} were made for other code: {_MEND}."
        )
    return manifest


def read_weights(manifest: Manifest, folder: Path = FOLDER) -> Weights:
    """Read the weights. Raises SettingsError if the file is missing, altered or misshapen."""
    path = folder / manifest.file
    try:
        raw = path.read_bytes()
    except OSError as err:
        raise SettingsError(f"The classifier's weights {path} are missing: {_MEND}.") from err
    if hashlib.sha256(raw).hexdigest() != manifest.sha256:
        raise SettingsError(f"The classifier's weights {path} were altered: {_MEND}.")
    with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
        weights = Weights(
            arrays["table"], arrays["scale"], arrays["offset"], float(arrays["word_weight"])
        )
    if weights.table.shape != (ROWS, len(LABELS)):
        raise SettingsError(f"The classifier's weights {path} do not fit this code: {_MEND}.")
    return weights
