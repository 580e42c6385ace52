"""Trains the encoder: first on the public sets, then on the project's own comments."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import torch

from classifiers.training.comments_file import TRAIN, read_comments
from classifiers.training.encoder import Encoder, tokenizer_of
from classifiers.training.fitting import Course, fit
from classifiers.training.neutral_sentences import neutral_rows
from classifiers.training.outputs import HEADS, LATE_HEADS, PLACE
from classifiers.training.own_comments import own_rows
from classifiers.training.rows import Rows, joined, public_rows

log = logging.getLogger("training")

SEED = 20261127
GENERAL = Course(epochs=2, rate=1.5e-4, seed=SEED, roughen=0.15, head_rate=1.5e-4)
OWN = Course(epochs=1, rate=1.3e-4, seed=SEED + 1, roughen=0.15, head_rate=2e-3)
# How often the own comments come round, and how many public ones stand beside each round.
ROUNDS = 3
PUBLIC_BESIDE = 7_500
# Where the heads of the first fit stand among all heads.
_FIRST_PLACES = [PLACE[head] for head in HEADS if head not in LATE_HEADS]
GENERAL_FILE, OWN_FILE = "general.pt", "own.pt"


def general(data: Path, base: Path, work: Path) -> Encoder:
    """Return the encoder fitted to the public sets; the work folder's copy, if there is one."""
    torch.manual_seed(SEED)
    model = Encoder(base, len(HEADS) - len(LATE_HEADS))
    kept = work / GENERAL_FILE
    if kept.exists():
        model.load_state_dict(torch.load(kept, weights_only=True))
    else:
        rows = public_rows(data / "train").told_by(_FIRST_PLACES)
        log.info("fitting to %d public comments", len(rows))
        fit(model, tokenizer_of(base), rows, GENERAL)
        work.mkdir(parents=True, exist_ok=True)
        torch.save(model.state_dict(), kept)
    model.widen(len(HEADS), _FIRST_PLACES)
    return model


def own(model: Encoder, data: Path, base: Path, work: Path) -> None:
    """Fit the encoder further, in place, to the own comments and a share of the public ones.

    The work folder's copy is taken instead, if there is one.
    """
    kept = work / OWN_FILE
    if kept.exists():
        model.load_state_dict(torch.load(kept, weights_only=True))
        return
    public = public_rows(data / "train")
    ours = joined([own_rows(read_comments(TRAIN)), neutral_rows()])
    random = np.random.default_rng(SEED + 2)
    rounds: list[Rows] = []
    for _ in range(ROUNDS):
        beside = random.choice(len(public), size=PUBLIC_BESIDE, replace=False)
        rounds += [ours, public.chosen(beside)]
    rows = joined(rounds)
    log.info("fitting to %d own comments, %d rows in all", len(ours), len(rows))
    fit(model, tokenizer_of(base), rows, OWN)
    torch.save(model.state_dict(), kept)
