"""Tiny models that the tests build: two layers, sixteen wide, a few dozen words, random weights."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import torch
import transformers
from safetensors.torch import save_file

from classifiers.optional.model_settings import ModelSettings

WORDS: Final = (
    *("you", "are", "a", "useless", "fool", "thank", "the", "crew", "they", "came", "so", "fast"),
    *("i", "will", "find", "where", "live", "kind", "good", "bad", "people", "fire", "engine"),
    *("night", "shift", "nurse"),
)
DETOXIFY_LABELS: Final = ("toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate")
# What the class of a model and that of its tokenizer begin with, and what its type is called.
FAMILIES: Final = {
    "Bert": "bert",
    "Roberta": "roberta",
    "XLMRoberta": "xlm-roberta",
    "Albert": "albert",
    "DistilBert": "distilbert",
    "DebertaV2": "deberta-v2",
}
# RoBERTa keeps its first positions for padding, so that 66 of them leave 64.
POSITIONS: Final = {"Roberta": 66, "XLMRoberta": 66}
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def model_of(family: str, outputs: int = 6, **more: Any) -> Any:
    """Return a model of a family, the same each time."""
    torch.manual_seed(7)
    size: dict[str, Any] = {
        "vocab_size": len(tokens_of(family)),
        "hidden_size": 16,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 32,
        "max_position_embeddings": POSITIONS.get(family, 64),
        "num_labels": outputs,
        # Wide enough for texts to differ in their scores.
        "initializer_range": 0.5,
    }
    if family == "DistilBert":
        size |= {"dim": 16, "n_layers": 2, "n_heads": 2, "hidden_dim": 32}
    if family == "Albert":
        size |= {"embedding_size": 8}
    config = getattr(transformers, f"{family}Config")(**size | more)
    return getattr(transformers, f"{family}ForSequenceClassification")(config).eval()


def tokens_of(family: str) -> list[str]:
    """Return the vocabulary of a family, special tokens first, as its tokenizer numbers it."""
    if family in {"Bert", "DistilBert"}:
        return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]
    pieces = [*("\u2581" + word for word in WORDS), "\u2581", *_LETTERS]
    if family == "Roberta":
        return ["<s>", "<pad>", "</s>", "<unk>", "<mask>", *_bytes()]
    if family == "XLMRoberta":
        return ["<s>", "<pad>", "</s>", "<unk>", *pieces, "<mask>"]
    if family == "DebertaV2":
        return ["[PAD]", "[CLS]", "[SEP]", "[UNK]", *pieces, "[MASK]"]
    return ["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]", *pieces]


def _bytes() -> list[str]:
    from tokenizers.pre_tokenizers import ByteLevel

    return sorted(ByteLevel.alphabet())


def write_tokenizer(folder: Path, family: str) -> None:
    """Write a family's own tokenizer files, as its published models have them."""
    folder.mkdir(parents=True, exist_ok=True)
    tokens = tokens_of(family)
    if family in {"Bert", "DistilBert"}:
        (folder / "vocab.txt").write_text("\n".join(tokens))
    elif family == "Roberta":
        places = {token: place for place, token in enumerate(tokens)}
        (folder / "vocab.json").write_text(json.dumps(places))
        (folder / "merges.txt").write_text("#version: 0.2\n")
    else:
        scored = [(token, -2.0 if len(token) > 1 else -9.0) for token in tokens]
        getattr(transformers, f"{family}Tokenizer")(vocab=scored).save_pretrained(folder)


def folder_of(
    folder: Path, family: str = "Bert", labels: Sequence[str] = DETOXIFY_LABELS, **more: Any
) -> ModelSettings:
    """Write a transformers folder and return the settings that it needs."""
    model = model_of(family, len(labels), **more)
    write_tokenizer(folder, family)
    described = model.config.to_dict()
    described["architectures"] = [type(model).__name__]
    described["id2label"] = dict(enumerate(labels))
    described["label2id"] = {label: place for place, label in enumerate(labels)}
    (folder / "config.json").write_text(json.dumps(described))
    weights = folder / "model.safetensors"
    save_file({name: one.clone() for name, one in model.state_dict().items()}, weights)
    return ModelSettings("tiny", "transformers", folder, sha256(weights), activation="sigmoid")


def checkpoint_of(
    folder: Path,
    family: str = "Bert",
    classes: Sequence[str] = DETOXIFY_LABELS,
    outputs: int = 0,
    state: Any = None,
) -> ModelSettings:
    """Write a Detoxify checkpoint and the folder of its base model, and return the settings."""
    outputs = outputs or len(classes)
    base = folder / "base"
    write_tokenizer(base, family)
    # A stock config.json speaks of two labels, whatever the checkpoint holds.
    stock = model_of(family, 2).config.to_dict()
    (base / "config.json").write_text(json.dumps(stock))
    if state is None:
        state = model_of(family, outputs).state_dict()
    arch = {
        "num_classes": outputs,
        "model_type": str(base),
        "model_name": f"{family}ForSequenceClassification",
        "tokenizer_name": f"{family}Tokenizer",
    }
    config = {
        "arch": {"type": family.upper(), "args": arch},
        "dataset": {"args": {"classes": list(classes)}},
    }
    path = folder / "tiny.ckpt"
    torch.save({"config": config, "state_dict": state}, path)
    return ModelSettings("tiny", "detoxify", path, sha256(path), config=base)


def with_nan(settings: ModelSettings) -> ModelSettings:
    """Put numbers that are none into the weights of a folder."""
    from safetensors.torch import load_file

    weights = settings.path / "model.safetensors"
    state = load_file(weights)
    state["classifier.bias"][:] = math.nan
    save_file(state, weights)
    return replace(settings, sha256=sha256(weights))
