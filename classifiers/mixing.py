"""Mixes what the linear model and the encoder say of a text, and says when enough was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.outputs import LINEAR_OUTPUTS, OUTPUTS

Numbers = NDArray[np.float64]

# A text of several windows is as bad as its worst window; what kind of text it is, is the mean.
_MEAN = np.array([name.startswith(("not_abuse.", "target.")) for name in OUTPUTS])
_SCREEN = LINEAR_OUTPUTS.index("screen")


@dataclass(frozen=True, slots=True)
class Mix:
    """What each logit weighs, fitted on development data, and what the first stage settles.

    encoder and offset have one number for each output; linear has a line for each output of the
    linear model. settled_linear and settled_offset stand in where the encoder was not asked.
    settle_below is the screen's logit under which a text is plainly harmless. halfway weighs what
    the encoder says halfway up; a sum under over_below is as plainly harmless there.
    """

    encoder: Numbers
    linear: Numbers
    offset: Numbers
    settled_linear: Numbers
    settled_offset: Numbers
    settle_below: float
    halfway: Numbers
    over_below: float

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Mix:
        """Read a mix from a manifest; raises ValueError or KeyError where it does not fit."""
        wide, high = len(OUTPUTS), len(LINEAR_OUTPUTS)
        return cls(
            _shaped(told["encoder"], wide),
            _shaped(told["linear"], high, wide),
            _shaped(told["offset"], wide),
            _shaped(told["settled_linear"], high, wide),
            _shaped(told["settled_offset"], wide),
            float(told["settle_below"]),
            _shaped(told["halfway"], wide),
            float(told["over_below"]),
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the mix for a manifest."""
        return {
            "encoder": self.encoder.round(4).tolist(),
            "linear": self.linear.round(4).tolist(),
            "offset": self.offset.round(4).tolist(),
            "settled_linear": self.settled_linear.round(4).tolist(),
            "settled_offset": self.settled_offset.round(4).tolist(),
            "settle_below": round(self.settle_below, 4),
            "halfway": self.halfway.round(4).tolist(),
            "over_below": round(self.over_below, 4),
        }

    def is_settled(self, linear: Numbers) -> NDArray[np.bool_]:
        """Return for each line of linear logits whether the encoder need not be asked."""
        settled: NDArray[np.bool_] = linear[:, _SCREEN] < self.settle_below
        return settled

    def is_over(self, halfway: NDArray[np.float32]) -> bool:
        """Return whether what is said of one window halfway up needs no further reading."""
        return float(halfway @ self.halfway) < self.over_below

    def mixed(self, linear: Numbers, encoder: Numbers) -> Numbers:
        """Return probabilities, one line a text, from both models' logits."""
        return _squashed(linear @ self.linear + encoder * self.encoder + self.offset)

    def settled(self, linear: Numbers) -> Numbers:
        """Return probabilities from the linear logits alone."""
        return _squashed(linear @ self.settled_linear + self.settled_offset)


def over_windows(logits: NDArray[np.float32]) -> Numbers:
    """Return one line of logits for a text that was read in one window or more."""
    whole: Numbers = np.where(_MEAN, logits.mean(axis=0), logits.max(axis=0)).astype(np.float64)
    return whole


def _squashed(logits: Numbers) -> Numbers:
    squashed: Numbers = 1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0)))
    return squashed


def _shaped(values: Any, *shape: int) -> Numbers:
    array = np.array(values, dtype=np.float64)
    if array.shape != shape or not np.isfinite(array).all():
        msg = f"the mix holds {array.shape} numbers instead of {shape}"
        raise ValueError(msg)
    return array
