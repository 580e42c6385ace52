"""Says which of a model's outputs speak under which of Detoxify's label names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from moderation.errors import SettingsError
from moderation.taxonomy import LABELS

# What checkpoints of the first Jigsaw competition call the same things.
_OTHER_NAMES: Final = {
    "toxic": "toxicity",
    "severe_toxic": "severe_toxicity",
    "identity_hate": "identity_attack",
}


def outputs_by_label(
    labels: Sequence[str], chosen: Mapping[str, str]
) -> dict[str, tuple[int, ...]]:
    """Return for each of our labels, in their order, the places of the outputs that speak of it.

    chosen is the whole mapping where there is one; a label that it leaves out is ignored. Raises
    SettingsError when nothing is mapped, or when chosen names a label that the model has not.
    """
    unknown = [label for label in chosen if label not in labels]
    if unknown:
        raise SettingsError(
            f"labels names {', '.join(unknown)}, but the model has: {', '.join(labels)}."
        )
    names = [chosen.get(label) if chosen else _usual(label) for label in labels]
    found = {
        name: tuple(place for place, one in enumerate(names) if one == name) for name in LABELS
    }
    mapped = {name: places for name, places in found.items() if places}
    if not mapped:
        raise SettingsError(
            f"None of the model's labels is known here. It has: {', '.join(labels)}. Map them "
            f"under labels to some of: {', '.join(LABELS)}."
        )
    return mapped


def _usual(label: str) -> str:
    plain = label.strip().lower().replace("-", "_").replace(" ", "_")
    return _OTHER_NAMES.get(plain, plain)
