"""Detoxify's checkpoints, read from a local file by a loader of our own.

The package's own loader asks the hub for the base model before it looks at a local folder, runs
code that a checkpoint may hold, takes the number of labels from the base model and cuts no text.
Here the configuration and the tokenizer come from a local folder, the weights from a reader that
takes nothing but numbers, and the class from an allow-list.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from classifiers.optional import architectures
from classifiers.optional.label_names import outputs_by_label
from classifiers.optional.model_settings import ModelSettings
from classifiers.optional.reader import Reader
from classifiers.optional.safe_files import read_checkpoint, require_hash
from moderation.errors import SettingsError

# Left in front of every name by the program that Detoxify was trained with.
_TRAINER = "model."


def load(chosen: ModelSettings) -> Reader:
    """Return the checkpoint's model, ready to read. Raises SettingsError where it does not fit."""
    if chosen.config is None:
        raise SettingsError("A Detoxify checkpoint needs config, the folder of its base model.")
    require_hash(chosen.path, chosen.sha256)
    loaded = read_checkpoint(chosen.path)
    name, labels, outputs = _described(loaded, chosen.path)
    family = architectures.family_of(name)
    config = architectures.configuration(family, chosen.config, outputs)
    model = architectures.build(family, config, _weights(loaded, chosen.path))
    return Reader(
        model=model,
        tokenizer=architectures.tokenizer(family, chosen.config, config.vocab_size),
        outputs=outputs_by_label(labels, chosen.labels),
        activation=chosen.activation or "sigmoid",
        tokens=architectures.tokens_at_most(family, config, chosen.max_tokens),
        settings=chosen,
    )


def _described(loaded: Mapping[str, Any], path: Path) -> tuple[str, list[str], int]:
    """Return the model's class, its labels, and how many outputs it has: at least so many."""
    try:
        args = loaded["config"]["arch"]["args"]
        name, outputs = str(args["model_name"]), int(args["num_classes"])
        labels = [str(label) for label in loaded["config"]["dataset"]["args"]["classes"]]
    except (KeyError, TypeError, ValueError) as err:
        raise SettingsError(
            f"{path} is no Detoxify checkpoint: it does not say which model and labels it has."
        ) from err
    if not 0 < len(labels) <= outputs:
        raise SettingsError(f"{path} names {len(labels)} labels for {outputs} outputs.")
    return name, labels, outputs


def _weights(loaded: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    state = loaded.get("state_dict")
    if not isinstance(state, Mapping) or not state:
        raise SettingsError(f"{path} is no Detoxify checkpoint: it holds no state_dict.")
    if all(name.startswith(_TRAINER) for name in state):
        return {name.removeprefix(_TRAINER): one for name, one in state.items()}
    return state
