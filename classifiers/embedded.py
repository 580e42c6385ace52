"""The model that ships: a linear n-gram scorer that speaks in Detoxify's label names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from classifiers.features import tidy
from classifiers.folding import fold, join_spelt_out, undisguise
from classifiers.language import unknown_language
from classifiers.linear_model import LinearModel, Sums
from classifiers.weights_file import FOLDER, read_manifest, read_weights
from moderation.model import Signal
from moderation.taxonomy import LABELS

MAX_CHARS = 20_000
WORDS_SHOWN = 5
# A text above this shows the words that weighed most.
_SHOW_FROM = 0.5
_WORDS_READ = 300
_PULLS_KEPT = 50_000
_BATCH_CHARS = 200_000
_ONLY_SYMBOLS = "Only emoji or symbols: nothing for the model to read"
_TOO_LONG = "Too long for the model: more than 20,000 characters"
_EDGES = re.compile(r"^\W+|\W+$")


class EmbeddedModel:
    """Scores English text. Weights are read and their hash checked at the first use.

    Making one reads the manifest alone. Both raise SettingsError if the files are missing, altered
    or made for other code.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._manifest = read_manifest(folder)
        self._loaded: LinearModel | None = None
        self._pulls: dict[tuple[str, int], float] = {}
        self.model = f"{self._manifest.name}@{self._manifest.version}"
        self.sha256 = self._manifest.sha256

    def load(self) -> LinearModel:
        """Read the weights now rather than at the first use; a second call costs nothing."""
        if self._loaded is None:
            self._loaded = LinearModel(read_weights(self._manifest, self._folder))
        return self._loaded

    def score(self, texts: Sequence[str]) -> list[Signal]:
        """Return one Signal per text, in order, with words for texts that score above 0.5."""
        reasons = [_why_not(text) for text in texts]
        read = [place for place, reason in enumerate(reasons) if reason is None]
        signals = [Signal(self.model, unscored=reason or "") for reason in reasons]
        for batch in _batches(texts, read):
            found = self._scores([texts[place] for place in batch])
            for place, line in zip(batch, found.tolist(), strict=True):
                signals[place] = self._signal(texts[place], line)
        return signals

    def _signal(self, text: str, line: Sequence[float]) -> Signal:
        scores = {label: round(value, 4) for label, value in zip(LABELS, line, strict=True)}
        top = max(range(len(LABELS)), key=line.__getitem__)
        words = self._words(text, top) if line[top] > _SHOW_FROM else ()
        return Signal(self.model, scores=scores, words=words)

    def _scores(self, texts: Sequence[str]) -> Sums:
        """Score the folded texts and, where it differs, what lies behind their disguise."""
        model = self.load()
        folded = [fold(text).text for text in texts]
        scores = model.scores([tidy(text) for text in folded])
        clear = [join_spelt_out(undisguise(text)) for text in folded]
        changed = [place for place, text in enumerate(clear) if text != folded[place]]
        if changed:
            behind = model.scores([tidy(clear[place]) for place in changed])
            scores[changed] = np.maximum(scores[changed], behind)
        return scores

    def _words(self, text: str, label: int) -> tuple[str, ...]:
        """Return the words of the original text that by themselves pull most, heaviest first."""
        words = [word for part in text.split()[:_WORDS_READ] if (word := _EDGES.sub("", part))]
        unique = list(dict.fromkeys(words))
        if not unique:
            return ()
        pulled = self._pulled(unique, label)
        heaviest = sorted(range(len(unique)), key=lambda place: -pulled[place])[:WORDS_SHOWN]
        return tuple(unique[place] for place in heaviest if pulled[place] > 0)

    def _pulled(self, words: Sequence[str], label: int) -> list[float]:
        """Return how much each word pulls by itself; the same words come again and again."""
        if len(self._pulls) > _PULLS_KEPT:
            self._pulls = {}
        known = self._pulls
        fresh = [word for word in words if (word, label) not in known]
        if fresh:
            found = self.load().pull([tidy(undisguise(fold(word).text)) for word in fresh], label)
            known.update(zip([(word, label) for word in fresh], found.tolist(), strict=True))
        return [known[word, label] for word in words]


def _why_not(text: str) -> str | None:
    """Say why a text cannot be scored; None where it can (an empty text scores 0.0)."""
    if len(text) > MAX_CHARS:
        return _TOO_LONG
    if text.strip() and not any(char.isalnum() for char in text):
        return _ONLY_SYMBOLS
    language = unknown_language(text)
    return f"Written in {language}: the model reads English only" if language else None


def _batches(texts: Sequence[str], places: Sequence[int]) -> Iterator[list[int]]:
    """Group places so that no batch holds much more than so many characters."""
    batch: list[int] = []
    held = 0
    for place in places:
        batch.append(place)
        held += len(texts[place])
        if held > _BATCH_CHARS:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch
