"""An optional model as a detector: a child process that may fail, and never takes us with it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from classifiers.language import is_links_alone, unknown_language
from classifiers.optional.languages import ANY_LANGUAGE, ENGLISH, is_read
from classifiers.optional.model_settings import ModelSettings
from classifiers.optional.process import Failed, ModelProcess
from classifiers.strange_words import UNKNOWN_WORDS, is_strange
from moderation.errors import SettingsError
from moderation.model import Failure, Signal
from moderation.taxonomy import LABELS

LOG: Final = logging.getLogger("watchroom.models")
MAX_CHARS: Final = 20_000
_BATCH_CHARS: Final = 8_000
# Before any work the model may take its time; in the middle of a job its lease runs.
FIRST_START_S: Final = 300
START_AGAIN_S: Final = 45
PAUSE_S: Final = 5.0
LONGEST_PAUSE_S: Final = 600.0
_NOTHING: Final = dict.fromkeys(LABELS, 0.0)
_TOO_LONG: Final = "Too long for the model {name}"
_ONLY_SYMBOLS: Final = "Only emoji or symbols: nothing for the model to read"
_ONLY_LINKS: Final = "Only a link: the model {name} does not see what it leads to"
SAYS: Final = {
    Failure.BROKE: "The model {name} broke over this text, so it could not be scored",
    Failure.TIMED_OUT: "The model {name} took too long, so this text could not be scored",
    Failure.OUT_OF_MEMORY: "The model {name} ran out of memory, so this text could not be scored",
    Failure.BAD_ANSWER: "The model {name} gave no usable answer, so this text could not be scored",
    Failure.STOPPED: "The model {name} stopped, so this text could not be scored",
    Failure.NOT_STARTED: "The model {name} did not start, so this text could not be scored",
}


class OptionalModel:
    """Scores with a model of the organisation's own; score() never raises and always comes back.

    After a time limit or a death the child is started again, each time after a longer pause. What
    comes in during a pause is not scored. clock counts seconds; only differences matter.
    """

    def __init__(self, chosen: ModelSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self._chosen = chosen
        self._clock = clock
        self._lock = threading.Lock()
        self._process: ModelProcess | None = None
        self._pause_s = 0.0
        self._wait_until = clock()
        self._last = Failure.NOT_STARTED
        self.model = chosen.model
        self.sha256 = chosen.sha256

    @property
    def pid(self) -> int | None:
        """Return the number of the process that reads, None where none has been started."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Load the model now, before there is any work.

        Raises SettingsError with what is wrong: a model that cannot be had must not turn every
        comment that waits into one that could not be scored.
        """
        with self._lock:
            try:
                self._running(FIRST_START_S)
            except SettingsError as err:
                raise SettingsError(f"The model {self._chosen.name}: {err}") from err
            except Failed as err:
                raise SettingsError(
                    f"The model {self._chosen.name} could not be loaded: "
                    f"{err.failure.value.replace('_', ' ')}."
                ) from err

    def close(self) -> None:
        """End the child; the next text starts another."""
        with self._lock:
            if self._process is not None:
                self._process.close()
                self._process = None

    def score(self, texts: Sequence[str]) -> list[Signal]:
        """Return one Signal per text, in order; one that failed says how."""
        reasons = [self._why_not(text) for text in texts]
        # An empty text says nothing, under any label.
        signals = [
            Signal(self.model, None if reason else _NOTHING, unscored=reason or "")
            for reason in reasons
        ]
        read = [
            place for place, reason in enumerate(reasons) if not reason and texts[place].strip()
        ]
        with self._lock:
            for batch in self._batches(texts, read):
                found = self._batch([texts[place] for place in batch])
                for place, signal in zip(batch, found, strict=True):
                    signals[place] = signal
        return signals

    def _why_not(self, text: str) -> str | None:
        """Say why a text is not for this model; None where it is."""
        if len(text) > MAX_CHARS:
            return _TOO_LONG.format(name=self._chosen.name)
        if text.strip() and not any(char.isalnum() for char in text):
            return _ONLY_SYMBOLS
        if is_links_alone(text):
            return _ONLY_LINKS.format(name=self._chosen.name)
        language = unknown_language(text)
        if language is None and ANY_LANGUAGE not in self._chosen.languages and is_strange(text):
            return f"{UNKNOWN_WORDS}: the model {self._chosen.name} may not read that language"
        if is_read(language, self._chosen.languages):
            return None
        return f"Written in {language or ENGLISH}: the model {self._chosen.name} does not read that"

    def _batches(self, texts: Sequence[str], places: Sequence[int]) -> Iterator[list[int]]:
        """Group places so that a batch holds neither too many texts nor too many characters."""
        batch: list[int] = []
        held = 0
        for place in places:
            if batch and (
                len(batch) == self._chosen.batch_size or held + len(texts[place]) > _BATCH_CHARS
            ):
                yield batch
                batch, held = [], 0
            batch.append(place)
            held += len(texts[place])
        if batch:
            yield batch

    def _batch(self, texts: Sequence[str]) -> list[Signal]:
        """Return the signals of one batch; where the model broke, each text is tried alone."""
        if self._clock() < self._wait_until:
            return [self._failed(self._last) for _ in texts]
        try:
            answers = self._running(START_AGAIN_S).ask(texts, self._chosen.timeout_s)
        except SettingsError:
            # The files were changed under a model that had been running.
            return self._paused(Failure.NOT_STARTED, texts)
        except Failed as err:
            if err.over:
                return self._paused(err.failure, texts)
            if len(texts) > 1:
                return [signal for text in texts for signal in self._batch([text])]
            return [self._failed(err.failure)]
        signals = [self._signal(answer) for answer in answers]
        if any(signal.failure is None for signal in signals):
            self._pause_s = 0.0
        return signals

    def _running(self, limit_s: int) -> ModelProcess:
        """Return the child, started where there is none or it died while it had nothing to do."""
        if self._process is None or not self._process.is_alive:
            self._process = ModelProcess(self._chosen, limit_s)
        return self._process

    def _paused(self, failure: Failure, texts: Sequence[str]) -> list[Signal]:
        """Begin a pause, twice as long as the one before, and return what it means for texts."""
        self._process = None
        self._pause_s = min(max(2 * self._pause_s, PAUSE_S), LONGEST_PAUSE_S)
        self._wait_until = self._clock() + self._pause_s
        self._last = failure
        LOG.warning("model_paused model=%s failure=%s", self.model, failure.value)
        return [self._failed(failure) for _ in texts]

    def _signal(self, answer: Any) -> Signal:
        if answer is None:
            return Signal(self.model, unscored=_TOO_LONG.format(name=self._chosen.name))
        if not _is_sound(answer):
            return self._failed(Failure.BAD_ANSWER)
        return Signal(self.model, {label: round(score, 4) for label, score in answer.items()})

    def _failed(self, failure: Failure) -> Signal:
        says = SAYS[failure].format(name=self._chosen.name)
        return Signal(self.model, unscored=says, failure=failure)


def _is_sound(answer: object) -> bool:
    """Return whether an answer is a table of numbers from 0 to 1; no comparison holds for NaN."""
    return (
        isinstance(answer, Mapping)
        and bool(answer)
        and all(isinstance(score, int | float) and 0 <= score <= 1 for score in answer.values())
    )
