"""Scores texts with a model that is loaded: windows of tokens in, our labels out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from classifiers.optional.model_settings import ModelSettings

# 20,000 characters of English are fewer; a text of more windows is left to a person.
MOST_WINDOWS: Final = 16
# Neighbouring windows share an eighth, so that no phrase is cut apart in both.
_SHARED: Final = 8

Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class Reader:
    """A model, its tokenizer, and which of its outputs speak under which label.

    activation is "sigmoid" or "softmax"; tokens is the most that one window may hold.
    """

    model: Any
    tokenizer: Any
    outputs: Mapping[str, tuple[int, ...]]
    activation: str
    tokens: int
    settings: ModelSettings

    def read(self, texts: Sequence[str]) -> list[Scores | None]:
        """Return the scores of each text, in order; None for one of too many windows.

        A text of several windows has the highest score of any of them under each label.
        """
        import torch

        if not texts:
            return []
        # A lone surrogate cannot be written in UTF-8, so no tokenizer takes it.
        windows = self._windows([text.encode("utf-8", "replace").decode() for text in texts])
        rows = [row for of_text in windows for row in of_text]
        with torch.inference_mode():
            scored = [
                scores
                for start in range(0, len(rows), self._step)
                for scores in self._forward(rows[start : start + self._step])
            ]
        answers: list[Scores | None] = []
        for of_text in windows:
            mine, scored = scored[: len(of_text)], scored[len(of_text) :]
            answers.append(self._named(torch.stack(mine).amax(0)) if mine else None)
        return answers

    @property
    def _step(self) -> int:
        return self.settings.batch_size

    def _windows(self, texts: Sequence[str]) -> list[list[list[int]]]:
        """Return each text's windows of token ids; none where there are too many."""
        encoded = self.tokenizer(
            list(texts),
            truncation=True,
            max_length=self.tokens,
            stride=self.tokens // _SHARED,
            return_overflowing_tokens=True,
        )
        windows: list[list[list[int]]] = [[] for _ in texts]
        owners = encoded["overflow_to_sample_mapping"]
        for owner, ids in zip(owners, encoded["input_ids"], strict=True):
            windows[owner].append(ids)
        if self.settings.long_texts == "cut":
            return [of_text[:1] for of_text in windows]
        return [of_text if len(of_text) <= MOST_WINDOWS else [] for of_text in windows]

    def _forward(self, rows: Sequence[list[int]]) -> Any:
        import torch

        padded = self.tokenizer.pad({"input_ids": list(rows)}, return_tensors="pt")
        logits = self.model(
            input_ids=padded["input_ids"], attention_mask=padded["attention_mask"]
        ).logits.float()
        return torch.sigmoid(logits) if self.activation == "sigmoid" else logits.softmax(-1)

    def _named(self, scores: Any) -> Scores:
        """Return the scores under our labels; amax keeps what is no number as it is."""
        return {label: float(scores[list(places)].amax()) for label, places in self.outputs.items()}
