"""Any text-classification model of the transformers library, from a local folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from classifiers.optional import architectures
from classifiers.optional.label_names import outputs_by_label
from classifiers.optional.model_settings import ModelSettings
from classifiers.optional.reader import Reader
from classifiers.optional.safe_files import read_json, read_tensors, require_hash
from moderation.errors import SettingsError

WEIGHTS: Final = "model.safetensors"
_ACTIVATIONS: Final = {
    "multi_label_classification": "sigmoid",
    "single_label_classification": "softmax",
}


def load(chosen: ModelSettings) -> Reader:
    """Return the folder's model, ready to read. Raises SettingsError where it does not fit."""
    folder = chosen.path
    _require_weights(folder)
    require_hash(folder / WEIGHTS, chosen.sha256)
    described = read_json(folder / "config.json")
    family = architectures.family_of(next(iter(described.get("architectures") or ()), None))
    config = architectures.configuration(family, folder)
    labels = [config.id2label[place] for place in range(config.num_labels)]
    outputs = outputs_by_label(labels, chosen.labels)
    activation = chosen.activation or _activation(config)
    if activation == "softmax" and len(labels) == 1:
        raise SettingsError("With softmax a single label is always 1: set activation to sigmoid.")
    return Reader(
        model=architectures.build(family, config, read_tensors(folder / WEIGHTS)),
        tokenizer=architectures.tokenizer(family, folder, config.vocab_size),
        outputs=outputs,
        activation=activation,
        tokens=architectures.tokens_at_most(family, config, chosen.max_tokens),
        settings=chosen,
    )


def _require_weights(folder: Path) -> None:
    if not folder.is_dir():
        raise SettingsError(f"There is no folder {folder}.")
    if not (folder / WEIGHTS).is_file():
        raise SettingsError(
            f"{folder} holds no {WEIGHTS}. Weights in another format are not read: save the model "
            "again as one safetensors file."
        )


def _activation(config: Any) -> str:
    """Return what the configuration says, or what the library does where it says nothing."""
    said = config.problem_type
    if said is None:
        return "sigmoid" if config.num_labels == 1 else "softmax"
    if said not in _ACTIVATIONS:
        raise SettingsError(
            f"The model was made for {said}. If its outputs are scores of labels all the same, set "
            "activation to sigmoid or softmax."
        )
    return _ACTIVATIONS[said]
