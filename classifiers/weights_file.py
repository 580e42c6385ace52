"""Opens the weights that ship: checks every hash, then reads arrays only, never objects."""

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
from classifiers.mixing import Mix
from classifiers.normaliser import NORMALISER_VERSION
from classifiers.outputs import LINEAR_OUTPUTS, OUTPUTS
from moderation.errors import SettingsError

FOLDER = Path(__file__).parent / "weights"
MANIFEST = "manifest.json"
LINEAR, TOKENIZER = "linear.npz", "tokenizer.json"
LOWER, UPPER = "encoder_lower.onnx", "encoder_upper.onnx"
FILES = (LINEAR, LOWER, UPPER, TOKENIZER)
_MEND = "reinstall Watchroom, or make the weights again with make train"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the weights are: name, version, the hash of each file, and how outputs are mixed.

    sha256 is the hash over the manifest itself, and so over everything that it pins.
    """

    name: str
    version: str
    files: dict[str, str]
    mix: Mix
    sha256: str


@dataclass(frozen=True, slots=True)
class Weights:
    """Signed bytes per row and output, and what turns their sums into a logit per output.

    A sum of character rows is divided by the root of their count; a sum of word rows too, and then
    multiplied by word_weight. scale and offset come last, one of each per output.
    """

    table: NDArray[np.int8]
    scale: NDArray[np.float64]
    offset: NDArray[np.float64]
    word_weight: float


def read_manifest(folder: Path = FOLDER) -> Manifest:
    """Read what the weights are. Raises SettingsError if the file is missing or does not fit."""
    path = folder / MANIFEST
    try:
        raw = path.read_bytes()
        told = json.loads(raw)
        made_for = _made_for(told)
        files = {name: str(told["files"][name]) for name in FILES}
        mix = Mix.of(told["mix"])
        name, version = str(told["name"]), str(told["version"])
    except (OSError, ValueError, KeyError, TypeError) as err:
        raise SettingsError(
            f"The classifier's manifest {path} is missing or unreadable: {_MEND}."
        ) from err
    if made_for != (FEATURES_VERSION, NORMALISER_VERSION, OUTPUTS, LINEAR_OUTPUTS):
        raise SettingsError(
            f"The classifier's weights in {folder} were made for other code: {_MEND}."
        )
    return Manifest(name, version, files, mix, hashlib.sha256(raw).hexdigest())


def _made_for(told: dict[str, Any]) -> tuple[Any, ...]:
    return (
        told["features_version"],
        told["normaliser_version"],
        tuple(told["outputs"]),
        tuple(told["linear_outputs"]),
    )


def read_file(manifest: Manifest, name: str, folder: Path = FOLDER) -> bytes:
    """Return one file of the weights. Raises SettingsError if it is missing or altered."""
    path = folder / name
    try:
        raw = path.read_bytes()
    except OSError as err:
        raise SettingsError(f"The classifier's weights {path} are missing: {_MEND}.") from err
    if hashlib.sha256(raw).hexdigest() != manifest.files[name]:
        raise SettingsError(f"The classifier's weights {path} were altered: {_MEND}.")
    return raw


def read_linear(manifest: Manifest, folder: Path = FOLDER) -> Weights:
    """Return the linear weights. Raises SettingsError as read_file does, or if misshapen."""
    raw = read_file(manifest, LINEAR, folder)
    with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
        weights = Weights(
            arrays["table"], arrays["scale"], arrays["offset"], float(arrays["word_weight"])
        )
    if weights.table.shape != (ROWS, len(LINEAR_OUTPUTS)):
        raise SettingsError(f"The classifier's weights in {folder} do not fit this code: {_MEND}.")
    return weights
