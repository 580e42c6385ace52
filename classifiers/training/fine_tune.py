"""Trains the encoder: on the public sets, then on our own comments, then on ordinary talk too."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import torch

from classifiers.outputs import CALLS
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
OWN = Course(epochs=1, rate=1.3e-4, seed=SEED + 1, roughen=0.15, head_rate=2e-3, halfway=0.2)
LAST = Course(epochs=1, rate=5e-5, seed=SEED + 4, roughen=0.15, head_rate=5e-4, halfway=0.3)
# How often the own comments come round, and how many public ones stand beside each round.
ROUNDS = 3
PUBLIC_BESIDE = 14_000
# What the second fit would forget is drawn more often than its share: hate told by emoji, which our
# own comments hardly hold; talk pages, which are what harmless quarrels look like; and the only set
# whose comments were rated by many people each.
_DRAWN_MORE = {
    "hatemoji_build": 8.0,
    "wikipedia_jigsaw_sample": 4.0,
    "cat_wikipedia": 1.5,
    "toxic_spans_civil": 1.5,
}
# Hate told by emoji also weighs more there, and counts as abuse as it does in our own comments.
_EMOJI_SET, _EMOJI_WEIGHT, _EMOJI_ABUSE_WEIGHT = "hatemoji_build", 2.0, 1.0
# Where the heads of the first fit stand among all heads.
_FIRST_PLACES = [PLACE[head] for head in HEADS if head not in LATE_HEADS]
# Our own comments hold far more calls for help than life does, and the encoder comes to hear one in
# any short line said about oneself. So the last fit tells it that harmless talk is none, and
# harmless sentences about groups weigh more than before.
_TALK = ("cat_wikipedia", "wikipedia_jigsaw_sample")
_NO_CALL = [PLACE[name] for name in CALLS]
_NO_CALL_WEIGHT = 0.7
_TALK_DRAWN_MORE = 3.0
_NEUTRAL_WEIGHT = 4.0
# These hands wrote while the second fit was running, so the last one alone reads them.
_LATE_HANDS = frozenset({"BW", "BX", "BY", "BZ", "CA", "CB", "CD", "CE"})
GENERAL_FILE, OWN_FILE, LAST_FILE = "general.pt", "own.pt", "last.pt"


def general(data: Path, base: Path, work: Path) -> Encoder:
    """Return the encoder fitted to the public sets; the work folder's copy, if there is one."""
    torch.manual_seed(SEED)
    model = Encoder(base, len(HEADS) - len(LATE_HEADS))
    kept = work / GENERAL_FILE
    if not _is_taken(model, kept):
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
    if _is_taken(model, kept):
        return
    public = _public_beside(data)
    comments = [one for one in read_comments(TRAIN) if one["writer"] not in _LATE_HANDS]
    ours = joined([own_rows(comments), neutral_rows()])
    random = np.random.default_rng(SEED + 2)
    rounds: list[Rows] = []
    often = np.array([_DRAWN_MORE.get(name, 1.0) for name in public.source])
    for _ in range(ROUNDS):
        beside = random.choice(
            len(public), size=PUBLIC_BESIDE, replace=False, p=often / often.sum()
        )
        rounds += [ours, public.chosen(beside)]
    rows = joined(rounds)
    log.info("fitting to %d own comments, %d rows in all", len(ours), len(rows))
    fit(model, tokenizer_of(base), rows, OWN)
    torch.save(model.state_dict(), kept)


def last(model: Encoder, data: Path, base: Path, work: Path) -> None:
    """Fit the encoder once more, in place and gently; ordinary talk is told to be no call for help.

    The work folder's copy is taken instead, if there is one.
    """
    kept = work / LAST_FILE
    if _is_taken(model, kept):
        return
    public, neutral = _public_beside(data), neutral_rows()
    neutral.weights[:] *= _NEUTRAL_WEIGHT
    talk = np.isin(public.source, _TALK)
    harmless = talk & (public.targets[:, PLACE["toxicity"]] == 0)
    for head in _NO_CALL:
        public.weights[harmless, head] = _NO_CALL_WEIGHT
    often = np.where(talk, _TALK_DRAWN_MORE, 1.0)
    often[public.source == _EMOJI_SET] = _DRAWN_MORE[_EMOJI_SET]
    random = np.random.default_rng(SEED + 5)
    beside = random.choice(len(public), size=PUBLIC_BESIDE, replace=False, p=often / often.sum())
    rows = joined([own_rows(read_comments(TRAIN)), neutral, public.chosen(beside)])
    log.info("fitting once more, to %d rows", len(rows))
    fit(model, tokenizer_of(base), rows, LAST)
    torch.save(model.state_dict(), kept)


def _is_taken(model: Encoder, kept: Path) -> bool:
    """Load what an earlier run kept, if it did, and say so."""
    if not kept.exists():
        return False
    model.load_state_dict(torch.load(kept, weights_only=True))
    return True


def _public_beside(data: Path) -> Rows:
    """Return the public comments as the second fit takes them."""
    public = public_rows(data / "train")
    emoji = public.source == _EMOJI_SET
    public.weights[emoji] *= _EMOJI_WEIGHT
    public.targets[emoji, PLACE["abuse"]] = public.targets[emoji, PLACE["toxicity"]]
    public.weights[emoji, PLACE["abuse"]] = _EMOJI_ABUSE_WEIGHT
    return public
