"""The network that is trained: a small pretrained encoder and one linear head for each output."""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

MAX_TOKENS = 256
_DROPOUT = 0.1


# After so many of its layers the encoder is asked whether the rest is needed.
HALFWAY = 3


class Encoder(nn.Module):
    """A BERT-shaped encoder, the mean over its real tokens, and a logit for each head.

    Once it is widened it answers halfway up as well, under the same heads: what is plainly harmless
    there goes no further when it is put to use.
    """

    def __init__(self, base: Path, heads: int) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            base, attn_implementation="sdpa", add_pooling_layer=False, local_files_only=True
        )
        self.drop = nn.Dropout(_DROPOUT)
        self.head = nn.Linear(self.bert.config.hidden_size, heads)
        self.early: nn.Linear | None = None

    def widen(self, heads: int, places: list[int]) -> None:
        """Give it as many heads; those that it has go to these places, new ones know nothing.

        The heads halfway up are made here too, and know nothing either.
        """
        wide = nn.Linear(self.head.in_features, heads)
        with torch.no_grad():
            wide.weight.zero_()
            wide.bias.zero_()
            wide.weight[places] = self.head.weight
            wide.bias[places] = self.head.bias
        self.head = wide
        self.early = nn.Linear(self.head.in_features, heads)
        with torch.no_grad():
            self.early.weight.zero_()
            self.early.bias.zero_()

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor | None]:
        """Return one logit for each text and head, and the same halfway up once it is widened.

        Padded tokens weigh nothing.
        """
        states = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True
        ).hidden_states
        logits: Tensor = self.head(self.drop(_mean(states[-1], attention_mask)))
        if self.early is None:
            return logits, None
        return logits, self.early(self.drop(_mean(states[HALFWAY], attention_mask)))


def _mean(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * mask).sum(dim=1) / mask.sum(dim=1).clamp(min=1.0)


def tokenizer_of(base: Path) -> Tokenizer:
    """Return the encoder's tokenizer: it cuts at MAX_TOKENS and pads to the longest of a batch."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding()
    return tokenizer


def tensors(tokenizer: Tokenizer, texts: list[str]) -> tuple[Tensor, Tensor]:
    """Return token numbers and mask of a batch."""
    encoded = tokenizer.encode_batch(texts)
    return (
        torch.tensor([one.ids for one in encoded]),
        torch.tensor([one.attention_mask for one in encoded]),
    )
