"""The model that ships: a fast linear screen and a small encoder, mixed into one reading."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifiers.encoder import Encoder, Read
from classifiers.explaining import words_that_weighed
from classifiers.language import is_links_alone, unknown_language
from classifiers.linear_model import LinearModel
from classifiers.mixing import Numbers, over_windows
from classifiers.normaliser import NORMALISER_VERSION, normalise
from classifiers.outputs import CALLS, CODES, OUTPUTS, PLACE
from classifiers.strange_words import UNKNOWN_WORDS, is_strange
from classifiers.weights_file import (
    FOLDER,
    LOWER,
    TOKENIZER,
    UPPER,
    read_file,
    read_linear,
    read_manifest,
)
from moderation.model import Signal
from moderation.taxonomy import LABELS

MAX_CHARS = 20_000
# A text above this under any of these shows the words that weighed most.
_SHOW_FROM = 0.3
_SHOWN_FOR = [PLACE[name] for name in ("toxicity", "abuse")]
# In so few words the model has never rightly heard a call for help (none of 8 among our own
# comments), and it hears one in “Not today”. What they say outright the rules find.
_TOO_FEW_WORDS = 3
_CALLS = [PLACE[name] for name in CALLS]
# Below this under all of these the model has not heard enough in strange words to be believed, so
# they go to a person; from here on they are flagged by the policy that ships.
_HEARD_FROM = 0.6
_HEARD_IN = [PLACE["abuse"], *_CALLS]
_WORD = re.compile(r"\w[\w'\u2019]*")
_BATCH_CHARS = 20_000
_ONLY_SYMBOLS = "Only symbols: nothing for the model to read"
_ONLY_LINKS = "Only a link: the model does not see what it leads to"
_WRITTEN_IN = "Written in {}: the model reads English only"
_STRANGE = f"{UNKNOWN_WORDS}: the model reads English only"
_TOO_LONG = "Too long for the model: more than 20,000 characters"


@dataclass(frozen=True, slots=True)
class _Loaded:
    linear: LinearModel
    encoder: Encoder


@dataclass(frozen=True, slots=True)
class _Begun:
    """A batch that the screen has read and the encoder is reading, where it is asked."""

    texts: list[str]
    readings: list[str]
    linear: Numbers
    asked: list[int]
    reads: Iterator[Read]


class EmbeddedModel:
    """Scores English text. Weights are read and their hashes checked at the first use.

    Making one reads the manifest alone. Both raise SettingsError if the files are missing, altered
    or made for other code.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._manifest = read_manifest(folder)
        self._loaded: _Loaded | None = None
        self.model = f"{self._manifest.name}@{self._manifest.version}"
        self.sha256 = self._manifest.sha256

    def load(self) -> None:
        """Read the weights now rather than at the first use; a second call costs nothing."""
        self._models()

    def _models(self) -> _Loaded:
        if self._loaded is None:
            linear = LinearModel(read_linear(self._manifest, self._folder))
            lower, upper, tokenizer = (
                read_file(self._manifest, name, self._folder) for name in (LOWER, UPPER, TOKENIZER)
            )
            encoder = Encoder(
                lower, upper, tokenizer, is_over=self._manifest.mix.is_over, threads=_cores()
            )
            self._loaded = _Loaded(linear, encoder)
        return self._loaded

    def score(self, texts: Sequence[str]) -> list[Signal]:
        """Return one Signal per text, in order, with words for texts that score high."""
        reasons = [_why_not(text) for text in texts]
        read = [place for place, reason in enumerate(reasons) if reason is None]
        signals = [Signal(self.model, unscored=reason or "") for reason in reasons]
        for places, found in self._read_ahead(texts, _batches(texts, read)):
            for place, signal in zip(places, found, strict=True):
                signals[place] = signal
        return signals

    def is_settled(self, texts: Sequence[str]) -> list[bool]:
        """Return for each text whether the screen alone settles it, for whoever measures."""
        linear = self._models().linear.logits([normalise(text) for text in texts])
        settled: list[bool] = self._manifest.mix.is_settled(linear).tolist()
        return settled

    def _read_ahead(
        self, texts: Sequence[str], batches: Iterable[list[int]]
    ) -> Iterator[tuple[list[int], list[Signal]]]:
        """Yield each batch with its signals; the screen reads one as the encoder reads another."""
        before: tuple[list[int], _Begun] | None = None
        for places in batches:
            begun = self._begun([texts[place] for place in places])
            if before is not None:
                yield before[0], self._ended(before[1])
            before = (places, begun)
        if before is not None:
            yield before[0], self._ended(before[1])

    def _begun(self, texts: list[str]) -> _Begun:
        """Ask the encoder about every text that the linear screen has not settled."""
        models, mix = self._models(), self._manifest.mix
        readings = [normalise(text) for text in texts]
        linear = models.linear.logits(readings)
        asked = np.flatnonzero(~mix.is_settled(linear))
        reads = models.encoder.read([readings[place] for place in asked])
        return _Begun(texts, readings, linear, asked.tolist(), reads)

    def _ended(self, begun: _Begun) -> list[Signal]:
        mix = self._manifest.mix
        scores = mix.settled(begun.linear)
        reads = dict(zip(begun.asked, begun.reads, strict=True))
        if reads:
            encoded = np.stack([over_windows(read.logits) for read in reads.values()])
            scores[begun.asked] = mix.mixed(begun.linear[begun.asked], encoded)
        return [
            self._signal(text, reading, line, reads.get(place))
            for place, (text, reading, line) in enumerate(
                zip(begun.texts, begun.readings, scores, strict=True)
            )
        ]

    def _signal(self, text: str, reading: str, line: Numbers, read: Read | None) -> Signal:
        if not reading:
            return Signal(
                self.model, scores=dict.fromkeys(LABELS, 0.0), codes=dict.fromkeys(CODES, 0.0)
            )
        if len(_WORD.findall(text)) <= _TOO_FEW_WORDS:
            line[_CALLS] = 0.0
        if line[_HEARD_IN].max() < _HEARD_FROM and is_strange(text):
            return Signal(self.model, unscored=_STRANGE)
        values = dict(zip(OUTPUTS, line.round(4).tolist(), strict=True))
        shown = read is not None and line[_SHOWN_FOR].max() > _SHOW_FROM
        return Signal(
            self.model,
            scores={label: values[label] for label in LABELS},
            codes={code: values[code] for code in CODES},
            words=words_that_weighed(text, reading, read.pulls()) if read and shown else (),
            read_as=reading,
            read_by=NORMALISER_VERSION,
        )


def _cores() -> int:
    """Return how many cores this process may use, four at most."""
    return min(4, len(os.sched_getaffinity(0)))


def _why_not(text: str) -> str | None:
    """Say why a text cannot be scored; None where it can (an empty text scores 0.0)."""
    if len(text) > MAX_CHARS:
        return _TOO_LONG
    if text.strip() and not _has_words(text):
        return _ONLY_SYMBOLS
    if is_links_alone(text):
        return _ONLY_LINKS
    language = unknown_language(text)
    return _WRITTEN_IN.format(language) if language else None


def _has_words(text: str) -> bool:
    """Return whether there is anything to read; emoji alone are, once they are words."""
    return any(map(str.isalnum, text)) or any(map(str.isalnum, normalise(text)))


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
