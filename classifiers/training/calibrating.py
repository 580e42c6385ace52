"""Fits how the two models are mixed, and where reading may end early, on development data."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from classifiers.mixing import Mix, Numbers
from classifiers.outputs import CODES, LINEAR_OUTPUTS, OUTPUTS, PLACE
from classifiers.training.rows import Rows
from moderation.taxonomy import LABELS

# An output with fewer examples than this keeps the encoder's own logit.
_FEWEST = 12
_PENALTY = 1.0
_RIDGE = 1.0
# Of the texts that the whole model would put before people, the screen may let go this share, and
# the encoder halfway up as much again.
MOST_LOST = 0.005
# Of toxic comments of talk pages the screen alone may let go this share: they are the rudest talk
# that it hears, and it ranks them lower than the encoder would.
MOST_TOXIC_LOST = 0.006
_TALK = "wikipedia_jigsaw_sample"
# From these shares on the whole model would have put a text before people.
_WANTED = {"abuse": 0.45, "urgent": 0.45}
_WANTED_CHECK = 0.5
_SCREEN = LINEAR_OUTPUTS.index("screen")
_NEVER = 1e9


@dataclass(frozen=True, slots=True)
class Answers:
    """What both models say of rows, a line of logits a row; the encoder says it halfway up too."""

    linear: Numbers
    encoder: Numbers
    halfway: Numbers


def fit_mix(rows: Rows, answers: Answers) -> Mix:
    """Return the mix that fits development rows best; by it every text is read to its end."""
    wide, high = len(OUTPUTS), len(LINEAR_OUTPUTS)
    encoder, offset, linear = np.ones(wide), np.zeros(wide), np.zeros((high, wide))
    own = rows.source == "own"
    for name in OUTPUTS:
        place = PLACE[name]
        weights = rows.weights[:, place] * (own if name in CODES else np.ones(len(rows)))
        known = weights > 0
        targets = rows.targets[known, place]
        if min(targets.sum(), len(targets) - targets.sum()) < _FEWEST:
            continue
        helpers = _helpers(name)
        columns = np.column_stack(
            (answers.encoder[known, place], answers.linear[known][:, helpers])
        )
        model = LogisticRegression(C=_PENALTY, max_iter=1_000)
        model.fit(columns, targets, sample_weight=weights[known])
        encoder[place] = model.coef_[0, 0]
        linear[helpers, place] = model.coef_[0, 1:]
        offset[place] = model.intercept_[0]
    nothing = np.zeros((high, wide))
    return Mix(
        encoder=encoder,
        linear=linear,
        offset=offset,
        settled_linear=nothing,
        settled_offset=np.full(wide, -8.0),
        settle_below=-_NEVER,
        halfway=np.zeros(wide),
        over_below=-_NEVER,
    )


def _helpers(name: str) -> list[int]:
    """Return the places of the linear outputs that may add to an output."""
    if name in LINEAR_OUTPUTS:
        return [LINEAR_OUTPUTS.index(name)]
    if name in LABELS:
        return [LINEAR_OUTPUTS.index("toxicity")]
    if name in {"serious", "grave"}:
        return [LINEAR_OUTPUTS.index("abuse")]
    return []


def wanted(shares: Numbers) -> NDArray[np.bool_]:
    """Return for each line of probabilities whether the text has to be read by the encoder."""
    found = np.zeros(len(shares), dtype=bool)
    for name, least in _WANTED.items():
        found |= shares[:, PLACE[name]] >= least
    for name in OUTPUTS:
        if name.startswith("check.") and name not in {"check.complaint", "check.child_author"}:
            found |= shares[:, PLACE[name]] >= _WANTED_CHECK
    return found


def fit_screen(mix: Mix, rows: Rows, answers: Answers) -> Mix:
    """Return the mix with the screen's threshold and what stands in for the encoder below it."""
    shares = mix.mixed(answers.linear, answers.encoder)
    screen = answers.linear[:, _SCREEN]
    asked = wanted(shares) & (rows.source == "own")
    toxic = (rows.source == _TALK) & (rows.targets[:, PLACE["toxicity"]] > 0)
    settle_below = float(
        min(np.quantile(screen[asked], MOST_LOST), np.quantile(screen[toxic], MOST_TOXIC_LOST))
    )
    below = screen < settle_below
    lines = np.column_stack((answers.linear[below], np.ones(below.sum())))
    logits = np.log(np.clip(shares[below], 1e-6, 1 - 1e-6))
    logits -= np.log1p(-np.clip(shares[below], 1e-6, 1 - 1e-6))
    penalty = _RIDGE * np.eye(lines.shape[1])
    penalty[-1, -1] = 0.0
    found = np.linalg.solve(lines.T @ lines + penalty, lines.T @ logits)
    return replace(
        mix, settled_linear=found[:-1], settled_offset=found[-1], settle_below=settle_below
    )


def fit_halfway(mix: Mix, rows: Rows, answers: Answers) -> Mix:
    """Return the mix with what tells halfway up that the rest of the encoder is not needed."""
    asked = wanted(mix.mixed(answers.linear, answers.encoder))
    model = LogisticRegression(C=_PENALTY, max_iter=2_000)
    model.fit(answers.halfway, asked)
    halfway = model.coef_[0]
    counted = asked & (rows.source == "own") & ~mix.is_settled(answers.linear)
    over_below = float(np.quantile(answers.halfway[counted] @ halfway, MOST_LOST))
    return replace(mix, halfway=halfway, over_below=over_below)
