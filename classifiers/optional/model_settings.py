"""What an organisation says of one model that it adds, as a value that travels as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

ACTIVATIONS: Final = ("sigmoid", "softmax")
LONG_TEXTS: Final = ("windows", "cut")


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """One optional model.

    path is the checkpoint (detoxify) or the folder (transformers), config the folder of a
    checkpoint's config.json and tokenizer. sha256 is the hash of the weights. labels maps the
    model's own labels to Detoxify's names; empty means that it speaks in those already. activation
    is empty where the model's own configuration decides. timeout_s is for one batch, in seconds;
    memory_mb is 0 for no limit.
    """

    name: str
    kind: str
    path: Path
    sha256: str
    config: Path | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ("English",)
    activation: str = ""
    long_texts: str = "windows"
    max_tokens: int = 512
    threads: int = 1
    batch_size: int = 16
    timeout_s: int = 30
    memory_mb: int = 0

    @property
    def model(self) -> str:
        """Return "name@revision"; the revision is the beginning of the hash."""
        return f"{self.name}@{self.sha256[:12]}"

    def as_json(self) -> dict[str, Any]:
        """Return the values as JSON knows them."""
        paths = {"path": str(self.path), "config": str(self.config) if self.config else None}
        return asdict(self) | paths | {"labels": dict(self.labels)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> ModelSettings:
        """Return the settings that as_json wrote."""
        given = dict(values)
        given["path"] = Path(given["path"])
        given["config"] = Path(given["config"]) if given["config"] else None
        given["languages"] = tuple(given["languages"])
        return cls(**given)
