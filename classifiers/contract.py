"""What every detector promises: a reading per text, in order, without raising."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from moderation.model import Signal


class Classifier(Protocol):
    """A model or a rule family that reads text. It neither knows thresholds nor decides anything.

    model is "name@revision"; sha256 is the hash of the weights or of the rules as loaded.
    """

    model: str
    sha256: str

    def score(self, texts: Sequence[str]) -> list[Signal]:
        """Return one Signal per text, in order, and do not raise on odd input.

        A text that cannot be scored has scores None and says why in unscored.
        """


@runtime_checkable
class OwnProcess(Protocol):
    """A detector that reads in a process of its own, which has to be started and ended."""

    def start(self) -> None:
        """Start it before there is any work; raises SettingsError where it cannot be had."""

    def close(self) -> None:
        """End it; the next text starts another."""
