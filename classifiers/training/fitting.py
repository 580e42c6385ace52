"""Fits the encoder to rows: batches of like length, one pass over them an epoch, a fixed seed."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn

from classifiers.training.augmenting import roughened
from classifiers.training.encoder import Encoder, tensors
from classifiers.training.rows import Rows

log = logging.getLogger("training")

_BATCH_TOKENS = 3_072
_BATCH_ROWS = 128
_POOL = 6_000
_DECAY = 0.01
_WARM_UP = 0.06
_LAST_RATE = 0.05
_CLIP = 1.0
_TOLD_EVERY = 100


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how fast to learn; roughen is the share of texts with slips of the key.

    The heads start from nothing and learn faster than the encoder below them. halfway is how much
    the answers halfway up weigh beside those at the end.
    """

    epochs: int
    rate: float
    seed: int
    roughen: float
    head_rate: float = 1e-3
    halfway: float = 0.0


def fit(model: Encoder, tokenizer: Tokenizer, rows: Rows, course: Course) -> None:
    """Train the model in place. The same rows, course and library give the same weights."""
    torch.manual_seed(course.seed)
    random = np.random.default_rng(course.seed)
    lengths = np.array([len(one.ids) for one in _unpadded(tokenizer).encode_batch(rows.texts)])
    plan = [batch for _ in range(course.epochs) for batch in _batches(lengths, random)]
    optimiser = torch.optim.AdamW(
        [
            {"params": model.bert.parameters(), "lr": course.rate},
            {"params": _heads(model), "lr": course.head_rate},
        ],
        weight_decay=_DECAY,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda at: _rate(at, len(plan)))
    loss_of = nn.BCEWithLogitsLoss(reduction="none")
    model.train()
    begun, lost = time.monotonic(), 0.0
    for number, places in enumerate(plan, 1):
        texts = roughened([rows.texts[place] for place in places], course.roughen, random)
        ids, mask = tensors(tokenizer, texts)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits, halfway = model(ids, mask)
        targets = torch.from_numpy(rows.targets[places])
        weights = torch.from_numpy(rows.weights[places])
        loss = (loss_of(logits.float(), targets) * weights).sum() / len(places)
        if halfway is not None:
            loss += (
                course.halfway * (loss_of(halfway.float(), targets) * weights).sum() / len(places)
            )
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), _CLIP)
        optimiser.step()
        optimiser.zero_grad()
        schedule.step()
        lost += float(loss.detach())
        if number % _TOLD_EVERY == 0:
            left = (time.monotonic() - begun) / number * (len(plan) - number) / 60
            log.info(
                "%d of %d, loss %.4f, %.0f min left", number, len(plan), lost / _TOLD_EVERY, left
            )
            lost = 0.0


def _heads(model: Encoder) -> list[nn.Parameter]:
    heads = [model.head] if model.early is None else [model.head, model.early]
    return [parameter for head in heads for parameter in head.parameters()]


def _unpadded(tokenizer: Tokenizer) -> Tokenizer:
    plain = Tokenizer.from_str(tokenizer.to_str())
    plain.no_padding()
    return plain


def _batches(
    lengths: NDArray[np.int64], random: np.random.Generator
) -> Iterator[NDArray[np.int64]]:
    """Yield the places of each batch of an epoch: like lengths together, in random order."""
    order = random.permutation(len(lengths))
    found = []
    for begin in range(0, len(order), _POOL):
        pool = order[begin : begin + _POOL]
        pool = pool[np.argsort(lengths[pool], kind="stable")]
        batch: list[int] = []
        for place in pool:
            full = (len(batch) + 1) * lengths[place] > _BATCH_TOKENS or len(batch) >= _BATCH_ROWS
            if batch and full:
                found.append(np.array(batch))
                batch = []
            batch.append(int(place))
        found.append(np.array(batch))
    yield from (found[place] for place in random.permutation(len(found)))


def _rate(at: int, steps: int) -> float:
    warm = max(1, int(_WARM_UP * steps))
    if at < warm:
        return (at + 1) / warm
    return max(_LAST_RATE, 1.0 - (at - warm) / max(1, steps - warm))
