"""Opens what a model lies in: the hash first, then numbers only, never anything that can run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from classifiers.optional import memory
from moderation.errors import SettingsError


def require_hash(path: Path, sha256: str) -> None:
    """Raise SettingsError unless the file is there and has exactly the hash of the settings."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as err:
        raise SettingsError(f"The weights {path} cannot be read ({err.strerror}).") from err
    if found != sha256:
        raise SettingsError(
            f"The weights {path} are not the ones of the settings: their SHA-256 is {found}."
        )


def read_checkpoint(path: Path) -> Mapping[str, Any]:
    """Return what a PyTorch checkpoint holds, as long as that is numbers, texts and tensors."""
    import torch

    try:
        loaded = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as err:
        if memory.ran_out(err):
            raise
        # Whatever else it was: what the safe reader does not take is not read another way.
        raise SettingsError(
            f"The checkpoint {path} is damaged or holds more than weights, so it was not loaded "
            f"({type(err).__name__})."
        ) from err
    if not isinstance(loaded, Mapping):
        raise SettingsError(f"The checkpoint {path} holds no table of weights.")
    return loaded


def read_tensors(path: Path) -> Mapping[str, Any]:
    """Return the tensors of a safetensors file."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        tensors: dict[str, Any] = load_file(path)
    except SafetensorError as err:
        raise SettingsError(f"The weights {path} are no whole safetensors file.") from err
    return tensors


def read_json(path: Path) -> dict[str, Any]:
    """Return the object that a JSON file holds."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as err:
        raise SettingsError(f"{path} cannot be read ({err.strerror}).") from err
    except ValueError as err:
        raise SettingsError(f"{path} is not JSON.") from err
    if not isinstance(told, dict):
        raise SettingsError(f"{path} holds no JSON object.")
    return told
