"""Heads that only our own comments tell join a fitted encoder and change none of the others."""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import BertConfig, BertModel

from classifiers.training.encoder import Encoder

PLACES = [0, 2, 4]


def tiny(folder: Path, heads: int) -> Encoder:
    torch.manual_seed(7)
    shape = BertConfig(
        vocab_size=30,
        hidden_size=8,
        num_hidden_layers=4,
        num_attention_heads=2,
        intermediate_size=16,
    )
    BertModel(shape, add_pooling_layer=False).save_pretrained(folder)
    return Encoder(folder, heads).eval()


def test_a_wider_encoder_says_the_same_under_its_old_heads(tmp_path: Path) -> None:
    model = tiny(tmp_path, len(PLACES))
    ids, mask = torch.tensor([[1, 2, 3], [4, 5, 0]]), torch.tensor([[1, 1, 1], [1, 1, 0]])
    with torch.no_grad():
        before, nothing = model(ids, mask)
        model.widen(5, PLACES)
        after, early = model(ids, mask)
    assert torch.equal(after[:, PLACES], before)
    assert not after[:, [1, 3]].any()
    assert nothing is None
    assert early.shape == after.shape
    assert not early.any()
